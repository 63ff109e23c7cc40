"""Defines the record kind `theme`."""

from __future__ import annotations

from kb.i18n import N_
from kb.kinds.kind import Kind, KindLabels, KindPage
from kb.kinds.theme.checks import AREAS, check, links
from kb.kinds.theme.model import THEME
from kb.kinds.theme.search_document import to_documents
from kb.kinds.theme.template import new_theme

KIND = Kind(
    THEME,
    check=check,
    links=links,
    template=new_theme,
    labels=KindLabels(N_("Themes"), singular=N_("Theme"), filter=N_("Themes")),
    page=KindPage(has_index=True, menu_parent="practices"),
    documents=to_documents,
    needed=frozenset({"sources"}),
    expected=frozenset({"models", "questions"}),
    suggested={"models.term": AREAS, "models.practices": "practices"},
)
