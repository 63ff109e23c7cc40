"""The only YAML reader of the application: scalars as text, line numbers, and a writer that copies unchanged lines.

It reads only what a record needs: mappings, lists and text. Anchors, aliases, tags, merge keys and duplicate keys are
problems. A person who reads the file would not see their effect.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import yaml

from kb.i18n import N_
from kb.problems import Problem, Where

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # PyYAML without its C library is slower, but gives the same results
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]

Value = str | list["Value"] | dict[str, "Value"]

FENCE = "---"
MAX_DEPTH = 12
MOST_VALUES = 60_000  # keys and values; our longest record has a tenth of them
MOST_PROBLEMS = 200  # reported per file
PARSED_TEXTS = 8  # in the cache: publishing reads a few texts many times, and parsing takes most of the time
_UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ufeff]")
_SHORT = 100  # characters
_PLAIN = re.compile(r"-?\d[\d_]*(\.\d+)?|\d{4}-\d{2}-\d{2}|yes|no")


@dataclass(frozen=True)
class FrontMatter:
    """The facts of a file: `values` with every scalar as text, and the line of each path (from 1)."""

    values: dict[str, Value] = field(default_factory=dict)
    lines: Mapping[Where, int] = field(default_factory=dict)

    def line(self, where: Where) -> int | None:
        """Return the line of a path, or of its longest prefix that has a line."""
        for end in range(len(where), 0, -1):
            if (line := self.lines.get(tuple(where[:end]))) is not None:
                return line
        return None

    def copy(self) -> FrontMatter:
        """Return the same facts with values of their own, which the caller may change."""
        return FrontMatter({key: _copied(value) for key, value in self.values.items()}, self.lines)


def _copied(value: Value) -> Value:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return [_copied(each) for each in value]
    return {key: _copied(each) for key, each in value.items()}


class _Refused(Exception):
    """A YAML construct that is not accepted; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class _ValueBuilder:
    """Converts YAML parser events to plain values, records line numbers and refuses other constructs."""

    def __init__(self, events: Iterator[yaml.Event]) -> None:
        self.events = events
        self.lines: dict[Where, int] = {}
        self.problems: list[Problem] = []
        self.values = 0

    def line_of(self, event: yaml.Event) -> int:
        return (event.start_mark.line if event.start_mark else 0) + 1

    def value(self, event: yaml.Event, where: Where) -> Value:
        self.refuse(event, where)
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(where)
        return self.mapping(where)

    def sequence(self, where: Where) -> Value:
        rows: list[Value] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            place = (*where, len(rows))
            self.lines[place] = self.line_of(event)
            rows.append(self.value(event, place))
        return rows

    def mapping(self, where: Where) -> dict[str, Value]:
        found: dict[str, Value] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = self.line_of(event)
            self.refuse(event, where)
            if not isinstance(event, yaml.ScalarEvent):
                raise _Refused(Problem("bad-key", "A key must be plain text.", where, line))
            key = str(event.value)
            place = (*where, key)
            if key == "<<" and not event.style:
                raise _Refused(
                    Problem("merge-key", "Merge keys are not supported here. Write out the values.", place, line)
                )
            value = self.value(next(self.events), place)
            if key in found:
                if len(self.problems) < MOST_PROBLEMS:
                    message = "The key %(key)s appears twice. Keep one of them."
                    self.problems.append(Problem("duplicate-key", message, place, line, {"key": key}))
                continue
            found[key] = value
            self.lines[place] = line
        return found

    def refuse(self, event: yaml.Event, where: Where) -> None:
        line = self.line_of(event)
        self.values += 1
        if self.values > MOST_VALUES:
            raise _Refused(Problem("too-many-values", "The file has too many values. Split it.", (), line))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(
                Problem("anchor", "Anchors and aliases are not supported here. Write out the value.", where, line)
            )
        if getattr(event, "tag", None) not in (None, "!"):
            raise _Refused(
                Problem("tag", "Tags such as !!str are not supported here. Write only the value.", where, line)
            )
        if len(where) > MAX_DEPTH:
            raise _Refused(Problem("too-deep", "The values have too many levels.", where, line))


