"""Writes documents and slides as tagged PDF: with language, title, embedded fonts, and fillable fields for forms.

The only module that uses WeasyPrint, which needs the Pango library of the system. It loads our typeface and nothing
else: URLs in a text are never fetched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from ctypes.util import find_library
from functools import cache
from hashlib import sha256
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from kb.documents.blocks import Document
from kb.documents.fit_pages import MOST_TIMES, closer, expected
from kb.documents.html import to_html
from kb.documents.page_layout import lines_of
from kb.documents.pictures import DrawingFolder
from kb.documents.print_sizes import PrintSizes
from kb.documents.slide_blocks import Deck
from kb.documents.slides_html import to_pages
from kb.errors import Rejected, Unavailable
from kb.i18n import N_
from kb.problems import Problem

# About 55 pages, one and a half times the length of our longest tool.
MOST_LINES = 2_300
_TOO_LONG = N_("This document is too long for a PDF file. Download it as a Word, OpenDocument or HTML file.")
MOST_SLIDES = 400
_TOO_MANY = N_("A PDF file can have at most %(limit)s slides. Download the slides as an HTML file.")
NO_PANGO = "the Pango library is missing: apt-get install libpango-1.0-0 libpangoft2-1.0-0"
# Elements that our writers mark with a language.
_SPEAKING = ("span", "div")
_VARIANT = "pdf/ua-1"
_FACES = (("atkinson-next.woff2", "normal"), ("atkinson-next-italic.woff2", "italic"))


def refuse_long(what: Document | Deck) -> None:
    """Raise `Rejected` for a document or deck that would keep the machine busy for minutes."""
    if isinstance(what, Deck):
        if len(what.slides) > MOST_SLIDES:
            raise Rejected([Problem("too-long-for-pdf", _TOO_MANY, params={"limit": MOST_SLIDES})])
    elif lines_of(what.blocks) > MOST_LINES:
        raise Rejected([Problem("too-long-for-pdf", _TOO_LONG)])


def fingerprint(what: Document | Deck) -> str:
    """Return a fingerprint that changes with the content of the PDF."""
    markup = to_pages(what) if isinstance(what, Deck) else to_html(what)
    return sha256(markup.encode("utf-8", "surrogatepass")).hexdigest()


def to_pdf(document: Document, fonts: Path, drawings: DrawingFolder | None = None) -> bytes:
    """Return the bytes of a PDF. `fonts` is the folder of our typeface.

    Raises `Unavailable` if the system has no Pango library, and the errors of `refuse_long`.
    """
    refuse_long(document)
    return _written(_fitted(document, fonts, drawings), is_form=document.is_form)


def count_pages(document: Document, fonts: Path) -> int:
    """Return how many pages the PDF has, without writing it, which takes twice as long as its layout.

    Raises the errors of `to_pdf`.
    """
    refuse_long(document)
    return len(_fitted(document, fonts, None).pages)


def slides_to_pdf(deck: Deck, fonts: Path) -> bytes:
    """Return the bytes of a PDF with a page for each slide. Raises the errors of `to_pdf`."""
    refuse_long(deck)
    document = _laid_out(to_pages(deck), fonts)
    if len(document.pages) > len(deck.slides):
        document = _laid_out(to_pages(deck, _going_on(document)), fonts)
    return _written(document)


def _going_on(document: Any) -> set[int]:
    """Return the numbers of slides that take more than one page."""
    pages = [int(name[6:]) for page in document.pages for name in page.anchors if re.fullmatch(r"slide-\d+", name)]
    return {number for number, count in Counter(pages).items() if count > 1}


def _fitted(document: Document, fonts: Path, drawings: DrawingFolder | None) -> Any:
    """Lay out a document; repeat it with tighter text where a part takes too much paper. Large print stays large."""
    if document.is_large:
        return _laid_out(to_html(document, drawings=drawings), fonts, is_form=document.is_form)
    sizes = PrintSizes.of(document)
    close = expected(document.blocks, sizes)
    for _ in range(MOST_TIMES):
        laid_out = _laid_out(to_html(document, close, drawings), fonts, is_form=document.is_form)
        better = closer(document.blocks, laid_out.pages, close, sizes)
        if better == close:
            break
        close = better
    return laid_out


def _laid_out(html: str, fonts: Path, *, is_form: bool = False) -> Any:
    weasyprint = _library()
    fetcher = only_typeface(weasyprint, fonts)
    font_config = weasyprint.text.fonts.FontConfiguration()
    faces = weasyprint.CSS(string=_faces(fonts), font_config=font_config, url_fetcher=fetcher)
    page = weasyprint.HTML(string=html, url_fetcher=fetcher)
    return page.render(
        stylesheets=[faces],
        font_config=font_config,
        pdf_forms=is_form,
        presentational_hints=True,  # we use one hint: the start of a numbered list
    )


def _written(document: Any, *, is_form: bool = False) -> bytes:
    pdf: bytes = document.write_pdf(pdf_variant=_VARIANT, pdf_forms=is_form, custom_metadata=True)
    return pdf


def _improve_tags(tags: Any, pydyf: Any) -> None:
    """Add languages of passages to the PDF structure, and keep hidden copies out of it; the library does neither."""
    build = tags._build_box_tree

    def improved(box: Any, *given: Any) -> Iterator[Any]:
        elements = build(box, *given)
        if box.element is not None and box.element.get("aria-hidden") == "true":
            list(elements)  # their contents are marked, but belong to no element of the structure
            return
        for element in elements:
            if box.element is not None and box.element_tag in _SPEAKING and (language := box.element.get("lang")):
                element["Lang"] = pydyf.String(language)
            yield element

    tags._build_box_tree = improved


@cache
def is_available() -> bool:
    """Return whether this system can make PDFs, without loading the libraries."""
    return find_library("pango-1.0") is not None and find_library("pangoft2-1.0") is not None


@cache
def _library() -> Any:
    """Return WeasyPrint, loaded for the first PDF: it takes a second and 40 MB."""
    try:
        import_module("weasyprint.text.fonts")
        _improve_tags(import_module("weasyprint.pdf.tags"), import_module("pydyf"))
        return import_module("weasyprint")
    except OSError as error:
        raise Unavailable(NO_PANGO) from error


def _faces(fonts: Path) -> str:
    return "".join(
        f'@font-face {{ font-family: "Praxis Text"; src: url("{(fonts / name).resolve().as_uri()}") format("woff2"); '
        f"font-style: {style}; }}"
        for name, style in _FACES
    )


def only_typeface(weasyprint: Any, fonts: Path) -> Any:
    """Return a URL fetcher that loads our typeface and refuses all other URLs."""
    allowed = {(fonts / name).resolve().as_uri(): fonts / name for name, _ in _FACES}

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc]  # the library is untyped
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in allowed:
                message = "only our typeface is loaded"
                raise ValueError(message)
            return weasyprint.urls.URLFetcherResponse(url, _unpacked(allowed[url]), headers)

    return Fetcher()


@cache
def _unpacked(face: Path) -> bytes:
    """Return a decompressed font, cached: the library would decompress both for each document, in a third of a
    second.
    """
    target = BytesIO()
    import_module("fontTools.ttLib.woff2").decompress(BytesIO(face.read_bytes()), target)
    return target.getvalue()
