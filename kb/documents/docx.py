"""Writes blocks as a Word document with real styles, lists, tables and content controls, using python-docx.

Elements that the library does not support are written as XML of the format (ECMA-376, WordprocessingML).
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm

from kb.documents.blocks import WORDS, Document, Heading, plain
from kb.documents.docx_blocks import DocxBlockWriter, bookmark
from kb.documents.docx_elements import field_run, hyperlink
from kb.documents.docx_styles import BRICK, hyphenate, language_tag, set_styles
from kb.documents.print_sizes import sheet, text_width
from kb.documents.xml_text import clean

_MOST = 250  # letters of a property; the library refuses more than 255


def to_docx(document: Document) -> bytes:
    """Return the bytes of a Word document."""
    file = docx.Document()
    set_styles(file, document_language=language_tag(document.language), is_large=document.is_large)
    writer = DocxBlockWriter(
        file,
        document.language,
        {**WORDS, **document.words},
        is_large=document.is_large,
        width_mm=text_width(is_landscape=document.is_landscape),
    )
    _properties(file, document)
    _page(file, document, writer.words["page"])
    if document.is_large:
        hyphenate(file)
    writer.paragraph("Title").add_run(clean(document.title))
    if document.subtitle:
        writer.paragraph("Subtitle").add_run(clean(document.subtitle))
    if document.stamp:
        writer.paragraph("Notice").add_run(clean(document.stamp))
    if document.has_contents:
        _contents(document, writer)
    writer.blocks(document.blocks)
    target = BytesIO()
    file.save(target)
    return target.getvalue()


def _properties(file: Any, document: Document) -> None:
    known = file.core_properties
    known.title, known.language = clean(document.title)[:_MOST], document.language
    known.subject, known.author = clean(document.summary)[:_MOST], clean(document.author)[:_MOST]
    known.keywords = clean(", ".join(document.keywords))[:_MOST]
    known.comments = ""
    day = document.made_on
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(2000, 1, 1, tzinfo=UTC)
    known.created = known.modified = moment.replace(tzinfo=None)


def _page(file: Any, document: Document, page: str) -> None:
    """Set margins, header and footer: what the document is, the stamp, and the page number."""
    section = file.sections[0]
    section.page_width, section.page_height = map(Mm, sheet(is_landscape=document.is_landscape))
    section.orientation = WD_ORIENT.LANDSCAPE if document.is_landscape else WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin, section.top_margin = Mm(22), Mm(18), Mm(22)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.style = foot.style = file.styles["Small"]
    head.add_run(clean(document.header))
    if document.stamp:
        head.add_run(" · ")
        stamp = head.add_run(clean(document.stamp))
        stamp.bold, stamp.font.color.rgb = True, BRICK
    foot.add_run(f"{clean(document.footer)} · {page} ")
    field_run(foot, "PAGE", "1")
    foot.add_run(" / ")
    field_run(foot, "NUMPAGES", "1")


def _contents(document: Document, writer: DocxBlockWriter) -> None:
    """Write a table of contents with links to the headings and their page numbers.

    Only word processors know the pages. So each number is a field that is computed when the file is opened.
    """
    headings = [each for each in document.blocks if isinstance(each, Heading) and each.level == 2 and each.anchor]
    if not headings:
        return
    writer.paragraph("Subtitle").add_run(clean(writer.words["contents"]))
    stops = writer.file.styles["Contents"].paragraph_format.tab_stops
    stops.add_tab_stop(Mm(writer.width_mm), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
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
