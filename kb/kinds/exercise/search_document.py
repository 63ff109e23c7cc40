"""Builds the search index documents of an exercise, one per language in which it can be read."""

from __future__ import annotations

from collections.abc import Callable

from kb.kinds.exercise.model import Exercise
from kb.kinds.index_documents import index_documents, join_texts, newest_day, section_text, unique
from kb.law.model import Law
from kb.records.record import Bundle, Reading
from kb.search.index.index_document import IndexDocument
from kb.vocabulary.model import Vocabularies

EXERCISE = "doc-exercise"  # the term for what every exercise is, so that a search for "exercise" finds them


def to_documents(
    bundle: Bundle[Exercise], _vocabularies: Vocabularies, _law: Law, plain: Callable[[str], str]
) -> tuple[IndexDocument, ...]:
    """Return the index documents of an exercise; `plain` turns Markdown into plain text."""
    exercise = bundle.record
    return index_documents(
        bundle,
        lambda reading: _body(exercise, reading, plain),
        {"area": exercise.areas, "actor": exercise.actors},
        terms=unique((EXERCISE, *exercise.areas, *exercise.actors)),
        newest=newest_day((exercise.reviewed, *(source.accessed for source in exercise.sources))),
    )


def _body(exercise: Exercise, reading: Reading, plain: Callable[[str], str]) -> str:
    """Return the aims, then the sections."""
    aims = (reading.own(f"aims.{aim.id}.label") for aim in exercise.aims)
    return join_texts(aims, section_text(reading, plain))
