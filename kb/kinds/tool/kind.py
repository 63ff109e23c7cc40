"""Defines the record kind `tool`."""

from __future__ import annotations

from kb.i18n import N_
from kb.kinds.adaptation.cross_checks import between_tool
from kb.kinds.kind import Kind, KindLabels, KindPage
from kb.kinds.register.kind import suggested_for_alternatives
from kb.kinds.suggested_lists import BLANKS, CHOICES, KEY_FACTS, SECTIONS
from kb.kinds.tool.card import ToolCard
from kb.kinds.tool.checks import TERM_LISTS, check
from kb.kinds.tool.links import links
from kb.kinds.tool.model import TOOL
from kb.kinds.tool.search_document import to_documents
from kb.kinds.tool.template import new_tool

KIND = Kind(
    TOOL,
    check=check,
    links=links,
    template=new_tool,
    labels=KindLabels(N_("Tools"), singular=N_("Tool"), filter=N_("Tools")),
    page=KindPage(has_index=True, menu_place=1),
    documents=to_documents,
    card=ToolCard,
    between=between_tool,
    expected=frozenset({*("areas", "actors", "document_types"), *("parts", "uses", "choices_used", "sources")}),
    suggested={
        **TERM_LISTS,
        "practices": "practices",
        "related": "tools",
        "parts.id": SECTIONS,
        "fields.part": SECTIONS,
        "uses.id": BLANKS,
        "choices_used": CHOICES,
        "own_blanks.fact": KEY_FACTS,
        **suggested_for_alternatives("own_alternatives"),
    },
    has_claims=False,
)
