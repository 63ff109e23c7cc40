"""Segments: the smallest translatable pieces of a record, each with a name and a fingerprint.

A segment is a section of the body, or a string inside the facts that the schema marks as `Words`. Identifiers, numbers,
dates, URLs and proper names are never segments.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Annotated, Any, get_args

from pydantic import BaseModel, StringConstraints

from kb.i18n import N_
from kb.problems import Problem


@dataclass(frozen=True)
class _WordsMark:
    """Marks a field as holding words, which are translated."""


Words = Annotated[str, StringConstraints(min_length=1), _WordsMark()]

HEADING = re.compile(r"^##[ \t]+(?P<heading>.*?)[ \t]*(?:\{#(?P<id>[^}\s]*)\})?[ \t]*$")
SECTION_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# A line ends at LF alone: other line separators of Python are ordinary text here, and editors count LF.
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_FENCED = re.compile(r"^ {0,3}(```|~~~)")


@dataclass(frozen=True)
class Section:
    """A section of the body; `start` and `end` are the offsets of its text, without the heading.

    `line` is that of the heading, `text_line` that of the first line of `text`.
    """

    id: str
    heading: str
    text: str
    line: int
    text_line: int
    start: int
    end: int


@lru_cache(maxsize=1024)  # each translation of a record compares all its source texts, several times
def fingerprint(text: str) -> str:
    """Return the fingerprint of a segment's text, 16 hexadecimal digits, independent of line ends."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    plain = "\n".join(line.rstrip() for line in lines)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


@cache
def _word_fields(model: type[BaseModel]) -> tuple[tuple[str, bool], ...]:
    """Return the fields of a model in order, each with whether it holds words."""
    return tuple((name, _marked(info.annotation, info.metadata)) for name, info in model.model_fields.items())


def _marked(annotation: Any, metadata: Sequence[Any] = ()) -> bool:
    if any(isinstance(item, _WordsMark) for item in metadata):
        return True
    return any(isinstance(part, _WordsMark) or _marked(part) for part in get_args(annotation))


def words(model: BaseModel, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and text of all words in a record's facts, in the order of its schema."""
    for name, is_words in _word_fields(type(model)):
        value = getattr(model, name)
        if is_words and isinstance(value, str):
            yield f"{prefix}{name}", value
        elif isinstance(value, BaseModel):
            yield from words(value, f"{prefix}{name}.")
        elif isinstance(value, tuple):
            for row in value:
                if isinstance(row, BaseModel):
                    yield from words(row, f"{prefix}{name}.{getattr(row, 'id', '')}.")


def sections(body: str, first_line: int = 1) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """Split a body at its second-level headings; return its sections and all problems."""
    found: list[Section] = []
    problems: list[Problem] = []
    heading: tuple[str, str, int, int] | None = None
    seen: set[str] = set()
    position, fenced = 0, False

    def close(end: int) -> None:
        if heading is None:
            if body[:end].strip():
                problems.append(_lost_text(first_line))
            return
        title, section_id, line, start = heading
        raw = body[start:end]
        text_line = line + 1 + len(raw) - len(raw.lstrip("\n"))
        found.append(Section(section_id, title, raw.strip("\n"), line, text_line, start, end))

    for number, line in enumerate(_LINE.findall(body), first_line):
        match = None if fenced else HEADING.match(line.rstrip("\n"))
        fenced ^= bool(_FENCED.match(line))
        if match:
            close(position)
            section_id = match["id"] or ""
            problems += _heading_problems(section_id, seen, number)
            seen.add(section_id)
            heading = (match["heading"], section_id, number, position + len(line))
        position += len(line)
    close(len(body))
    return tuple(section for section in found if section.id), tuple(problems)


def _lost_text(line: int) -> Problem:
    return Problem(
        "text-before-section", "There is text before the first heading. Move it into a section.", ("body",), line
    )


def _heading_problems(section_id: str, seen: set[str], line: int) -> Iterator[Problem]:
    where = ("body", section_id)
    if not section_id:
        yield Problem(
            "heading-without-id",
            N_("Add the section ID at the end of this heading, for example {#what}."),
            where,
            line,
        )
    elif not SECTION_ID.fullmatch(section_id):
        yield Problem(
            "bad-section-id",
            "The section id %(id)s must consist of lower-case words joined by hyphens.",
            where,
            line,
            {"id": section_id},
        )
    elif section_id in seen:
        yield Problem(
            "duplicate-section",
            "Section %(id)s appears twice. Merge the two.",
            where,
            line,
            {"id": section_id},
        )


def as_section(text: str) -> str:
    """Return a text that is safe inside a section: a second-level heading would begin another section.

    An unclosed code block would swallow all following sections, so it is closed.
    """
    lines, fence = list[str](), ""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n"):
        if mark := _FENCED.match(line):
            fence = "" if fence else mark[1]
        lines.append(f"#{line}" if not fence and HEADING.match(line) else line)
    return "\n".join([*lines, fence] if fence else lines)


def splice_sections(body: str, changes: Mapping[str, tuple[str, str] | None], order: Sequence[str] | None) -> str:
    """Return the body with sections changed; all other bytes are copied.

    `changes` maps a section id to its heading and text, or to `None` to remove it. A new section goes to its place in
    `order`, or to the end if the order is free. An unchanged text keeps its bytes, including blank lines.
    """
    present, _ = sections(body)
    pieces: list[tuple[str, str]] = []
    previous_end = 0
    for section in present:
        head_start = previous_end
        previous_end = section.end
        raw = body[head_start : section.end]
        if section.id not in changes:
            pieces.append((section.id, raw))
        elif (change := changes[section.id]) is not None:
            heading, text = change
            same = text.strip("\n") == section.text and heading == section.heading
            pieces.append((section.id, raw if same else _written(section.id, heading, text)))
    for section_id, change in changes.items():
        if change is None or any(section.id == section_id for section in present):
            continue
        pieces.insert(
            _place(section_id, [key for key, _ in pieces], order), (section_id, _written(section_id, *change))
        )
    return _joined([raw for _, raw in pieces])


def _written(section_id: str, heading: str, text: str) -> str:
    return f"## {heading} {{#{section_id}}}\n\n{text.strip()}\n\n"


def _place(section_id: str, present: Sequence[str], order: Sequence[str] | None) -> int:
    if order is None or section_id not in order:
        return len(present)
    before = set(order[: order.index(section_id)])
    return max((index + 1 for index, key in enumerate(present) if key in before), default=0)


def _joined(pieces: Sequence[str]) -> str:
    """Join sections with a blank line between them and one line end at the end."""
    out = ""
    for index, piece in enumerate(pieces):
        last = index == len(pieces) - 1
        if last and not piece.endswith("\n\n"):
            out += piece
        elif last:
            out += piece.rstrip("\n") + "\n"
        else:
            out += piece if piece.endswith("\n\n") else piece.rstrip("\n") + "\n\n"
    return out
