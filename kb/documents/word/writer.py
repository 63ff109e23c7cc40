"""Writes blocks as a Word document with real styles, lists, tables and content controls, using python-docx.

Elements that the library does not support are written as XML of the format (ECMA-376, WordprocessingML).
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm

from kb.documents.blocks import WORDS, Document, Heading, plain
from kb.documents.cut_sheets import fitted_sizes
from kb.documents.fit_pages import stretches
from kb.documents.pictures import DrawingFolder
from kb.documents.word.block_writer import DocxBlockWriter, bookmark
from kb.documents.word.elements import field_run, hyperlink
from kb.documents.word.sections import SectionWriter
from kb.documents.word.styles import hyphenate, language_tag, set_styles
from kb.documents.xml_text import clean

_MOST = 250  # letters of a property; the library refuses more than 255


def to_docx(document: Document, drawings: DrawingFolder | None = None) -> bytes:
    """Return the bytes of a Word document."""
    file, sizes = docx.Document(), fitted_sizes(document)
    set_styles(file, document_language=language_tag(document.language), sizes=sizes)
    hyphenate(file, is_narrow=sizes.is_narrow)
    words = {**WORDS, **document.words}
    writer = DocxBlockWriter(file, document.language, words, sizes, drawings or DrawingFolder())
    _properties(file, document)
    pages = SectionWriter(document, writer)
    for number, stretch in enumerate(stretches(document.blocks)):
        pages.begin(stretch.blocks)
        if number == 0 and not document.page.is_bare:
            _head(document, writer)
        writer.blocks(stretch.blocks)
    if not document.page.is_bare:
        writer.keep_end()
    target = BytesIO()
    file.save(target)
    return target.getvalue()


def _head(document: Document, writer: DocxBlockWriter) -> None:
    writer.paragraph("Title").add_run(clean(document.title))
    if document.subtitle:
        writer.paragraph("Subtitle").add_run(clean(document.subtitle))
    if document.stamp:
        writer.paragraph("Notice").add_run(clean(document.stamp))
    if document.has_contents:
        _contents(document, writer)


def _properties(file: Any, document: Document) -> None:
    known = file.core_properties
    known.title, known.language = clean(document.title)[:_MOST], document.language
    known.subject, known.author = clean(document.summary)[:_MOST], clean(document.author)[:_MOST]
    known.keywords = clean(", ".join(document.keywords))[:_MOST]
    known.comments = ""
    day = document.made_on
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(2000, 1, 1, tzinfo=UTC)
    known.created = known.modified = moment.replace(tzinfo=None)


def _contents(document: Document, writer: DocxBlockWriter) -> None:
    """Write a table of contents with links to the headings and their page numbers.

    Only word processors know the pages. So each number is a field that is computed when the file is opened.
    """
    headings = [each for each in document.blocks if isinstance(each, Heading) and each.level == 2 and each.anchor]
    if not headings:
        return
    writer.paragraph("Subtitle").add_run(clean(writer.words["contents"]))
    stops = writer.file.styles["Contents"].paragraph_format.tab_stops
    stops.add_tab_stop(Mm(writer.sizes.width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    for place, heading in enumerate(headings):
        paragraph = writer.paragraph("Contents")
        if place == 0:
            field_run(paragraph, r'TOC \o "1-1" \h \z', None)
        words, place_of = plain(heading.runs), bookmark(heading.anchor)
        hyperlink(paragraph, clean(words), anchor=place_of)
        paragraph.add_run("\t")
        field_run(paragraph, rf"PAGEREF {place_of} \h", "…", is_open=True)
        if place == len(headings) - 1:
            field_run(paragraph, None, None)
