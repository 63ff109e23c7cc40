"""Collects the links of an adaptation to other records: its parent tool, and the links that every tool has."""

from __future__ import annotations

from kb.kinds.adaptation.model import Adaptation
from kb.kinds.tool.links import links as tool_links
from kb.records.bundle import SOURCE
from kb.records.links import RecordLink
from kb.records.record import Bundle


def links(bundle: Bundle[Adaptation]) -> tuple[RecordLink, ...]:
    """Return every place where an adaptation names another record, its parent tool first."""
    adaptation = bundle.record
    return (RecordLink("tools", adaptation.parent, None, SOURCE, ("parent",)), *tool_links(bundle))
