"""Defines the record kind `organisation`."""

from __future__ import annotations

from kb.i18n import N_
from kb.kinds.kind import Kind, KindLabels, KindPage
from kb.kinds.organisation.card import AreaCard
from kb.kinds.organisation.checks import check, links
from kb.kinds.organisation.model import ORGANISATION
from kb.kinds.organisation.search_document import to_documents
from kb.kinds.organisation.template import new_area
from kb.kinds.suggested_lists import CRIME_GROUP_LIST, LANGUAGES, SOURCES

KIND = Kind(
    ORGANISATION,
    check=check,
    links=links,
    template=new_area,
    labels=KindLabels(N_("Support services"), singular=N_("Support services"), filter=N_("Support services")),
    page=KindPage(has_index=True),
    documents=to_documents,
    card=AreaCard,
    needed=frozenset({"services", "sources"}),
    suggested={
        "services.services": "service-types",
        "services.victims": "victim-groups",
        "services.languages": LANGUAGES,
        "contacts.languages": LANGUAGES,
        "services.groups": CRIME_GROUP_LIST,
        "services.source": SOURCES,
        "contacts.source": SOURCES,
        "gaps.services": "service-types",
    },
)
