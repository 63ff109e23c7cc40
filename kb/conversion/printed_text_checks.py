"""Checks that hold for every document with any answers: it has its text, and it prints nothing of our own research.

Open research questions belong on the page of the country and on the last page of a document. Users remove that page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from kb.conversion.answers import BlankAnswer, ConversionAnswers
from kb.conversion.convert import Conversion
from kb.conversion.provenance_page import ABOUT
from kb.documents.blocks import (
    Block,
    Box,
    Cards,
    Document,
    FieldRow,
    FormField,
    Heading,
    Listing,
    Paragraph,
    Pictured,
    QrCode,
    Strips,
    Table,
    plain,
)
from kb.kinds.country.crime_groups import CRIME_GROUPS
from kb.kinds.register.model import Scope
from kb.kinds.tool.model import ToolKind

# Phrases, by language, that report our own research. Guides are exempt: they may mention studies that do not exist.
RESEARCH = {
    "en": r"\bwe (have )?(found|saw|looked|did not|could not)\b|\bwe know of no\b"
    r"|\b(was|were|been) not (read|seen|found|looked up)\b",
    "it": r"\babbiamo (trovato|visto|letto|cercato)\b|\bnon (è|sono) stat\w (trovat|vist|lett|cercat)",
    "lt": r"\b(ne)?(radome|matėme|skaitėme|ieškojome|aptikome)\b",
    "pt": r"\b(encontrámos|vimos|procurámos|lemos)\b|\bnão (foi|foram) (encontrad|vist|lid)",
    "ro": r"\bnu am (găsit|văzut|citit|căutat)\b|\bnu (a|au) fost (găsit|văzut|citit)",
}
LEAST_WORDS = 150  # a document below this lacks its text, if its parts have at least as many words


@dataclass(frozen=True)
class Flaw:
    """A flaw of a document: its code, and the text or number that was found."""

    code: str
    found: str


def find_flaws(made: Conversion, document: Document) -> Iterator[Flaw]:
    """Yield the flaws of a document. The search for research phrases leaves out its last page."""
    if made.tool.record.kind is not ToolKind.GUIDE:
        pattern = re.compile(RESEARCH.get(made.answers.language, r"(?!)"), re.IGNORECASE)
        for text in texts(takewhile(_is_before_last_page, document.blocks)):
            if found := pattern.search(text):
                yield Flaw("research-printed", text[max(0, found.start() - 40) : found.end() + 40])
    words = sum(len(text.split()) for text in texts(document.blocks))
    of_paper = (part.text for part in made.parts if made.scope.includes(part.part))
    if words < LEAST_WORDS <= sum(len(text.split()) for text in of_paper):
        yield Flaw("no-text", str(words))


def _is_before_last_page(block: Block) -> bool:
    return not (isinstance(block, Heading) and block.anchor == ABOUT)


def all_answered(made: Conversion) -> ConversionAnswers:
    """Return answers to all open questions: the chosen, default or first alternatives, and "…" in each open blank."""
    choices = {
        each.id: {
            group: each.chosen.get(group) or (each.view.alternatives[0].short,)
            for group in (CRIME_GROUPS if each.view.choice.scope is Scope.GROUP else ("",))
        }
        for each in made.choices
    }
    blanks = {each.id: BlankAnswer(entries=("…",), confirmed=True) for each in made.open_blanks}
    return made.answers.model_copy(update={"choices": choices, "blanks": {**made.answers.blanks, **blanks}})


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield every text of a document that readers see."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield plain(block.runs)
            case Box() | Cards() | Pictured():
                yield from texts(block.blocks)
            case FieldRow():
                yield from texts(block.fields)
            case QrCode() | Strips():
                yield plain(block.runs)
            case Listing():
                for item in block.items:
                    yield from texts(item.blocks)
            case Table():
                yield block.caption
                for row in (block.header, *block.rows):
                    yield from (plain(cell.runs) for cell in row)
            case FormField():
                yield plain(block.label)
                yield plain(block.hint)
                yield from block.control.options
            case _:
                pass
