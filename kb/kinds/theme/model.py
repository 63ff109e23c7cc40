"""Data model of a theme: an introduction to a practice area, and the models to choose from."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
from kb.records.record import Facts, Record, RecordId, RowId, Shape, TermId
from kb.records.segments import Words
from kb.records.sources import Source

# The sections of the body in order, with the headings that a page shows.
SECTION_TITLES: Mapping[str, str] = {
    "about": N_("What this is about"),
    "begin": N_("Where to start"),
    "wrong": N_("What goes wrong"),
}
SECTIONS: tuple[str, ...] = tuple(SECTION_TITLES)


class Model(Facts):
    """One model. Its name is the label of its term. `choose` says when to choose it, `note` its demands and risks.

    `practices` are examples, listed if the term alone would not find the best ones.
    """

    id: RowId
    term: TermId
    choose: Words
    note: Words
    practices: tuple[RecordId, ...] = ()


class ThemeQuestion(Facts):
    """A question to settle before choosing a model."""

    id: RowId
    label: Words


class Theme(Record):
    """One theme; its id is that of a practice area."""

    models: tuple[Model, ...] = ()
    questions: tuple[ThemeQuestion, ...] = ()
    sources: tuple[Source, ...] = ()


THEME = Shape("themes", "theme", Theme, SECTIONS)
