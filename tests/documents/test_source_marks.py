"""The numbers of sources in a text: neighbours stay two numbers in every format, and no line stands lower for them."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import pytest

from kb.documents.blocks import Document, Mark, Paragraph, Run
from kb.documents.formats import FORMATS, write
from kb.records.markdown_blocks import to_blocks
from tests.documents.pdf_file import PdfFile
from tests.documents.real_tools import FONTS
from tests.pango import needs_pango


def read(data: bytes, name: str) -> str:
    """Return the words of a file, without what is between them."""
    if name == "pdf":
        return "".join(PdfFile(data).pages).replace("\n", "")
    if name in ("html", "md"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inner = archive.read({"docx": "word/document.xml", "odt": "content.xml"}[name])
    return "".join(ElementTree.fromstring(inner).itertext())  # noqa: S314 - our own


@pytest.mark.parametrize("name", [each if each != "pdf" else pytest.param(each, marks=needs_pango) for each in FORMATS])
def test_two_sources_beside_each_other_are_two_numbers(name: str) -> None:
    blocks = to_blocks("In other towns.[^a][^b] Here.[^b] [^a]", {"a": 3, "b": 5})
    found = read(write(Document("Title", "en", blocks), name, FONTS), name)
    before, after = ("<sup>", "</sup>") if name in ("html", "md") else ("", "")
    assert f"towns.{before}3, 5{after}" in found
    assert f"Here.{before}5, 3{after}" in found


@needs_pango
def test_a_raised_number_pushes_no_lines_apart() -> None:
    raised = Run("3, 5", frozenset({Mark.SUPERSCRIPT}))

    def pages(*more: Run) -> int:
        blocks = tuple(Paragraph((Run(f"Line {number}"), *more)) for number in range(200))
        return len(PdfFile(write(Document("Title", "en", blocks), "pdf", FONTS)).pages)

    assert pages(raised) == pages()
