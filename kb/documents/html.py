"""Writes blocks as one self-contained HTML file, for download and as the input of the PDF.

All text is escaped here; the file loads nothing from other addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape as escaped

from kb.documents.blocks import (
    WORDS,
    Block,
    Box,
    Cell,
    ContentControl,
    ControlType,
    Document,
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
from kb.documents.design_tokens import stylesheet
from kb.documents.fit_pages import stretches
from kb.documents.page_layout import are_signed_together, column_shares, grouped, is_long, may_break, stands_beside
from kb.documents.qr_codes import to_svg
from kb.documents.xml_text import clean
from kb.speech import lower_first

_TAGS = {
    Mark.STRONG: ("<strong>", "</strong>"),
    Mark.EMPHASIS: ("<em>", "</em>"),
    Mark.CODE: ("<code>", "</code>"),
    Mark.SUPERSCRIPT: ("<sup>", "</sup>"),
    Mark.FILLED: ('<span class="filled">', "</span>"),
    Mark.OPEN: ('<mark class="open">', "</mark>"),
}
_LEAD = 3  # paragraphs that stay on the page of the signatures below them
# Outermost first, so that the same marks always nest in the same way.
_ORDER = (Mark.OPEN, Mark.FILLED, Mark.STRONG, Mark.EMPHASIS, Mark.CODE, Mark.SUPERSCRIPT)
_MANY_COLUMNS = 6  # from this number of columns on, words are hyphenated by the rules of their language
LINE_MM = 8  # the height of a line to write on
_SCHEMES = ("https://", "http://", "mailto:", "tel:")
# Text without line breaks inside: the host of a URL, and a word with a short part before or after its hyphen.
_WHOLE = re.compile(
    r"https?://[\w.-]*\w|(?<![\w/.@:?=&-])(?P<word>[^\W\d_]{1,4}-[^\W\d_]{1,12}|[^\W\d_]{1,12}-[^\W\d_]{1,4})(?![\w/@-]|\.\w)"
)


def escape(text: str) -> str:
    """Escape a text for HTML and remove characters that XML forbids."""
    return escaped(clean(text))


def to_html(document: Document, close: Mapping[int, int] | None = None) -> str:
    """Return a whole page with embedded styles.

    `close` is the tightness of each part between page breaks, by its number: see `fit_pages`.
    """
    page = _HtmlWriter(document)
    looks = (("large", document.is_large), ("form", document.is_form), ("landscape", document.is_landscape))
    classes = " ".join(name for name, holds in looks if holds)
    subtitle = f'<p class="subtitle">{escape(document.subtitle)}</p>' if document.subtitle else ""
    stamp = f'<p class="stamp">{escape(document.stamp)}</p>' if document.stamp else ""
    about = f'<meta name="description" content="{escape(document.summary)}">' if document.summary else ""
    author = f'<meta name="author" content="{escape(document.author)}">' if document.author else ""
    made = f'<meta name="dcterms.created" content="{document.made_on.isoformat()}">' if document.made_on else ""
    return (
        f'<!doctype html>\n<html lang="{escape(document.language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(document.title)}</title>{about}{author}{made}"
        f"<style>{stylesheet('paper.css')}</style></head>\n"
        f'<body class="{classes}">'
        f'<div class="running-header">{escape(document.header)}</div>'
        f'<div class="running-footer">{escape(document.footer)}</div>'
        f'<div class="running-stamp">{escape(document.stamp)}</div>'
        f"<main><h1>{escape(document.title)}</h1>{subtitle}{stamp}\n"
        f"{page.contents() if document.has_contents else ''}"
        f"{page.stretches(close or {})}</main>\n"
        f'<footer class="screen">{escape(document.footer)}</footer></body></html>\n'
    )


def body_html(document: Document, *, deeper: int = 0, prefix: str = "") -> str:
    """Return only the blocks, for display inside a page; nothing in them can be filled in.

    `deeper` is added to the levels of headings, and their ids begin with `prefix`.
    """
    return _HtmlWriter(document, deeper=deeper, prefix=prefix, is_shown_only=True).blocks(document.blocks)


class _HtmlWriter:
    """Converts blocks to HTML; headings and controls get ids."""

    def __init__(self, document: Document, *, deeper: int = 0, prefix: str = "", is_shown_only: bool = False) -> None:
        self.document = document
        self.words = {**WORDS, **document.words}
        self.deeper, self.prefix, self.is_shown_only = deeper, prefix, is_shown_only

    def contents(self) -> str:
        """Return links to the headings of level two, in two lists: CSS columns would take three times as long."""
        headings = [block for block in self.document.blocks if isinstance(block, Heading) and block.level == 2]
        items = [
            f'<li><a href="#{escape(block.anchor)}">{escape(plain(block.runs))}</a></li>'
            for block in headings
            if block.anchor
        ]
        if not items:
            return ""
        title, half = escape(self.words["contents"]), -(-len(items) // 2)
        lists = "".join(f"<ol>{''.join(part)}</ol>" for part in (items[:half], items[half:]) if part)
        return f'<nav class="contents" aria-label="{title}"><h2>{title}</h2><div class="halves">{lists}</div></nav>\n'

    def stretches(self, close: Mapping[int, int]) -> str:
        """Return the HTML of all blocks, with anchors at the start and the end of each part between page breaks."""
        return "\n".join(
            f'<section id="stretch-{number}" class="stretch{f" close-{close[number]}" if number in close else ""}">'
            f'{self.blocks(stretch.blocks)}<div id="stretch-{number}-end"></div></section>'
            for number, stretch in enumerate(stretches(self.document.blocks))
        )

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Return the HTML of blocks. Signatures of several partners stay with the paragraphs above them."""
        written: list[str] = []
        above = 0  # paragraphs without anything else since
        for block in grouped(blocks):
            if not isinstance(block, tuple):
                written.append(self.block(block))
            elif are_signed_together(block) and not self.is_shown_only:
                start = len(written) - min(above, _LEAD)
                together = "\n".join((*written[start:], *map(self._field, block)))
                written[start:] = [f'<div class="signatures">{together}</div>']
            else:
                written.extend(map(self._field, block))
            above = above + 1 if isinstance(block, Paragraph) else 0
        return "\n".join(written)

    def block(self, block: Block) -> str:
        """Return the HTML of one block."""
        match block:
            case Heading():
                anchor = f' id="{escape(self.prefix + block.anchor)}"' if block.anchor else ""
                level = min(6, block.level + self.deeper)
                return f"<h{level}{anchor}>{self.runs(block.runs)}</h{level}>"
            case Paragraph():
                kind = f' class="{block.look}"' if block.look is not Look.PLAIN else ""
                return f"<p{kind}>{self.runs(block.runs)}</p>"
            case Listing():
                return self._list(block)
            case Table():
                return self._table(block)
            case FormField():
                return self._field(block)
            case Box():
                tag = "blockquote" if block.look is Look.QUOTE else "div"
                long = " long" if is_long(block.blocks) else ""
                return f'<{tag} class="box {block.look}{long}">{self.blocks(block.blocks)}</{tag}>'
            case PageBreak():
                return '<div class="page-break"></div>'
            case Rule():
                return "<hr>"
            case QrCode():
                picture = to_svg(block.address, title=clean(plain(block.runs)))
                return f'<div class="qr-code">{picture}<p>{self.runs(block.runs)}</p></div>'

    def runs(self, runs: Runs) -> str:
        """Return the HTML of runs."""
        return runs_html(runs, self.document.language, is_paper=not self.is_shown_only)

    def _list(self, block: Listing) -> str:
        tag = "ol" if block.is_numbered else "ul"
        start = f' start="{block.start}"' if block.is_numbered and block.start != 1 else ""
        items = "".join(f"<li>{self._item(item.blocks)}</li>" for item in block.items)
        return f"<{tag}{start}>{items}</{tag}>"

    def _item(self, blocks: tuple[Block, ...]) -> str:
        """Return the HTML of a list item; its first paragraph needs no element."""
        if blocks and isinstance(blocks[0], Paragraph):
            return self.runs(blocks[0].runs) + self.blocks(blocks[1:])
        return self.blocks(blocks)

    def _table(self, block: Table) -> str:
        caption = f"<caption>{escape(block.caption)}</caption>" if block.caption else ""
        # Pages of the site use no inline styles.
        shares = () if self.is_shown_only else column_shares(block, is_large=self.document.is_large)
        columns = "".join(f'<col style="width:{share}%">' for share in shares)
        head = "".join(self._cell(cell, "col") for cell in block.header)
        height = f' style="height:{block.row_mm}mm"' if block.row_mm and not self.is_shown_only else ""
        rows = "".join(
            f"<tr{self._torn(row, shares)}{height}>{''.join(self._cell(cell, 'row') for cell in row)}</tr>"
            for row in block.rows
        )
        looks = "" if self.is_shown_only else " ".join(_looks(block))
        body = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
        return f"<table{f' class={looks!r}' if looks else ''}>{caption}{columns}{body}</table>"

    def _torn(self, row: tuple[Cell, ...], shares: tuple[int, ...]) -> str:
        return ' class="high"' if shares and may_break(row, shares, is_large=self.document.is_large) else ""

    def _cell(self, cell: Cell, scope: str) -> str:
        inner = self.runs(cell.runs) + (self._control(cell.control) if cell.control else "")
        return f'<th scope="{scope}">{inner}</th>' if cell.is_header else f"<td>{inner}</td>"

    def _field(self, block: FormField) -> str:
        """Return the HTML of a field: a group with a name if it has options, otherwise one label."""
        number = f'<span class="field-number">{escape(block.number)}</span> ' if block.number else ""
        needed = f' <span class="required">({escape(lower_first(self.words["required"]))})</span>'
        label = f"{number}{self.runs(block.label)}{needed if block.control.is_required else ''}"
        hint = f' <span class="hint">{self.runs(block.hint)}</span>' if block.hint else ""
        if self.is_shown_only:
            return f'<div class="field"><p><b>{label}</b>{hint}</p>{self._drawn(block.control)}</div>'
        name, room = escape(block.control.name), self._control(block.control)
        kind = "field beside" if stands_beside(block) else "field listed" if block.is_listed else "field"
        if block.control.options:
            asked = f'<p class="asked" id="l-{name}">{label}{hint}</p>'
            return f'<div class="{kind}" role="group" aria-labelledby="l-{name}">{asked}{room}</div>'
        if block.control.type is ControlType.SIGNATURE:
            return f'<div class="{kind}"><p class="asked">{label}{hint}</p>{room}</div>'
        return f'<div class="{kind}"><label class="asked" for="c-{name}">{label}{hint}</label>{room}</div>'

    def _drawn(self, control: ContentControl) -> str:
        """Return static HTML of a control: space to write and boxes to tick, as on paper."""
        if control.options:
            options = "".join(f"<li>☐ {escape(option)}</li>" for option in control.options)
            return f'<ul class="options">{options}</ul>'
        if control.type is ControlType.CHECK:
            return "☐"
        return '<p class="room" aria-hidden="true">…</p>'

    def _control(self, control: ContentControl) -> str:
        if self.is_shown_only:
            return self._drawn(control)
        name, label = escape(control.name), escape(control.label)
        most = f' maxlength="{control.limit}"' if control.limit else ""
        spoken = f'aria-label="{label}" title="{label}"'
        # A text area on a screen scrolls; on paper the space is fixed.
        room = "" if self.document.is_form else f' style="block-size:{LINE_MM * control.lines}mm"'
        match control.type:
            case ControlType.AREA:
                return f'<textarea id="c-{name}" name="{name}" rows="{control.lines}" {spoken}{most}{room}></textarea>'
            case ControlType.CHECK:
                return f'<input type="checkbox" id="c-{name}" name="{name}" {spoken}>'
            case ControlType.CHOICE | ControlType.CHOICES:
                return self._options(control)
            case ControlType.SIGNATURE:
                return f'<p class="signature">{escape(self.words["signature"])}</p>'
            case _:
                return f'<input type="text" id="c-{name}" name="{name}" {spoken}{most}>'

    def _options(self, control: ContentControl) -> str:
        """Return radio buttons or check boxes; on paper both look the same, in the file a radio button excludes the
        others.
        """
        kind = "radio" if control.type is ControlType.CHOICE else "checkbox"
        found = []
        for place, option in enumerate(control.options, 1):
            name = escape(control.name if kind == "radio" else f"{control.name}-{place}")
            target, title = f"c-{escape(control.name)}-{place}", escape(f"{control.label}: {option}")
            found.append(
                f'<span class="option"><input type="{kind}" id="{target}" name="{name}" value="{place}" '
                f'title="{title}"><label for="{target}">{escape(option)}</label></span>'
            )
        return f'<div class="options">{" ".join(found)}</div>'


def _looks(table: Table) -> Iterator[str]:
    if not is_long((table,)):
        yield "short"
    if len(table.header) >= _MANY_COLUMNS:
        yield "many"


def runs_html(runs: Runs, language: str, *, is_paper: bool = False) -> str:
    """Return the HTML of runs; `language` is that of the surrounding text."""
    return "".join(
        _run(run.text, run.marks, run.link, "" if run.language == language else run.language, is_paper=is_paper)
        for run in runs
    )


def _run(text: str, marks: frozenset[Mark], link: str, language: str, *, is_paper: bool) -> str:
    words = escape(text).replace("\n", "<br>")
    if is_paper:
        words = _WHOLE.sub(
            lambda match: f'<span class="{"whole" if match["word"] else "host"}">{match[0]}</span>', words
        )
    for mark in reversed(_ORDER):
        if mark in marks:
            before, after = _TAGS[mark]
            words = f"{before}{words}{after}"
    if language:
        words = f'<span lang="{escape(language)}">{words}</span>'
    return f'<a href="{escape(link)}">{words}</a>' if link.startswith(_SCHEMES) else words
