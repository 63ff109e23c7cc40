"""What is missing here, counted from the records: reviews by people, contacts, costs, countries, checks.

Every number is computed, so that the page is right after each change. A number links to the list or the search with
those records, where there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask import url_for

from kb.content_store.catalog import CatalogEntry
from kb.conversion.resolution import is_late
from kb.editing.review_queue.drafted import Share
from kb.editing.review_queue.upkeep import aged_services
from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.country.guidance import DutyVerdict, Guidance, GuidanceKind, ReaderRole
from kb.kinds.country.guidance_card import cards
from kb.kinds.country.kind import KIND as COUNTRY
from kb.kinds.country.membership import EUROPE, MEMBERS
from kb.kinds.country.model import Country
from kb.kinds.organisation.kind import KIND as ORGANISATION
from kb.kinds.page.kind import KIND as PAGE
from kb.kinds.practice import evidence
from kb.kinds.practice.coverage import count_law, is_known, is_mostly_press
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.kinds.practice.model import Practice
from kb.records.translation_status import Progress
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, has_pages, store, today
from kb.web.labels.practice_facts import Value
from kb.web.pages.page import ABOUT
from kb.web.parts.facet_counts import tally


@dataclass(frozen=True)
class Shortfall:
    """A number with its words; `address` is that of the records, where a page lists them."""

    words: str
    number: str
    address: str | None = None


@dataclass(frozen=True)
class ShortfallGroup:
    """The numbers on one subject; with a `value` that sums them up, they are closed."""

    id: str
    heading: str
    lines: tuple[Shortfall, ...]
    value: str = ""


def about_links() -> tuple[Value, ...]:
    """Return the link to the page about the site, if it is published."""
    entry = generation().catalog.find(PAGE, ABOUT)
    if entry is None:
        return ()
    title, language = entry.title(i18n.current().code)
    return (Value(title, url_for("pages.show", record_id=ABOUT), language),)


def shortfalls() -> tuple[ShortfallGroup, ...]:
    """Return all numbers by subject."""
    catalog = generation().catalog
    entries = [entry for kind in store().kinds if has_pages(kind) for entry in catalog.entries(kind)]
    practices = [catalog.bundle(PRACTICE, entry.id).record for entry in catalog.entries(PRACTICE)]
    countries = [catalog.bundle(COUNTRY, entry.id).record for entry in catalog.entries(COUNTRY)]
    return (
        ShortfallGroup("texts", _("Texts"), tuple(_texts(entries))),
        ShortfallGroup("signed", _("Records signed off by a person"), tuple(_signed(entries)), _all_signed(entries)),
        ShortfallGroup("practices", _("Practices"), tuple(_practices(practices))),
        ShortfallGroup("countries", _("Countries"), tuple(_countries(countries))),
        ShortfallGroup("answers", _("Answers"), tuple(_answers(countries))),
        ShortfallGroup("numbers", _("Numbers to call"), tuple(_helplines(countries))),
        ShortfallGroup("services", _("Support services"), tuple(_services())),
    )


def _of(count: int, total: int) -> str:
    return _("%(count)s of %(total)s", count=i18n.number(count), total=i18n.number(total))


def _texts(entries: Sequence[CatalogEntry]) -> Iterator[Shortfall]:
    unsigned = sum(entry.is_machine_drafted for entry in entries)
    yield Shortfall(_("Records that no person has signed off"), _of(unsigned, len(entries)))
    for language in i18n.offered():
        there = [entry.progress_in(language.code) for entry in entries if entry.language != language.code]
        total = Progress(*(sum(each) for each in zip(*there, strict=True))) if there else Progress()
        if total.total:
            name = i18n.language_name(language.code)
            words = _("Translated texts that no person has reviewed: %(language)s", language=name)
            translation = f"{language.code}:drafted" if language == i18n.current() else None
            address = url_for("search.index", translation=translation) if translation else None
            yield Shortfall(words, _of(total.total - total.reviewed, total.total), address)
    law = [article for instrument in store().law.instruments for article in instrument.articles]
    unchecked = sum(not article.is_checked for article in law)
    yield Shortfall(
        _("Summaries of law not checked against the official text"), _of(unchecked, len(law)), url_for("rights.index")
    )
    late = sum(entry.review_due is not None and entry.review_due < today() for entry in entries)
    yield Shortfall(_("Records whose review is overdue"), _of(late, len(entries)))


def _all_signed(entries: Sequence[CatalogEntry]) -> str:
    share = Share.of(entries)
    return _of(share.signed, share.total)


def _signed(entries: Sequence[CatalogEntry]) -> Iterator[Shortfall]:
    """Yield the share of records for which a person answers: by country, then by language of the original."""
    by_country: dict[str, list[CatalogEntry]] = {}
    for entry in entries:
        for code in entry.facets.get("country", ()):
            by_country.setdefault(code, []).append(entry)
    for code in sorted(by_country, key=i18n.country_name):
        share = Share.of(by_country[code])
        yield Shortfall(i18n.country_name(code), _of(share.signed, share.total))
    for language in i18n.offered():
        share = Share.of(entry for entry in entries if entry.language == language.code)
        words = _("Original: %(language)s", language=i18n.language_name(language.code))
        yield Shortfall(words, _of(share.signed, share.total))


def _practices(practices: Sequence[Practice]) -> Iterator[Shortfall]:
    total = len(practices)
    unmeasured = tally().count("direction", evidence.NOT_MEASURED)
    address = url_for("search.index", kind=PRACTICE.name, direction=evidence.NOT_MEASURED)
    yield Shortfall(_("Effect not measured"), _of(unmeasured, total), address)
    counts = (
        (_("No contact for questions"), sum(each.contact is None for each in practices)),
        (_("Staff and hours not known"), sum(not is_known(each.staff_line) for each in practices)),
        (_("Cost not known"), sum(not is_known(each.cost_line) for each in practices)),
        (_("No form, protocol or leaflet to open"), sum(not each.materials for each in practices)),
        (_("Not confirmed by the organisation"), sum(each.confirmed is None for each in practices)),
    )
    for words, count in counts:
        yield Shortfall(words, _of(count, total), url_for("practices.index"))
    press = sum(map(is_mostly_press, practices))
    yield Shortfall(_("More than a quarter of the sources are press"), _of(press, total), url_for("practices.index"))
    read, law = count_law(practices)
    yield Shortfall(_("References to law not read in the official text"), _of(law - read, law))


def _services() -> Iterator[Shortfall]:
    """Yield the gaps of the directory: areas without a service, old entries, entries that no service confirmed."""
    catalog, areas = generation().catalog, store().vocabularies.areas
    entries = catalog.entries(ORGANISATION)
    total = sum(len(each.card.ids) for each in entries)
    widest = {area.code for country in areas.countries for area in areas.widest(country)}
    without = len(widest - {each.id for each in entries if each.card.ids})
    finder = url_for("organisations.index")
    yield Shortfall(_("Areas without a local service"), _of(without, len(widest)), finder)
    _areas, late = aged_services(catalog, today())
    yield Shortfall(_("Services checked more than a year ago"), _of(late, total), finder)
    unconfirmed = total - sum(len(each.card.confirmed) for each in entries)
    yield Shortfall(_("Entries not confirmed by the service"), _of(unconfirmed, total), finder)


def _countries(countries: Sequence[Country]) -> Iterator[Shortfall]:
    total = len(EUROPE)
    full = sum(bool(each.cells) for each in countries)
    answers = sum(each.has_guidance for each in countries)
    facts = sum(bool(each.facts) and not each.cells for each in countries)
    numbers = sum(not each.facts and not each.cells for each in countries)
    covered = {code for entry in generation().catalog.entries(PRACTICE) for code in entry.card.countries}
    without = len(MEMBERS - covered)
    practices = url_for("gaps.index", rows="country", columns="area")
    yield Shortfall(_("Member States without a practice"), _of(without, len(MEMBERS)), practices)
    counts = (
        (_("Countries without a national profile"), total - full, url_for("profiles.compare")),
        (_("Countries without answers for all roles and crimes"), total - answers, url_for("answers.begin")),
        (_("Key facts only"), facts, url_for("countries.index")),
        (_("Numbers to call only"), numbers, url_for("help.index")),
        (_("Not collected yet"), total - full - facts - numbers, url_for("countries.index")),
    )
    for words, count, address in counts:
        yield Shortfall(words, _of(count, total), address)


def _answers(countries: Iterable[Country]) -> Iterator[Shortfall]:
    guided = [each for each in countries if each.has_guidance]
    verdicts = [card.row(GuidanceKind.DUTY) for each in guided for card in cards(each)]
    open_cards = sum(row is None or row.verdict in (None, DutyVerdict.NOT_KNOWN) for row in verdicts)
    total = len(guided) * len(ReaderRole) * len(CrimeGroup)
    yield Shortfall(_("Answers to “Must you refer?” that are not known"), _of(open_cards, total))
    rows = [row for each in guided for row in each.guidance]
    late = sum(_is_late(row) for row in rows)
    yield Shortfall(_("Answers whose check is overdue"), _of(late, len(rows)))


def _is_late(row: Guidance) -> bool:
    if row.checked is None:
        return True
    return row.review <= today() if row.review is not None else is_late(row.checked, today())


def _helplines(countries: Iterable[Country]) -> Iterator[Shortfall]:
    days = [line.checked for each in countries for line in each.helplines]
    late = sum(is_late(day, today()) for day in days)
    yield Shortfall(_("Checked more than a year ago"), _of(late, len(days)), url_for("help.index"))
    if days:
        yield Shortfall(_("Oldest check"), i18n.date_words(min(days)), url_for("help.index"))
