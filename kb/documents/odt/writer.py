"""Writes blocks as an OpenDocument text: real headings, lists, tables and placeholders, packaged with odfdo."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from itertools import islice, takewhile
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import odfdo

from kb.documents.blocks import WORDS, Cards, Document, Heading, Look, Strips, plain
from kb.documents.cut_sheets import fitted_sizes
from kb.documents.fit_pages import stretches
from kb.documents.odt.block_writer import OdtBlockWriter
from kb.documents.odt.pages import CARDS, STANDARD, PageStyles, begin_style, master_of
from kb.documents.odt.styles import IN_NEXT_COLUMN, KEPT, ON_NEW_PAGE, automatic_styles, set_styles
from kb.documents.pictures import DrawingFolder
from kb.documents.print_sizes import AT_END
from kb.documents.xml_text import clean


def to_odt(document: Document, drawings: DrawingFolder | None = None) -> bytes:
    """Return the bytes of an OpenDocument text."""
    file, sizes = odfdo.Document("text"), fitted_sizes(document)
    words = {**WORDS, **document.words}

    def keep(picture: bytes) -> str:
        return str(file.add_file(BytesIO(picture)))

    writer = OdtBlockWriter(document.language, words, keep, sizes, drawings or DrawingFolder())
    body = file.body
    body.clear()
    for piece in _pieces(document, writer):
        body.append(odfdo.Element.from_tag(piece))
    if not document.page.is_bare:
        _keep_end(body)
    set_styles(file, document.language, sizes)
    strips = [
        (master_of(stretch.blocks, number), block, writer.runs(block.runs))
        for number, stretch in enumerate(stretches(document.blocks))
        for block in stretch.blocks
        if isinstance(block, Strips)
    ]
    cards = [block for block in document.blocks if isinstance(block, Cards)]
    PageStyles(file, document, sizes).write(strips, cards)
    automatic_styles(file, writer.looks, writer.shares, writer.heights, sizes.width)
    _properties(file, document)
    target = BytesIO()
    file.save(target)
    return target.getvalue()


def _keep_end(body: Any) -> None:
    """Keep the last paragraphs of the document on one page, as far as the last table."""
    after = takewhile(lambda each: each.tag in ("text:p", "text:h", "text:list"), reversed(body.children))
    paragraphs = (each for found in after for each in _paragraphs(found))
    for paragraph in islice(paragraphs, 1, AT_END):
        style = paragraph.get_attribute("text:style-name")
        if not style.endswith((ON_NEW_PAGE, IN_NEXT_COLUMN)):
            paragraph.set_attribute("text:style-name", f"{style}{KEPT}")


def _paragraphs(element: Any) -> Iterable[Any]:
    """Return the paragraphs of an element of the text, the last one first."""
    return [element] if element.tag == "text:p" else reversed(element.get_elements("descendant::text:p"))


def _pieces(document: Document, writer: OdtBlockWriter) -> Iterable[str]:
    """Yield the elements of the text, starting with the title."""
    before = STANDARD
    for number, stretch in enumerate(stretches(document.blocks)):
        master = master_of(stretch.blocks, number)
        if master != before or (number and master == CARDS):
            yield f'<text:p text:style-name="{begin_style(master)}"/>'
            writer.is_at_top = True
        elif number:
            writer.breaks = True
        before = master
        if number == 0:
            yield from _head(document, writer)
        yield from writer.blocks(stretch.blocks, Look.PLAIN)


def _head(document: Document, writer: OdtBlockWriter) -> Iterable[str]:
    if document.page.is_bare:
        return
    yield f'<text:p text:style-name="Title">{escape(clean(document.title))}</text:p>'
    if document.subtitle:
        yield f'<text:p text:style-name="Subtitle">{escape(clean(document.subtitle))}</text:p>'
    if document.stamp:
        yield f'<text:p text:style-name="Notice">{escape(clean(document.stamp))}</text:p>'
    if document.has_contents:
        yield from _contents(document, writer)


def _contents(document: Document, writer: OdtBlockWriter) -> Iterable[str]:
    """Yield links to the headings below the title, each with its page, which the word processor computes."""
    yield f'<text:p text:style-name="Subtitle">{escape(writer.words["contents"])}</text:p>'
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 2 and block.anchor:
            words = escape(clean(plain(block.runs)))
            target, name = quoteattr(f"#{block.anchor}"), quoteattr(block.anchor)
            link = f'<text:a xlink:type="simple" xlink:href={target}>{words}</text:a>'
            page_of = f'<text:bookmark-ref text:reference-format="page" text:ref-name={name}>…</text:bookmark-ref>'
            yield f'<text:p text:style-name="Contents">{link}<text:tab/>{page_of}</text:p>'


def _properties(file: odfdo.Document, document: Document) -> None:
    meta = file.meta
    meta.title, meta.subject = clean(document.title), clean(document.summary)
    meta.language = document.language
    meta.initial_creator = meta.creator = clean(document.author)
    if document.keywords:
        meta.keyword = clean(", ".join(document.keywords))