def facts_in(text: str) -> dict[str, Value]:
    """Return the facts in the front matter of a file, as far as it is readable; empty without front matter."""
    parts = cut(text)
    return read_yaml(parts.yaml)[0].values if parts is not None else {}


def text_fact(text: str, key: str) -> str:
    """Return one fact in the front matter of a file; empty if it is missing or not text."""
    value = facts_in(text).get(key)
    return value if isinstance(value, str) else ""


def read_yaml(text: str, *, first_line: int = 1) -> tuple[FrontMatter, tuple[Problem, ...]]:
    """Parse a YAML mapping. Never raises: an unreadable part becomes a problem, and the rest of the text is left out.

    The last few texts are parsed once; each caller gets values of its own.
    """
    front, problems = _parse(text)
    front, more = front.copy(), first_line - 1
    if more:
        front = replace(front, lines=MappingProxyType({where: line + more for where, line in front.lines.items()}))
        problems = tuple(replace(problem, line=(problem.line or 0) + more) for problem in problems)
    return front, problems


@lru_cache(maxsize=PARSED_TEXTS)
def _parse(text: str) -> tuple[FrontMatter, tuple[Problem, ...]]:
    """Return the facts of a text whose first line is 1. The result is shared: change nothing in it."""
    builder: _ValueBuilder | None = None
    if found := _UNSAFE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        return FrontMatter(), (_syntax(line, N_("This text contains a control character. Remove it.")),)
    try:
        events = iter(yaml.parse(text, Loader=_Loader))
        builder = _ValueBuilder(events)
        next(events)  # stream start
        if isinstance(next(events), yaml.StreamEndEvent):
            return FrontMatter(), ()
        top = next(events)
        if isinstance(top, yaml.ScalarEvent) and not top.value:
            return FrontMatter(), ()
        if not isinstance(top, yaml.MappingStartEvent):
            return FrontMatter(), (_syntax(1, "Write keys and values here, one per line."),)
        builder.refuse(top, ())
        if top.flow_style:
            return FrontMatter(), (_syntax(1, "Write the facts with one key per line, without braces around them."),)
        values = builder.mapping(())
        if getattr(end := next(events), "explicit", False):
            builder.problems.append(_syntax(builder.line_of(end), "Remove this end mark (...)."))
        if not isinstance(next(events), yaml.StreamEndEvent):
            builder.problems.append(_syntax(1, "Keep the facts in one block. A second block is ignored."))
        return FrontMatter(values, MappingProxyType(builder.lines)), tuple(builder.problems)
    except _Refused as refused:
        return FrontMatter(), (*(builder.problems if builder else ()), refused.problem)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = (mark.line if mark else 0) + 1
        return FrontMatter(), (
            Problem(
                "syntax",
                (
                    "The facts cannot be read here: %(reason)s. Put quotation marks around a text that contains a "
                    "colon or a comma."
                ),
                (),
                line,
                {"reason": str(getattr(error, "problem", error) or error)},
            ),
        )


def _syntax(line: int, message: str) -> Problem:
    return Problem("syntax", message, (), line)


@dataclass(frozen=True)
class Parts:
    """A file split in two: the YAML between the fences and the body after them; lines count from 1."""

    yaml: str
    yaml_line: int
    body: str
    body_line: int


def cut(text: str) -> Parts | None:
    """Split a file at its fences, or return `None` if it has none."""
    if not text.startswith(FENCE + "\n"):
        return None
    end = text.find("\n" + FENCE + "\n", len(FENCE))
    if end < 0:
        if not text.endswith("\n" + FENCE):
            return None
        return Parts(text[len(FENCE) + 1 : -len(FENCE)], 2, "", text.count("\n") + 1)
    head = text[len(FENCE) + 1 : end + 1]
    body_start = end + len(FENCE) + 2
    return Parts(head, 2, text[body_start:], text.count("\n", 0, body_start) + 1)


