"""Blocks to PDF: tagged, with its language and title, embedded fonts, and fields to fill where it is a form.

The only module that knows WeasyPrint, which needs the Pango library of the system. It fetches our typeface and
nothing else: an address in a text stays a text.
"""

from __future__ import annotations

from ctypes.util import find_library
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from kb.blocks.model import Document
from kb.documents.html import to_html
from kb.errors import Unavailable

_VARIANT = "pdf/ua-1"
_FACES = (("atkinson-next.woff2", "normal"), ("atkinson-next-italic.woff2", "italic"))


def to_pdf(document: Document, fonts: Path) -> bytes:
    """Return the bytes of a PDF. `fonts` is the folder of our typeface.

    Raises `Unavailable` where the system has no Pango library.
    """
    weasyprint = _library()
    fetcher = _only(weasyprint, fonts)
    font_config = weasyprint.text.fonts.FontConfiguration()
    faces = weasyprint.CSS(string=_faces(fonts), font_config=font_config, url_fetcher=fetcher)
    page = weasyprint.HTML(string=to_html(document), url_fetcher=fetcher)
    pdf: bytes = page.write_pdf(
        stylesheets=[faces],
        font_config=font_config,
        pdf_variant=_VARIANT,
        pdf_forms=document.is_form,
        custom_metadata=True,
    )
    return pdf


@cache
def is_available() -> bool:
    """Say whether this system can make PDFs, without loading what makes them."""
    return find_library("pango-1.0") is not None and find_library("pangoft2-1.0") is not None


def _library() -> Any:
    """Return WeasyPrint, loaded when the first PDF is asked for: it takes a second and 40 MB."""
    try:
        import_module("weasyprint.text.fonts")
        return import_module("weasyprint")
    except OSError as error:
        raise Unavailable("the Pango library is missing: apt-get install libpango-1.0-0 libpangoft2-1.0-0") from error


def _faces(fonts: Path) -> str:
    return "".join(
        f'@font-face {{ font-family: "Praxis Text"; src: url("{(fonts / name).as_uri()}") format("woff2"); '
        f"font-style: {style}; }}"
        for name, style in _FACES
    )


def _only(weasyprint: Any, fonts: Path) -> Any:
    """Return what fetches our typeface and refuses everything else."""
    allowed = {(fonts / name).as_uri() for name, _ in _FACES}

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc]  # the library is untyped
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in allowed:
                message = "only our typeface is loaded"
                raise ValueError(message)
            return super().fetch(url, headers)

    return Fetcher()
