"""Splits long texts over slides, between blocks, else between sentences, else between words, without losing text.

Space is measured in lines of the body size. The real width of letters is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kb.documents.blocks import (
    Block,
    Box,
    Cell,
    Heading,
    Listing,
    ListItem,
    Look,
    Paragraph,
    QrCode,
    Run,
    Runs,
    Table,
    plain,
)

# A sentence ends only before a capital letter: not in "2019 m.", not in "Art. 8".
_SENTENCE = re.compile(r"[.!?…][”“’\"»)\]]*\s+(?=[“„\"«(]*(\w))")
_WORD = re.compile(r"(?<!\d)\s+|\s+(?!\d)")  # 3 900 is one number
# Extra lines of blocks in addition to their text, and the relative size of headings.
_GAP, _HEADING_GAP, _HEADING, _BOX, _CELL = 0.36, 0.5, 1.12, 0.8, 0.2
_SMALL = 0.75
_INDENT, _CELL_SIDES = 3, 1.6
_LONGEST_WORD = 40  # letters; longer words are split where necessary
_SQUARE = 4.2  # lines of a QR code
_FEWEST = 1.5  # minimum lines of a block worth keeping on a slide


@dataclass(frozen=True)
class SlideSpace:
    """Space for text: the number of lines, and the number of letters per line."""

    lines: float
    letters: int

    def less(self, lines: float) -> SlideSpace:
        """Return the space left after `lines`. A few lines always remain."""
        return SlideSpace(max(self.lines - lines, 3.0), self.letters)


def split(blocks: Iterable[Block], room: SlideSpace) -> tuple[tuple[Block, ...], ...]:
    """Split blocks over as many slides as they need, at least one. A heading stays with the text after it."""
    slides, now, used = [], list[Block](), 0.0
    waiting = list(blocks)
    while waiting:
        block = waiting.pop(0)
        needed = height(block, room.letters)
        if isinstance(block, Heading) and waiting:
            needed += min(height(waiting[0], room.letters), _FEWEST)
        if used + needed <= room.lines:
            now.append(block)
            used += height(block, room.letters)
            continue
        head, rest = _cut(block, SlideSpace(room.lines - used, room.letters), is_first=not now)
        if head is not None:
            now.append(head)
        waiting[:0] = rest
        slides.append(tuple(now))
        now, used = [], 0.0
    return (*slides, tuple(now)) if now or not slides else tuple(slides)


def shortened(blocks: Iterable[Block], room: SlideSpace) -> tuple[tuple[Block, ...], bool]:
    """Return what fits on one slide, and whether text was left out. The caller shows a hint if so."""
    slides = split(blocks, room)
    return (_unfinished(slides[0]), True) if len(slides) > 1 else (slides[0], False)


def shares(parts: Sequence[Sequence[Block]], room: SlideSpace) -> tuple[Block, ...]:
    """Return the beginnings of several texts on one slide. Space that a short text leaves goes to the others."""
    found, left = list[Block](), room.lines
    for place, part in enumerate(parts):
        most = left / (len(parts) - place)
        others = sum(min(most, _heights(each, room.letters)) for each in parts[place + 1 :])
        told, _is_short = shortened(part, SlideSpace(left - others, room.letters))
        found += told
        left -= _heights(told, room.letters)
    return tuple(found)


def _heights(blocks: Iterable[Block], letters: int) -> float:
    return sum(height(block, letters) for block in blocks)


def _unfinished(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Append an ellipsis to a text that ends within a sentence."""
    last = blocks[-1] if blocks else None
    if isinstance(last, Listing):
        item = last.items[-1]
        return (*blocks[:-1], replace(last, items=(*last.items[:-1], ListItem(_unfinished(item.blocks)))))
    if isinstance(last, Paragraph) and not re.search(r"[.!?…:;][”“’\"»)\]]*\s*$", plain(last.runs)):
        return (*blocks[:-1], replace(last, runs=(*last.runs, Run(" …"))))
    return blocks


