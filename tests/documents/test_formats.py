"""Every format is written and read back: words, letters, headings, languages, controls, and nothing that breaks it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kb.documents.blocks import (
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
    Mark,
    PageBreak,
    Paragraph,
    QrCode,
    Rule,
    Run,
    Table,
)
from kb.documents.formats import FORMATS, write
from kb.documents.html_text import runs_html
from kb.documents.pdf import MOST_LINES, is_available, only_typeface
from kb.errors import Rejected
from tests.documents.pdf_file import PdfFile
from tests.pango import needs_pango

FONTS = Path(__file__).parents[2] / "kb" / "web" / "static" / "fonts"
LETTERS = "ąčęėįšųūž ăâîșț àéõç"
ADDRESS = "https://example.org/w/23456789abcdefg?a=b&c=d"
HOSTILE = "<img src='file:///etc/passwd'> \x00\x0b\ud800 &amp; ]]> \\ | # {{b-x}}"


def run(text: str, **given: object) -> tuple[Run, ...]:
    return (Run(text, **given),)  # type: ignore[arg-type]


def a_document() -> Document:
    tick = ContentControl("c1-1-1", ControlType.CHECK, "Sleep: some")
    return Document(
        title=f"Form {LETTERS}",
        language="lt",
        subtitle="Lietuva",
        summary="About it",
        author="Praxis",
        stamp="Draft",
        header="Header",
        footer="Footer",
        made_on=date(2026, 11, 25),
        is_form=True,
        has_contents=True,
        blocks=(
            Heading(2, run("First"), "first"),
            Paragraph((*run("Plain "), *run("strong", marks=frozenset({Mark.STRONG})), *run(HOSTILE))),
            Paragraph(run("link", link="https://example.org/a?b=c&d=e")),
            Paragraph(run("javascript", link="javascript:alert(1)"), Look.SMALL),
            Paragraph(run("Dico in italiano", language="it")),
            Listing(
                (ListItem((words("one"), Listing((ListItem((words("deep"),)),)))), ListItem((words("two"),))),
                is_numbered=True,
            ),
            Table((head("Head"), head("Tick")), ((head("Row"), Cell((), control=tick)),), caption="Caption"),
            FormField(run("Name"), ContentControl("c1", ControlType.LINE, "Name", limit=20), run("hint"), "C1"),
            FormField(run("Story"), ContentControl("c2", ControlType.AREA, "Story", lines=4, is_required=True)),
            FormField(run("Choice"), ContentControl("c3", ControlType.CHOICE, "Choice", ("yes", "no"))),
            FormField(run("Many"), ContentControl("c4", ControlType.CHOICES, "Many", ("a", "b"))),
            FormField(run("Sign"), ContentControl("c5", ControlType.SIGNATURE, "Sign")),
            Box((words("Say this"),), Look.SAY),
            QrCode(ADDRESS, (*run(f"See <this>: {LETTERS} "), *run(ADDRESS, link=ADDRESS))),
            Table((head("Sign here"),), ((Cell(()),), (Cell(()),)), row_mm=13),
            Rule(),
            PageBreak(),
            Heading(3, run("Second")),
            Paragraph(run("[ Gap – to be filled ]", marks=frozenset({Mark.OPEN}))),
        ),
    )


def words(text: str) -> Paragraph:
    return Paragraph(run(text))


def head(text: str) -> Cell:
    return Cell(run(text), is_header=True)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    names = [name for name in FORMATS if name != "pdf" or is_available()]
    return {name: write(a_document(), name, FONTS) for name in names}


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def words_in(text: str) -> str:
    return " ".join(text.split())


def words_of(xml: str) -> str:
    return words_in("".join(ElementTree.fromstring(xml).itertext()))  # noqa: S314 - our own


@pytest.mark.parametrize(("name", "inner"), [("docx", "word/document.xml"), ("odt", "content.xml")])
def test_words_and_letters_come_back(files: dict[str, bytes], name: str, inner: str) -> None:
    text = words_of(part(files[name], inner))
    for expected in (
        LETTERS,
        "strong",
        "<img src='file:///etc/passwd'>",
        "Say this",
        "[ Gap – to be filled ]",
        "Footer",
    ):
        if expected != "Footer":
            assert expected in text, expected
    assert "javascript:" not in part(files[name], inner)


def test_a_word_file_has_headings_languages_lists_and_controls(files: dict[str, bytes]) -> None:
    xml = part(files["docx"], "word/document.xml")
    for expected in ('w:val="Heading1"', 'w:val="Heading2"', 'w:val="it-IT"', "w:numPr", "w14:checkbox", "w:tblHeader"):
        assert expected in xml, expected
    # A tick in the table, a line, an area, two times two options.
    assert xml.count("<w:sdt>") + xml.count("<w:sdt ") == 7
    assert 'w:val="lt-LT"' in part(files["docx"], "word/styles.xml")
    assert "Draft" in part(files["docx"], "word/header1.xml")
    core = part(files["docx"], "docProps/core.xml")
    assert LETTERS in core
    assert "lt" in core


def test_contents_name_the_page_of_each_heading(files: dict[str, bytes]) -> None:
    word, text = part(files["docx"], "word/document.xml"), part(files["odt"], "content.xml")
    assert re.findall(r"PAGEREF (\w+)", word) == ["h_first"]
    assert 'w:name="h_first"' in word
    assert re.findall(r'"page" text:ref-name="(\w+)"', text) == ["first"]
    assert '<text:bookmark text:name="first"/>' in text


def test_an_opendocument_text_has_headings_languages_and_lists(files: dict[str, bytes]) -> None:
    xml = part(files["odt"], "content.xml")
    for expected in ('text:outline-level="1"', "text:list-item", 'fo:language="it"', "table:table-header-rows", "☐"):
        assert expected in xml, expected
    styles = part(files["odt"], "styles.xml")
    assert 'fo:language="lt"' in styles
    assert "Draft" in styles


@needs_pango
def test_a_pdf_can_be_filled_in_and_says_in_which_language_each_passage_is(files: dict[str, bytes]) -> None:
    file = PdfFile(files["pdf"])
    assert file.data.startswith(b"%PDF-1.7")
    assert 'pdfuaid:part="1"' in file.metadata
    # A tick in the table, a line, an area, two times two options.
    assert len(file.fields) == 7
    assert b"/Lang (lt)" in file.whole
    assert file.whole.count(b"/Lang (it)") == 1
    drawn = words_in(" ".join(file.pages))
    assert LETTERS in drawn
    assert "<img src='file:///etc/passwd'>" in drawn


@needs_pango
@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "data:text/css,p{}"])
def test_a_pdf_is_made_of_our_typeface_and_nothing_else(address: str) -> None:
    fetcher = only_typeface(import_module("weasyprint"), FONTS)
    with pytest.raises(ValueError, match="only our typeface"):
        fetcher.fetch(address)
    assert fetcher.fetch((FONTS / "atkinson-next.woff2").as_uri())


@needs_pango
def test_a_document_that_would_keep_the_machine_busy_for_minutes_is_no_pdf() -> None:
    long = Document("Long", "en", (words("a"),) * (MOST_LINES + 1))
    with pytest.raises(Rejected):
        write(long, "pdf", FONTS)


@pytest.mark.parametrize("name", ["docx", "odt", "html", "md"])
def test_very_long_texts_are_written_whole(name: str) -> None:
    text = "ąž " * 33_333 + "end"
    long = Document(
        text,
        "lt",
        (Heading(2, run(text), "x" * 80), words(text), Table((head(text),), ((Cell(run(text)),),))),
        subtitle=text,
        summary=text,
        author=text,
        header=text,
        footer=text,
        keywords=(text,),
        has_contents=True,
    )
    data = write(long, name, FONTS)
    found = {"docx": "word/document.xml", "odt": "content.xml"}.get(name)
    assert (part(data, found) if found else data.decode()).count("ąž ąž end") >= 5


@pytest.mark.parametrize("name", ["docx", "odt", "html", "md"])
def test_texts_that_would_break_a_file_do_not_wherever_they_stand(name: str) -> None:
    """The readers below refuse a file that is not well formed."""
    hostile = f"{HOSTILE} \ud800\udc00\ufffe\uffff\x1b ]]><w:p/>{{}}\n- x\n\t# y"
    control = ContentControl("c1", ControlType.LINE, hostile)
    options = ContentControl("c2", ControlType.CHOICES, hostile, (hostile, "b"))
    cell = Cell(run(hostile, link=f"https://example.org/{hostile}"), control=control)
    strange = Document(
        hostile,
        "en",
        (
            Heading(2, run(hostile), "a"),
            words(hostile),
            Table((Cell(run(hostile), is_header=True),), ((cell,),), caption=hostile),
            FormField(run(hostile), control, run(hostile), hostile),
            FormField(run(hostile), options),
            FormField(run(hostile), ContentControl("c3", ControlType.AREA, hostile)),
        ),
        subtitle=hostile,
        summary=hostile,
        author=hostile,
        stamp=hostile,
        header=hostile,
        footer=hostile,
        keywords=(hostile,),
        is_form=True,
        has_contents=True,
    )
    data = write(strange, name, FONTS)
    if name in ("docx", "odt"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for each in archive.namelist():
                if each.endswith(".xml") and archive.getinfo(each).file_size:
                    ElementTree.fromstring(archive.read(each))  # noqa: S314 - our own
        assert "<img src='file:///etc/passwd'>" in words_of(
            part(data, "content.xml" if name == "odt" else "word/document.xml")
        )
    else:
        assert "<img" not in data.decode().replace("\\<img", "")


def test_a_code_is_a_picture_with_words_for_those_who_do_not_see_it(files: dict[str, bytes]) -> None:
    said = f"See <this>: {LETTERS}"
    for name, inner in (("docx", "word/document.xml"), ("odt", "content.xml")):
        root = ElementTree.fromstring(part(files[name], inner))  # noqa: S314 - our own
        found = [each for each in root.iter() if each.tag.endswith(("}docPr", "}desc"))]
        assert [said in (each.get("descr") or each.text or "") for each in found] == [True], name
        with zipfile.ZipFile(io.BytesIO(files[name])) as archive:
            pictures = [each for each in archive.namelist() if "media/" in each or each.startswith("Pictures/")]
            assert [archive.read(each)[:4] for each in pictures if not each.endswith("/")] == [b"\x89PNG"], name
    html = files["html"].decode()
    assert f"<title>{said.replace('<', '&lt;').replace('>', '&gt;')}" in html
    assert f'<a href="{ADDRESS.replace("&", "&amp;")}">' in html
    assert f"]({ADDRESS})" in files["md"].decode()


@needs_pango
def test_a_code_is_a_figure_of_a_pdf(files: dict[str, bytes]) -> None:
    assert PdfFile(files["pdf"]).tags("Figure") == 1


def test_rows_to_be_signed_have_the_height_that_is_asked_for(files: dict[str, bytes]) -> None:
    assert part(files["docx"], "word/document.xml").count(f'w:trHeight w:val="{round(13 * 56.7)}"') == 2
    assert part(files["odt"], "content.xml").count('table:style-name="Row13"') == 2
    assert files["html"].decode().count('style="height:13mm"') == 2


@pytest.mark.parametrize(
    ("word", "kind"),
    [("v-ați", "whole"), ("tê-lo", "whole"), ("e-mail", "whole"), ("https://www.garanteprivacy.it", "host")],
)
def test_no_line_of_a_paper_ends_inside_a_short_word_or_the_host_of_an_address(word: str, kind: str) -> None:
    assert f'<span class="{kind}">{word}</span>' in runs_html((Run(f"Dacă {word}, se"),), "ro", is_paper=True)
    assert "<span" not in runs_html((Run(f"Dacă {word}"),), "ro")  # a page of the site


@pytest.mark.parametrize("text", ["90-bis", "x@a-b.lt", "a-b.lt", "https://a.lt/b-c", "Aušros-Žiburėlio"])
def test_what_a_reader_copies_letter_by_letter_is_left_as_it_is(text: str) -> None:
    assert 'class="whole"' not in runs_html((Run(text),), "lt", is_paper=True)


def test_html_escapes_everything_and_loads_nothing(files: dict[str, bytes]) -> None:
    html = files["html"].decode()
    assert "<img" not in html
    assert "javascript:" not in html.split("</style>")[1]
    assert ' lang="lt"' in html
    assert '<span lang="it">' in html
    assert "url(" not in html.split("</style>")[1]


def test_markdown_keeps_headings_rows_and_paragraphs_whole() -> None:
    two, link = run("one\ntwo"), run("see", link="https://example.org/a_(b)")
    text = write(
        Document(
            "T", "en", (Heading(2, two), Table((head("H"),), ((Cell(two),),)), words("- no\n1. list"), Paragraph(link))
        ),
        "md",
        FONTS,
    ).decode()
    assert "## one two\n" in text
    assert "| one<br>two |" in text
    assert "\\- no  \n1\\. list" in text
    assert "[see](https://example.org/a_%28b%29)" in text


def test_markdown_keeps_signs_as_signs(files: dict[str, bytes]) -> None:
    text = files["md"].decode(errors="surrogatepass")
    assert r"\<img src='file:///etc/passwd'\>" in text
    assert r"\&amp;" in text
    assert "## First" in text
    assert "- ☐ yes" in text
