"""What somebody meant who wrote a name into a cell, in whatever language: the id of a term, the value of a choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kb.editing.forms.form_values import Resolve
from kb.editing.forms.schema_form import SchemaField
from kb.errors import NotFound
from kb.problems import Problem
from kb.vocabulary.model import Vocabularies


def _as_written(field: SchemaField, text: str) -> str:
    """Return the one of the values of a choice that a cell says in letters of another size, or the text as it is."""
    return {option.casefold(): option for option in field.options}.get(text.casefold(), text)


def _of_checks(_field: SchemaField, _text: str) -> Problem | None:
    return None


@dataclass(frozen=True)
class Meaning:
    """How cells are understood: `resolve` names of terms, `choose` among fixed values.

    `names` of columns are by their labels, in small letters. `doubt` says what is wrong with a name that was not
    understood, if it can say it better than the checks.
    """

    resolve: Resolve
    choose: Callable[[SchemaField, str], str] = _as_written
    doubt: Callable[[SchemaField, str], Problem | None] = _of_checks
    names: Mapping[str, str] = field(default_factory=dict)


def by_label(vocabularies: Vocabularies) -> Meaning:
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

    return Meaning(resolve)