def height(block: Block, letters: int) -> float:
    """Return the approximate height of a block in lines."""
    match block:
        case Heading():
            return _HEADING * lines(plain(block.runs), round(letters / _HEADING)) + _HEADING_GAP
        case Paragraph():
            is_small = block.look is Look.SMALL
            size = _SMALL if is_small else 1.0
            return size * lines(plain(block.runs), round(letters / size)) + _GAP
        case Listing():
            return sum(_item_height(item, letters) for item in block.items)
        case Table():
            return sum(row_height(row, letters, block.widths) for row in (block.header, *block.rows))
        case Box():
            return sum(height(each, letters - _INDENT) for each in block.blocks) + _BOX
        case QrCode():
            return _SQUARE
        case _:
            return 1.0


def lines(text: str, letters: int) -> int:
    """Return how many lines a text takes, wrapped word by word."""
    count = 0
    for line in text.split("\n"):
        count, used = count + 1, 0
        for word in line.split():
            if used and used + 1 + len(word) > letters:
                count, used = count + 1, 0
            used += len(word) + (1 if used else 0)
            extra, used = divmod(used, letters + 1) if used > letters else (0, used)
            count += extra
    return count


def _item_height(item: ListItem, letters: int) -> float:
    return sum(height(each, letters - _INDENT) for each in item.blocks) - _GAP / 2


def row_height(row: Sequence[Cell], letters: int, widths: Sequence[int] = ()) -> float:
    """Return the approximate height of a table row in lines. `widths` are the shares of its columns."""
    filled = (lines(plain(cell.runs), each) for cell, each in zip(row, _columns(row, letters, widths), strict=True))
    return max(filled, default=1) + _CELL


def _columns(row: Sequence[Cell], letters: int, widths: Sequence[int]) -> list[int]:
    """Return the letters per line in each column."""
    shares = widths if len(widths) == len(row) else [1] * len(row)
    return [max(3, int(letters * share / sum(shares) - _CELL_SIDES)) for share in shares]


def _cut(block: Block, room: SlideSpace, *, is_first: bool) -> tuple[Block | None, list[Block]]:
    """Split a block into what still fits on a slide and the rest. An empty slide always takes some of it."""
    whole: tuple[Block | None, list[Block]] = (None, [block])
    if not is_first and (isinstance(block, Heading) or room.lines < _least(block, room.letters)):
        return whole
    head, rest = _parts(block, room, at_words=is_first)
    if head is None and is_first:
        return block, []
    return head, rest


def _least(block: Block, letters: int) -> float:
    """Return the minimum space for the beginning of a block."""
    match block:
        case Table() if block.rows:
            return sum(row_height(row, letters, block.widths) for row in (block.header, block.rows[0]))
        case Box():
            return _BOX + 2 * _FEWEST
        case _:
            return _FEWEST + _GAP


def _parts(block: Block, room: SlideSpace, *, at_words: bool) -> tuple[Block | None, list[Block]]:
    match block:
        case Paragraph():
            head, tail = _cut_runs(block.runs, room, at_words=at_words)
            return (replace(block, runs=head) if head else None), [replace(block, runs=tail)] if tail else []
        case Listing():
            return _cut_list(block, room)
        case Table():
            return _cut_table(block, room)
        case Box() if len(slides := split(block.blocks, SlideSpace(room.lines - _BOX, room.letters - _INDENT))) > 1:
            rest = [each for slide in slides[1:] for each in slide]
            return replace(block, blocks=slides[0]), [replace(block, blocks=tuple(rest))]
        case _:
            return None, [block]


