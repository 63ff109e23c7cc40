"""The last page of a converted tool: where what was filled in comes from, and that nobody has checked it yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.blocks.model import Block, Box, Cell, Heading, Look, PageBreak, Paragraph, Run, Table
from kb.content.record import Reading
from kb.i18n import N_
from kb.speech import Speech
from kb.toolkit.model import Adaptation, Tool
from kb.toolkit.standing import BlankStanding, BlankState


def about_blocks(
    tool: Tool, country: Reading | None, blanks: Iterable[BlankStanding], speech: Speech
) -> Iterator[Block]:
    """Yield the page on which whoever converted a tool sees what it rests on; it can be left out."""
    filled = [blank for blank in blanks if blank.state is BlankState.FROM_PROFILE]
    if country is None:
        return
    yield PageBreak()
    yield Heading(2, (Run(speech.say(N_("About this document"))),), "about-this-document")
    yield Paragraph((Run(speech.say(N_("Take this page out before you use the document."))),))
    if not (isinstance(tool, Adaptation) and tool.reviewed_by_lawyer):
        name = country.title.text
        words = speech.say(
            N_("%(country)s: not reviewed by a lawyer. Have it checked before you use it."), country=name
        )
        yield Box((Paragraph((Run(words),)),), Look.NOTICE)
    if not filled:
        return
    names = (N_("Place to fill"), N_("Filled in"), N_("Source"), N_("Checked on"))
    header = tuple(Cell((Run(speech.say(name)),), is_header=True) for name in names)
    rows = tuple(row for blank in filled for row in _rows(blank, speech))
    yield Table(header, rows, caption=speech.say(N_("Filled in from the profile of the country")))


def _rows(blank: BlankStanding, speech: Speech) -> Iterator[tuple[Cell, ...]]:
    for entry in blank.entries:
        said = speech.say(N_("a lawyer has to check this"))
        lawyer = f" ({said})" if entry.needs_lawyer else ""
        source = entry.source
        link = source.address or "" if source is not None else ""
        yield (
            Cell((Run(blank.view.label),), is_header=True),
            Cell((Run(entry.text + lawyer),)),
            Cell((Run(source.title if source is not None else "–", link=link),)),
            Cell((Run(speech.date(entry.checked) if entry.checked is not None else "–"),)),
        )
