"""Terms on pages: label, definition, and the address of more about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import url_for

from kb.i18n import DEFAULT, N_
from kb.kinds.practice.labels import TERM_FIELDS
from kb.vocabulary.model import Term
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import store
from kb.web.labels.practice_facts import Value

# The names of the vocabularies for readers, in the order of the page.
VOCABULARIES: Mapping[str, str] = {
    **{field.vocabulary: field.label for field in TERM_FIELDS.values()},
    "service-types": N_("Kinds of help"),
    "evidence-levels": N_("Evidence"),
    "effect-directions": N_("Effect"),
    "transferability": N_("Transferability"),
    "implementation-status": N_("Status"),
    "costs": N_("Cost"),
}
# The search filter for the terms of each vocabulary; practices have no terms of the others.
FACETS: Mapping[str, str] = {
    **{field.vocabulary: field.facet for field in TERM_FIELDS.values()},
    "evidence-levels": "evidence",
    "effect-directions": "direction",
    "transferability": "transferability",
}


@dataclass(frozen=True)
class TermLine:
    """One term in a list."""

    id: str
    label: str
    label_language: str
    notation: str
    definition: str
    definition_language: str
    vocabulary: str
    address: str


def term_line(term: Term) -> TermLine:
    """Return a term as an entry of a list."""
    return _line(term, i18n.current().code)


@lru_cache(maxsize=4096)
def _line(term: Term, code: str) -> TermLine:
    """Return a term as an entry; cached, as the glossary shows two hundred and vocabularies are read once."""
    definition, language = term.defined(code)
    return TermLine(
        id=term.id,
        label=term.label(code),
        label_language=code if term.labels.get(code) else DEFAULT,
        notation=term.notation,
        definition=definition,
        definition_language=language,
        vocabulary=vocabulary_name(term.vocabulary),
        address=url_for("terms.show", term_id=term.id),
    )


def vocabulary_name(vocabulary: str) -> str:
    """Return the name of a vocabulary for readers."""
    return _(VOCABULARIES[vocabulary]) if vocabulary in VOCABULARIES else vocabulary


def term_values(ids: Iterable[str], *, themes: bool = False) -> tuple[Value, ...]:
    """Return the labels of terms, each linked to its page in the glossary, or to that of the theme."""
    code, vocabularies = i18n.current().code, store().vocabularies
    known = [term for each in ids if (term := vocabularies.find_term(each)) is not None]
    return tuple(
        Value(
            term.label(code),
            url_for("themes.show", record_id=term.id) if themes else url_for("terms.show", term_id=term.id),
        )
        for term in known
    )
