"""Tools converted for tests, real ones and that of the sample: each record is read once in each language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from kb.cli.messages import speech
from kb.content_store.record_source import FolderRecords
from kb.conversion.answers import ConversionAnswers
from kb.conversion.convert import Conversion
from kb.conversion.load import load_conversion
from kb.documents.blocks import (
    Block,
    Box,
    Cell,
    FieldRow,
    FormField,
    Heading,
    Listing,
    Mark,
    Paragraph,
    Pictured,
    Run,
    Runs,
    Table,
)
from kb.kinds.registry import KINDS
from kb.records.files.paths import ContentFolder
from tests.house import ROOT

TODAY = date(2026, 11, 25)
FONTS = ROOT / "kb" / "web" / "static" / "fonts"


def records_of(folder: Path) -> FolderRecords:
    """Return the published records of a content folder."""
    return FolderRecords(ContentFolder(folder, {kind.shape.name: kind.shape for kind in KINDS}))


SHELF, SAMPLE = records_of(ROOT / "content"), records_of(ROOT / "tests" / "sample")


def converted(
    tool: str, country: str, language: str, *, kind: str = "tools", shelf: FolderRecords = SHELF, **given: Any
) -> Conversion:
    """Return what becomes of a tool with nothing answered but what is given."""
    answers = ConversionAnswers.model_validate({"tool": tool, "language": language, "country": country, **given})
    return load_conversion(shelf, kind, tool, answers, speech(language), TODAY)


def languages(kind: str, record_id: str) -> tuple[str, ...]:
    """Return the languages in which a record can be read."""
    return tuple(SHELF.reading(kind, record_id, "en").bundle.languages())


def texts(blocks: Iterable[Block]) -> Iterator[Runs]:
    """Yield every text of a document that is written as it stands: no labels of controls."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield block.runs
            case Listing():
                for item in block.items:
                    yield from texts(item.blocks)
            case Box() | Pictured():
                yield from texts(block.blocks)
            case FieldRow():
                yield from texts(block.fields)
            case Table():
                yield from ((Run(block.caption),), *(cell.runs for cell in cells(block)))
            case FormField():
                yield from (block.label, block.hint, *((Run(option),) for option in block.control.options))
            case _:
                pass


def cells(table: Table) -> Iterator[Cell]:
    """Yield the cells of a table, those of its header first."""
    for row in (table.header, *table.rows):
        yield from row


def inside(blocks: Iterable[Block], kind: type) -> Iterator[Any]:
    """Yield the blocks of a kind, those in boxes and lists too."""
    for block in blocks:
        if isinstance(block, kind):
            yield block
        if isinstance(block, Box | Pictured):
            yield from inside(block.blocks, kind)
        if isinstance(block, FieldRow):
            yield from inside(block.fields, kind)
        if isinstance(block, Listing):
            for item in block.items:
                yield from inside(item.blocks, kind)


def said(runs: Runs) -> str:
    """Return the words of a text, with single spaces. The label of a line to write on is not printed."""
    return words("".join(run.text for run in runs if Mark.LINE not in run.marks))


def words(text: str) -> str:
    """Return a text with single spaces, whatever kind of space it had."""
    return " ".join(text.split())
