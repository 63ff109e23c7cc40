"""Makes the last pages of a converted tool: the sources of its filled-in values, and the notice of a missing review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kb.conversion.answers import ConversionAnswers
from kb.conversion.resolution import BlankState, ResolvedBlank
from kb.documents.blocks import Block, Box, Cell, Heading, Look, PageBreak, Paragraph, Run, Table
from kb.i18n import N_
from kb.kinds.adaptation.model import Adaptation
from kb.kinds.country.model import Country
from kb.kinds.country.situation import YesNo
from kb.kinds.tool.model import Tool
from kb.records.record import Reading
from kb.records.sources import Source
from kb.speech import Speech

NOT_REVIEWED = N_("%(country)s: not reviewed by a lawyer. Have this document checked before you use it.")
ABOUT = "about-this-document"  # the anchor where the last pages begin


def not_reviewed_blocks(
    tool: Reading[Tool], country: Reading[Country] | None, answers: ConversionAnswers, speech: Speech
) -> Iterator[Block]:
    """Yield the notice that the document has no review under the law of its country.

    Yield nothing without a country or after a review.
    """
    record = tool.record
    if country is None or answers.is_reviewed or (isinstance(record, Adaptation) and record.reviewed_by_lawyer):
        return
    yield Box((Paragraph((Run(speech.say(NOT_REVIEWED, country=country.title.text)),)),), Look.NOTICE)


def about_blocks(
    tool: Reading[Tool],
    country: Reading[Country] | None,
    answers: ConversionAnswers,
    blanks: Iterable[ResolvedBlank],
    speech: Speech,
) -> Iterator[Block]:
    """Yield the optional page that shows the user of a conversion where its filled-in values come from."""
    if country is None:
        return
    yield PageBreak()
    yield Heading(2, (Run(speech.say(N_("About this document"))),), ABOUT)
    yield Paragraph((Run(speech.say(N_("Before you use the document, remove this page and all pages after it."))),))
    yield from not_reviewed_blocks(tool, country, answers, speech)
    standing = tuple(blanks)
    filled = tuple(row for blank in standing if blank.state is BlankState.FROM_PROFILE for row in _rows(blank, speech))
    kept = tuple(_kept(tool, standing, speech))
    captions = (N_("Filled in from the country profile"), N_("Filled in from this adaptation"))
    for rows, caption in zip((filled, kept), captions, strict=True):
        if rows:
            yield _table(rows, speech.say(caption), speech)
    if missing := tuple(_missing(standing)):
        header = (N_("Field to fill in"), N_("What we could not find out"))
        cells = tuple(Cell((Run(speech.say(name)),), is_header=True) for name in header)
        yield Table(cells, missing, caption=speech.say(header[1]), widths=(30, 70))


def _table(rows: tuple[tuple[Cell, ...], ...], caption: str, speech: Speech) -> Table:
    names = (N_("Field to fill in"), N_("Filled in"), N_("Source"), N_("Checked on"))
    header = tuple(Cell((Run(speech.say(name)),), is_header=True) for name in names)
    return Table(header, rows, caption=caption)


def _kept(tool: Reading[Tool], blanks: Iterable[ResolvedBlank], speech: Speech) -> Iterator[tuple[Cell, ...]]:
    """Yield the adaptation's filled-in values that the user left unchanged, with their sources."""
    record = tool.record
    filled = {row.id: row for row in record.filled if row.text} if isinstance(record, Adaptation) else {}
    sources = {source.id: source for source in record.sources}
    for blank in blanks:
        row = filled.get(blank.id)
        if row is not None and blank.state is BlankState.BY_PERSON:
            text = tool.text(f"filled.{row.id}.text")
            if text == "\n".join(entry.text for entry in blank.entries):
                is_for_lawyer = blank.view.blank.needs_lawyer is YesNo.YES
                yield _row(blank, text, sources.get(row.source or ""), row.checked, speech, is_for_lawyer=is_for_lawyer)


def _missing(blanks: Iterable[ResolvedBlank]) -> Iterator[tuple[Cell, ...]]:
    for blank in blanks:
        for _row_id, words in blank.offered.not_found:
            yield Cell((Run(blank.view.label),), is_header=True), Cell((Run(words),))


def _rows(blank: ResolvedBlank, speech: Speech) -> Iterator[tuple[Cell, ...]]:
    for entry in blank.entries:
        yield _row(blank, entry.text, entry.source, entry.checked, speech, is_for_lawyer=entry.needs_lawyer)


def _row(
    blank: ResolvedBlank,
    text: str,
    source: Source | None,
    checked: date | None,
    speech: Speech,
    *,
    is_for_lawyer: bool,
) -> tuple[Cell, ...]:
    said = speech.say(N_("to be checked by a lawyer"))
    link = source.address or "" if source is not None else ""
    return (
        Cell((Run(blank.view.label),), is_header=True),
        Cell((Run(f"{text} ({said})" if is_for_lawyer else text),)),
        Cell((Run(source.title if source is not None else "–", link=link),)),
        Cell((Run(speech.date(checked) if checked is not None else "–"),)),
    )
