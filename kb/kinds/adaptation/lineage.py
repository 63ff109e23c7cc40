"""Compares the texts of an adaptation with its parent tool: which the tool changed since, which are its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kb.kinds.adaptation.model import Adaptation, AdaptedFrom
from kb.kinds.country.situation import YesNo
from kb.kinds.tool.model import Tool
from kb.records.markdown import SOURCE_MARK
from kb.records.record import Bundle
from kb.records.segments import fingerprint


class LineageState(StrEnum):
    """State of one text of an adaptation compared with the parent tool."""

    SAME = "same"  # the tool's text has not changed since the adaptation was made
    CHANGED = "changed"
    NEW = "new"  # the tool added it, and the adaptation has not dealt with it yet
    GONE = "gone"  # the tool no longer has it
    ADDED = "added"  # only the adaptation has it
    UNTOLD = "untold"  # both have it, but no row of `made` records from which text of the tool it was made


CHANGES = frozenset({LineageState.CHANGED, LineageState.NEW, LineageState.GONE})
# Prefixes of segments that only adaptations have: texts about the adaptation itself.
_ITS_OWN = tuple(f"{name}." for name in sorted(Adaptation.model_fields.keys() - Tool.model_fields.keys()))


@dataclass(frozen=True)
class Descent:
    """One segment by name: the current text of the tool, and the text of the adaptation."""

    name: str
    standing: LineageState
    parent: str | None
    text: str | None
    made: AdaptedFrom | None
    is_own: bool

    @property
    def is_open(self) -> bool:
        """Whether a curator has to decide about it."""
        return self.standing in CHANGES or self.standing is LineageState.UNTOLD


@dataclass(frozen=True)
class PartDescent:
    """A unit of decision: a section, the title, the summary, or all words of one row such as `fields.a1`."""

    name: str
    texts: tuple[Descent, ...]

    @property
    def open(self) -> tuple[Descent, ...]:
        """The texts about which a curator has to decide."""
        return tuple(each for each in self.texts if each.is_open)

    @property
    def has_changed(self) -> bool:
        """Whether the tool has changed this part since the adaptation was made."""
        return any(each.standing in CHANGES for each in self.texts)

    @property
    def is_left_out(self) -> bool:
        """Whether the adaptation leaves this part out on purpose."""
        return all(each.text is None and each.parent is not None and each.made is not None for each in self.texts)

    @property
    def is_own(self) -> bool:
        """Whether this part contains a text of the adaptation's own."""
        return any(each.is_own for each in self.texts)

    @property
    def why(self) -> str:
        """The segment name of the words that say why it differs, or an empty text."""
        names = (f"made.{each.name}.why" for each in self.texts if each.made is not None and each.made.why)
        return next(names, "")


def lineage(adaptation: Bundle[Adaptation], parent: Bundle[Tool]) -> tuple[PartDescent, ...]:
    """Compare every part of an adaptation with its tool: title, summary, sections, then rows."""
    parts: dict[str, list[Descent]] = {}
    for descent in _descents(adaptation, parent):
        parts.setdefault(part_of(descent.name), []).append(descent)
    found = (PartDescent(name, tuple(texts)) for name, texts in parts.items())
    return tuple(sorted(found, key=lambda part: "." in part.name))  # a stable sort: the order stays otherwise


def part_of(name: str) -> str:
    """Return the part to which a text belongs: `fields.a1` for `fields.a1.label`."""
    return ".".join(name.split(".")[:2])


def changed(parts: tuple[PartDescent, ...]) -> tuple[PartDescent, ...]:
    """Return the parts that the tool has changed since the adaptation was made."""
    return tuple(part for part in parts if part.has_changed)


def _descents(adaptation: Bundle[Adaptation], parent: Bundle[Tool]) -> Iterator[Descent]:
    theirs, own = parent.segments(), adaptation.segments()
    record = adaptation.record
    made = {row.id: row for row in record.made}
    same_as: Mapping[str, tuple[str, ...]] = parent.record.same_as
    is_same_language = record.language == parent.record.language
    for name in dict.fromkeys([*theirs, *own, *made]):
        before, now, text = made.get(name), theirs.get(name), own.get(name)
        standing = _compare_texts(before, now, text, same_as.get(name, ()))
        if standing is not None and not name.startswith(_ITS_OWN):
            is_own = standing is LineageState.ADDED or (before is not None and before.own is YesNo.YES)
            is_own |= is_same_language and _differs(before, now, text)
            yield Descent(name, standing, now, text, before, is_own and text is not None)


def _compare_texts(
    made: AdaptedFrom | None, now: str | None, text: str | None, same: tuple[str, ...]
) -> LineageState | None:
    """Return the state of one segment, or `None` if neither side has it.

    After a minor change of the tool, its earlier text still counts as the same, as for translations.
    """
    known = made.parent if made is not None else None
    if now is None:
        if known is not None:
            return LineageState.GONE
        return LineageState.ADDED if text is not None else None
    if known is None:
        return LineageState.NEW if text is None else LineageState.UNTOLD
    return LineageState.SAME if known == fingerprint(now) or known in same else LineageState.CHANGED


def _differs(made: AdaptedFrom | None, now: str | None, text: str | None) -> bool:
    """Whether a text differs from the tool's earlier and current text in that language, source numbers ignored."""
    if made is None or made.parent is None or text is None:
        return False
    is_taken = now is not None and SOURCE_MARK.sub("", now) == SOURCE_MARK.sub("", text)
    return made.parent != fingerprint(text) and not is_taken
