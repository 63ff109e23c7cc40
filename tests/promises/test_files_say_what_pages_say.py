"""Downloaded files contain everything of the page's main part: each number, article, date, level and address."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient

import kb.web.document_export.views
from kb.documents.blocks import Document
from kb.documents.html import to_html
from tests.documents.pdf_file import PdfFile
from tests.page import Visit
from tests.pango import needs_pango

_ELSEWHERE = ("http://", "https://", "tel:", "mailto:")
# Files say "Praxis" where pages say "this site".
_IN_OTHER_WORDS = {
    "The person who made this link chose the practices and wrote the title and notes. The title and notes are not "
    "from this site."
}
_TERRACES = "stone-terraces,letters-home,ask-first"
PAGES = (
    "practices/stone-terraces",
    "practices/letters-home",
    "practices/ask-first",
    f"compare?ids={_TERRACES}",
    f"compare?ids={_TERRACES}&only=differences",
    "countries/side-by-side?c=EE&c=PT",
    "countries/side-by-side?c=EE&c=PT&theme=t1",
    "ee/situation",
    "ee/police/domestic-violence",
    "answers/police/domestic-violence?c=EE&c=PT",
    f"list?ids={_TERRACES}&title=Two+2&note.ask-first=Since+1999",
    "search?q=terraces",
    "search?q=walls+of+stone&country=PT",
)


def shown(element: Element) -> Iterator[Element]:
    """Yield the elements of a page, except navigation, forms, drawings, `no-print` and `aria-hidden` elements.

    The line that opens a closed part is left out too: it says again what is in it.
    """
    is_left_out = (
        element.tag in ("nav", "form", "script", "svg", "template")
        or not {"no-print", "drawer__value"}.isdisjoint(element.get("class", "").split())
        or element.get("aria-hidden") == "true"
    )
    if not is_left_out:
        yield element
        for child in element:
            yield from shown(child)


def said(main: Element) -> Iterator[str]:
    """Yield each text with a digit, each paragraph of a notice without a link, and each external address."""
    for element in shown(main):
        if "notice" in element.get("class", "").split():
            told = (each for each in shown(element) if each.tag == "p" and each.find("a") is None)
            yield from {words("".join(each.itertext())) for each in told} - _IN_OTHER_WORDS
        children = [child.tail or "" for child in element]
        yield from (each for text in (element.text or "", *children) if re.search(r"\d", each := words(text)))
        if (address := element.get("href", "")).startswith(_ELSEWHERE):
            yield address


def words(text: str) -> str:
    return " ".join(text.split())


def missing(main: Element, *texts: str) -> list[str]:
    """Return what the page says but none of the texts contains, regardless of line breaks."""
    found = ["".join(text.split()) for text in texts]
    return [each for each in dict.fromkeys(said(main)) if not any("".join(each.split()) in text for text in found)]


@pytest.fixture
def documents(monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    """The documents that the views request, captured before they are converted to files."""
    found: list[Document] = []

    def keep(build: Callable[[], Document], *_more: Any) -> str:
        found.append(build())
        return ""

    monkeypatch.setattr(kb.web.document_export.views, "_document_response", keep)
    return found


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["en", "it"])
def test_a_file_says_all_that_its_page_says(
    client: FlaskClient, visit: Visit, documents: list[Document], address: str, language: str
) -> None:
    page = visit(f"/{language}/{address}")
    client.get(next(each for each in page.links() if "/take/" in each))
    markup = to_html(documents[-1]).partition("</head>")[2]
    addresses = " ".join(html.unescape(each) for each in re.findall('href="([^"]*)"', markup))
    text = html.unescape(re.sub("<[^>]*>", "", markup))
    assert missing(page.elements("main")[0], addresses, text) == []


@needs_pango
def test_every_format_says_all_that_the_page_of_a_practice_says(client: FlaskClient, visit: Visit) -> None:
    main = visit("/en/practices/stone-terraces").elements("main")[0]
    for name in ("docx", "odt", "pdf"):
        data = client.get(f"/en/take/practices/stone-terraces.{name}").get_data()
        assert missing(main, *read(data, name)) == [], name


def read(data: bytes, name: str) -> Iterator[str]:
    """Yield the text of a file, and the addresses in it."""
    if name == "pdf":
        file = PdfFile(data)
        yield "".join(file.pages)
        yield file.whole.decode("latin-1")
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for each in archive.namelist():
            if each.endswith((".rels", "content.xml", "document.xml")):
                xml = archive.read(each).decode()
                root = ElementTree.fromstring(xml)  # noqa: S314 - our own
                yield html.unescape(xml)
                yield "".join(root.itertext())
