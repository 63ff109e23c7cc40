"""The family of a tool: its adaptations with their countries, languages and versions, and how each differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from kb.content_store.catalog import CatalogEntry
from kb.conversion.adaptation_status import lineage_of
from kb.kinds.adaptation.lineage import PartDescent, changed
from kb.kinds.adaptation.model import Adaptation
from kb.kinds.tool.declared import declared
from kb.kinds.tool.kind import KIND as TOOL
from kb.kinds.tool.model import Tool
from kb.records.record import Passage, Reading
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import generation
from kb.web.labels.practice_facts import Value
from kb.web.parts.blank_marks import registers
from kb.web.parts.tool_part_names import PartName, PartNames
from kb.web.tools.family_summary import by_country, parts_changed


@dataclass(frozen=True)
class OwnPart:
    """A part in which an adaptation differs from its tool: its name, the change, and the reason if one is given."""

    name: PartName
    words: str
    why: Passage | None


@dataclass(frozen=True)
class Member:
    """An adaptation in the family; `changed` says in words that the tool has changed since, or is empty."""

    entry: CatalogEntry
    country: str
    title: str
    title_language: str
    address: str
    languages: str
    facts: tuple[str, ...]
    own: tuple[OwnPart, ...]
    own_words: str
    changed: str


@dataclass(frozen=True)
class Family:
    """A tool and its adaptations, by the names of their countries."""

    reading: Reading[Tool]
    members: tuple[Member, ...]
    path: tuple[Value, ...]


def family_of(tool_id: str) -> Family:
    """Return the data for the template. Raises `NotFound`, or `Gone`."""
    reading = generation().catalog.reading(TOOL, tool_id, i18n.current().code)
    address = url_for("tools.show", record_id=tool_id)
    path = (Value(_("Tools"), url_for("tools.index")), Value(reading.title.text, address, reading.title.language))
    return Family(reading, tuple(_member(entry, reading) for entry in by_country(tool_id)), path)


def _member(entry: CatalogEntry, tool: Reading[Tool]) -> Member:
    catalog, code = generation().catalog, i18n.current().code
    reading = catalog.bundle(*entry.key).reading(code)
    parts = lineage_of(catalog, entry)
    names = PartNames(declared(reading, registers()), reading, tool)
    own = tuple(_own_part(part, names, reading) for part in parts if part.is_own or part.is_left_out)
    title, language = entry.title(code)
    return Member(
        entry=entry,
        country=i18n.country_name(entry.card.country),
        title=title,
        title_language=language,
        address=url_for("adaptations.show", record_id=entry.id),
        languages=i18n.listing(i18n.language_name(each) for each in entry.languages),
        facts=tuple(_facts(reading.record)),
        own=own,
        own_words=_own_words(len(own)),
        changed=parts_changed(len(changed(parts))),
    )


def _facts(adaptation: Adaptation) -> Iterator[str]:
    yield _("Version %(number)s", number=adaptation.version)
    yield _("Based on version %(version)s of the tool", version=adaptation.parent_version)


def _own_words(number: int) -> str:
    if not number:
        return _("No differences from the tool.")
    return ngettext("%(count)s part differs from the tool", "%(count)s parts differ from the tool", number)


def _own_part(part: PartDescent, names: PartNames, reading: Reading[Adaptation]) -> OwnPart:
    if part.is_left_out:
        words = _("left out")
    elif all(each.parent is None for each in part.texts):
        words = _("only in this adaptation")
    else:
        words = _("text changed")
    return OwnPart(names.part(part.name), words, reading.passage(part.why) if part.why else None)
