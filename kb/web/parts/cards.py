"""Record cards in lists: title, rating, a few facts, and the language of the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import url_for

from kb.content_store.catalog import CatalogEntry
from kb.kinds.adaptation.card import AdaptationCard
from kb.kinds.practice.card import PracticeCard
from kb.kinds.practice.model import Practice
from kb.kinds.tool.card import ToolCard
from kb.kinds.tool.model import ToolKind
from kb.records.record import State
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, store, today
from kb.web.labels.kinds import singular_name
from kb.web.labels.practice_facts import years
from kb.web.labels.tools import TOOL_KINDS
from kb.web.parts.passages import StateLine, overdue, state_line
from kb.web.parts.ratings import Rating, rating_of


@dataclass(frozen=True)
class RecordCard:
    """One entry of a list. `rating` and `facts` are those of practices; other kinds show their kind as a fact.

    `line` is absent for original and reviewed texts. `id` is set for records that readers can put on a list of their
    own.
    """

    address: str
    title: str
    title_language: str
    summary: str
    summary_language: str
    rating: Rating | None
    facts: tuple[str, ...]
    line: StateLine | None
    overdue: str
    id: str = ""


def hits(keys: Iterable[tuple[str, str]]) -> tuple[RecordCard, ...]:
    """Return the cards of published records, by kind and id; records not published any more are left out."""
    return tuple(hit for key in keys if (hit := find_hit(*key)) is not None)


def find_hit(kind: str, record_id: str) -> RecordCard | None:
    """Return the card of a published record, or `None`."""
    entry = generation().catalog.find(kind, record_id)
    return None if entry is None else hit_of(entry)


def hit_of(entry: CatalogEntry) -> RecordCard:
    """Return the card of a record from the catalog in memory; a list reads no record."""
    title, summary = entry.passages(i18n.current().code)
    line = state_line((title, summary), is_drafted=entry.is_machine_drafted)
    card = entry.card if isinstance(entry.card, PracticeCard) else None
    return RecordCard(
        address=url_for(f"{entry.kind}.show", record_id=entry.id),
        title=title.text,
        title_language=title.language,
        summary=summary.text,
        summary_language=summary.language,
        rating=rating_of(card, store().vocabularies) if card else None,
        facts=short_facts(card) if card else (singular_name(entry.kind), *_tool_facts(entry)),
        line=None if line.state in (State.ORIGINAL, State.REVIEWED) else line,
        overdue=_overdue(entry.review_due),
        id=entry.id if card else "",
    )


def _tool_facts(entry: CatalogEntry) -> tuple[str, ...]:
    """Return the type of document that a tool makes, and the country it is kept for."""
    card = entry.card
    if isinstance(card, AdaptationCard):
        return (i18n.country_name(card.country), _(TOOL_KINDS[ToolKind(card.kind)]))
    return (_(TOOL_KINDS[ToolKind(card.kind)]),) if isinstance(card, ToolCard) else ()


def _overdue(due: date | None) -> str:
    if due is None or not overdue(due, today()):
        return ""
    return _("Review overdue since %(date)s", date=i18n.date_words(due))


def short_facts(practice: Practice | PracticeCard) -> tuple[str, ...]:
    """Return the facts shown next to a title: place and start."""
    return (i18n.listing(i18n.country_name(code) for code in practice.countries), *years(practice))