def splice(text: str, changes: Mapping[str, Value | None]) -> str:
    """Return the file with changed top-level keys: their lines are rewritten, all other bytes are copied.

    `None` removes a key; a new key is added at the end. The result is parsed again and compared, so a text that would
    read back differently is never returned. Raises `ValueError` if the file cannot be parsed.
    """
    parts = cut(text)
    if parts is None:
        message = "the file has no front matter"
        raise ValueError(message)
    front, problems = read_yaml(parts.yaml)
    if problems:
        message = "the front matter cannot be read"
        raise ValueError(message)
    wanted = {key: value for key, value in front.values.items() if changes.get(key, value) is not None}
    wanted.update({key: value for key, value in changes.items() if value is not None})
    lines = parts.yaml.splitlines(keepends=True)
    starts = sorted((front.lines[key,] - 1, key) for key in front.values)
    ends = [*(start for start, _ in starts[1:]), len(lines)]
    out = lines[: starts[0][0]] if starts else lines
    for (start, key), last in zip(starts, ends, strict=False):  # without keys there is one end and no start
        end = _without_trailing_comments(lines, start, last)
        rest = lines[end:last]
        if key not in changes or changes[key] == front.values[key]:
            out += lines[start:end]
        elif (value := changes[key]) is not None:
            out.append(emit({key: value}))
        out += rest
    out += [emit({key: value}) for key, value in changes.items() if value is not None and key not in front.values]
    result = "".join(out)
    again, problems = read_yaml(result)
    if problems or again.values != wanted:
        message = f"the changed front matter does not read back: {[p.text() for p in problems]}"
        raise ValueError(message)
    return f"{FENCE}\n{result}{text[len(FENCE) + 1 + len(parts.yaml) :]}"


def _without_trailing_comments(lines: list[str], start: int, end: int) -> int:
    """Return the end of an entry without trailing comments and blank lines, which belong to the next key."""
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end


class _Dumper(yaml.SafeDumper):
    """Writes text so that our reader and all other YAML readers read it the same."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, value: str) -> yaml.Node:
    if _PLAIN.fullmatch(value):
        # Numbers, dates and yes/no stay plain: people write them so, and our reader takes every scalar as text.
        tag: str = dumper.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
        return yaml.ScalarNode(tag, value)
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=_style(value))


def _style(value: str) -> str | None:
    """Return the block style for multi-line texts; quote texts that end in empty lines, which a block would lose."""
    if "\n" not in value:
        return None
    return '"' if value.endswith("\n") else "|"


def _row(dumper: _Dumper, value: list[Value]) -> yaml.Node:
    """Write lists of plain words, and each row of a list, on one line."""
    node = dumper.represent_sequence("tag:yaml.org,2002:seq", value)
    if all(isinstance(item, str) for item in value):
        node.flow_style = True
    for item, row in zip(value, node.value, strict=True):
        if isinstance(item, dict) and all(not isinstance(part, dict | list) for part in item.values()):
            row.flow_style = True
    return node


def _table(dumper: _Dumper, value: dict[str, Value]) -> yaml.Node:
    """Write a group with one line per key; a small group inside it, such as a row of `made_from`, takes one line."""
    node = dumper.represent_mapping("tag:yaml.org,2002:map", value.items())
    node.flow_style = False
    for (_, item), (_, group) in zip(value.items(), node.value, strict=True):
        if isinstance(item, dict) and len(str(item)) < _SHORT and all(isinstance(part, str) for part in item.values()):
            group.flow_style = True
    return node


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _row)
_Dumper.add_representer(dict, _table)


def emit(values: Mapping[str, Value]) -> str:
    """Serialize keys and values in the style of the guide: lists of words and simple rows on one line each."""
    text: str = yaml.dump(
        dict(values), Dumper=_Dumper, allow_unicode=True, width=110, sort_keys=False, default_flow_style=False
    )
    return text
