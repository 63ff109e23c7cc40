"""Validates the services of an area beyond their schema; each problem names its file and line.

The rule that protects people: a service with beds has no street, no town and no area smaller than the widest ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from kb.i18n import N_
from kb.kinds.country.checks import is_number
from kb.kinds.country.fact_checks import hours_problems
from kb.kinds.country.membership import code_of
from kb.kinds.organisation.model import AreaServices, Contact, SupportService, WayIn
from kb.law.model import Law
from kb.problems import Problem, Where
from kb.records.check_context import Case, Lines
from kb.records.citation_checks import citing_problems
from kb.records.common_checks import claim_problems, summary_problems
from kb.records.links import RecordLink, successor_links, text_links
from kb.records.record import Bundle
from kb.vocabulary.model import Vocabularies

# Services with beds, whose address nobody may find here.
SHELTERS = frozenset({"svc-shelter", "svc-emergency-accommodation"})
_TERMS = {"services": "service-types", "victims": "victim-groups"}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def check(bundle: Bundle[AreaServices], lines: Lines, vocabularies: Vocabularies, _law: Law) -> tuple[Problem, ...]:
    """Return all problems of an area's services in all languages; `path` of a problem is the part."""
    case: Case[AreaServices] = Case(bundle, lines)
    record = case.record
    return (
        *_id_problems(case, vocabularies),
        *summary_problems(case),
        *claim_problems(case),
        *_row_problems(case, vocabularies),
        *citing_problems(case, record.sources, _named_sources(record)),
    )


def _row_problems(case: Case[AreaServices], vocabularies: Vocabularies) -> Iterator[Problem]:
    for row, service in enumerate(case.record.services):
        yield from _service_problems(case, row, service, vocabularies)
    for row, contact in enumerate(case.record.contacts):
        yield from _contact_problems(case, ("contacts", row), contact)
    for row, gap in enumerate(case.record.gaps):
        yield from _term_problems(case, ("gaps", row), gap, vocabularies)


def links(bundle: Bundle[AreaServices]) -> tuple[RecordLink, ...]:
    """Return every place where the record names another one."""
    return (*successor_links(bundle), *text_links(bundle))


def _named_sources(record: AreaServices) -> Iterator[tuple[Where, str]]:
    for row, service in enumerate(record.services):
        yield ("services", row, "source"), service.source
    for row, contact in enumerate(record.contacts):
        if contact.source is not None:
            yield ("contacts", row, "source"), contact.source


def _id_problems(case: Case[AreaServices], vocabularies: Vocabularies) -> Iterator[Problem]:
    record_id = case.record.id
    area = vocabularies.areas.find(record_id)
    is_country = len(record_id) == len("xx") and code_of(record_id) is not None
    if not is_country and (area is None or area.broader):
        message = N_(
            "%(code)s is not one of the widest areas of a country. Enter the code of one, for example lt-ku, or of a "
            "country for services that serve all of it."
        )
        yield case.error("unknown-area", message, ("id",), code=record_id)


def _service_problems(
    case: Case[AreaServices], row: int, service: SupportService, vocabularies: Vocabularies
) -> Iterator[Problem]:
    where: Where = ("services", row)
    yield from _term_problems(case, where, service, vocabularies)
    yield from _area_problems(case, where, service, vocabularies)
    if SHELTERS & set(service.services):
        yield from _secret_problems(case, where, service, vocabularies)
    if not case.record.contacts_of(service.id):
        yield case.gap("no-contact", N_("Add at least one way to contact this service."), where)
    if int(service.age_from or 0) > int(service.age_to or service.age_from or 0):
        message = N_("The lowest age %(low)s is above the highest age %(high)s. Correct the ages.")
        yield case.error("ages-reversed", message, (*where, "age_from"), low=service.age_from, high=service.age_to)
    yield from _day_problems(case, where, service.checked)


def _term_problems(
    case: Case[AreaServices], where: Where, row: object, vocabularies: Vocabularies
) -> Iterator[Problem]:
    for name, vocabulary in _TERMS.items():
        for place, term in enumerate(getattr(row, name, ())):
            if not vocabularies.is_in(term, vocabulary):
                message = N_("%(term)s is not in the %(vocabulary)s vocabulary. Enter a term from this vocabulary.")
                yield case.error("unknown-term", message, (*where, name, place), term=term, vocabulary=vocabulary)


def _area_problems(
    case: Case[AreaServices], where: Where, service: SupportService, vocabularies: Vocabularies
) -> Iterator[Problem]:
    """Check that a service serves areas within that of its record: so a search for one area reads two records."""
    for place, code in enumerate(service.serves):
        is_known = code == case.record.id or vocabularies.areas.find(code) is not None
        if not is_known or case.record.id not in vocabularies.areas.chain(code):
            message = N_(
                "%(code)s is not part of %(area)s. Enter the services for several areas in the record of the country."
            )
            yield case.error("other-area", message, (*where, "serves", place), code=code, area=case.record.id)


def _secret_problems(
    case: Case[AreaServices], where: Where, service: SupportService, vocabularies: Vocabularies
) -> Iterator[Problem]:
    """Check that nobody can learn where a shelter is."""
    message = N_(
        "This service shelters people, so its place must stay secret. Remove the place and the visit, and name no area "
        "below the widest ones. Enter a public office as a service of its own."
    )
    narrow = [code for code in service.serves if _is_narrow(code, vocabularies)]
    visits = [each for each in case.record.contacts_of(service.id) if each.way is WayIn.VISIT]
    if narrow or visits or service.place is not None:
        yield case.error("secret-place", message, where)


def _is_narrow(code: str, vocabularies: Vocabularies) -> bool:
    area = vocabularies.areas.find(code)
    return area is not None and area.broader != ""


def _contact_problems(case: Case[AreaServices], where: Where, contact: Contact) -> Iterator[Problem]:
    value = contact.value
    if contact.service not in case.record.ids:
        message = N_("%(name)s is not the ID of a service of this record. Enter the ID of one.")
        yield case.error("unknown-service", message, (*where, "service"), name=contact.service)
    match contact.way:
        case WayIn.PHONE | WayIn.SMS if not is_number(value):
            message = N_(
                "%(number)s is not a valid phone number. Enter the digits in groups, the way people say them, for "
                "example 0800 500 333."
            )
            yield case.error("bad-number", message, (*where, "value"), number=value)
        case WayIn.EMAIL if not _EMAIL.fullmatch(value):
            message = N_("%(value)s is not an email address. Enter one, for example help@example.org.")
            yield case.error("bad-email", message, (*where, "value"), value=value)
        case WayIn.SITE | WayIn.CHAT if not re.match(r"https?://\S+$", value):
            message = N_("%(value)s is not a web address. Enter one, for example https://example.org.")
            yield case.error("bad-address", message, (*where, "value"), value=value)
    yield from hours_problems(case, (*where, "hours"), contact.hours)
    if contact.checked is not None:
        yield from _day_problems(case, where, contact.checked)


def _day_problems(case: Case[AreaServices], where: Where, checked: date) -> Iterator[Problem]:
    if checked > latest_day(each.accessed for each in case.record.sources):
        message = N_("%(date)s is in the future. Enter the date of the check.")
        yield case.error("future-date", message, (*where, "checked"), date=checked.isoformat())


def latest_day(read: Iterable[date | None]) -> date:
    """Return today, or the day on which a source was read if that is later: then this server's clock is slow."""
    return max((datetime.now(UTC).date(), *(day for day in read if day is not None)))
