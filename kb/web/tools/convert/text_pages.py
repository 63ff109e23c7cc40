"""Prepares the pages on the wording: the list of the printed parts, and one part to change."""

from __future__ import annotations

from dataclasses import dataclass

from kb.conversion.convert import Conversion, ResolvedPart
from kb.kinds.country.situation import YesNo
from kb.web.tools.convert.field_names import FieldNames
from kb.web.tools.convert.forms import Posted, part_name, posted_value
from kb.web.tools.convert.steps import Step, StepKind

_LETTERS = 90  # of the beginning of a text in the list
_LINE, _LEAST_ROWS, _MOST_ROWS = 60, 4, 24


@dataclass(frozen=True)
class PartLine:
    """A part in the list: its heading and first words. `is_own`: the user has changed it."""

    step: str
    heading: str
    beginning: str
    language: str
    is_own: bool
    is_outdated: bool


@dataclass(frozen=True)
class PartPage:
    """One part to change, with the names of its fields in place of codes. `tool_text` is the text of the tool today."""

    name: str
    again_name: str
    heading: str
    text: str
    tool_text: str
    rows: int
    language: str
    is_own: bool
    is_outdated: bool
    is_locked: bool


def part_lines(found: Conversion) -> tuple[PartLine, ...]:
    """Return the printed parts of an adaptation."""
    names = FieldNames.of(found)
    return tuple(_line(part, found, names) for part in found.parts if part.is_printed)


def part_page(found: Conversion, name: str, posted: Posted) -> PartPage:
    """Return a printed part, with the posted text of a page with problems."""
    part = next(each for each in found.parts if each.passage.name == name)
    names = FieldNames.of(found)
    text = posted_value(posted, part_name(part), names.to_names(part.text))
    return PartPage(
        name=part_name(part),
        again_name=part_name(part, "again"),
        heading=names.to_names(part.passage.heading or name),
        text=text,
        tool_text=names.to_names(part.passage.body),
        rows=min(_MOST_ROWS, max(_LEAST_ROWS, len(text) // _LINE + text.count("\n") + 1)),
        language=_language(part, found),
        is_own=part.own is not None,
        is_outdated=part.is_outdated,
        is_locked=part.part.locked is YesNo.YES,
    )


def _line(part: ResolvedPart, found: Conversion, names: FieldNames) -> PartLine:
    text = " ".join(names.to_names(part.text).replace("*", "").split())
    return PartLine(
        step=Step(StepKind.TEXT, part.passage.name).code,
        heading=names.to_names(part.passage.heading or part.passage.name),
        beginning=text if len(text) <= _LETTERS else f"{text[:_LETTERS].rpartition(' ')[0]} …",
        language=_language(part, found),
        is_own=part.own is not None,
        is_outdated=part.is_outdated,
    )


def _language(part: ResolvedPart, found: Conversion) -> str:
    return part.passage.language if part.own is None else found.answers.language
