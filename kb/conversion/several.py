"""Several entries of a blank as a list, where nothing follows them: one looks for a number, and finds it sooner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kb.conversion.fill_blanks import BREAK
from kb.documents.blocks import Block, Box, Listing, ListItem, Mark, Paragraph, Run, Runs
from kb.records.markdown_blocks import trimmed

# What may follow the entries without saying anything.
_ENDS = " .;"


def with_lists(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return blocks in which entries at the end of a paragraph stand below it."""
    return tuple(_blocks(blocks))


def _blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Paragraph():
                yield from _paragraph(block)
            case Box():
                yield replace(block, blocks=with_lists(block.blocks))
            case Listing():
                yield replace(block, items=tuple(ListItem(with_lists(item.blocks)) for item in block.items))
            case _:
                yield block


def _paragraph(paragraph: Paragraph) -> Iterator[Block]:
    runs = paragraph.runs
    breaks = [place for place, run in enumerate(runs) if run is BREAK]
    if not breaks or not _is_end(runs[breaks[-1] + 2 :]) or not _is_one_blank(runs[breaks[0] - 1 : breaks[-1] + 2]):
        yield paragraph
        return
    first = breaks[0] - 1
    if before := trimmed(runs[:first]):
        yield replace(paragraph, runs=before)
    entries = (run for run in runs[first:] if Mark.FILLED in run.marks)
    yield Listing(tuple(ListItem((replace(paragraph, runs=(entry,)),)) for entry in entries))


def _is_one_blank(runs: Runs) -> bool:
    return all(run is BREAK or Mark.FILLED in run.marks for run in runs)


def _is_end(runs: Iterable[Run]) -> bool:
    return all(not run.text.strip(_ENDS) for run in runs)
