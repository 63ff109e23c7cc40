"""Writes blocks as an OpenDocument text: real headings, lists, tables and placeholders, packaged with odfdo."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

import odfdo

from kb.documents.blocks import WORDS, Document, Heading, Look, plain
from kb.documents.odt_blocks import OdtBlockWriter
from kb.documents.odt_styles import automatic_styles, page, set_styles
from kb.documents.print_sizes import text_width
from kb.documents.xml_text import clean


def to_odt(document: Document) -> bytes:
    """Return the bytes of an OpenDocument text."""
    file = odfdo.Document("text")
    words = {**WORDS, **document.words}
    writer = OdtBlockWriter(
        document.language, words, lambda picture: file.add_file(BytesIO(picture)), is_large=document.is_large
    )
    body = file.body
    body.clear()
    for piece in _pieces(document, writer):
        body.append(odfdo.Element.from_tag(piece))
    set_styles(file, document.language, is_large=document.is_large)
    page(file, _paragraphs(document.header, document.stamp), clean(document.footer), is_landscape=document.is_landscape)
    automatic_styles(file, writer.looks, writer.shares, writer.heights, text_width(is_landscape=document.is_landscape))
    _properties(file, document)
    target = BytesIO()
    file.save(target)
    return target.getvalue()


def _pieces(document: Document, writer: OdtBlockWriter) -> Iterable[str]:
    """Yield the elements of the text, starting with the title."""
    yield f'<text:p text:style-name="Title">{escape(clean(document.title))}</text:p>'
    if document.subtitle:
        yield f'<text:p text:style-name="Subtitle">{escape(clean(document.subtitle))}</text:p>'
    if document.stamp:
        yield f'<text:p text:style-name="Notice">{escape(clean(document.stamp))}</text:p>'
    if document.has_contents:
        yield from _contents(document, writer)
    yield from writer.blocks(document.blocks, Look.PLAIN)


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


def _paragraphs(header: str, stamp: str) -> str:
    """Return the header of each page: what the document is and, in red, the stamp."""
    red = f'<text:span text:style-name="Stamp"> · {escape(clean(stamp))}</text:span>' if stamp else ""
    return f'<text:p text:style-name="Small">{escape(clean(header))}{red}</text:p>'


def _properties(file: odfdo.Document, document: Document) -> None:
    meta = file.meta
    meta.title, meta.subject = clean(document.title), clean(document.summary)
    meta.language = document.language
    meta.initial_creator = meta.creator = clean(document.author)
    if document.keywords:
        meta.keyword = clean(", ".join(document.keywords))
