"""Papers to print: what the files of word processors and of browsers hold, and on how many pages they are printed."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Mm, Pt

from kb.documents.blocks import Cards, ContentControl, ControlType, Document, FormField, PageBreak, PageSetup, Sheet
from kb.documents.cut_sheets import fitted_sizes
from kb.documents.fit_pages import stretches
from kb.documents.formats import write
from kb.documents.page_layout import FieldGrid
from kb.documents.print_sizes import PrintSizes
from tests.documents import papers
from tests.documents.papers import booklet, cards, field, form, leaflet, poster, row, words
from tests.documents.pdf_file import PdfFile
from tests.documents.real_tools import FONTS
from tests.pango import needs_pango


def word_xml(document: Document, name: str = "document") -> str:
    return part(write(document, "docx", FONTS), f"word/{name}.xml")


def odt_xml(document: Document, name: str = "content") -> str:
    return part(write(document, "odt", FONTS), f"{name}.xml")


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def html(document: Document) -> str:
    return write(document, "html", FONTS).decode().split("</style>")[1]


def pages(document: Document) -> list[str]:
    return PdfFile(write(document, "pdf", FONTS)).pages


@pytest.mark.parametrize(
    ("sheet", "is_landscape", "expected"),
    [(Sheet.A3, False, (297, 420)), (Sheet.A4, True, (297, 210)), (Sheet.A5, False, (148, 210))],
)
def test_a_document_has_the_sheet_and_the_letters_that_it_asks_for(
    sheet: Sheet, is_landscape: bool, expected: tuple[int, int]
) -> None:
    page = PageSetup(sheet=sheet, is_landscape=is_landscape, points=11)
    document = Document("T", "en", (words("x"),), page=page)
    file: Any = docx.Document(io.BytesIO(write(document, "docx", FONTS)))
    section = file.sections[0]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == expected
    assert file.styles["Normal"].font.size == Pt(11)
    styles = odt_xml(document, "styles")
    assert f'fo:page-width="{expected[0] / 10}cm" fo:page-height="{expected[1] / 10}cm"' in styles
    assert 'fo:font-size="11pt"' in styles
    css = write(document, "html", FONTS).decode().split("</style>")[0]
    assert f"size: {expected[0]}mm {expected[1]}mm" in css
    assert "font-size: 11pt" in css


def test_a_bare_sheet_has_its_title_in_its_properties_alone() -> None:
    document = leaflet()
    file: Any = docx.Document(io.BytesIO(write(document, "docx", FONTS)))
    assert file.core_properties.title == "Leaflet"
    assert "Leaflet" not in word_xml(document)
    assert "Leaflet" not in odt_xml(document)
    assert "<style:footer>" not in odt_xml(document, "styles")
    assert "Leaflet" not in html(document)
    assert "Foot" not in html(document)
    assert "<h1>Panel 1</h1>" in html(document)  # headings begin with the first level


def test_a_folded_sheet_has_a_column_for_each_panel() -> None:
    word = word_xml(leaflet())
    sizes = PrintSizes(leaflet().page)
    assert f'<w:cols w:num="3" w:space="{round(sizes.gap * 56.7)}"/>' in word
    assert word.count('w:type="column"') == 3
    assert word.count("<w:pageBreakBefore/>") == 1
    assert 'fo:column-count="3"' in odt_xml(leaflet(), "styles")
    assert odt_xml(leaflet()).count("InNextColumn") == 3
    assert sizes.width * 3 + sizes.gap * 2 == sizes.whole_width == 297 - sizes.gap


def test_a_fold_is_in_the_middle_of_the_space_between_two_panels() -> None:
    sizes = PrintSizes(leaflet().page)
    first_end = sizes.margins.left + sizes.width
    assert first_end + sizes.gap / 2 == pytest.approx(297 / 3)


@needs_pango
@pytest.mark.parametrize("paragraphs", [3, 12])
def test_each_side_of_a_folded_sheet_is_one_page(paragraphs: int) -> None:
    first, second = pages(leaflet(paragraphs))
    assert [f"Panel {number}" in first for number in range(1, 6)] == [True] * 3 + [False] * 2
    assert "Panel 5" in second


def test_letters_on_panels_and_cards_are_smaller_where_the_text_is_longer() -> None:
    for short, long in ((leaflet(3), leaflet(12)), (cards(2), cards(15))):
        assert fitted_sizes(short).points == short.page.points
        assert 6 <= fitted_sizes(long).points < long.page.points


def test_rows_of_fields_are_one_table_whose_columns_end_where_fields_end() -> None:
    grid = FieldGrid((row(field("a"), field("b"), widths=(65, 35)), row(field("c")), row(field("d"), field("e"))))
    assert grid.columns == (50, 15, 35)
    assert [grid.spans(each) for each in grid.rows] == [(2, 1), (3,), (1, 2)]
    document = Document("T", "en", grid.rows)
    word = word_xml(document)
    assert word.count("<w:tbl>") == 1
    assert word.count("<w:gridSpan ") == 3
    assert re.findall(r'columns-spanned="(\d)"', odt_xml(document)) == ["2", "3", "2"]


def test_a_field_in_a_row_has_a_label_and_a_hint_but_no_number() -> None:
    document = Document("T", "en", (row(field("Name"), field("Tick", ControlType.CHECK)),), is_form=True)
    for text in (word_xml(document), odt_xml(document), html(document)):
        assert "Name" in text
        assert "hint of name" in text
        assert ">9" not in text
    assert "w14:checkbox" in word_xml(document)
    assert '<label class="asked" for="c-name">' in html(document)


def test_options_in_a_row_are_one_after_another_or_below_each_other() -> None:
    control = ContentControl("c", ControlType.CHOICES, "c", ("one", "an option of more than thirty letters", "two"))
    for is_listed, breaks in ((False, 0), (True, 2)):
        document = Document("T", "en", (row(FormField((), control, is_listed=is_listed)),))
        assert word_xml(document).count("<w:br/>") == breaks
        assert odt_xml(document).count("<text:line-break/>") == breaks


def test_the_label_of_a_line_to_write_on_is_heard_and_not_seen() -> None:
    document = form()
    word, text, page = word_xml(document), odt_xml(document), html(document)
    assert '<w:alias w:val="Name of the receiver"/>' in word
    assert 'loext:alias="Name of the receiver"' in text
    assert 'aria-label="Name of the receiver"' in page
    for xml in (word, text, page):
        assert "Name of the receiver" not in re.sub(r"<[^>]*>", "", xml)
    short, long = sorted(map(len, re.findall(r"_{5,}", word)))
    assert long > 3 * short  # one that is alone takes the whole line
    assert "Name of the receiver" not in write(document, "md", FONTS).decode()


@needs_pango
def test_every_field_of_a_form_has_a_name_in_a_pdf() -> None:
    file = PdfFile(write(form(), "pdf", FONTS))
    assert b"Name of the receiver" in file.whole
    assert "Name of the receiver" not in "".join(file.pages)
    assert all(b"/TU (" in each or b"/TU <" in each for each in file.fields)
    # A telephone, a day, an area and the like; ticks; and two lines to write on.
    assert len(file.fields) == 4 + 8 * 3 + (2 + 11 + 3 + 1) + 2


@needs_pango
@pytest.mark.parametrize("more", [0, 5, 8])
def test_a_compact_form_is_one_page_with_a_small_footer_and_no_header(more: int) -> None:
    [page] = pages(form(more))
    assert "Footer" in page
    assert "Header" not in page
    assert "Referral" in page


def test_a_compact_form_has_no_header_in_files_of_word_processors() -> None:
    with zipfile.ZipFile(io.BytesIO(write(form(), "docx", FONTS))) as archive:
        assert not [name for name in archive.namelist() if "header" in name]
        assert "Draft" in archive.read("word/footer1.xml").decode()
    assert "<style:header>" not in odt_xml(form(), "styles")


def test_a_break_at_the_start_adds_no_page() -> None:
    assert [each.is_one_side for each in stretches(form().blocks)] == [True]
    assert "w:pageBreakBefore" not in word_xml(form())


def test_a_sheet_of_cards_is_a_page_of_its_own() -> None:
    card = Cards((words("x"),))
    assert [len(each.blocks) for each in stretches([words("a"), words("b"), card, card, PageBreak(), words("c")])] == [
        2,
        1,
        1,
        1,
    ]


def test_cards_have_the_same_size_in_every_format() -> None:
    word, text, page = word_xml(cards()), odt_xml(cards()), html(cards())
    heights = re.findall(r'w:trHeight w:val="(\d+)" w:hRule="exact"', word)
    assert {round(int(each) / 56.7) for each in heights} == {74}
    assert len(heights) == 8
    assert {round(int(each) / 56.7) for each in re.findall(r'w:gridCol w:w="(\d+)"', word) if int(each) > 4000} == {105}
    assert text.count('table:style-name="CardRow"') == 8
    assert page.count('class="card"') == 16
    assert page.count('aria-hidden="true"') == 14
    assert set(re.findall(r'class="card" style="width:(\w+);', page)) == {"105mm"}


@needs_pango
def test_cards_are_a_page_for_each_side_and_are_read_once() -> None:
    file = PdfFile(write(cards(), "pdf", FONTS))
    front, back = file.pages
    assert front.count("Not alone") == 8
    assert back.count("weekend") == 8
    assert not re.search(r"\d / \d", front)


def test_strips_are_in_the_footer() -> None:
    with zipfile.ZipFile(io.BytesIO(write(poster(), "docx", FONTS))) as archive:
        footer = archive.read("word/footer1.xml").decode()
    assert footer.count('<w:textDirection w:val="tbRl"/>') == 10
    assert "116 006" not in word_xml(poster())
    styles = odt_xml(poster(), "styles")
    assert styles.count("Help after a crime<text:line-break/>116 006") == 10
    assert 'style:writing-mode="tb-rl"' in styles
    assert html(poster()).count('class="strip"') == 10


@needs_pango
def test_a_poster_is_one_page() -> None:
    [page] = pages(poster())
    assert page.count("116 006") == 10


def test_a_code_is_larger_on_a_poster() -> None:
    assert (PrintSizes(poster().page).code, PrintSizes().code) == (60, 34)
    assert 'svg:width="6.0cm" svg:height="6.00cm"' in odt_xml(poster())


def test_the_sign_at_a_line_to_cut_along_is_decoration() -> None:
    assert '<div class="cut" role="separator"><svg viewBox="0 0 24 24" aria-hidden="true"' in html(poster())
    assert 'w:val="dashed"' in word_xml(poster())
    assert "<w:pBdr>" in word_xml(poster())


def test_a_drawing_has_its_proportions_and_its_words_in_every_format(tmp_path: Path) -> None:
    folder = papers.drawings(tmp_path)
    files = {name: write(booklet(), name, FONTS, folder) for name in ("docx", "odt", "html", "md")}
    file: Any = docx.Document(io.BytesIO(files["docx"]))
    shape = file.tables[0]._tbl.xpath(".//wp:extent")[0]
    assert round(int(shape.get("cx")) / int(shape.get("cy"))) == 2
    assert part(files["docx"], "word/document.xml").count('descr="A house with a door"') == 4
    text = part(files["odt"], "content.xml")
    width, height = re.findall(r'svg:width="([\d.]+)cm" svg:height="([\d.]+)cm"', text)[0]
    assert float(width) == pytest.approx(2 * float(height))
    assert text.count("<svg:desc>A house with a door</svg:desc>") == 4
    page = files["html"].decode()
    assert page.count('role="img"><title>A house with a door</title>') == 4
    assert "unused" not in page
    assert "It is free." in files["md"].decode()


@needs_pango
def test_a_drawing_is_a_figure_with_words_in_a_pdf(tmp_path: Path) -> None:
    file = PdfFile(write(booklet(), "pdf", FONTS, papers.drawings(tmp_path)))
    assert len(file.pages) == 2
    assert file.tags("Figure") == 4
    assert file.whole.count(b"/Alt (A house with a door)") == 4


@needs_pango
def test_hidden_copies_and_signs_are_not_in_the_structure_of_a_pdf() -> None:
    file = PdfFile(write(poster(), "pdf", FONTS))
    linked = reachable(file)
    assert sum(b"/S /Figure" in body for body in linked) == 1  # the code, not the scissors


def reachable(file: PdfFile) -> list[bytes]:
    """Return the elements of the structure that are linked from its root."""
    root = next(body for body in file.objects.values() if b"/StructTreeRoot" in body and b"/Type /Catalog" not in body)
    found, waiting = [], [root]
    while waiting:
        body = waiting.pop()
        found.append(body)
        inside = re.search(rb"/K \[([^\]]*)\]", body)
        numbers = re.findall(rb"(\d+) 0 R", inside[1]) if inside else []
        waiting += [file.objects[int(number)] for number in numbers]
    return found


@pytest.mark.parametrize("language", ["it", "lt", "pt", "ro"])
def test_long_words_in_cells_are_hyphenated_in_files_of_word_processors(language: str) -> None:
    document = Document("T", language, (row(field("a")),))
    assert "w:autoHyphenation" in word_xml(document, "settings")
    styles = word_xml(document, "styles")
    for name in ("Table text", "Field", "Cell label", "Cell entry"):
        style = re.search(rf'<w:name w:val="{name}"/>.*?</w:style>', styles, re.DOTALL)
        assert style is not None
        assert '<w:suppressAutoHyphens w:val="0"/>' in style[0], name
    for name in ("TableText", "TableHeading", "FieldCell", "FieldEntry", "CellLabel", "CellEntry"):
        style = re.search(rf'style:name="{name}".*?</style:style>', odt_xml(document, "styles"))
        assert style is not None
        assert 'fo:hyphenate="true"' in style[0], name


WORDS = {
    "it": (
        "Responsabilità",
        "accompagnamento",
        "interistituzionale",
        "riservatezza",
        "consapevolmente",
        "volontariamente",
    ),
    "lt": (
        "bendradarbiavimas",
        "konfidencialumas",
        "tarpinstitucinis",
        "nepriklausomybė",
        "psichoterapeutas",
        "savivaldybė",
    ),
    "pt": (
        "Responsabilidade",
        "confidencialidade",
        "acompanhamento",
        "encaminhamento",
        "interinstitucional",
        "anonimamente",
    ),
    "ro": (
        "Responsabilitatea",
        "confidențialitatea",
        "instituționalizarea",
        "consimțământul",
        "psihoterapeutică",
        "anonimitatea",
    ),
}


@needs_pango
@pytest.mark.parametrize("language", WORDS)
def test_long_words_in_narrow_fields_are_parted_with_a_hyphen(language: str) -> None:
    fields = tuple(field(each) for each in WORDS[language])
    document = Document("T", language, (row(*fields),), page=PageSetup(sheet=Sheet.A5, points=11))
    [page] = pages(document)
    for word in WORDS[language]:
        assert re.search("(?:‐\n)?".join(word), page), word
    assert page.count("‐\n") >= len(fields)
