"""Writes slides as HTML: for a page of the site, for one file that works offline, and as the input of the PDF.

All text is escaped here; the output loads nothing from other addresses.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Sequence
from pathlib import Path

from kb.documents.blocks import Block, Document, Heading
from kb.documents.design_tokens import FINDING_SIGNS, PINE, stylesheet
from kb.documents.html import body_html
from kb.documents.html_text import escape
from kb.documents.slide_blocks import WORDS, Deck, Side, Slide, SlideKind, Square

# A downloaded file must not fetch anything, not even by mistake.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; font-src data:"
_SHEETS = ("tokens.css", "base.css", "slides.css")
_FACES = ("atkinson-next.woff2", "atkinson-next-italic.woff2")
_STEPS, _TRANSFERS = 5, 4
_ABOVE = 80  # letters of the title above every slide, on one line


def slides_html(deck: Deck) -> str:
    """Return all slides, after a visually hidden heading for screen readers: a script may hide any slide."""
    title = f'<h1 class="slides__spoken" lang="{escape(deck.language)}">{escape(deck.title)}</h1>'
    return f"{title}\n{_slides(deck)}"


def _slides(deck: Deck, first: int = 2, tight: Collection[int] = ()) -> str:
    """Return all slides; the title of the first one is a heading of the level `first`."""
    total = len(deck.slides)
    levels = (first, *[2] * total)
    return "\n".join(
        _slide(slide, number, total, levels[number - 1], deck, is_tight=number in tight)
        for number, slide in enumerate(deck.slides, 1)
    )


def bar_html(deck: Deck, links: Sequence[tuple[str, str]] = ()) -> str:
    """Return the buttons that show slides one at a time; they are hidden until a script activates them.

    `links` are URLs with their texts, for a page that has downloads and links back.
    """
    words = {**WORDS, **deck.words}
    buttons = "".join(
        f'<button class="slides__button" type="button" data-do="{do}">{escape(words[do])}</button>'
        for do in ("back", "next", "all", "one", "full", "scheme")
    )
    entries = "".join(f'<li><a href="{escape(address)}">{escape(text)}</a></li>' for address, text in links)
    more = (
        f'<details class="slides__more"><summary class="slides__button">{escape(words["take"])}</summary>'
        f'<ul class="slides__links">{entries}</ul></details>'
        if links
        else ""
    )
    return (
        f'<div class="slides__bar" data-bar hidden role="group" aria-label="{escape(words["slides"])}">{buttons}{more}'
        f'<p class="slides__position" role="status" data-words="{escape(words["position"])}"></p></div>'
        f'<p class="slides__keys" hidden data-keys>{escape(words["keys"])}</p>'
    )


def to_file(deck: Deck, static: Path) -> str:
    """Return one file with embedded styles, script and typeface. `static` is the folder that holds them."""
    sheets = "\n".join((static / "css" / name).read_text("utf-8") for name in _SHEETS)
    for name in _FACES:
        letters = b64encode((static / "fonts" / name).read_bytes()).decode()
        sheets = sheets.replace(f"../fonts/{name}", f"data:font/woff2;base64,{letters}")
    # The fonts are embedded here. A page of the site must not wait for fonts; this file need not wait.
    sheets = sheets.replace("font-display: optional", "font-display: block")
    script = (static / "js" / "slides.js").read_text("utf-8")
    return (
        f'<!doctype html>\n<html lang="{escape(deck.language)}" dir="ltr"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="referrer" content="no-referrer">'
        f"<title>{escape(deck.title)}</title><style>{sheets}</style></head>\n"
        f'<body><main class="slides" data-slides>{bar_html(deck)}\n{slides_html(deck)}</main>\n'
        f'<script type="module">{script}</script></body></html>\n'
    )


def to_pages(deck: Deck, tight: Collection[int] = ()) -> str:
    """Return the HTML of the PDF: a page for each slide; `tight` are the numbers of slides with smaller letters."""
    return (
        f'<!doctype html>\n<html lang="{escape(deck.language)}"><head><meta charset="utf-8">'
        f'<title>{escape(deck.title)}</title><meta name="author" content="Praxis">'
        f"<style>{stylesheet('slides.css')}</style></head>\n"
        f"<body><main>{_slides(deck, first=1, tight=tight)}</main></body></html>\n"
    )


def _slide(slide: Slide, number: int, total: int, level: int, deck: Deck, *, is_tight: bool) -> str:
    beside = " slide--beside" if len(slide.sides) > 1 else ""
    beside += " slide--bare" if slide.is_bare else ""
    beside += ("", " slide--long", " slide--longer")[slide.title_step]
    beside += " slide--tight" if is_tight else ""
    beside += ("", " slide--middle", " slide--fine")[slide.size]
    name = f"slide-{number}"
    sides = "".join(
        _side(side, f"{name}--{place}", level if place == 0 else 2) for place, side in enumerate(slide.sides)
    )
    title = deck.title if len(deck.title) <= _ABOVE else f"{deck.title[:_ABOVE].rsplit(' ', 1)[0]}…"
    above = escape(title) if slide.kind is not SlideKind.TITLE else ""
    return (
        f'<article class="slide slide--{slide.kind}{beside}" id="{name}" data-place="{number} / {total}">'
        f'<p class="slide__head" lang="{escape(deck.language)}"><span>{above}</span> '
        f"<span>{escape(slide.moment)}</span></p>"
        f'<div class="slide__sides">{sides}</div>'
        f'<p class="slide__foot"><span>Praxis</span> <span>{number} / {total}</span></p></article>'
    )


def _side(side: Side, name: str, level: int) -> str:
    part = (
        f'<span class="slide__part">{side.part[0]}\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}{side.part[1]}</span>'
        if side.part
        else ""
    )
    above = " ".join(filter(None, (escape(side.kicker), part)))
    kicker = f'<p class="slide__kicker">{above}</p>' if above else ""
    document = Document("", side.language, tuple(map(_flat, side.blocks)))
    text = f'<div class="slide__text">{body_html(document, prefix=f"{name}-")}</div>' if side.blocks else ""
    square = _square(side.square) if side.square is not None else ""
    source = f'<p class="slide__source">{escape(side.source)}</p>' if side.source else ""
    return (
        f'<div class="slide__side" lang="{escape(side.language)}">{kicker}'
        f'<h{level} class="slide__title" id="{name}">{escape(side.title)}</h{level}>'
        f"{text}{square}{source}</div>"
    )


def _flat(block: Block) -> Block:
    """Return a block with headings of one level, because a slide that continues a text has no heading above it."""
    return Heading(3, block.runs) if isinstance(block, Heading) else block


def _square(square: Square) -> str:
    """Return the rating as pages draw it: evidence vertical, transfer horizontal, the words next to it."""
    level, transfer = square.level, square.transfer
    upright = "".join(_step(2, 29 - 7 * step, 8, reached=step - level, is_rated=level > 0) for step in range(_STEPS))
    across = "".join(
        _step(12 + 6 * step, 29, 4.5, reached=step - transfer, is_rated=transfer > 0) for step in range(_TRANSFERS)
    )
    sign = f'<path fill-rule="evenodd" d="{FINDING_SIGNS.get(square.direction, FINDING_SIGNS["nm"])}" />'
    words = "".join(f"<span>{escape(each)}</span> " for each in square.words)
    said = escape(", ".join(square.words))  # the title of the drawing in a PDF; on a page the words are next to it
    return (
        f'<div class="slide__rating"><svg class="slide__square" viewBox="0 0 36 36" fill="{PINE}" aria-hidden="true" '
        f'focusable="false"><title>{said}</title>{upright}{across}{sign}</svg>'
        f'<p class="slide__readings">{words}</p></div>'
    )


def _step(x: float, y: int, width: float, *, reached: int, is_rated: bool) -> str:
    """Return one step: a bar if it is reached, a line if it is not, a dot if there is no rating."""
    if not is_rated:
        return f'<rect x="{x + width / 2 - 1}" y="{y + 1.5}" width="2" height="2" />'
    top, height = (y, 5) if reached < 0 else (y + 2, 1)
    return f'<rect x="{x}" y="{top}" width="{width}" height="{height}" />'
