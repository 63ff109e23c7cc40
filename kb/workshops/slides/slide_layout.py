"""Computes how much text fits on a slide in the largest possible font, in one language or two side by side.

A text is placed on one slide, or continued over as many slides as it needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.documents.blocks import Block, Heading, Listing, Look, Paragraph, Rule, Run, Table, plain
from kb.documents.slide_blocks import TEXT_SIZES, Side, Slide, SlideKind
from kb.records.markdown import SOURCE_MARK
from kb.records.markdown_blocks import to_blocks
from kb.workshops.slides.split_text import SlideSpace, height, lines, row_height, shares, split

Notes = Mapping[str, tuple[Block, ...]]


@dataclass(frozen=True)
class Sizes:
    """Letters per line of body text and of small text. `titles` are the sizes of titles, by step."""

    letters: int
    small: int
    titles: tuple[float, float, float]
    large: tuple[float, float, float]  # sizes of titles that are almost alone on a slide
    lines: float = 10.8


# For a body font of a twentieth of the slide's height. slides.css has the same sizes of titles.
ALONE = Sizes(letters=66, small=88, titles=(1.6, 1.36, 1.1), large=(2.3, 1.7, 1.3))
BESIDE = Sizes(letters=32, small=43, titles=(1.25, 1.06, 0.9), large=(1.7, 1.25, 0.95))
_TITLE_LINE, _TITLE_LETTERS = 0.87, 0.96  # of a title in the body size: height of a line, share of letters that fit
_KICKER, _SOURCE, _TITLE_GAP = 0.75, 0.65, 0.45
_SQUARE_ALONE, _SQUARE_BESIDE = 2.6, 3.2
_BOLD = 0.93  # share of bold letters that fit into the same width
_PART = " 10 / 10"  # part number of a continued slide, shown after the small line above the title
_BRIEF = 34  # maximum letters of a title that was shown before
# The border of a card takes lines and letters. The marker before a question takes letters.
_EDGE, _EDGES = 0.9, {SlideKind.CARD: 3, SlideKind.QUESTION: 1, SlideKind.ANSWER: 1}
_TABLE, _HEADER = 0.8, 0.8  # font size of a programme relative to body text; lines of its header row
_SIZES = range(len(TEXT_SIZES))
_MIDDLE = 1  # font size of text continued over several slides


def _spaces(sides: Sequence[Side], kind: SlideKind, size: int = 0) -> list[SlideSpace]:
    """Return the space left for text in each language at a font size, after everything else on the slide."""
    step = Slide(kind, tuple(sides)).title_step
    return [_room(side, kind, size, step, BESIDE if len(sides) > 1 else ALONE) for side in sides]


def _room(side: Side, kind: SlideKind, size: int, step: int, sizes: Sizes) -> SlideSpace:
    title = (sizes.large if kind in (SlideKind.TITLE, SlideKind.BREAK) else sizes.titles)[step]
    used = title * (_TITLE_LINE * lines(side.title, round(sizes.letters * _TITLE_LETTERS / title)) + _TITLE_GAP)
    kicker = f"{side.kicker}{_PART if side.part else ''}"
    inside = sizes.small * (1 - _EDGES.get(kind, 0) / sizes.letters)
    used += _KICKER * max(1, lines(kicker, round(inside * _BOLD)))
    used += _SOURCE * lines(side.source, sizes.small) + 0.3 if side.source else 0
    if side.square is not None:
        used += _SQUARE_BESIDE if sizes is BESIDE else _SQUARE_ALONE
    used += _EDGE if kind is SlideKind.CARD else 0
    whole = SlideSpace(sizes.lines, sizes.letters - _EDGES.get(kind, 0)).less(used)
    return SlideSpace(whole.lines / TEXT_SIZES[size], round(whole.letters / TEXT_SIZES[size]))


def fitting(kind: SlideKind, sides: Sequence[Side]) -> int | None:
    """Return the largest font size in which all these texts fit on one slide, or `None`."""
    for size in _SIZES:
        if all(
            len(split(side.blocks, each)) == 1 for side, each in zip(sides, _spaces(sides, kind, size), strict=True)
        ):
            return size
    return None


def continued(kind: SlideKind, sides: Sequence[Side], *, notes: Notes | None = None) -> list[Slide]:
    """Return as many slides as the texts need, with two languages side by side. The first slide holds the notes.

    When the shorter text ends, the rest of the longer one uses the full width of the following slides.
    """
    if (one := fitting(kind, sides)) is not None:
        return [Slide(kind, tuple(sides), notes=notes or {}, size=one)]
    sides = [replace(side, part=(1, 2)) for side in sides]  # reserves space; the real part number is set below
    pieces = [split(side.blocks, each) for side, each in zip(sides, _spaces(sides, kind, _MIDDLE), strict=True)]
    shared = min(map(len, pieces))
    rows = [list(zip(sides, row, strict=True)) for row in zip(*(each[:shared] for each in pieces), strict=True)]
    for side, slides in zip(sides, pieces, strict=True):
        if rest := [block for slide in slides[shared:] for block in slide]:
            rows += [[(side, blocks)] for blocks in split(rest, _spaces([side], kind, _MIDDLE)[0])]
    total = len(rows)
    return [
        Slide(
            kind,
            tuple(replace(side, blocks=blocks, part=(place, total) if total > 1 else None) for side, blocks in row),
            notes=(notes or {}) if place == 1 else {},
            size=_MIDDLE,
        )
        for place, row in enumerate(rows, 1)
    ]


def list_in_step(kind: SlideKind, sides: Sequence[Side]) -> list[Slide]:
    """Split lists with the same entries in each language, one per side, at the same entries on every slide."""
    if fitting(kind, sides) is not None:
        return continued(kind, sides)
    lists = [next(block for block in side.blocks if isinstance(block, Listing)) for side in sides]
    count = max(len(each.items) for each in lists)
    for total in range(2, count + 1):
        length = -(-count // total)
        cut = [
            [
                replace(
                    side,
                    blocks=(replace(each, items=each.items[start : start + length], start=each.start + start),),
                    part=(start // length + 1, -(-count // length)),
                )
                for side, each in zip(sides, lists, strict=True)
                if each.items[start : start + length]
            ]
            for start in range(0, count, length)
        ]
        if all(fitting(kind, each) is not None for each in cut):
            return [slide for each in cut for slide in continued(kind, each)]
    return continued(kind, sides)


def on_one(
    kind: SlideKind,
    sides: Sequence[Side],
    more: Mapping[str, str],
    *,
    notes: Notes | None = None,
    parts: Sequence[Sequence[Sequence[Block]]] = (),
) -> Slide:
    """Return one slide, shortening its texts if needed. `more` is the hint for shortened texts, by language.

    The full text is then appended to the notes. `parts` are the parts of each side that share the space of the slide.
    """
    noted, told = dict(notes or {}), list[Side]()
    size = fitting(kind, sides)
    if size is not None:
        return Slide(kind, tuple(sides), notes=noted, size=size)
    rooms = _spaces(sides, kind, _SIZES[-1])
    for side, each, shared in zip(sides, rooms, parts or [[side.blocks] for side in sides], strict=True):
        blocks = side.blocks
        if len(split(blocks, each)) > 1:
            said = words(more[side.language], Look.SMALL)
            blocks = (*shares(shared, each.less(height(said, each.letters))), said)
            noted[side.language] = (*noted.get(side.language, ()), *side.blocks)
        told.append(replace(side, blocks=blocks))
    return Slide(kind, tuple(told), notes=noted, size=_SIZES[-1])


def in_step(kind: SlideKind, sides: Sequence[Side], tables: Sequence[Table]) -> list[Slide]:
    """Split tables with the same rows in each language, at the same rows on every slide."""
    for size in _SIZES:
        rooms = _spaces(sides, kind, size)
        most = min(each.lines for each in rooms) / _TABLE
        heights = [
            max(
                row_height(row, round(each.letters / _TABLE), table.widths)
                for table, each, row in zip(tables, rooms, rows, strict=True)
            )
            for rows in zip(*(table.rows for table in tables), strict=True)
        ]
        starts = _starts(heights, most)
        if len(starts) == 1:
            break
    # Distribute rows evenly, so that no slide is left with a single row.
    fewest = _HEADER + sum(heights) / len(starts)
    evenly = (_starts(heights, fewest + step * (most - fewest) / 10) for step in range(10))
    starts = next((even for even in evenly if len(even) == len(starts)), starts)
    spans = list(zip(starts, [*starts[1:], len(heights)], strict=True))
    return [
        Slide(
            kind,
            tuple(
                replace(
                    side,
                    blocks=(replace(table, rows=table.rows[start:stop]),),
                    part=(number, len(spans)) if len(spans) > 1 else None,
                )
                for side, table in zip(sides, tables, strict=True)
            ),
            size=size,
        )
        for number, (start, stop) in enumerate(spans, 1)
    ]


def _starts(heights: Sequence[float], most: float) -> list[int]:
    """Return the first row of each slide, so that no slide exceeds `most` lines."""
    starts, used = [0], _HEADER
    for place, needed in enumerate(heights):
        if used > _HEADER and used + needed > most:
            starts.append(place)
            used = _HEADER
        used += needed
    return starts


def prose(markdown: str) -> tuple[Block, ...]:
    """Return the blocks of a text without source marks. Viewers of slides cannot follow them to a list."""
    return to_blocks(SOURCE_MARK.sub("", markdown), level=3)


def sections(blocks: Sequence[Block], title: str) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """Yield the sections of a text with their headings. Text before the first heading is called `title`.

    A horizontal rule begins another section of the same name. On paper it begins a new sheet.
    """
    now, called = list[Block](), title
    for block in blocks:
        if isinstance(block, Heading | Rule):
            if now:
                yield called, tuple(now)
            now, called = [], plain(block.runs) if isinstance(block, Heading) else called
        else:
            now.append(block)
    if now or called != title:
        yield called, tuple(now)


def brief(title: str, most: int = _BRIEF) -> str:
    """Shorten a title to whole words, for the small line above other titles after it was shown in full."""
    return title if len(title) <= most else f"{title[:most].rsplit(' ', 1)[0].rstrip(' ,:;–')}…"


def briefly(paragraph: Paragraph, most: int = _BRIEF) -> Paragraph:
    """Return a paragraph with its link texts shortened."""
    runs = (replace(run, text=brief(run.text, most)) if run.link else run for run in paragraph.runs)
    return replace(paragraph, runs=tuple(runs))


def words(text: str, look: Look = Look.PLAIN) -> Paragraph:
    """Return a paragraph of plain text."""
    return Paragraph((Run(text),), look)


def heading(text: str, level: int = 3) -> Heading:
    """Return a heading of plain text."""
    return Heading(level, (Run(text),))
