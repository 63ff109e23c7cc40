"""Renders the parts of a leaflet that the page for a person who was harmed shows, filled in as in the printed leaflet.

A leaflet is one product; the page also takes parts of the guide and of the card. What nothing fills in is said to be
not known, because a reader of the page cannot fill it in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from kb.conversion.answers import BlankAnswer
from kb.conversion.convert import Conversion
from kb.conversion.render import filling_of, part_blocks
from kb.conversion.resolution import BlankState
from kb.documents.blocks import Block, Box, Heading, Listing, ListItem, Mark, PageBreak, Paragraph, Run, plain
from kb.i18n import N_
from kb.kinds.register.model import Layer
from kb.kinds.tool.model import PagePlace
from kb.records.record import Passage
from kb.speech import Speech

# The choices with which each product that has a part on the page is printed.
_PRODUCTS: tuple[Mapping[str, str], ...] = (
    {"ch-product": "leaflet"},
    {"ch-product": "guide"},
    {"ch-product": "card", "ch-card": "poster"},
)
# In what is filled in: a URL, an email address, or a telephone number of at least six digits.
_ADDRESS = re.compile(
    r"(?P<url>https?://[^\s,;)]*[^\s,;).])|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w/.])(?P<phone>\+?\d(?:[ \N{NO-BREAK SPACE}]?\d){5,13})(?![\w/]|\.\d)"
)


@dataclass(frozen=True)
class PlacedPart:
    """A part of the leaflet for the page. Without a heading it continues the part above it.

    `has_gap` says that something in it is not known.
    """

    heading: str
    passage: Passage
    blocks: tuple[Block, ...]
    has_gap: bool


def page_parts(found: Conversion) -> Mapping[PagePlace, tuple[PlacedPart, ...]]:
    """Return the printed parts that name a place on the page, by that place. `found` has no answers of a user."""
    parts: dict[PagePlace, dict[str, PlacedPart]] = {}
    blanks = _asked_of_the_office(found)
    for product in _PRODUCTS:
        choices = {name: {"": (short,)} for name, short in product.items()}
        answers = found.answers.model_copy(update={"choices": choices, "blanks": blanks})
        for place, part in _placed(found.with_answers(answers)):
            parts.setdefault(place, {}).setdefault(part.passage.name, part)  # several products may print it
    return {place: tuple(placed.values()) for place, placed in parts.items()}


def _asked_of_the_office(found: Conversion) -> dict[str, BlankAnswer]:
    """Return an answer for each open blank that an office fills in for itself: only that office can say."""
    words = found.sources.speech.say(N_("ask the office or service that you talk to"))
    return {
        blank.id: BlankAnswer(entries=(words,))
        for blank in found.blanks
        if blank.state is BlankState.OPEN and blank.view.blank.layer is Layer.LOCAL
    }


def _placed(found: Conversion) -> Iterator[tuple[PagePlace, PlacedPart]]:
    speech, filling = found.sources.speech, filling_of(found)
    for each in found.parts:
        if each.part.page is None or not each.is_printed:
            continue
        blocks = [*part_blocks(found, each, filling, str, _without_marks)]
        heading = next((plain(block.runs) for block in blocks if isinstance(block, Heading)), "")
        has_gap = any(Mark.LINE in run.marks for run in _all_runs(blocks))
        yield each.part.page, PlacedPart(heading, each.passage, tuple(_for_page(blocks, speech)), has_gap)


def _without_marks(text: str) -> str:
    return re.sub(r"\[\^[a-z0-9-]+\]", "", text)


def _for_page(blocks: Iterable[Block], speech: Speech) -> Iterator[Block]:
    """Yield blocks without boxes, page breaks and headings; gaps in words, and contacts as links."""
    change = partial(_runs, speech=speech)
    for block in blocks:
        match block:
            case Paragraph():
                yield replace(block, runs=tuple(change(block.runs)))
            case Listing():
                items = (ListItem(tuple(_for_page(item.blocks, speech))) for item in block.items)
                yield replace(block, items=tuple(items))
            case Box():
                yield from _for_page(block.blocks, speech)
            case Heading() | PageBreak():
                pass
            case _:
                yield block


def _all_runs(blocks: Iterable[Block]) -> Iterator[Run]:
    for block in blocks:
        match block:
            case Paragraph():
                yield from block.runs
            case Listing():
                for item in block.items:
                    yield from _all_runs(item.blocks)
            case Box():
                yield from _all_runs(block.blocks)
            case _:
                pass


def _runs(runs: Iterable[Run], speech: Speech) -> Iterator[Run]:
    """Yield the runs with gaps in words. A gap after the end of a sentence would be a sentence of its own: it goes."""
    before = ""
    for run in runs:
        if Mark.LINE in run.marks:
            if not before.rstrip().endswith("."):
                marks = run.marks - {Mark.LINE} | {Mark.OPEN}
                yield replace(run, text=speech.say(N_("not known")), marks=marks)
        elif Mark.FILLED in run.marks and not run.link:
            yield from _linked(replace(run, marks=run.marks - {Mark.FILLED}))
        else:
            yield run
        before = run.text


def _linked(run: Run) -> Iterator[Run]:
    """Split a run so that each address and each number in it is a link."""
    position = 0
    for match in _ADDRESS.finditer(run.text):
        if match.start() > position:
            yield replace(run, text=run.text[position : match.start()])
        yield replace(run, text=match[0], link=_target(match))
        position = match.end()
    if position < len(run.text):
        yield replace(run, text=run.text[position:])


def _target(match: re.Match[str]) -> str:
    if match["url"]:
        return match["url"]
    return f"mailto:{match['email']}" if match["email"] else f"tel:{re.sub(r'[^+0-9]', '', match['phone'])}"
