"""What a tool's file contains: its sheets with the names of their parts, and the beginning of the first one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile

from markupsafe import Markup

from kb.content_store.record_source import CatalogRecords
from kb.conversion.answers import ConversionAnswers
from kb.conversion.convert import Conversion, ResolvedPart
from kb.conversion.load import load_conversion
from kb.conversion.render import printed_blocks
from kb.documents.blocks import (
    Block,
    Box,
    Document,
    FieldRow,
    FormField,
    Heading,
    Listing,
    ListItem,
    Mark,
    PageBreak,
    Paragraph,
    Pictured,
    QrCode,
    Run,
    Runs,
    Table,
    plain,
)
from kb.documents.html import body_html
from kb.kinds.country.situation import YesNo
from kb.kinds.tool.declared import gap_names
from kb.web.http import i18n
from kb.web.http.rendering import generation, today
from kb.web.parts.blank_marks import with_names
from kb.web.parts.passages import absolute_record_link
from kb.web.tools.gist import in_one_line

_LETTERS, _ON_A_PHONE = 900, 250  # of the beginning that is shown
_ROOM = " ……"  # the space to write in a form


@dataclass(frozen=True)
class SheetView:
    """A sheet or chapter of the document: the id of its first section, its heading, and what is on it."""

    id: str
    heading: str
    inside: str


def as_is(kind: str, record_id: str) -> Conversion:
    """Return a tool or an adaptation as it downloads without answers, in the reader's language.

    Raises `NotFound` for an unknown tool.
    """
    answers = ConversionAnswers(tool=record_id, country=None, language=i18n.current().code)
    return load_conversion(CatalogRecords(generation().catalog), kind, record_id, answers, i18n.speech(), today())


def sheets(found: Conversion) -> tuple[SheetView, ...]:
    """Return the parts of a document that begin a page, each with the names of the parts below it."""
    names = gap_names(found.sources.declared)
    sheets: list[list[ResolvedPart]] = []
    for part in found.parts:
        if part.is_printed and part.passage.heading:
            if not sheets or part.part.new_page is YesNo.YES:
                sheets.append([])
            sheets[-1].append(part)
    return tuple(
        SheetView(first.passage.name, with_names(first.passage.heading or "", names), _inside(rest))
        for first, *rest in sheets
    )


def _inside(parts: Sequence[ResolvedPart]) -> str:
    """Return the first headings below that of a sheet, of the highest level there."""
    shown = [each for each in parts if each.part.without_heading is not YesNo.YES]
    level = min((each.part.level for each in shown), default="")
    headings = [each.passage.heading or "" for each in shown if each.part.level == level]
    return in_one_line(each for each in headings if "{{" not in each)


def beginning(found: Conversion) -> tuple[Markup, Markup]:
    """Return the first part of a document as HTML: what a phone shows of it, and more for a wide screen.

    It has no headings, links or fields, as it is only to look at.
    """
    blocks = tuple(_first_blocks(printed_blocks(found, link=absolute_record_link)))
    short = next((n for n in range(len(blocks)) if sum(map(_letters, blocks[:n])) >= _ON_A_PHONE), len(blocks))
    language = found.sources.speech.code
    return _html(blocks[:short], language), _html(blocks[short:], language)


def _html(blocks: tuple[Block, ...], language: str) -> Markup:
    shown = tuple(map(_as_text, blocks))
    return Markup(body_html(Document(title="", language=language, blocks=shown)))  # noqa: S704 - escaped there


def _first_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    left = _LETTERS
    for block in dropwhile(lambda each: isinstance(each, PageBreak), blocks):
        if isinstance(block, PageBreak | Table | QrCode) or left <= 0:
            return
        left -= _letters(block)
        yield block


def _as_text(block: Block) -> Block:
    """Return a heading or a field as a paragraph in bold, and any text without links."""
    match block:
        case Heading():
            return Paragraph(_bold(block.runs))
        case FormField():
            return Paragraph(_as_line(block))
        case FieldRow():
            return Paragraph(tuple(run for field in block.fields for run in (*_as_line(field), Run("   "))))
        case Paragraph():
            return replace(block, runs=_unlinked(block.runs))
        case Box() | Pictured():
            return replace(block, blocks=tuple(map(_as_text, block.blocks)))
        case Listing():
            return replace(block, items=tuple(ListItem(tuple(map(_as_text, item.blocks))) for item in block.items))
        case _:
            return block


def _as_line(field: FormField) -> Runs:
    return (*_bold(field.label), Run(_room(field)))


def _unlinked(runs: Runs) -> Runs:
    return tuple(replace(run, link="") for run in runs)


def _room(field: FormField) -> str:
    return "".join(f" ☐ {each}" for each in field.control.options) or _ROOM


def _bold(runs: Runs) -> Runs:
    return tuple(replace(run, marks=run.marks | {Mark.STRONG}, link="") for run in runs)


def _letters(block: Block) -> int:
    match block:
        case Heading() | Paragraph():
            return len(plain(block.runs))
        case FormField():
            return len(plain(block.label)) + sum(map(len, block.control.options))
        case FieldRow():
            return sum(map(_letters, block.fields))
        case Box() | Pictured():
            return sum(map(_letters, block.blocks))
        case Listing():
            return sum(_letters(each) for item in block.items for each in item.blocks)
        case _:
            return 0
