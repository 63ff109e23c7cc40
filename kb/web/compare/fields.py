"""The rows of a comparison by group: what a practice is, where, how it is rated, and what it needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial

from flask import url_for

from kb.kinds.practice import evidence
from kb.kinds.practice.assessment import AssessmentAnswer
from kb.kinds.practice.labels import CHOICE_FIELDS, NEEDS, ROLES, TERM_FIELDS, USAGES
from kb.kinds.practice.model import SECTION_TITLES, Practice
from kb.records.markdown import to_plain
from kb.records.record import Passage, Reading
from kb.web.compare.cell_differences import ComparisonCell, ComparisonRow, ComparisonValue, RowGroup, row, row_of
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import store, today
from kb.web.labels.practice_facts import years
from kb.web.parts.formats import amount, limit, period
from kb.web.parts.law_references import law_rows
from kb.web.parts.passages import overdue
from kb.web.parts.ratings import rating_of
from kb.web.practices.page import line

# Letters of a section that are shown before the link to the rest of it.
_OPENING = 320
_ENDING = ".!?…:;»”\"')"
_SENTENCE = re.compile(r"(?<=[.!?…»”\")])\s+")
_ABBREVIATED = 3  # letters before a full stop that does not end a sentence

Readings = Sequence[Reading[Practice]]


def groups(readings: Readings) -> tuple[RowGroup, ...]:
    """Return all rows for these records."""
    return (
        RowGroup(_("Overview"), tuple(_description_rows(readings))),
        RowGroup(_("Evidence and transferability"), tuple(_rating_rows(readings))),
        RowGroup(_("Who is involved and who benefits"), tuple(_actor_rows(readings))),
        RowGroup(_("How data is shared"), tuple(_data_rows(readings))),
        RowGroup(_("Resources needed"), tuple(_requirement_rows(readings))),
        RowGroup(_("Results and lessons"), tuple(_result_rows(readings))),
        RowGroup(_("Sources and review"), tuple(_provenance_rows(readings))),
    )


def _description_rows(readings: Readings) -> Iterator[ComparisonRow]:
    areas = TERM_FIELDS["areas"]
    yield row(_("Verdict"), readings, partial(_words, "short"))
    yield row(_("In short"), readings, partial(_words, "summary"))
    yield row(_(areas.label), readings, partial(_terms, "areas"))
    yield row(_("Countries"), readings, lambda each: _countries(each.record.countries))
    yield row(_("Places"), readings, _places)
    yield _choice_row("level", readings)
    yield row(_("In use"), readings, lambda each: (ComparisonValue(words, words) for words in years(each.record)))
    yield row(_("Status"), readings, partial(_terms, "implementation_status"))
    yield _choice_row("prevalence", readings)
    yield row(_("Tried in"), readings, lambda each: _countries(each.record.tried_in))


def _rating_rows(readings: Readings) -> Iterator[ComparisonRow]:
    ratings = [rating_of(each.record, store().vocabularies) for each in readings]
    tested = (ComparisonValue(f"{each.level}", each.level_words, lead=each.code) for each in ratings)
    found = (ComparisonValue(each.direction_words, each.direction_words) for each in ratings)
    travels = (ComparisonValue(f"{each.transfer}", each.transfer_words) for each in ratings)
    yield row_of(_("Strength of evidence"), [ComparisonCell((said,)) for said in tested])
    yield row_of(_("Effect"), [ComparisonCell((said,)) for said in found])
    yield row_of(_("Transferability"), [ComparisonCell((said,)) for said in travels])
    yield row(_("Recommended"), readings, _recommended)
    yield row(_("Conflict with victims’ rights or data protection law"), readings, _conflict)


def _actor_rows(readings: Readings) -> Iterator[ComparisonRow]:
    for name in ("actors", "victim_groups", "crime_types", "stages", "document_types"):
        yield row(_(TERM_FIELDS[name].label), readings, partial(_terms, name))
    yield row(_("Organisations"), readings, _organisations)


def _data_rows(readings: Readings) -> Iterator[ComparisonRow]:
    yield row(_("Data sent"), readings, partial(_labels, "data_fields"))
    yield row(_("Secure channel"), readings, _channel)
    yield row(_("Kind of channel"), readings, _channel_kinds)
    yield row(_("How data is sent"), readings, partial(_words, "secure_channel.note"))
    yield row(_("Time limits"), readings, partial(_labels, "time_limits"))
    yield row(_("How people are allocated to service providers"), readings, partial(_words, "distribution_rule"))


def _requirement_rows(readings: Readings) -> Iterator[ComparisonRow]:
    for name, label in NEEDS.items():
        yield row(_(label), readings, partial(_words, f"needs.{name}"))
    yield row(_("Legal basis"), readings, _law)
    yield row(_("Conditions for transfer"), readings, partial(_labels, "transfer_conditions"))
    yield row(_("First step"), readings, partial(_words, "first_step"))
    yield row(_("Staff and hours"), readings, partial(_words, "staff_line.text"))
    yield row(_("Cost"), readings, partial(_words, "cost_line.text"))
    yield _section("costs", readings)
    yield row(_("Materials you can use"), readings, lambda each: _count(len(each.record.materials)))


def _result_rows(readings: Readings) -> Iterator[ComparisonRow]:
    yield row(_("Key figures"), readings, partial(_labels, "figures"))
    for name in ("results", "limits", "lessons"):
        yield _section(name, readings)


def _provenance_rows(readings: Readings) -> Iterator[ComparisonRow]:
    yield row(_("Sources"), readings, lambda each: _count(len(each.record.sources)))
    yield _choice_row("validation", readings)
    yield row(_("Text status"), readings, _state)
    yield row(_("Maintained by"), readings, _keeper)
    yield row(_("Reviewed by a person"), readings, _reviewed)
    yield row(_("Next review"), readings, _due)


# Values of a record: facts.


def _terms(name: str, reading: Reading[Practice]) -> Iterator[ComparisonValue]:
    value = getattr(reading.record, name)
    vocabularies, code = store().vocabularies, i18n.current().code
    for term_id in (value,) if isinstance(value, str) else value or ():
        if (term := vocabularies.find_term(term_id)) is not None:
            yield ComparisonValue(term_id, term.label(code))


def _choice_row(name: str, readings: Readings) -> ComparisonRow:
    return row(_(CHOICE_FIELDS[name].row), readings, partial(_choice, name))


def _choice(name: str, reading: Reading[Practice]) -> Iterator[ComparisonValue]:
    value = getattr(reading.record, name)
    if value is not None and value != "not-known":
        yield ComparisonValue(str(value), _(CHOICE_FIELDS[name].options[value]))


def _countries(codes: Iterable[str]) -> Iterator[ComparisonValue]:
    yield from (ComparisonValue(code, i18n.country_name(code)) for code in codes)


def _places(reading: Reading[Practice]) -> Iterator[ComparisonValue]:
    """Yield all places as one value: there may be a dozen, and they are rarely shared."""
    if names := reading.record.regions:
        yield ComparisonValue(", ".join(sorted(names)), i18n.listing(names))


def _count(number: int) -> tuple[ComparisonValue, ...]:
    return (ComparisonValue(f"{number}", i18n.number(number)),)


def _yes_no(answer: bool) -> tuple[ComparisonValue, ...]:
    return (ComparisonValue("yes", _("Yes")),) if answer else (ComparisonValue("no", _("No")),)


def _recommended(reading: Reading[Practice]) -> tuple[ComparisonValue, ...]:
    return _yes_no(evidence.is_recommended(reading.record, today()))


def _conflict(reading: Reading[Practice]) -> Iterator[ComparisonValue]:
    """Yield the warning about a conflict with rights or data law; without one, whether it was checked."""
    if reading.passage("warning") is not None:
        yield from _words("warning", reading)
    elif any(each.answers.G3 is AssessmentAnswer.YES for each in reading.record.assessments):
        yield ComparisonValue("no", _("None found"))


def _organisations(reading: Reading[Practice]) -> Iterator[ComparisonValue]:
    for each in reading.record.organisations:
        yield ComparisonValue(each.name, each.name, note=_(ROLES[each.role]) if each.role else "")


def _channel(reading: Reading[Practice]) -> Iterator[ComparisonValue]:
    channel = reading.record.secure_channel
    if channel is not None and channel.used in ("yes", "no"):
        yield ComparisonValue(str(channel.used), _(USAGES[channel.used]))


def _channel_kinds(reading: Reading[Practice]) -> Iterator[ComparisonValue]:
    channel, code = reading.record.secure_channel, i18n.current().code
    for kind in channel.kinds if channel is not None else ():
        if (term := store().vocabularies.find_term(kind)) is not None:
            yield ComparisonValue(kind, term.label(code))


def _law(reading: Reading[Practice]) -> Iterator[ComparisonValue]:
    rows = law_rows(reading, store().law)
    for basis, found in zip(reading.record.legal_basis, rows, strict=True):
        numbers = basis.articles
        words = _("art. %(articles)s", articles=i18n.listing(numbers))
        note = words if numbers else found.country
        key = " ".join((basis.celex or basis.text or basis.id, *basis.articles))
        yield ComparisonValue(key, found.title, found.title_language, note=note)


def _keeper(reading: Reading[Practice]) -> tuple[ComparisonValue, ...]:
    keeper = reading.record.keeper
    return (ComparisonValue(keeper, keeper),) if keeper else (ComparisonValue("-", _("no one yet")),)


def _reviewed(reading: Reading[Practice]) -> tuple[ComparisonValue, ...]:
    day = reading.record.reviewed
    return (ComparisonValue(day.isoformat(), i18n.date_words(day)),) if day else (ComparisonValue("-", _("not yet")),)


def _due(reading: Reading[Practice]) -> Iterator[ComparisonValue]:
    if (day := reading.record.review_due) is not None:
        words = i18n.date_words(day)
        is_late = overdue(day, today())
        yield ComparisonValue(day.isoformat(), _("Review overdue since %(date)s", date=words) if is_late else words)


def _state(reading: Reading[Practice]) -> tuple[ComparisonValue, ...]:
    """Return the state of all texts of a record: that of the least trustworthy one."""
    found = line(reading, reading.passages.values())
    return (ComparisonValue(found.words, found.words, line=found),)


# Values of a record: texts.


def _words(name: str, reading: Reading[Practice]) -> Iterator[ComparisonValue]:
    if (passage := reading.passage(name)) is not None:
        yield ComparisonValue("", passage.text, passage.language)


def _labels(group: str, reading: Reading[Practice]) -> Iterator[ComparisonValue]:
    """Yield the rows of a list, each with its number or limit before it, and the year after it."""
    for each in getattr(reading.record, group):
        passage = reading.passages[f"{group}.{each.id}.label"]
        lead = limit(each.value) if group == "time_limits" else amount(getattr(each, "value", ""))
        year = period(getattr(each, "year", None) or "")
        yield ComparisonValue("", passage.text, passage.language, lead=lead, note=year)


def _section(name: str, readings: Readings) -> ComparisonRow:
    return row_of(_(SECTION_TITLES[name]), [_section_cell(reading, reading.passage(name)) for reading in readings])


def _section_cell(reading: Reading[Practice], passage: Passage | None) -> ComparisonCell:
    if passage is None:
        return ComparisonCell(())
    said = tuple(ComparisonValue("", text, passage.language) for text in opening(passage.body))
    return ComparisonCell(said, url_for(f"{reading.kind}.show", record_id=reading.id, _anchor=passage.name))


@lru_cache(maxsize=1000)  # rendering a section of a comparison is slow
def opening(text: str) -> tuple[str, ...]:
    """Return the beginning of a section: whole sentences, one line for each paragraph or point."""
    lines: list[str] = []
    left = _OPENING
    for paragraph in to_plain(text).split("\n"):
        if lines and paragraph[-1] not in _ENDING:
            break  # a table begins: its single cells mean nothing
        cut = _whole_sentences(paragraph, left) if lines else _whole_sentences(paragraph, left) or paragraph
        if cut:
            lines.append(cut)
        left -= len(paragraph)
        if cut != paragraph or left <= 0:
            break
    return tuple(lines)


def _whole_sentences(paragraph: str, left: int) -> str:
    """Return the sentences that fit; empty if not even one fits."""
    if len(paragraph) <= left:
        return paragraph
    ends = [found.start() for found in _SENTENCE.finditer(paragraph[:left]) if _is_end(paragraph, found)]
    return paragraph[: ends[-1]] if ends else ""


def _is_end(text: str, found: re.Match[str]) -> bool:
    """Whether a sentence ends here, and not an abbreviation such as "art." before a number or a name."""
    word = re.search(r"\w+$", text[: found.start()].rstrip(_ENDING))
    is_short = word is not None and len(word[0]) <= _ABBREVIATED and not word[0].isdigit()
    return not is_short and not text[found.end() : found.end() + 1].islower()
