"""Collects the links of a register record to other records: example practices, and links in texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.kinds.register.model import Alternative, Register
from kb.records.bundle import SOURCE
from kb.records.links import RecordLink, successor_links, text_links
from kb.records.record import Bundle


def links(bundle: Bundle[Register]) -> tuple[RecordLink, ...]:
    """Return every place where a register record names another record."""
    register = bundle.record
    return (*example_links("alternatives", register.alternatives), *successor_links(bundle), *text_links(bundle))


def example_links(rows: str, alternatives: Iterable[Alternative]) -> Iterator[RecordLink]:
    """Yield links to the example practices of alternatives, which are declared under the key `rows`."""
    for index, alternative in enumerate(alternatives):
        for place, practice in enumerate(alternative.practices):
            yield RecordLink("practices", practice, None, SOURCE, (rows, index, "practices", place))
