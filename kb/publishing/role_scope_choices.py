"""Choices for limiting a role: the countries of Europe, the practice areas, the languages of the site."""

from __future__ import annotations

from collections.abc import Mapping

from kb.accounts.role_scope import Reach
from kb.i18n import LANGUAGES, N_
from kb.kinds.country.membership import EUROPE
from kb.problems import Problem
from kb.vocabulary.model import Term, Vocabularies

# Replaces the country in records about the whole Union.
UNION = "EU"
_AREAS = "practice-areas"
_UNKNOWN: Mapping[str, str] = {
    "countries": N_("%(value)s is not in the list."),
    "areas": N_("%(value)s is not in the list."),
    "languages": N_("%(value)s is not in the list."),
}


def areas(vocabularies: Vocabularies) -> tuple[Term, ...]:
    """Return the practice areas in the order of their vocabulary; none if it cannot be read."""
    return next((each.terms for each in vocabularies.all if each.id == _AREAS), ())


def unknown_limits(reach: Reach, vocabularies: Vocabularies) -> tuple[Problem, ...]:
    """Return a problem for every limit that can never match."""
    known: Mapping[str, frozenset[str]] = {
        "countries": EUROPE | {UNION},
        "areas": frozenset(term.id for term in areas(vocabularies)),
        "languages": frozenset(LANGUAGES),
    }
    return tuple(
        Problem("unknown-limit", _UNKNOWN[name], (name,), params={"value": value})
        for name, values in reach.values().items()
        for value in values
        if value not in known[name]
    )
