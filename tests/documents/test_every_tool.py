"""Tools in every format, read back from the files: that of the sample, and all real ones for the four countries."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import groupby
from xml.etree import ElementTree

import docx
import pytest

from kb.conversion.page_formats import PAGES
from kb.conversion.render import render
from kb.documents.blocks import ContentControl, ControlType, Document, FormField, Heading, Listing, Mark, Table
from kb.documents.formats import write
from tests.documents.pdf_file import PdfFile
from tests.documents.real_tools import FONTS, SAMPLE, SHELF, cells, converted, inside, said, texts, words
from tests.pango import needs_pango

pytestmark = pytest.mark.slow  # together half a minute

# The language of each country, and the letters in which it differs from English.
COUNTRIES = {"IT": "it", "LT": "lt", "PT": "pt", "RO": "ro"}
LETTERS = {"en": "", "it": "àèéìòù", "lt": "ąčęėįšųūž", "pt": "áâãàçéêíóôõú", "ro": "ăâîșț"}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WRITTEN = (ControlType.LINE, ControlType.AREA, ControlType.DATE)


def controls(document: Document) -> list[ContentControl]:
    """Return every place to write or tick."""
    fields = [field.control for field in inside(document.blocks, FormField)]
    grids = [cell.control for table in inside(document.blocks, Table) for cell in cells(table)]
    return [*fields, *(control for control in grids if control is not None)]


def ticks(document: Document) -> int:
    """Return how many boxes there are to tick."""
    return sum(len(each.options) or each.type is ControlType.CHECK for each in controls(document))


def written(document: Document) -> int:
    """Return how many places there are to write."""
    return sum(each.type in _WRITTEN for each in controls(document))


def ruled(document: Document) -> int:
    """Return how many lines to write on are in the text."""
    return sum(Mark.LINE in run.marks for runs in texts(document.blocks) for run in runs)


def headings(document: Document) -> list[tuple[int, str]]:
    """Return the headings with their levels, that of the title being 1."""
    return [(block.level, said(block.runs)) for block in inside(document.blocks, Heading)]


def entries(document: Document) -> int:
    """Return how many entries lists have."""
    return sum(len(block.items) for block in inside(document.blocks, Listing))


def tables(document: Document) -> list[int]:
    """Return of each table how many cells it has."""
    return [len(list(cells(table))) for table in inside(document.blocks, Table)]


def others(document: Document) -> set[str]:
    """Return the languages of passages that are not in that of the document."""
    return {run.language for runs in texts(document.blocks) for run in runs if run.text.strip()} - {
        "",
        document.language,
    }


def everything(document: Document, found: str) -> None:
    """Every text of the document is in what was read from the file, letter by letter."""
    found = words(found)
    for runs in texts(document.blocks):
        for is_line, between in groupby(runs, lambda run: Mark.LINE in run.marks):
            text = said(tuple(between))
            assert is_line or text in found, text
    for text in (document.title, document.stamp, *document.footer.split(" · ")):
        assert words(text) in found


def parts(data: bytes) -> Callable[[str], ElementTree.Element]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    return lambda name: ElementTree.fromstring(archive.read(name))  # noqa: S314 - our own


def text_of(element: ElementTree.Element) -> str:
    """Return the words of an element; a paragraph or a line begins a word, and so do spaces that the format counts."""
    for each in element.iter():
        if each.tag.endswith(("}p", "}h", "}br", "}line-break", "}tab", "}s")):
            each.text = f" {each.text or ''}"
    return "".join(element.itertext())


def check_docx(document: Document, data: bytes) -> None:
    file = docx.Document(io.BytesIO(data))
    part = parts(data)
    body = part("word/document.xml")
    styled = [(each.get(f"{_W}val", ""), paragraph) for paragraph in body.iter(f"{_W}p")
              for each in paragraph.iter(f"{_W}pStyle")]  # fmt: skip
    assert [
        (int(name[-1]) + 1, words(text_of(paragraph))) for name, paragraph in styled if name.startswith("Heading")
    ] == headings(document)
    assert len(list(body.iter(f"{_W}numPr"))) == entries(document)
    sizes = [len(table._cells) for table in file.tables if table._tbl.xpath(".//w:tblHeader")]
    assert sizes == tables(document)
    assert len(list(body.iter(f"{_W}sdt"))) == ticks(document) + written(document) + ruled(document)
    spoken = {each.get(f"{_W}val", "")[:2] for each in body.iter(f"{_W}lang")}
    assert spoken == others(document)
    (own,) = (each.get(f"{_W}val", "") for each in part("word/styles.xml").iter(f"{_W}lang"))
    assert own.startswith(document.language)
    assert file.core_properties.language == document.language
    assert file.core_properties.title == document.title
    foot = part("word/footer1.xml")
    if not document.page.is_compact:  # its only running line is at the foot
        head = text_of(part("word/header1.xml"))
        assert document.header in head
        assert document.stamp in head
    everything(document, text_of(body) + text_of(foot))


def check_odt(document: Document, data: bytes) -> None:
    part = parts(data)
    content, styles = part("content.xml"), part("styles.xml")
    raw, looks = (ElementTree.tostring(each, "unicode") for each in (content, styles))
    assert [
        (int(next(value for name, value in each.items() if name.endswith("outline-level"))) + 1, words(text_of(each)))
        for each in content.iter()
        if each.tag.endswith("}h")
    ] == headings(document)
    assert raw.count("list-item>") + raw.count("list-item ") >= entries(document)
    assert raw.count("table-header-rows>") // 2 == len(tables(document))
    assert raw.count(":placeholder-type=") == written(document)
    assert raw.count("☐") == ticks(document)
    assert set(re.findall(r':language="(\w+)"', raw)) == others(document)
    assert f':language="{document.language}"' in looks
    above = words(text_of(styles))
    for text in (document.stamp, document.footer, *([] if document.page.is_compact else [document.header])):
        assert words(text) in above
    assert document.title in text_of(part("meta.xml"))
    everything(document, text_of(content) + above)


class _Page(HTMLParser):
    """The elements of a page, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.headings: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.words.append("" if tag in ("span", "strong", "em", "mark", "a", "sup", "code") else " ")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.tags and self.headings and not self.headings[-1][1].endswith("\n"):
            level, before = self.headings[-1]
            self.headings[-1] = level, before + data

    def handle_endtag(self, tag: str) -> None:
        if re.fullmatch(r"h[1-6]", tag):
            level, before = self.headings[-1]
            self.headings[-1] = level, before + "\n"

    def count(self, tag: str, **attributes: str) -> int:
        return sum(
            name == tag and all(given.get(key) == value for key, value in attributes.items())
            for name, given in self.tags
        )


