"""Blocks to an OpenDocument text: real headings, lists, tables and places to write, in a package made by odfdo.

The elements are those of the format itself (OpenDocument 1.2, `office:text`), written with every text escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from itertools import count
from xml.sax.saxutils import escape, quoteattr

import odfdo

from kb.blocks.model import (
    WORDS,
    Block,
    Box,
    Cell,
    Control,
    ControlType,
    Document,
    FormField,
    Heading,
    Listing,
    Look,
    Mark,
    PageBreak,
    Paragraph,
    Rule,
    Runs,
    Table,
)
from kb.documents.letters import clean
from kb.documents.odt_styles import automatic_styles, page, set_styles, span_style

_STYLES = {Look.SMALL: "Small", Look.LARGE: "Large", Look.SAY: "ReadAloud", Look.NOTICE: "Notice", Look.QUOTE: "Quoted"}
_SCHEMES = ("https://", "http://", "mailto:", "tel:")
_TICK = "☐"


def to_odt(document: Document) -> bytes:
    """Return the bytes of an OpenDocument text."""
    file = odfdo.Document("text")
    writer = _Writer(document)
    body = file.body
    body.clear()
    for piece in writer.pieces():
        body.append(odfdo.Element.from_tag(piece))
    set_styles(file, document.language, is_large=document.is_large)
    page(file, _paragraphs(document.header, document.stamp), clean(document.footer))
    automatic_styles(file, writer.languages)
    _properties(file, document)
    target = BytesIO()
    file.save(target)
    return target.getvalue()


def _paragraphs(header: str, stamp: str) -> str:
    """Return what stands above each page: what it is and, in red, that points are open."""
    red = f'<text:span text:style-name="Stamp"> · {escape(clean(stamp))}</text:span>' if stamp else ""
    return f'<text:p text:style-name="Small">{escape(clean(header))}{red}</text:p>'


def _properties(file: odfdo.Document, document: Document) -> None:
    meta = file.meta
    meta.title, meta.subject = clean(document.title), clean(document.summary)
    meta.language = document.language
    meta.initial_creator = meta.creator = clean(document.author)
    if document.keywords:
        meta.keyword = clean(", ".join(document.keywords))


class _Writer:
    """Turns blocks into elements as text; notes which other languages occur, as each needs a style."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.words = {**WORDS, **document.words}
        self.languages: set[str] = set()
        self.breaks = False
        self._numbers = count(1)

    def pieces(self) -> Iterable[str]:
        """Yield the elements of the text, from the title on."""
        document = self.document
        yield f'<text:p text:style-name="Title">{escape(clean(document.title))}</text:p>'
        if document.subtitle:
            yield f'<text:p text:style-name="Subtitle">{escape(clean(document.subtitle))}</text:p>'
        if document.stamp:
            yield f'<text:p text:style-name="Notice">{escape(clean(document.stamp))}</text:p>'
        if document.has_contents:
            yield from self._contents()
        yield from self._blocks(document.blocks, Look.PLAIN)

    def _contents(self) -> Iterable[str]:
        """A list of links to the headings below the title."""
        yield f'<text:p text:style-name="Subtitle">{escape(self.words["contents"])}</text:p>'
        for block in self.document.blocks:
            if isinstance(block, Heading) and block.level == 2 and block.anchor:
                words = escape(clean("".join(run.text for run in block.runs)))
                target = quoteattr(f"#{block.anchor}")
                link = f'<text:a xlink:type="simple" xlink:href={target}>{words}</text:a>'
                yield f'<text:p text:style-name="Standard">{link}</text:p>'

    def _blocks(self, blocks: Iterable[Block], look: Look) -> Iterable[str]:
        for block in blocks:
            yield from self._block(block, look)

    def _block(self, block: Block, look: Look) -> Iterable[str]:
        match block:
            case Heading():
                yield self._heading(block)
            case Paragraph():
                own = block.look if block.look is not Look.PLAIN else look
                yield self._paragraph(_STYLES.get(own, "Standard"), self._runs(block.runs))
            case Listing():
                yield self._list(block, look)
            case Table():
                yield from self._table(block)
            case FormField():
                yield from self._field(block)
            case Box():
                yield from self._blocks(block.blocks, block.look)
            case PageBreak():
                self.breaks = True
            case Rule():
                yield self._paragraph("Line", "")

    def _paragraph(self, style: str, words: str) -> str:
        """A new page begins with an empty line of a style of its own: a paragraph has one style only."""
        before = "<text:soft-page-break/>" if self.breaks else ""
        if self.breaks:
            self.breaks = False
            style = f"{style}OnNewPage"
        return f'<text:p text:style-name="{style}">{before}{words}</text:p>'

    def _heading(self, block: Heading) -> str:
        level = min(6, block.level - 1)
        style = f"Heading_20_{level}"
        if self.breaks:
            self.breaks, style = False, f"{style}OnNewPage"
        mark = f"<text:bookmark text:name={quoteattr(block.anchor)}/>" if block.anchor else ""
        return f'<text:h text:style-name="{style}" text:outline-level="{level}">{mark}{self._runs(block.runs)}</text:h>'

    def _list(self, block: Listing, look: Look) -> str:
        style = "Numbered" if block.is_numbered else "Bulleted"
        items = []
        for place, item in enumerate(block.items):
            start = f' text:start-value="{block.start}"' if block.is_numbered and place == 0 else ""
            items.append(f"<text:list-item{start}>{''.join(self._blocks(item.blocks, look))}</text:list-item>")
        return f'<text:list text:style-name="{style}">{"".join(items)}</text:list>'

    def _table(self, block: Table) -> Iterable[str]:
        if block.caption:
            yield self._paragraph("TableCaption", escape(clean(block.caption)))
        columns = max(len(block.header), *(len(row) for row in block.rows), 1)
        head = "".join(self._cell(cell) for cell in block.header)
        rows = "".join(f"<table:table-row>{''.join(map(self._cell, row))}</table:table-row>" for row in block.rows)
        yield (
            f'<table:table table:name="Table{next(self._numbers)}" table:style-name="Wide">'
            f'<table:table-column table:number-columns-repeated="{columns}"/>'
            f"<table:table-header-rows><table:table-row>{head}</table:table-row></table:table-header-rows>"
            f"{rows}</table:table>"
        )
        yield '<text:p text:style-name="Small"/>'

    def _cell(self, cell: Cell) -> str:
        inner = self._runs(cell.runs) + (self._control(cell.control) if cell.control else "")
        style = "TableHeading" if cell.is_header else "TableText"
        return (
            f'<table:table-cell table:style-name="Framed" office:value-type="string">'
            f'<text:p text:style-name="{style}">{inner}</text:p></table:table-cell>'
        )

    def _field(self, block: FormField) -> Iterable[str]:
        number = f'<text:span text:style-name="Soft">{escape(clean(block.number))} </text:span>' if block.number else ""
        needed = f'<text:span text:style-name="Soft"> ({escape(self.words["required"])})</text:span>'
        control = block.control
        hint = f'<text:span text:style-name="Hint"> {self._runs(block.hint)}</text:span>' if block.hint else ""
        room = f"  {self._control(control)}" if control.is_short else ""
        label = f"{number}{self._runs(block.label)}{needed if control.is_required else ''}{hint}{room}"
        yield self._paragraph("FieldShort" if control.is_short else "FieldLabel", label)
        if control.is_short:
            return
        if control.options:
            ticks = (f"{_TICK}\N{NO-BREAK SPACE}{escape(clean(option))}" for option in control.options)
            yield self._paragraph("Standard", '<text:s text:c="4"/>'.join(ticks))
        elif control.type is ControlType.SIGNATURE:
            yield self._paragraph("SignatureLine", "")
            yield self._paragraph("Small", escape(self.words["signature"]))
        else:
            yield self._paragraph("Room", self._control(control) + "<text:line-break/>" * (control.lines - 1))

    def _control(self, control: Control) -> str:
        """A place to write is a placeholder, which is replaced by what is typed; a tick is a sign."""
        if control.type is ControlType.CHECK:
            return _TICK
        spoken = quoteattr(clean(control.label))
        return f'<text:placeholder text:placeholder-type="text" text:description={spoken}>…</text:placeholder>'

    def _runs(self, runs: Runs) -> str:
        return "".join(self._run(run.text, run.marks, run.link, run.language) for run in runs)

    def _run(self, text: str, marks: frozenset[Mark], link: str, language: str) -> str:
        words = "<text:line-break/>".join(_spaced(line) for line in clean(text).split("\n"))
        other = language if language != self.document.language else ""
        if other:
            self.languages.add(other)
        if style := span_style(marks, other):
            words = f'<text:span text:style-name="{style}">{words}</text:span>'
        if link.startswith(_SCHEMES):
            return f'<text:a xlink:type="simple" xlink:href={quoteattr(link)}>{words}</text:a>'
        return words


def _spaced(line: str) -> str:
    """Return a line with its spaces kept: the format joins several to one, and drops those at the ends."""
    words = escape(line)
    if words.startswith(" "):
        words = "<text:s/>" + words[1:]
    if words.endswith(" ") and len(words) > 1:
        words = words[:-1] + "<text:s/>"
    return words.replace("  ", '<text:s text:c="2"/>')
