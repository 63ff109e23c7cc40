"""Defines the record kind `adaptation`: a tool for one country."""

from __future__ import annotations

from kb.i18n import N_
from kb.kinds.adaptation.card import AdaptationCard
from kb.kinds.adaptation.checks import check
from kb.kinds.adaptation.cross_checks import between_adaptation
from kb.kinds.adaptation.links import links
from kb.kinds.adaptation.model import ADAPTATION
from kb.kinds.adaptation.search_document import to_documents
from kb.kinds.adaptation.template import new_adaptation
from kb.kinds.kind import Kind, KindLabels, KindPage
from kb.kinds.suggested_lists import BLANKS, CHOICES, SOURCES
from kb.kinds.tool.kind import KIND as TOOL_KIND

KIND = Kind(
    ADAPTATION,
    check=check,
    links=links,
    template=new_adaptation,
    labels=KindLabels(
        N_("Adaptations"),
        singular=N_("Tool adapted to a country"),
        filter=N_("Tools adapted to a country"),
        suggestions=N_("Tools adapted to a country"),
    ),
    page=KindPage(menu_parent="tools"),
    documents=to_documents,
    card=AdaptationCard,
    between=between_adaptation,
    expected=frozenset({"chosen", "filled"}),
    suggested={
        **TOOL_KIND.suggested,
        "parent": "tools",
        "chosen.id": CHOICES,
        "filled.id": BLANKS,
        "filled.source": SOURCES,
    },
    has_claims=False,
)