def _cut_list(block: Listing, room: SlideSpace) -> tuple[Block | None, list[Block]]:
    count, used = 0, 0.0
    for item in block.items:
        used += _item_height(item, room.letters)
        if used > room.lines:
            break
        count += 1
    if count:
        rest = replace(block, items=block.items[count:], start=block.start + count)
        return replace(block, items=block.items[:count]), [rest] if rest.items else []
    # A single entry is longer than the slide. Its rest follows without a list marker.
    inside = split(block.items[0].blocks, SlideSpace(room.lines, room.letters - _INDENT))
    if len(inside) == 1:
        return None, [block]
    more = replace(block, items=block.items[1:], start=block.start + 1)
    left = [each for slide in inside[1:] for each in slide]
    return replace(block, items=(ListItem(inside[0]),)), [*left, *([more] if more.items else [])]


def _cut_table(block: Table, room: SlideSpace) -> tuple[Block | None, list[Block]]:
    used, count = row_height(block.header, room.letters, block.widths), 0
    for row in block.rows:
        used += row_height(row, room.letters, block.widths)
        if used > room.lines:
            break
        count += 1
    if not count and block.rows:
        return _cut_row(block, room)
    if not count or count == len(block.rows):
        return None, [block]
    return replace(block, rows=block.rows[:count]), [replace(block, rows=block.rows[count:])]


def _cut_row(block: Table, room: SlideSpace) -> tuple[Block | None, list[Block]]:
    """Split the first row of a table, which is longer than a slide. The rest of its cells forms a row of its own."""
    row, letters = block.rows[0], _columns(block.rows[0], room.letters, block.widths)
    left = room.lines - row_height(block.header, room.letters, block.widths) - _CELL
    parts = [_cut_cell(cell, SlideSpace(max(left, 1.0), each)) for cell, each in zip(row, letters, strict=True)]
    if not any(plain(rest.runs) for _head, rest in parts) or not any(plain(head.runs) for head, _rest in parts):
        more = [replace(block, rows=block.rows[1:])] if block.rows[1:] else []
        return replace(block, rows=block.rows[:1]), list[Block](more)
    head, rest = (tuple(part[place] for part in parts) for place in (0, 1))
    return replace(block, rows=(head,)), [replace(block, rows=(rest, *block.rows[1:]))]


def _cut_cell(cell: Cell, room: SlideSpace) -> tuple[Cell, Cell]:
    if lines(plain(cell.runs), room.letters) <= room.lines:
        return cell, replace(cell, runs=())
    head, rest = _cut_runs(cell.runs, room, at_words=True)
    return (replace(cell, runs=head), replace(cell, runs=rest)) if head else (cell, replace(cell, runs=()))


def _cut_runs(runs: Runs, room: SlideSpace, *, at_words: bool) -> tuple[Runs, Runs]:
    """Split a text after its last sentence that fits. If no sentence fits on a slide, split after a word."""
    text = plain(runs)
    most = int(room.lines)
    for pattern in (_SENTENCE, _WORD) if at_words else (_SENTENCE,):
        last = 0
        for each in pattern.finditer(text):
            if each.groups() and not each[1].isupper():
                continue
            if lines(text[: each.end()].rstrip(), room.letters) > most:
                break
            last = each.end()
        # One bold word, as at the start of a list entry, does not count as a sentence.
        if last > room.letters // 3 or (last and pattern is _WORD):
            return _apart(runs, last)
    first = _WORD.split(text.lstrip(), 1)[0]
    if at_words and len(first) > max(_LONGEST_WORD, most_letters := max(1, most) * room.letters):
        return _apart(runs, most_letters)  # a single word longer than a slide
    return (), runs


def _apart(runs: Runs, place: int) -> tuple[Runs, Runs]:
    return tuple(_taken(runs, 0, place)), tuple(_taken(runs, place, len(plain(runs))))


def _taken(runs: Runs, start: int, stop: int) -> Iterator[Run]:
    at = 0
    for run in runs:
        text = run.text[max(0, start - at) : max(0, stop - at)]
        if text:
            yield replace(run, text=text)
        at += len(run.text)
