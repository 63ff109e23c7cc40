"""Defines the record kind `exercise`: an exercise for workshops."""

from __future__ import annotations

from kb.i18n import N_
from kb.kinds.exercise.card import ExerciseCard
from kb.kinds.exercise.checks import TERM_LISTS, check, links
from kb.kinds.exercise.model import EXERCISE
from kb.kinds.exercise.search_document import to_documents
from kb.kinds.exercise.template import new_exercise
from kb.kinds.kind import Kind, KindLabels, KindPage
from kb.kinds.suggested_lists import KEY_FACTS, SECTIONS

KIND = Kind(
    EXERCISE,
    check=check,
    links=links,
    template=new_exercise,
    labels=KindLabels(N_("Exercises"), singular=N_("Workshop exercise"), filter=N_("Workshop exercises")),
    page=KindPage(has_index=True, menu_parent="tools"),
    documents=to_documents,
    card=ExerciseCard,
    needed=frozenset({"aims", "doses", "asked"}),
    expected=frozenset({*("areas", "actors", "national", "tools", "sources")}),
    suggested={
        **TERM_LISTS,
        "tools": "tools",
        "practices": "practices",
        "doses.id": SECTIONS,
        "asked": SECTIONS,
        "national.fact": KEY_FACTS,
    },
)
