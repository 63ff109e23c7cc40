"""A wide document lies on its side in every format that has pages, with columns as wide as it asks for."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from kb.documents.blocks import Cell, Document, PageSetup, Run, Table
from kb.documents.formats import write
from tests.documents.pdf_file import PdfFile
from tests.documents.real_tools import FONTS
from tests.pango import needs_pango


def wide(*, is_landscape: bool = True) -> Document:
    cells = tuple(Cell((Run(text),)) for text in ("", "A word", "Many words " * 40, "x"))
    return Document(
        "Wide", "en", (Table(cells, (cells,), widths=(1, 2, 2, 2)),), page=PageSetup(is_landscape=is_landscape)
    )


@pytest.mark.parametrize("is_landscape", [True, False])
def test_a_word_file_lies_on_its_side(is_landscape: bool) -> None:
    file: Any = docx.Document(io.BytesIO(write(wide(is_landscape=is_landscape), "docx", FONTS)))
    section = file.sections[0]
    assert (section.page_width > section.page_height) is is_landscape
    assert section.orientation is (WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT)
    inside = section.page_width - section.left_margin - section.right_margin
    first, *others = [column.width for column in file.tables[0].columns]
    assert abs(first + sum(others) - inside) < Mm(1)
    assert max(others) - min(others) < Mm(4)


def test_an_opendocument_text_lies_on_its_side() -> None:
    with zipfile.ZipFile(io.BytesIO(write(wide(), "odt", FONTS))) as archive:
        styles = archive.read("styles.xml").decode()
    assert set(re.findall(r'fo:page-width="([^"]+)"', styles)) == {"29.7cm"}
    assert 'style:print-orientation="landscape"' in styles


@needs_pango
def test_a_pdf_lies_on_its_side() -> None:
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", PdfFile(write(wide(), "pdf", FONTS)).whole)
    assert box is not None
    assert float(box[1]) > float(box[2])
