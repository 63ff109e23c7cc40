"""Defines the record kind `page`: a page about the site."""

from __future__ import annotations

from kb.i18n import N_
from kb.kinds.kind import Kind, KindLabels, KindPage
from kb.kinds.page.checks import check, links
from kb.kinds.page.model import PAGE
from kb.kinds.page.search_document import to_documents
from kb.kinds.page.template import new_page

KIND = Kind(
    PAGE,
    check=check,
    links=links,
    template=new_page,
    labels=KindLabels(
        N_("Pages"),
        singular=N_("Page of this site"),
        filter=N_("Pages of this site"),
        suggestions=N_("Pages of this site"),
    ),
    page=KindPage(),
    documents=to_documents,
)
