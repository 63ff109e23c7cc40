"""Checks that the terms, countries and laws that a practice refers to exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from babel import Locale

from kb.i18n import N_
from kb.kinds.practice.assessment import AssessmentAnswer
from kb.kinds.practice.labels import TERM_FIELDS
from kb.kinds.practice.model import LegalBasis, Practice
from kb.law.model import Law
from kb.problems import Problem, Where
from kb.records.check_context import Case, nearest
from kb.records.record import OTHER_CODES
from kb.vocabulary.checks import term_problems
from kb.vocabulary.model import Vocabularies

AREAS = TERM_FIELDS["areas"].vocabulary
DOCUMENTS = TERM_FIELDS["document_types"].vocabulary
TERM_LISTS: Mapping[str, str] = {name: field.vocabulary for name, field in TERM_FIELDS.items()}
IMPLEMENTATION = "implementation-status"

# Territory codes that do not denote countries: the euro area, groups, test and unknown values.
_NO_COUNTRIES = frozenset({"EZ", "QO", "UN", "XA", "XB", "ZZ"})


def reference_problems(case: Case[Practice], vocabularies: Vocabularies, law: Law) -> Iterator[Problem]:
    """Yield a problem for each term, country, CELEX number and article that does not exist."""
    for where, term, vocabulary in term_places(case.record):
        yield from term_problems(case, where, term, vocabulary, vocabularies)
    yield from _double_area_problems(case, vocabularies)
    for where, code in _country_places(case.record):
        yield from _country_problems(case, where, code)
    for index, row in enumerate(case.record.legal_basis):
        yield from _law_problems(case, ("legal_basis", index), row, law)


def term_places(practice: Practice) -> Iterator[tuple[Where, str, str]]:
    """Yield path, term id and vocabulary of every term that a person has chosen."""
    for field, vocabulary in TERM_LISTS.items():
        for index, term in enumerate(getattr(practice, field)):
            yield (field, index), term, vocabulary
    if practice.implementation_status is not None:
        yield ("implementation_status",), practice.implementation_status, IMPLEMENTATION
    if practice.secure_channel is not None:
        for index, term in enumerate(practice.secure_channel.kinds):
            yield ("secure_channel", "kinds", index), term, AREAS
    for index, material in enumerate(practice.materials):
        if material.kind is not None:
            yield ("materials", index, "kind"), material.kind, DOCUMENTS


def _double_area_problems(case: Case[Practice], vocabularies: Vocabularies) -> Iterator[Problem]:
    """Report wider areas of a chosen area: the search finds a narrow area under its wider areas anyway."""
    areas = case.record.areas
    for index, area in enumerate(areas):
        narrower = [other for other in areas if area in vocabularies.broader_chain(other)]
        if narrower:
            message = N_("%(area)s is broader than %(narrower)s, which is also listed. Keep only the narrower one.")
            yield case.warning(
                "broader-beside-narrower", message, ("areas", index), area=area, narrower=", ".join(narrower)
            )


@cache
def country_codes() -> frozenset[str]:
    """Return the codes of countries and territories, and EU."""
    codes = (str(code) for code in Locale.parse("en").territories)  # includes numeric codes of continents
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha()) - _NO_COUNTRIES


def _country_places(practice: Practice) -> Iterator[tuple[Where, str]]:
    for field in ("countries", "tried_in"):
        for index, code in enumerate(getattr(practice, field)):
            yield (field, index), code
    for index, row in enumerate(practice.legal_basis):
        if row.country is not None:
            yield ("legal_basis", index, "country"), row.country


def _country_problems(case: Case[Practice], where: Where, code: str) -> Iterator[Problem]:
    if code in country_codes():
        return
    if right := OTHER_CODES.get(code):
        message = N_("%(code)s is not an ISO country code. Use %(right)s.")
        yield case.error("unknown-country", message, where, code=code, right=right)
    else:
        message = N_("No country has the code %(code)s. Enter an ISO country code, for example PT, or enter EU.")
        yield case.error("unknown-country", message, where, code=code)


def _law_problems(case: Case[Practice], where: Where, row: LegalBasis, law: Law) -> Iterator[Problem]:
    if (row.celex is None) == (row.text is None):
        message = N_("A legal basis is either a CELEX number with articles or a text. Enter one of the two.")
        yield case.error("bad-legal-basis", message, where)
    if row.checked is AssessmentAnswer.YES and not (row.checked_on and (row.address or row.celex)):
        message = N_("Give the day on which the official text was read, and its address.")
        yield case.error("unproven-check", message, where)
    if row.celex is None:
        if row.articles:
            message = N_("Articles need a CELEX number. Enter articles of national law in the text.")
            yield case.error("bad-legal-basis", message, (*where, "articles"))
        return
    instrument = law.find_by_celex(row.celex)
    if instrument is None:
        yield _unknown_celex(case, (*where, "celex"), row.celex, law)
        return
    for index, number in enumerate(row.articles):
        # For most instruments we describe only some articles, so the gap may be ours and not the record's.
        if instrument.articles and law.find_article(row.celex, number) is None:
            message = N_(
                "Article %(article)s of %(instrument)s is not described on this site. Check the article number."
            )
            yield case.warning(
                "unknown-article",
                message,
                (*where, "articles", index),
                article=number,
                instrument=instrument.short_title,
            )


def _unknown_celex(case: Case[Practice], where: Where, celex: str, law: Law) -> Problem:
    known = [number for instrument in law.instruments for number in instrument.celex_numbers]
    if near := nearest(celex, known):
        message = N_("%(name)s does not exist. Did you mean %(near)s?")
        return case.error("unknown-law", message, where, name=celex, near=near)
    return case.error(
        "unknown-law", N_("No legal instrument has the CELEX number %(celex)s. Check the number."), where, celex=celex
    )
