"""Links between records, in facts and in texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.problems import Where
from kb.records.bundle import SOURCE
from kb.records.markdown import links as links_in
from kb.records.record import Bundle
from kb.records.segments import Section


@dataclass(frozen=True)
class RecordLink:
    """One reference from a record to another; `part` names the file, `line` is the line in it if known."""

    kind: str
    id: str
    anchor: str | None
    part: str
    where: Where
    line: int | None = None


def successor_links(bundle: Bundle) -> Iterator[RecordLink]:
    """Yield the link to the record that replaced this one, if there is one."""
    if bundle.record.successor is not None:
        yield RecordLink(bundle.shape.name, bundle.record.successor, None, SOURCE, ("successor",))


def text_links(bundle: Bundle) -> Iterator[RecordLink]:
    """Yield the links in the sections of a record and of its translations."""
    yield from _in_sections(SOURCE, bundle.sections)
    for language, translation in bundle.translations.items():
        yield from _in_sections(language, translation.sections)


def _in_sections(part: str, sections: tuple[Section, ...]) -> Iterator[RecordLink]:
    for section in sections:
        for target, line in links_in(section.text):
            record, _, anchor = target.partition("#")
            kind, _, record_id = record.partition("/")
            yield RecordLink(kind, record_id, anchor or None, part, ("body", section.id), section.text_line + line)
