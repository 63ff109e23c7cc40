"""A sheet that is taken home fits one side of paper, and a page that would be nearly empty is saved."""

from __future__ import annotations

import io
import zipfile

import pytest

from kb.documents.blocks import (
    Block,
    Box,
    Cell,
    ContentControl,
    ControlType,
    Document,
    FormField,
    Heading,
    Listing,
    ListItem,
    Look,
    PageBreak,
    Paragraph,
    Run,
    Table,
)
from kb.documents.fit_pages import stretches
from kb.documents.formats import write
from tests.documents.pdf_file import PdfFile
from tests.documents.real_tools import FONTS
from tests.pango import needs_pango

SENTENCE = "You can say no, change this or stop at any time, and your case does not change because of it. "


LINES = [Paragraph((Run("Line."),)) for _ in range(45)]
ITEMS = Listing(tuple(ListItem((Paragraph((Run(f"entry {number}"),)),)) for number in range(40)))
ROWS = Table((Cell((Run("Head"),), is_header=True),), tuple((Cell((Run(f"entry {number}"),)),) for number in range(40)))


def a_sheet(paragraphs: int) -> list[Block]:
    words = Box(tuple(Paragraph((Run(SENTENCE * 2),)) for _ in range(paragraphs)), Look.LARGE)
    field = FormField((Run("Reference"),), ContentControl("v1", ControlType.LINE, "Reference"))
    return [Heading(2, (Run("Somebody will contact you"),), "copy"), words, field]


def pages_of(*blocks: Block, stamp: str = "", is_large: bool = False) -> list[str]:
    document = Document("Form", "en", blocks, stamp=stamp, header="Form", is_form=True, is_large=is_large)
    return PdfFile(write(document, "pdf", FONTS)).pages


def test_what_stands_between_page_breaks_is_a_stretch() -> None:
    one, two = Paragraph((Run("1"),)), Paragraph((Run("2"),))
    found = stretches([one, PageBreak(is_one_side=True), two, two, PageBreak()])
    assert [(each.blocks, each.is_one_side) for each in found] == [((one,), False), ((two, two), True)]
    assert [each.blocks for each in stretches([])] == [()]


@needs_pango
@pytest.mark.parametrize("paragraphs", [8, 18, 25])
def test_a_sheet_to_take_home_fits_one_side(paragraphs: int) -> None:
    first = Paragraph((Run("Sheet 1"),))
    assert len(pages_of(first, PageBreak(is_one_side=True), *a_sheet(paragraphs))) == 2


@needs_pango
def test_a_sheet_too_long_for_one_side_has_two_and_large_print_stays_large() -> None:
    first = Paragraph((Run("Sheet 1"),))
    assert len(pages_of(first, PageBreak(is_one_side=True), *a_sheet(40))) == 3
    assert len(pages_of(first, PageBreak(is_one_side=True), *a_sheet(25), is_large=True)) > 2


@needs_pango
def test_no_page_is_left_to_a_few_lines() -> None:
    assert len(pages_of(*LINES[:33])) == 1  # in two lines too many
    assert len(pages_of(*LINES[:45])) == 2


@needs_pango
@pytest.mark.parametrize(("block", "above"), [(ITEMS, 30), (ITEMS, 31), (ROWS, 29)])
def test_no_entry_and_no_row_stands_alone_on_a_page(block: Block, above: int) -> None:
    counts = [page.count("entry") for page in pages_of(*LINES[:above], block)]
    assert sum(counts) == 40
    assert 1 not in counts


def signatures(partners: int) -> list[Block]:
    kinds = (ControlType.LINE, ControlType.DATE, ControlType.SIGNATURE)
    return [
        FormField((Run(f"Partner {number}, {kind}"),), ContentControl(f"{kind}{number}", kind, "Partner"))
        for number in range(partners)
        for kind in kinds
    ]


@needs_pango
@pytest.mark.parametrize("above", [20, 25, 30])
def test_signatures_of_several_partners_stay_together_with_their_heading(above: int) -> None:
    words = [Paragraph((Run("These sign:"),)), Paragraph((Run("The mayor."),))]
    pages = pages_of(*LINES[:above], Heading(2, (Run("To be signed"),), "signed"), *words, *signatures(3))
    [together] = [page for page in pages if "Partner" in page]
    assert together.count("Partner") == 9
    assert "To be signed" in together


@needs_pango
def test_more_signatures_than_a_page_holds_begin_where_they_stand() -> None:
    pages = pages_of(*LINES[:10], *signatures(12))
    assert "Partner" in pages[0]
    assert sum(page.count("Partner") for page in pages) == 36


def test_signatures_of_several_partners_stay_together_in_docx() -> None:
    document = Document("Form", "en", tuple(signatures(2)), header="Form", is_form=True)
    xml = zipfile.ZipFile(io.BytesIO(write(document, "docx", FONTS))).read("word/document.xml").decode()
    rows = xml.split("<w:tr>")[1:] if "<w:tr>" in xml else xml.split("<w:tr ")[1:]
    assert ["<w:keepNext" in row for row in rows] == [True] * 5 + [False]


@needs_pango
def test_the_stamp_is_one_line_of_the_header() -> None:
    header = "Formulário de encaminhamento em Portugal: da polícia para um serviço de apoio"
    document = Document("F", "pt", (), stamp="Rascunho. Pontos em aberto: 32", header=header)
    assert "Rascunho. Pontos em aberto: 32\n" in PdfFile(write(document, "pdf", FONTS)).pages[0].split("F\n")[-1]
