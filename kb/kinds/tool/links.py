"""Collects the links of a tool to other records: practices, tools, and links in texts."""

from __future__ import annotations

from kb.kinds.register.links import example_links
from kb.kinds.tool.model import Tool
from kb.records.bundle import SOURCE
from kb.records.links import RecordLink, successor_links, text_links
from kb.records.record import Bundle


def links(bundle: Bundle[Tool]) -> tuple[RecordLink, ...]:
    """Return every place where a tool names another record."""
    tool = bundle.record
    return (
        *(
            RecordLink("practices", each, None, SOURCE, ("practices", index))
            for index, each in enumerate(tool.practices)
        ),
        *(RecordLink("tools", each, None, SOURCE, ("related", index)) for index, each in enumerate(tool.related)),
        *example_links("own_alternatives", tool.own_alternatives),
        *successor_links(bundle),
        *text_links(bundle),
    )
