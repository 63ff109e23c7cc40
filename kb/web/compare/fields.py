"""The rows of a comparison, group by group: what a practice is, where, how it is rated, and what one would need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any

from flask import url_for

from kb.kinds.practice import evidence
from kb.kinds.practice.assessment import Answer
from kb.kinds.practice.model import SECTION_TITLES
from kb.records.markdown import to_plain
from kb.records.record import Passage, Reading
from kb.web.compare.cell_differences import Cell, Group, Row, Said, row, row_of
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import library, today
from kb.web.labels.practice_facts import LEVELS, NEEDS, PREVALENCES, ROLES, TERM_ROWS, USAGES, VALIDATIONS
from kb.web.parts.cards import years
from kb.web.parts.formats import amount, limit, period
from kb.web.parts.legal_basis import law_rows
from kb.web.parts.passages import overdue
from kb.web.parts.ratings import rating_of
from kb.web.practices.page import line

# Letters of a section that are shown before the link to the rest of it.
_OPENING = 320
_ENDING = ".!?…:;»”\"')"
_SENTENCE = re.compile(r"(?<=[.!?…»”\")])\s+")
_ABBREVIATED = 3  # letters before a full stop that end no sentence

Readings = Sequence[Reading]


def groups(readings: Readings) -> tuple[Group, ...]:
    """Return all rows for these records."""
    return (
        Group(_("What it is, where and since when"), tuple(_what(readings))),
        Group(_("Two readings"), tuple(_rated(readings))),
        Group(_("Who acts, and for whom"), tuple(_who(readings))),
        Group(_("How data travel"), tuple(_data(readings))),
        Group(_("What you would need"), tuple(_needed(readings))),
        Group(_("What came of it"), tuple(_results(readings))),
        Group(_("What this rests on"), tuple(_rests(readings))),
    )


def _what(readings: Readings) -> Iterator[Row]:
    yield row(_("In short"), readings, partial(_words, "summary"))
    yield row(_("Practice areas"), readings, partial(_terms, "areas"))
    yield row(_("Countries"), readings, lambda each: _countries(each.record.countries))
    yield row(_("Places"), readings, _places)
    yield row(_("Reach"), readings, partial(_choice, "level", LEVELS))
    yield row(_("In use"), readings, lambda each: (Said(words, words) for words in years(each.record)))
    yield row(_("Status"), readings, partial(_terms, "implementation_status"))
    yield row(_("How common"), readings, partial(_choice, "prevalence", PREVALENCES))
    yield row(_("Tried in"), readings, lambda each: _countries(each.record.tried_in))


def _rated(readings: Readings) -> Iterator[Row]:
    ratings = [rating_of(each.record, library().vocabularies) for each in readings]
    tested = (Said(f"{each.level}", each.level_words, lead=each.code, rating=each) for each in ratings)
    found = (Said(each.direction_words, each.direction_words) for each in ratings)
    travels = (Said(f"{each.transfer}", each.transfer_words) for each in ratings)
    yield row_of(_("How well it is tested"), [Cell((said,)) for said in tested])
    yield row_of(_("What was found"), [Cell((said,)) for said in found])
    yield row_of(_("How far it can travel"), [Cell((said,)) for said in travels])
    yield row(_("Recommended"), readings, _recommended)
    yield row(_("In conflict with rights or data law"), readings, _conflict)


def _who(readings: Readings) -> Iterator[Row]:
    for name in ("actors", "victim_groups", "crime_types", "stages", "document_types"):
        yield row(_(TERM_ROWS[name]), readings, partial(_terms, name))
    yield row(_("Organisations"), readings, _organisations)


def _data(readings: Readings) -> Iterator[Row]:
    yield row(_("What is sent"), readings, partial(_labels, "data_fields"))
    yield row(_("Secure channel"), readings, _channel)
    yield row(_("Kind of channel"), readings, _channel_kinds)
    yield row(_("How it is sent"), readings, partial(_words, "secure_channel.note"))
    yield row(_("Time limits"), readings, partial(_labels, "time_limits"))
    yield row(_("How people are shared among providers"), readings, partial(_words, "distribution_rule"))


def _needed(readings: Readings) -> Iterator[Row]:
    for name, label in NEEDS.items():
        yield row(_(label), readings, partial(_words, f"needs.{name}"))
    yield row(_("Legal basis"), readings, _law)
    yield row(_("What has to be there first"), readings, partial(_labels, "transfer_conditions"))
    yield _section("costs", readings)
    yield row(_("Materials to take"), readings, lambda each: _count(len(each.record.materials)))


def _results(readings: Readings) -> Iterator[Row]:
    yield row(_("Key figures"), readings, partial(_labels, "figures"))
    for name in ("results", "limits", "lessons"):
        yield _section(name, readings)


def _rests(readings: Readings) -> Iterator[Row]:
    yield row(_("Sources"), readings, lambda each: _count(len(each.record.sources)))
    yield row(_("State of the description"), readings, partial(_choice, "validation", VALIDATIONS))
    yield row(_("State of the text"), readings, _state)
    yield row(_("Kept by"), readings, _keeper)
    yield row(_("Read by a person"), readings, _reviewed)
    yield row(_("Next review"), readings, _due)


# What a record says: facts.


def _terms(name: str, reading: Reading) -> Iterator[Said]:
    value = getattr(reading.record, name)
    vocabularies, code = library().vocabularies, i18n.current().code
    for term_id in (value,) if isinstance(value, str) else value or ():
        if (term := vocabularies.find_term(term_id)) is not None:
            yield Said(term_id, term.label(code))


def _choice(name: str, words: Any, reading: Reading) -> Iterator[Said]:
    value = getattr(reading.record, name)
    if value is not None and value != "not-known":
        yield Said(str(value), _(words[value]))


def _countries(codes: Iterable[str]) -> Iterator[Said]:
    yield from (Said(code, i18n.country_name(code)) for code in codes)


def _places(reading: Reading) -> Iterator[Said]:
    """Yield all places at once: there may be a dozen, and they are hardly ever shared."""
    if names := reading.record.regions:
        yield Said(", ".join(sorted(names)), i18n.listing(names))


def _count(number: int) -> tuple[Said, ...]:
    return (Said(f"{number}", i18n.number(number)),)


def _yes_no(answer: bool) -> tuple[Said, ...]:
    return (Said("yes", _("yes")),) if answer else (Said("no", _("no")),)


def _recommended(reading: Reading) -> tuple[Said, ...]:
    return _yes_no(evidence.is_recommended(reading.record, today()))


def _conflict(reading: Reading) -> Iterator[Said]:
    """Yield the warning; where there is none, whether anybody has looked."""
    if reading.passage("warning") is not None:
        yield from _words("warning", reading)
    elif any(each.answers.G3 is Answer.YES for each in reading.record.assessments):
        yield Said("no", _("none found"))


def _organisations(reading: Reading) -> Iterator[Said]:
    for each in reading.record.organisations:
        yield Said(each.name, each.name, note=_(ROLES[each.role]) if each.role else "")


def _channel(reading: Reading) -> Iterator[Said]:
    channel = reading.record.secure_channel
    if channel is not None and channel.used in ("yes", "no"):
        yield Said(str(channel.used), _(USAGES[channel.used]))


def _channel_kinds(reading: Reading) -> Iterator[Said]:
    channel, code = reading.record.secure_channel, i18n.current().code
    for kind in channel.kinds if channel is not None else ():
        if (term := library().vocabularies.find_term(kind)) is not None:
            yield Said(kind, term.label(code))


def _law(reading: Reading) -> Iterator[Said]:
    rows = law_rows(reading, library().law)
    for basis, found in zip(reading.record.legal_basis, rows, strict=True):
        numbers = basis.articles
        words = ngettext("article %(numbers)s", "articles %(numbers)s", len(numbers), numbers=i18n.listing(numbers))
        note = words if numbers else found.country
        key = " ".join((basis.celex or basis.text or basis.id, *basis.articles))
        yield Said(key, found.title, found.title_language, note=note)


def _keeper(reading: Reading) -> tuple[Said, ...]:
    keeper = reading.record.keeper
    return (Said(keeper, keeper),) if keeper else (Said("-", _("nobody yet")),)


def _reviewed(reading: Reading) -> tuple[Said, ...]:
    day = reading.record.reviewed
    return (Said(day.isoformat(), i18n.date_words(day)),) if day else (Said("-", _("not yet")),)


def _due(reading: Reading) -> Iterator[Said]:
    if (day := reading.record.review_due) is not None:
        words = i18n.date_words(day)
        is_late = overdue(day, today())
        yield Said(day.isoformat(), _("overdue since %(date)s", date=words) if is_late else words)


def _state(reading: Reading) -> tuple[Said, ...]:
    """Return the state of all texts of a record together: they are as trustworthy as the worst one."""
    found = line(reading, reading.passages.values())
    return (Said(found.words, found.words, line=found),)


# What a record says: texts.


def _words(name: str, reading: Reading) -> Iterator[Said]:
    if (passage := reading.passage(name)) is not None:
        yield Said("", passage.text, passage.language)


def _labels(group: str, reading: Reading) -> Iterator[Said]:
    """Yield the rows of a list, each with its number or limit before it, and the year behind it."""
    for each in getattr(reading.record, group):
        passage = reading.passages[f"{group}.{each.id}.label"]
        lead = limit(each.value) if group == "time_limits" else amount(getattr(each, "value", ""))
        year = period(getattr(each, "year", None) or "")
        yield Said("", passage.text, passage.language, lead=lead, note=year)


def _section(name: str, readings: Readings) -> Row:
    return row_of(_(SECTION_TITLES[name]), [_section_cell(reading, reading.passage(name)) for reading in readings])


def _section_cell(reading: Reading, passage: Passage | None) -> Cell:
    if passage is None:
        return Cell(())
    said = tuple(Said("", text, passage.language) for text in opening(passage.body))
    return Cell(said, url_for(f"{reading.kind}.show", record_id=reading.id, _anchor=passage.name))


@lru_cache(maxsize=1000)  # a section of a comparison costs a rendering
def opening(text: str) -> tuple[str, ...]:
    """Return how a section begins, in its own words: whole sentences, a line for each paragraph or point."""
    lines: list[str] = []
    left = _OPENING
    for paragraph in to_plain(text).split("\n"):
        if lines and paragraph[-1] not in _ENDING:
            break  # a table begins: its cells say nothing one by one
        cut = _cut(paragraph, left) if lines else _cut(paragraph, left) or paragraph
        if cut:
            lines.append(cut)
        left -= len(paragraph)
        if cut != paragraph or left <= 0:
            break
    return tuple(lines)


def _cut(paragraph: str, left: int) -> str:
    """Return the sentences that fit, nothing where not even one does."""
    if len(paragraph) <= left:
        return paragraph
    ends = [found.start() for found in _SENTENCE.finditer(paragraph[:left]) if _is_end(paragraph, found)]
    return paragraph[: ends[-1]] if ends else ""


def _is_end(text: str, found: re.Match[str]) -> bool:
    """Whether a sentence ends here, and not an abbreviation such as "art." before a number or a name."""
    word = re.search(r"\w+$", text[: found.start()].rstrip(_ENDING))
    is_short = word is not None and len(word[0]) <= _ABBREVIATED and not word[0].isdigit()
    return not is_short and not text[found.end() : found.end() + 1].islower()
