"""Checks that the terms of a record exist and belong to the required vocabulary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from kb.i18n import N_
from kb.problems import Problem, Where
from kb.records.check_context import Case, nearest
from kb.records.record import Record
from kb.vocabulary.model import Vocabularies

R = TypeVar("R", bound=Record)


def term_problems(
    case: Case[R], where: Where, term_id: str, vocabulary: str, vocabularies: Vocabularies
) -> Iterator[Problem]:
    """Yield a problem for a term that is unknown or belongs to another vocabulary."""
    if vocabularies.is_in(term_id, vocabulary):
        return
    if (term := vocabularies.find_term(term_id)) is not None:
        message = N_("%(term)s is from the %(other)s vocabulary. Use a term from the %(vocabulary)s vocabulary here.")
        yield case.error("wrong-vocabulary", message, where, term=term_id, other=term.vocabulary, vocabulary=vocabulary)
    elif near := nearest(term_id, (each.id for each in vocabularies.terms() if each.vocabulary == vocabulary)):
        message = N_("%(name)s does not exist. Did you mean %(near)s?")
        yield case.error("unknown-term", message, where, name=term_id, near=near)
    else:
        message = N_("%(term)s is not in the %(vocabulary)s vocabulary. Enter a term from this vocabulary.")
        yield case.error("unknown-term", message, where, term=term_id, vocabulary=vocabulary)
