"""Names of terms in cells, in whatever language: which id somebody meant who wrote a label."""

from __future__ import annotations

from kb.curation.answers import Resolve
from kb.errors import NotFound
from kb.vocabulary.model import Vocabularies


def by_label(vocabularies: Vocabularies) -> Resolve:
    """Return what resolves the names of terms; what is no name stays as it is, and the checks say so."""
    known: dict[str, dict[str, str]] = {}

    def names(vocabulary: str) -> dict[str, str]:
        if vocabulary not in known:
            try:
                terms = vocabularies.vocabulary(vocabulary).terms
            except NotFound:
                terms = ()
            known[vocabulary] = {label.casefold(): term.id for term in terms for label in term.labels.values()}
        return known[vocabulary]

    def resolve(suggested: str, text: str) -> str:
        return text if vocabularies.is_in(text, suggested) else names(suggested).get(text.casefold(), text)

    return resolve
