"""Resolves names in cells, in any language, to the ids of terms and the values of choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kb.editing.forms.form_values import Resolve
from kb.editing.forms.schema_form import SchemaField
from kb.errors import NotFound
from kb.problems import Problem
from kb.vocabulary.model import Vocabularies


def _as_written(field: SchemaField, text: str) -> str:
    """Return the value of a choice that equals the text except for capitals, or the text itself."""
    return {option.casefold(): option for option in field.options}.get(text.casefold(), text)


def _of_checks(_field: SchemaField, _text: str) -> Problem | None:
    return None


@dataclass(frozen=True)
class Meaning:
    """How cells are interpreted: `resolve` looks up names of terms, `choose` picks among fixed values.

    `names` maps column labels in lower case to names. `doubt` returns the problem of an unrecognized name, if it can
    describe it better than the checks.
    """

    resolve: Resolve
    choose: Callable[[SchemaField, str], str] = _as_written
    doubt: Callable[[SchemaField, str], Problem | None] = _of_checks
    names: Mapping[str, str] = field(default_factory=dict)


def by_label(vocabularies: Vocabularies) -> Meaning:
    """Return a resolver of term labels; an unknown name stays unchanged, and the checks report it."""
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
