"""Writes blocks as elements of an OpenDocument text with all text escaped (OpenDocument 1.2, `office:text`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import count, zip_longest
from xml.sax.saxutils import escape, quoteattr

from kb.documents.blocks import (
    Block,
    Box,
    Cell,
    ContentControl,
    ControlType,
    FormField,
    Heading,
    Listing,
    Look,
    Mark,
    PageBreak,
    Paragraph,
    QrCode,
    Rule,
    Runs,
    Table,
    plain,
)
from kb.documents.odt_styles import column_style, row_style, span_style
from kb.documents.page_layout import (
    ENTRY_SHARE,
    LABEL_SHARE,
    column_shares,
    grouped,
    is_written,
    may_break,
    option_lines,
)
from kb.documents.qr_codes import SIZE_MM, to_png
from kb.documents.xml_text import clean
from kb.speech import lower_first

_STYLES = {Look.SMALL: "Small", Look.LARGE: "Large", Look.SAY: "ReadAloud", Look.NOTICE: "Notice", Look.QUOTE: "Quoted"}
_SCHEMES = ("https://", "http://", "mailto:", "tel:")
_TICK = "☐"
_CODE_SHARES = (22, 78)


class OdtBlockWriter:
    """Converts blocks to XML text; collects formatting, languages, widths and heights, as each needs a style.

    `keep` stores the bytes of a picture and returns its path in the package.
    """

    def __init__(self, language: str, words: dict[str, str], keep: Callable[[bytes], str], *, is_large: bool) -> None:
        self.is_large = is_large
        self.language, self.words, self.keep = language, words, keep
        self.looks: set[tuple[frozenset[Mark], str]] = set()
        self.shares: set[int] = set()
        self.heights: set[int] = set()
        self.breaks = False
        self._numbers = count(1)

    def blocks(self, blocks: Iterable[Block], look: Look) -> Iterable[str]:
        """Yield the elements of blocks; `look` is that of the box around them."""
        found = list(grouped(blocks))
        for block, following in zip_longest(found, found[1:]):
            if isinstance(block, tuple):
                yield from self._rows(block)
            elif (
                isinstance(block, Paragraph)
                and look is block.look is Look.PLAIN
                and isinstance(following, (FormField, tuple))
            ):
                yield self._paragraph("Lead", self._runs(block.runs))  # stays on the page of the field
            else:
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
                yield from self.blocks(block.blocks, block.look)
            case PageBreak():
                self.breaks = True
            case Rule():
                yield self._paragraph("Line", "")
            case QrCode():
                yield from self._code(block)

    def _paragraph(self, style: str, words: str) -> str:
        """Return a paragraph. After a page break it gets the variant of its style that begins a new page."""
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
            items.append(f"<text:list-item{start}>{''.join(self.blocks(item.blocks, look))}</text:list-item>")
        return f'<text:list text:style-name="{style}">{"".join(items)}</text:list>'

    def _table(self, block: Table) -> Iterable[str]:
        if block.caption:
            yield self._paragraph("TableCaption", escape(clean(block.caption)))
        head = "".join(self._cell(cell, "Labelled") for cell in block.header)
        if block.row_mm:
            self.heights.add(block.row_mm)
        high, shares = row_style(block.row_mm) if block.row_mm else "", column_shares(block, is_large=self.is_large)

        def style(row: Sequence[Cell]) -> str:
            if may_break(row, shares, is_large=self.is_large):
                return "TornRow"
            return high or ("Row" if is_written(row) else "WholeRow")

        rows = [
            f'<table:table-row table:style-name="{style(row)}">{"".join(map(self._cell, row))}</table:table-row>'
            for row in block.rows
        ]
        repeated = f"<table:table-header-rows><table:table-row>{head}</table:table-row></table:table-header-rows>"
        yield from self._framed(shares, repeated, *rows)

    def _framed(self, shares: Sequence[int], *rows: str) -> Iterable[str]:
        """Yield a table with columns of these shares, and a gap of almost no height after it, which separates
        tables.
        """
        if self.breaks:
            yield self._paragraph("Gap", "")
        self.shares.update(shares)
        columns = "".join(f'<table:table-column table:style-name="{column_style(share)}"/>' for share in shares)
        name = f"Table{next(self._numbers)}"
        yield f'<table:table table:name="{name}" table:style-name="Wide">{columns}{"".join(rows)}</table:table>'
        yield self._paragraph("Gap", "")

    def _cell(self, cell: Cell, frame: str = "Framed") -> str:
        inner = self._runs(cell.runs) + (self._control(cell.control) if cell.control else "")
        return _framed_cell("TableHeading" if cell.is_header else "TableText", inner, frame)

    def _code(self, block: QrCode) -> Iterable[str]:
        """Yield a QR code as a picture, with the text next to it."""
        place, size = quoteattr(self.keep(to_png(block.address))), f"{SIZE_MM / 10}cm"
        said = escape(clean(plain(block.runs)))
        picture = (
            f'<draw:frame draw:name="Code{next(self._numbers)}" text:anchor-type="as-char" svg:width="{size}" '
            f'svg:height="{size}"><draw:image xlink:href={place} xlink:type="simple" xlink:show="embed" '
            f'xlink:actuate="onLoad"/><svg:desc>{said}</svg:desc></draw:frame>'
        )
        cells = _framed_cell("TableText", picture, "Bare") + _framed_cell("FieldEntry", self._runs(block.runs), "Bare")
        yield from self._framed(_CODE_SHARES, f'<table:table-row table:style-name="WholeRow">{cells}</table:table-row>')

    # Fields to fill in.

    def _rows(self, fields: Iterable[FormField]) -> Iterable[str]:
        """Yield fields with the label on the left and the control on the right, as a table of two columns."""
        rows = []
        for field in fields:
            height = "HighRow" if field.control.type is ControlType.SIGNATURE else "Row"
            label = _framed_cell("FieldCell", self._label(field), "Labelled")
            entry = _framed_cell("FieldEntry", self._entry(field.control), "Framed")
            rows.append(f'<table:table-row table:style-name="{height}">{label}{entry}</table:table-row>')
        yield from self._framed((LABEL_SHARE, ENTRY_SHARE), *rows)

    def _field(self, block: FormField) -> Iterable[str]:
        """Yield a field with its control below the label: options, or a frame that grows with its text."""
        control = block.control
        yield self._paragraph("FieldLabel", self._label(block))
        if block.is_listed:
            for place, option in enumerate(control.options, 1):
                style = "Option" if place < len(control.options) else "LastOption"
                yield self._paragraph(style, self._entry(replace(control, options=(option,))))
        elif control.options:
            yield self._paragraph("Standard", self._entry(control))
        else:
            yield self._paragraph("Room", self._entry(control) + "<text:line-break/>" * (control.lines - 1))

    def _label(self, block: FormField) -> str:
        number = f'<text:span text:style-name="Soft">{escape(clean(block.number))} </text:span>' if block.number else ""
        needed = f'<text:span text:style-name="Hint"> ({escape(lower_first(self.words["required"]))})</text:span>'
        hint = f'<text:span text:style-name="Hint"> {self._runs(block.hint)}</text:span>' if block.hint else ""
        return f"{number}{self._runs(block.label)}{needed if block.control.is_required else ''}{hint}"

    def _entry(self, control: ContentControl) -> str:
        if control.options:
            lines = (
                '<text:s text:c="4"/>'.join(f"{_TICK}\N{NO-BREAK SPACE}{escape(clean(option))}" for option in line)
                for line in option_lines(control.options)
            )
            return "<text:line-break/>".join(lines)
        if control.type is ControlType.SIGNATURE:
            return f'<text:span text:style-name="Hint">{escape(self.words["signature"])}</text:span>'
        return self._control(control)

    def _control(self, control: ContentControl) -> str:
        """Return a placeholder, which the typed text replaces, or a box to tick."""
        if control.type is ControlType.CHECK:
            return _TICK
        spoken = quoteattr(clean(control.label))
        return f'<text:placeholder text:placeholder-type="text" text:description={spoken}>…</text:placeholder>'

    def _runs(self, runs: Runs) -> str:
        return "".join(self._run(run.text, run.marks, run.link, run.language) for run in runs)

    def _run(self, text: str, marks: frozenset[Mark], link: str, language: str) -> str:
        words = "<text:line-break/>".join(_spaced(line) for line in clean(text).split("\n"))
        other = language if language != self.language else ""
        if style := span_style(marks, other):
            self.looks.add((marks, other))
            words = f'<text:span text:style-name="{style}">{words}</text:span>'
        if link.startswith(_SCHEMES):
            return f'<text:a xlink:type="simple" xlink:href={quoteattr(clean(link))}>{words}</text:a>'
        return words


def _framed_cell(style: str, inner: str, frame: str) -> str:
    return (
        f'<table:table-cell table:style-name="{frame}" office:value-type="string">'
        f'<text:p text:style-name="{style}">{inner}</text:p></table:table-cell>'
    )


def _spaced(line: str) -> str:
    """Return a line with its spaces preserved: the format collapses spaces, and drops them at the ends."""
    words = escape(line)
    if words.startswith(" "):
        words = "<text:s/>" + words[1:]
    if words.endswith(" ") and len(words) > 1:
        words = words[:-1] + "<text:s/>"
    return words.replace("  ", '<text:s text:c="2"/>')
