"""Where an adaptation names other records: the tool it was made from, and what a tool names."""

from __future__ import annotations

from kb.kinds.adaptation.model import Adaptation
from kb.kinds.tool.links import links as tool_links
from kb.records.bundle import SOURCE
from kb.records.links import RecordLink
from kb.records.record import Bundle


def links(bundle: Bundle[Adaptation]) -> tuple[RecordLink, ...]:
    """Return every place where an adaptation names another record, the tool that it was made from first."""
    adaptation = bundle.record
    return (RecordLink("tools", adaptation.parent, None, SOURCE, ("parent",)), *tool_links(bundle))
