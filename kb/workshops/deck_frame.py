"""How much goes on a slide: texts in one language or two side by side, continued over as many slides as they need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.blocks.model import Block, Heading, Look, Paragraph, Run, Table, plain
from kb.blocks.slides import LONG_TITLE, Side, Slide, SlideKind
from kb.content.markdown import SOURCE_MARK
from kb.content.paper import to_blocks
from kb.workshops.slide_splitting import Room, lines, row_height, split

Notes = Mapping[str, tuple[Block, ...]]


@dataclass(frozen=True)
class Sizes:
    """How many letters lines have on a slide: of text, of titles, of what is small; `lines` are those of the whole."""

    letters: int
    title: int
    small: int
    title_line: float
    lines: float = 11.0


# For text of a twentieth of the slide's height.
ALONE = Sizes(letters=66, title=40, small=88, title_line=1.4)
BESIDE = Sizes(letters=32, title=24, small=43, title_line=1.1)
_KICKER, _SOURCE, _TITLE_GAP = 0.75, 0.65, 0.45
_SQUARE_ALONE, _SQUARE_BESIDE = 2.6, 3.2
_BRIEF = 34  # letters of a title that was shown before
# What is drawn around a card takes lines and letters, what is drawn before a question letters.
_EDGE, _EDGES = 0.9, {SlideKind.CARD: 3, SlideKind.QUESTION: 1, SlideKind.ANSWER: 1}
_LONG = 0.85  # how large the letters of long titles are
_TABLE, _HEADER = 0.8, 0.8  # how large the letters of a programme are; the lines that its headings take


def room(side: Side, *, is_beside: bool, kind: SlideKind = SlideKind.TEXT) -> Room:
    """Return what is left for text beside all else that a slide shows in a language."""
    sizes = BESIDE if is_beside else ALONE
    smaller = _LONG if len(side.title) > LONG_TITLE else 1.0
    used = smaller * sizes.title_line * lines(side.title, round(sizes.title / smaller)) + _TITLE_GAP
    used += _KICKER * max(1, lines(side.kicker, sizes.small))  # the place among several slides stands there, too
    used += _SOURCE * lines(side.source, sizes.small) + 0.3 if side.source else 0
    if side.square is not None:
        used += _SQUARE_BESIDE if is_beside else _SQUARE_ALONE
    used += _EDGE if kind is SlideKind.CARD else 0
    return Room(sizes.lines, sizes.letters - _EDGES.get(kind, 0)).less(used)


def continued(kind: SlideKind, sides: Sequence[Side], *, notes: Notes | None = None) -> list[Slide]:
    """Return the slides that texts need, the two languages side by side. What is noted stands with the first of them.

    What is left of the longer text, once the other one has ended, has the whole width of the slides that follow.
    """
    is_beside = len(sides) > 1
    pieces = [split(side.blocks, room(side, is_beside=is_beside, kind=kind)) for side in sides]
    shared = min(map(len, pieces))
    rows = [list(zip(sides, row, strict=True)) for row in zip(*(each[:shared] for each in pieces), strict=True)]
    for side, slides in zip(sides, pieces, strict=True):
        if rest := [block for slide in slides[shared:] for block in slide]:
            rows += [[(side, blocks)] for blocks in split(rest, room(side, is_beside=False, kind=kind))]
    total = len(rows)
    return [
        Slide(
            kind,
            tuple(replace(side, blocks=blocks, part=(place, total) if total > 1 else None) for side, blocks in row),
            notes=(notes or {}) if place == 1 else {},
        )
        for place, row in enumerate(rows, 1)
    ]


def in_step(kind: SlideKind, sides: Sequence[Side], tables: Sequence[Table]) -> list[Slide]:
    """Return tables with the same rows in each language, so cut that each slide has the same rows of all of them."""
    is_beside = len(sides) > 1
    rooms = [room(side, is_beside=is_beside) for side in sides]
    most = min(each.lines for each in rooms) / _TABLE
    heights = [
        max(
            row_height(row, round(each.letters / _TABLE), table.widths)
            for table, each, row in zip(tables, rooms, rows, strict=True)
        )
        for rows in zip(*(table.rows for table in tables), strict=True)
    ]
    starts = _starts(heights, most)
    # No slide is left with a single row where the others could do with one less.
    even = _starts(heights, min(most, _HEADER + sum(heights) / len(starts) + max(heights, default=0) / 2))
    starts = even if len(even) == len(starts) else starts
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
        )
        for number, (start, stop) in enumerate(spans, 1)
    ]


def _starts(heights: Sequence[float], most: float) -> list[int]:
    """Return with which rows slides begin that hold no more than so many lines."""
    starts, used = [0], _HEADER
    for place, needed in enumerate(heights):
        if used > _HEADER and used + needed > most:
            starts.append(place)
            used = _HEADER
        used += needed
    return starts


def prose(markdown: str) -> tuple[Block, ...]:
    """Return the blocks of a text. Marks of sources are left out: nobody in a room can follow them to a list."""
    return to_blocks(SOURCE_MARK.sub("", markdown), level=3)


def sections(blocks: Sequence[Block], title: str) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """Yield the pieces of a text with their headings; what stands before the first one is called `title`."""
    now, called = list[Block](), title
    for block in blocks:
        if isinstance(block, Heading):
            if now:
                yield called, tuple(now)
            now, called = [], plain(block.runs)
        else:
            now.append(block)
    if now or called != title:
        yield called, tuple(now)


def brief(title: str) -> str:
    """Return a title for the small line above others, where the whole has been shown: the words that fit there."""
    return title if len(title) <= _BRIEF else f"{title[:_BRIEF].rsplit(' ', 1)[0].rstrip(' ,:;–')}…"


def words(text: str, look: Look = Look.PLAIN) -> Paragraph:
    """Return a paragraph of plain words."""
    return Paragraph((Run(text),), look)


def heading(text: str, level: int = 3) -> Heading:
    """Return a heading of plain words."""
    return Heading(level, (Run(text),))
