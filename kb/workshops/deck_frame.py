"""How much goes on a slide: texts in one language or two side by side, continued over as many slides as they need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from kb.blocks.model import Block, Heading, Look, Paragraph, Run, Runs
from kb.blocks.slides import Side, Slide, SlideKind
from kb.content.markdown import SOURCE_MARK
from kb.content.paper import to_blocks
from kb.workshops.slide_splitting import Room, lines, split

Notes = Mapping[str, tuple[Block, ...]]


@dataclass(frozen=True)
class Sizes:
    """How many letters lines have on a slide: of text, of titles, of what is small; `lines` are those of the whole."""

    letters: int
    title: int
    small: int
    title_line: float
    lines: float = 12.6


# For text of a twenty-fifth of the slide's height.
ALONE = Sizes(letters=60, title=44, small=88, title_line=1.5)
BESIDE = Sizes(letters=34, title=27, small=46, title_line=1.2)
_KICKER, _SOURCE, _TITLE_GAP = 0.8, 0.8, 0.55
_SQUARE_ALONE, _SQUARE_BESIDE = 2.6, 3.2


def room(side: Side, *, is_beside: bool) -> Room:
    """Return what is left for text beside all else that a slide shows in a language."""
    sizes = BESIDE if is_beside else ALONE
    used = sizes.title_line * lines(side.title, sizes.title) + _TITLE_GAP
    used += _KICKER * lines(side.kicker, sizes.small) if side.kicker else 0
    used += _SOURCE * lines(side.source, sizes.small) + 0.3 if side.source else 0
    if side.square is not None:
        used += _SQUARE_BESIDE if is_beside else _SQUARE_ALONE
    return Room(sizes.lines, sizes.letters).less(used)


def continued(kind: SlideKind, sides: Sequence[Side], *, notes: Notes | None = None) -> list[Slide]:
    """Return the slides that texts need, the two languages side by side. What is noted stands with the first of them.

    Where a text in one language is shorter, it stands alone on the last ones.
    """
    is_beside = len(sides) > 1
    pieces = [split(side.blocks, room(side, is_beside=is_beside)) for side in sides]
    total = max(map(len, pieces))
    made = []
    for place, row in enumerate(zip_longest(*pieces), 1):
        shown = tuple(
            replace(side, blocks=blocks, part=(place, total) if total > 1 else None)
            for side, blocks in zip(sides, row, strict=True)
            if blocks is not None
        )
        made.append(Slide(kind, shown, notes=(notes or {}) if place == 1 else {}))
    return made


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


def plain(runs: Runs) -> str:
    """Return the words of a text."""
    return "".join(run.text for run in runs)


def words(text: str, look: Look = Look.PLAIN) -> Paragraph:
    """Return a paragraph of plain words."""
    return Paragraph((Run(text),), look)


def heading(text: str, level: int = 3) -> Heading:
    """Return a heading of plain words."""
    return Heading(level, (Run(text),))
