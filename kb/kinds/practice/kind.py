"""Defines the record kind `practice`."""

from __future__ import annotations

from kb.i18n import N_
from kb.kinds.kind import Kind, KindLabels, KindPage
from kb.kinds.practice.card import PracticeCard
from kb.kinds.practice.checks import LONGEST, check, links
from kb.kinds.practice.model import PRACTICE
from kb.kinds.practice.reference_checks import AREAS, DOCUMENTS, IMPLEMENTATION, TERM_LISTS
from kb.kinds.practice.search_document import to_documents
from kb.kinds.practice.template import new_practice
from kb.kinds.suggested_lists import INSTRUMENTS, SOURCES

KIND = Kind(
    PRACTICE,
    check=check,
    links=links,
    template=new_practice,
    labels=KindLabels(N_("Practices"), singular=N_("Practice"), filter=N_("Practices")),
    page=KindPage(has_index=True, menu_place=2),
    documents=to_documents,
    card=PracticeCard,
    needed=frozenset(
        {"sources", "assessments", "victim_groups", "organisations", "#problem", "#what", "#how", "#mechanism"}
    ),
    expected=frozenset(
        {
            *("level", "actors", "crime_types", "stages", "start_year", "implementation_status", "figures"),
            *(
                "short",
                "first_step",
                "staff_line",
                "cost_line",
                "contact",
                "not_found",
                "needs",
                "#setup",
                "#results",
                "#limits",
                "#transfer",
            ),
        }
    ),
    limits=LONGEST,
    suggested={
        **TERM_LISTS,
        "implementation_status": IMPLEMENTATION,
        "secure_channel.kinds": AREAS,
        "materials.kind": DOCUMENTS,
        "related": "practices",
        "legal_basis.celex": INSTRUMENTS,
        "figures.source": SOURCES,
        "contact.source": SOURCES,
        "staff_line.sources": SOURCES,
        "cost_line.sources": SOURCES,
    },
)
