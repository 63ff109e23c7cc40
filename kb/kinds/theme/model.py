"""The nouns of a theme: an introduction to a practice area, and the models that one has to choose between."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
from kb.records.record import Facts, Record, RecordId, RowId, Shape, TermId
from kb.records.segments import Words
from kb.records.sources import Source

# The sections of the body in their order, with the headings that a page shows.
SECTION_TITLES: Mapping[str, str] = {
    "about": N_("What this is about"),
    "begin": N_("Where to begin"),
    "wrong": N_("What goes wrong"),
}
SECTIONS: tuple[str, ...] = tuple(SECTION_TITLES)


class Model(Facts):
    """One way of doing it. It is called as its term is; `choose` says when, `note` what it asks and what may go wrong.

    `practices` are examples, named where the term alone would not find the best ones.
    """

    id: RowId
    term: TermId
    choose: Words
    note: Words
    practices: tuple[RecordId, ...] = ()


class ThemeQuestion(Facts):
    """Something to settle before one chooses."""

    id: RowId
    label: Words


class Theme(Record):
    """One theme; its id is that of a practice area with no wider one."""

    models: tuple[Model, ...] = ()
    questions: tuple[ThemeQuestion, ...] = ()
    sources: tuple[Source, ...] = ()


THEME = Shape("themes", "theme", Theme, SECTIONS)
