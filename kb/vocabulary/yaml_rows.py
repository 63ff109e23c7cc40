"""Reads a YAML file key by key: returns valid values and notes problems with their lines.

Vocabularies, law and content texts are read this way, so that an error costs its line and not the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from kb.i18n import N_
from kb.problems import Problem, Severity, Where
from kb.records.bundle import decode
from kb.records.front_matter import FrontMatter, Value, read_yaml

_CEDILLA = re.compile("[şţŞŢ]")
_COMMA = str.maketrans("şţŞŢ", "șțȘȚ")


@dataclass(frozen=True)
class YamlMapping:
    """A mapping of a file: the whole of it, or a part at the path `where`. All parts share one list of problems."""

    values: Mapping[str, Value]
    front: FrontMatter
    path: str
    problems: list[Problem]
    where: Where = ()

    @property
    def stem(self) -> str:
        """The file's name without its ending, which is the id of its content."""
        return PurePath(self.path).stem

    @property
    def line(self) -> int:
        """The line at which the mapping begins."""
        return self.front.line(self.where) or 1

    def note(self, code: str, message: str, /, *keys: str | int, **params: object) -> None:
        """Note an error at `keys` below this mapping."""
        self._note(Severity.ERROR, code, message, keys, params)

    def warn(self, code: str, message: str, /, *keys: str | int, **params: object) -> None:
        """Note a warning at `keys` below this mapping."""
        self._note(Severity.WARNING, code, message, keys, params)

    def _note(
        self, severity: Severity, code: str, message: str, keys: tuple[str | int, ...], params: dict[str, object]
    ) -> None:
        where = (*self.where, *keys)
        line = self.front.line(where) or 1
        self.problems.append(Problem(code, message, where, line, params, severity, self.path))

    def only(self, *known: str) -> None:
        """Note every key that is not among the known ones."""
        for key in self.values:
            if key not in known:
                self.note("unknown-key", "The key %(key)s does not exist here. Remove it.", key, key=key)

    def text(self, key: str) -> str:
        """Return a text, empty if there is none."""
        value = self.values.get(key, "")
        if isinstance(value, str):
            return value
        self._expect("expected-text", "%(key)s must be a text, not a list or a group of keys.", key)
        return ""

    def needed(self, key: str) -> str:
        """Return a required text; note a problem if it is missing."""
        if self.values.get(key, "") == "":
            self.note("missing-key", N_("%(key)s is missing."), key, key=key)
        return self.text(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; note and skip other entries."""
        found: list[str] = []
        for place, value in enumerate(self._list(key)):
            if isinstance(value, str) and value:
                found.append(value)
            else:
                self.note("expected-text", "%(key)s must be a list of texts.", key, place, key=key)
        return tuple(found)

    def row(self, key: str) -> YamlMapping:
        """Return the mapping at a key, empty if there is none."""
        value = self.values.get(key, "")
        if isinstance(value, dict):
            return self._part(value, key)
        if value:
            self._expect("expected-group", "%(key)s must be a group of keys and values.", key)
        return self._part({}, key)

    def rows(self, key: str) -> Iterator[YamlMapping]:
        """Iterate over the mappings of a list."""
        for place, value in enumerate(self._list(key)):
            if isinstance(value, dict):
                yield self._part(value, key, place)
            else:
                self.note("expected-group", "%(key)s must be a list of rows with keys and values.", key, place, key=key)

    def _list(self, key: str) -> list[Value]:
        value = self.values.get(key, "")
        if isinstance(value, list):
            return value
        if value:
            message = "%(key)s must be a list. Write its entries in square brackets or one per line."
            self._expect("expected-list", message, key)
        return []

    def _expect(self, code: str, message: str, key: str) -> None:
        self.note(code, message, key, key=key)

    def _part(self, values: Mapping[str, Value], *keys: str | int) -> YamlMapping:
        return replace(self, values=values, where=(*self.where, *keys))


def read_folder(folder: Path, problems: list[Problem]) -> Iterator[YamlMapping]:
    """Iterate over the YAML files of a folder in the order of their names; note unreadable ones."""
    if not folder.is_dir():
        problems.append(Problem("no-folder", "The folder is missing.", path=folder.as_posix()))
    for path in sorted(folder.glob("*.yaml")):
        if (row := _read_file(path, problems)) is not None:
            _compare_id(row)
            yield row


def _read_file(path: Path, problems: list[Problem]) -> YamlMapping | None:
    name = path.as_posix()
    try:
        text, found = decode(path.read_bytes())
    except OSError as error:
        message = "The file cannot be read: %(reason)s."
        problems.append(Problem("unreadable", message, params={"reason": error.strerror}, path=name))
        return None
    front = FrontMatter()
    if text is not None:
        front, found = read_yaml(text)
    problems += [problem.at(name) for problem in found]
    if front.values:
        return YamlMapping(front.values, front, name, problems)
    if not found:
        problems.append(Problem("empty-file", "The file is empty.", line=1, path=name))
    return None


def _compare_id(row: YamlMapping) -> None:
    if row.needed("id") not in ("", row.stem):
        message = "The id %(id)s and the file name %(file)s must be the same."
        row.note("id-differs", message, "id", id=row.text("id"), file=row.stem)


def refuse_cedilla(table: YamlMapping, text: str, *keys: str | int) -> None:
    """Note a Romanian text that is written with cedillas."""
    if _CEDILLA.search(text):
        message = "Write Romanian ș and ț with a comma below: %(right)s, not %(wrong)s."
        table.note("cedilla", message, *keys, wrong=text, right=text.translate(_COMMA))