def check_html(document: Document, data: bytes) -> None:
    page = _Page()
    page.feed(data.decode())
    own = [(level, words(text)) for level, text in page.headings]
    skipped = 2 if document.has_contents else 1
    assert own[0] == (1, words(document.title))
    assert own[skipped:] == headings(document)
    listed = sum(1 for block in document.blocks if isinstance(block, Heading) and block.level == 2 and block.anchor)
    assert page.count("li") == entries(document) + listed * document.has_contents
    assert page.count("table") == len(tables(document))
    boxes = page.count("input", type="checkbox") + page.count("input", type="radio")
    assert boxes == ticks(document)
    lines = ruled(document) * document.is_form
    assert page.count("input", type="text") + page.count("textarea") == written(document) + lines
    assert page.count("html", lang=document.language) == 1
    assert {given["lang"] for tag, given in page.tags if tag == "span" and given.get("lang")} == others(document)
    everything(document, "".join(page.words))


def check_md(document: Document, data: bytes) -> None:
    text = data.decode()
    plain = re.sub(r"\\([\\`*_\[\]<>|#&])", r"\1", text)
    found = [(len(match[1]), match[2]) for match in re.finditer(r"^(#+) (.*)$", text, re.MULTILINE)]
    assert [level for level, _ in found[1:]] == [level for level, _ in headings(document)]
    assert len(re.findall(r"^(?:> )?\|(?: --- \|)+$", text, re.MULTILINE)) == len(tables(document))
    assert text.count("☐") == ticks(document)
    for line in (document.title, document.stamp, document.footer):
        assert line in plain


