"""Defines the record kind `criteria`: the questions of the self-check."""

from __future__ import annotations

from kb.i18n import N_
from kb.kinds.criteria.checks import check, links
from kb.kinds.criteria.model import CRITERIA
from kb.kinds.criteria.template import new_criteria
from kb.kinds.kind import Kind, KindLabels
from kb.kinds.suggested_lists import SOURCES

KIND = Kind(
    CRITERIA,
    check=check,
    links=links,
    template=new_criteria,
    labels=KindLabels(N_("Criteria of the self-check")),
    needed=frozenset({"topics", "criteria"}),
    suggested={
        "area": "practice-areas",
        "criteria.tools": "tools",
        "criteria.practices": "practices",
        "criteria.sources": SOURCES,
    },
)
