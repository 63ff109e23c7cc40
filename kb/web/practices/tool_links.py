"""Links to the tools for a practice or an area, first those that are adapted to the reader's country."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for

from kb.content_store.catalog import CatalogEntry
from kb.conversion.adaptation_text import adaptation_id
from kb.kinds.adaptation.card import AdaptationCard
from kb.kinds.adaptation.kind import KIND as ADAPTATION
from kb.kinds.tool.card import ToolCard
from kb.kinds.tool.kind import KIND as TOOL
from kb.kinds.tool.model import ToolKind
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation
from kb.web.labels.tools import TOOL_KINDS
from kb.web.parts.answer_links import AnswerLink

_ORDER = [kind.value for kind in ToolKind]
SHOWN = 2  # tools of a practice or an area


def tools_for_practice(record_id: str, countries: Iterable[str]) -> tuple[AnswerLink, ...]:
    """Return links to the tools that name a practice, adapted to the first of these countries that has one."""
    return _links((entry for entry in _tools() if record_id in entry.card.practices), countries)


def tools_for_area(area_id: str, countries: Iterable[str]) -> tuple[AnswerLink, ...]:
    """Return links to the tools of an area, adapted to the first of these countries that has one."""
    return _links((entry for entry in _tools() if area_id in entry.facets.get("area", ())), countries)


def _tools() -> list[CatalogEntry[ToolCard]]:
    """Return the tools in the order of their use: forms first, guides last."""
    return sorted(generation().catalog.entries(TOOL), key=lambda entry: (_ORDER.index(entry.card.kind), entry.id))


def _links(entries: Iterable[CatalogEntry[ToolCard]], countries: Iterable[str]) -> tuple[AnswerLink, ...]:
    codes = tuple(countries)
    found = [(entry, _adaptation(entry.id, codes)) for entry in entries]
    found.sort(key=lambda pair: pair[1] is None)
    return tuple(_link(*pair) for pair in found[:SHOWN])


def _adaptation(tool_id: str, countries: Iterable[str]) -> CatalogEntry[AdaptationCard] | None:
    found = (generation().catalog.find(ADAPTATION, adaptation_id(tool_id, code)) for code in countries)
    return next((entry for entry in found if entry is not None), None)


def _link(tool: CatalogEntry[ToolCard], adapted: CatalogEntry[AdaptationCard] | None) -> AnswerLink:
    kind = _(TOOL_KINDS[ToolKind(tool.card.kind)])
    if adapted is None:
        return AnswerLink(tool.title(i18n.current().code)[0], url_for("tools.show", record_id=tool.id), kind, False)
    short = f"{kind} · {i18n.country_name(adapted.card.country)}"
    title = adapted.title(i18n.current().code)[0]
    return AnswerLink(title, url_for("adaptations.show", record_id=adapted.id), short, False)