CHECKS = {"docx": check_docx, "odt": check_odt, "html": check_html, "md": check_md}


def test_the_tool_of_the_sample_comes_back_from_its_files_as_it_was_written() -> None:
    chosen = {"ch-way": {f"g{number}": ("a",) for number in range(1, 10)}}
    document = render(converted("gate-slip", "EE", "en", shelf=SAMPLE, choices=chosen))
    assert len(controls(document)) == 2
    comes_back(document)
    comes_back(render(converted("gate-slip-ee", "EE", "en", kind="adaptations", shelf=SAMPLE)))


@pytest.mark.long
@pytest.mark.parametrize(("code", "own"), COUNTRIES.items())
def test_every_tool_comes_back_from_its_files_as_it_was_written(code: str, own: str) -> None:
    for tool in SHELF.ids("tools"):
        for language in (own, "en"):
            for paper in papers(tool):
                comes_back(render(converted(tool, code, language, paper=paper)))


def papers(tool: str) -> list[str | None]:
    """Return the papers of a tool that have a title and a foot on each page."""
    record = SHELF.reading("tools", tool, "en").record
    return [paper.id for paper in record.papers if not PAGES[paper.format].is_bare] or [None] * (not record.papers)


def comes_back(document: Document) -> None:
    for name, check in CHECKS.items():
        check(document, write(document, name, FONTS))


@pytest.mark.long
@pytest.mark.parametrize("language", COUNTRIES.values())
def test_the_letters_of_each_language_are_in_its_tools(language: str) -> None:
    code = language.upper()
    used = {letter for tool in SHELF.ids("tools") for runs in texts(render(converted(tool, code, language)).blocks)
            for letter in said(runs)}  # fmt: skip
    assert set(LETTERS[language]) <= used


@needs_pango
def test_a_pdf_of_the_sample_is_tagged_says_what_it_is_and_holds_its_letters() -> None:
    check_pdf(render(converted("gate-slip", "EE", "en", shelf=SAMPLE)))


@pytest.mark.long
@needs_pango
def test_a_pdf_is_tagged_says_what_it_is_and_holds_its_letters() -> None:
    """PDFs take ten times as long as all others together: each language has one."""
    for tool, (code, language) in zip(SHELF.ids("tools"), COUNTRIES.items(), strict=False):
        check_pdf(render(converted(tool, code, language)))


def test_a_heading_names_the_one_group_of_crimes_that_is_left_out_and_not_the_eight_others() -> None:
    document = render(converted("referral-form-police-lt", "LT", "lt", kind="adaptations"))
    assert max(len(text) for _, text in headings(document)) < 160


def check_pdf(document: Document) -> None:
    file = PdfFile(write(document, "pdf", FONTS))
    whole, pages = file.whole, file.pages
    assert 'pdfuaid:part="1"' in file.metadata
    assert document.title in file.metadata
    assert b"/Marked true" in whole
    assert b"/DisplayDocTitle true" in whole
    assert f"/Lang ({document.language})".encode() in whole
    assert {found.decode() for found in re.findall(rb"/Lang \((\w+)\)", whole)} == {
        document.language,
        *others(document),
    }
    assert file.embedded_fonts
    assert all(file.embedded_fonts)
    levels = [level for level, _ in headings(document)]
    assert [file.tags(f"H{level}") for level in (1, 2, 3)] == [
        1,
        levels.count(2) + document.has_contents,
        levels.count(3),
    ]
    assert file.tags("Table") >= len(tables(document))  # one more for each page on which a table goes on
    assert len(file.fields) == document.is_form * (ticks(document) + written(document) + ruled(document))
    assert all(b"/TU (" in field or b"/TU <" in field for field in file.fields)
    for number, page in enumerate(pages, 1):
        found = words(page)
        assert document.stamp in found, number
        assert document.page.is_compact or document.header in found
        assert document.footer in found
        assert f"{number} / {len(pages)}" in found
    drawn = words(" ".join(pages))
    for letter in LETTERS[document.language]:
        assert letter in drawn or letter not in "".join(map(said, texts(document.blocks))), letter
    assert all(text.split()[0] in drawn for _, text in headings(document))
