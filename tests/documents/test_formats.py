"""Every format is written and read back: words, letters, headings, languages, controls, and nothing that breaks it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from contextlib import suppress
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kb.blocks.model import (
    Box,
    Cell,
    Control,
    ControlType,
    Document,
    FormField,
    Heading,
    Item,
    Listing,
    Look,
    Mark,
    PageBreak,
    Paragraph,
    Rule,
    Run,
    Table,
)
from kb.documents.formats import FORMATS, write
from kb.documents.pdf import is_available

FONTS = Path(__file__).parents[2] / "kb" / "web" / "static" / "fonts"
LETTERS = "ąčęėįšųūž ăâîșț àéõç"
HOSTILE = "<img src='file:///etc/passwd'> \x00\x0b\ud800 &amp; ]]> \\ | # {{b-x}}"


def run(text: str, **given: object) -> tuple[Run, ...]:
    return (Run(text, **given),)  # type: ignore[arg-type]


def a_document() -> Document:
    tick = Control("c1-1-1", ControlType.CHECK, "Sleep: some")
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
                (Item((words("one"), Listing((Item((words("deep"),)),)))), Item((words("two"),))), is_numbered=True
            ),
            Table((head("Head"), head("Tick")), ((head("Row"), Cell((), control=tick)),), caption="Caption"),
            FormField(run("Name"), Control("c1", ControlType.LINE, "Name", limit=20), run("hint"), "C1"),
            FormField(run("Story"), Control("c2", ControlType.AREA, "Story", lines=4, is_required=True)),
            FormField(run("Choice"), Control("c3", ControlType.CHOICE, "Choice", ("yes", "no"))),
            FormField(run("Many"), Control("c4", ControlType.CHOICES, "Many", ("a", "b"))),
            FormField(run("Sign"), Control("c5", ControlType.SIGNATURE, "Sign")),
            Box((words("Say this"),), Look.SAY),
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


def words_of(xml: str) -> str:
    return " ".join("".join(ElementTree.fromstring(xml).itertext()).split())  # noqa: S314 - our own


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


def test_an_opendocument_text_has_headings_languages_and_lists(files: dict[str, bytes]) -> None:
    xml = part(files["odt"], "content.xml")
    for expected in ('text:outline-level="1"', "text:list-item", 'fo:language="it"', "table:table-header-rows", "☐"):
        assert expected in xml, expected
    styles = part(files["odt"], "styles.xml")
    assert 'fo:language="lt"' in styles
    assert "Draft" in styles


def opened(data: bytes) -> bytes:
    """Return a PDF with its packed objects unpacked."""
    found = [data]
    for start in re.finditer(rb"stream\r?\n", data):
        end = data.find(b"endstream", start.end())
        with suppress(zlib.error):
            found.append(zlib.decompressobj().decompress(data[start.end() : end]))
    return b"\n".join(found)


@pytest.mark.skipif(not is_available(), reason="the Pango library is missing")
def test_a_pdf_is_tagged_says_what_it_is_and_can_be_filled_in(files: dict[str, bytes]) -> None:
    data = opened(files["pdf"])
    assert data.startswith(b"%PDF-1.7")
    for expected in (b"/MarkInfo", b"/StructTreeRoot", b"pdfuaid:part", b"/AcroForm", b"/Lang", b"/TU"):
        assert expected in data, expected


def test_html_escapes_everything_and_loads_nothing(files: dict[str, bytes]) -> None:
    html = files["html"].decode()
    assert "<img" not in html
    assert "javascript:" not in html.split("</style>")[1]
    assert ' lang="lt"' in html
    assert '<span lang="it">' in html
    assert "url(" not in html.split("</style>")[1]


def test_markdown_keeps_signs_as_signs(files: dict[str, bytes]) -> None:
    text = files["md"].decode(errors="surrogatepass")
    assert r"\<img src='file:///etc/passwd'\>" in text
    assert "## First" in text
    assert "- ☐ yes" in text
