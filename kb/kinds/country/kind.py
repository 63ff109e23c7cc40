"""Defines the record kind `country`."""

from __future__ import annotations

from kb.i18n import N_
from kb.kinds.adaptation.cross_checks import between_country
from kb.kinds.country.card import CountryCard
from kb.kinds.country.checks import check, links
from kb.kinds.country.model import COUNTRY
from kb.kinds.country.search_document import to_documents
from kb.kinds.country.support_checks import LISTS
from kb.kinds.country.template import new_country
from kb.kinds.kind import Kind, KindLabels, KindPage
from kb.kinds.suggested_lists import CELLS, CRIME_GROUP_LIST, GROUP_EXTENTS, KEY_FACTS, QUESTIONS, SOURCES

KIND = Kind(
    COUNTRY,
    check=check,
    links=links,
    template=new_country,
    labels=KindLabels(N_("Countries"), singular=N_("Country"), filter=N_("Countries")),
    page=KindPage(has_index=True),
    documents=to_documents,
    card=CountryCard,
    between=between_country,
    expected=frozenset({"helplines", "sources", *LISTS}),
    suggested={
        "practices": "practices",
        "cells.id": CELLS,
        "answers.id": QUESTIONS,
        "facts.fact": KEY_FACTS,
        "cells.groups": GROUP_EXTENTS,
        "guidance.groups": CRIME_GROUP_LIST,
        **{f"{rows}.practices": "practices" for rows in ("guidance", "cells", "answers")},
        **{f"{rows}.sources": SOURCES for rows in LISTS},
    },
)
