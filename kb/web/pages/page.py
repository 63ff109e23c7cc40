"""Data of the pages about the site; the page about the collection counts the published records of each kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.content_store.catalog import CatalogEntry
from kb.kinds.page.kind import KIND as PAGE
from kb.records.record import Passage, Reading
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, has_pages, store
from kb.web.labels.kinds import kind_name
from kb.web.parts.passages import PagePart, StateLine, files_of, section_html
from kb.web.parts.record_languages import LanguageLine, language_lines
from kb.web.practices.page import line

COUNTRIES = "countries"

# Pages that name the operator of the installation, whom their texts cannot know.
NAMING_OPERATOR = frozenset({"about", "accessibility", "privacy"})

# The page that shows counts; they are not in its text, which every new record would make wrong.
ABOUT = "about"


@dataclass(frozen=True)
class CountLine:
    """A kind of record: how many are published, are in all languages, and have a person responsible."""

    name: str
    records: int
    in_all_languages: int
    answered_for: int


@dataclass(frozen=True)
class Collection:
    """Counts of published records, and the names of the languages of the site."""

    lines: tuple[CountLine, ...]
    languages: str
    records: int
    answered_for: int


@dataclass(frozen=True)
class SitePage:
    """A page in one language; `collection` is set only on the page that shows counts."""

    reading: Reading
    parts: tuple[PagePart, ...]
    head_line: StateLine
    languages: tuple[LanguageLine, ...]
    names_operator: bool
    collection: Collection | None

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """The headings of the page, each with the id of its section."""
        return tuple((part.id, part.heading) for part in self.parts)


def site_page(record_id: str) -> SitePage:
    """Return the data for the template of a page. Raises `NotFound` or `Gone`."""
    reading = generation().catalog.reading(PAGE, record_id, i18n.current().code)
    head = line(reading, (reading.title, reading.passages["summary"]))
    return SitePage(
        reading=reading,
        parts=tuple(_part(reading, section, head) for section in reading.sections()),
        head_line=head,
        languages=language_lines(reading),
        names_operator=reading.id in NAMING_OPERATOR,
        collection=_count_collection() if reading.id == ABOUT else None,
    )


def _part(reading: Reading, section: Passage, head: StateLine) -> PagePart:
    """Return a section, with a line where its origin is not that of the page."""
    found = line(reading, (section,), anchor=section.name)
    return PagePart(
        id=section.name,
        heading=section.heading or "",
        heading_language=section.language,
        html=section_html(section, {}, files_of(reading.bundle)),
        language=section.language,
        line=found if found.differs(head) else None,
    )


def _count_collection() -> Collection:
    """Return the counts of what is published now."""
    catalog = generation().catalog
    found = {kind: catalog.entries(kind) for kind in store().kinds if has_pages(kind)}
    lines = [(kind_name(kind), entries) for kind, entries in found.items()]
    profiled = tuple(each for each in found.get(COUNTRIES, ()) if catalog.bundle(*each.key).record.cells)
    lines.insert(list(found).index(COUNTRIES) + 1, (_("Countries with a national profile"), profiled))
    entries = [entry for each in found.values() for entry in each]
    return Collection(
        tuple(_line(name, each) for name, each in lines if each),
        i18n.listing(i18n.language_name(language.code) for language in i18n.offered()),
        len(entries),
        _answered_for(entries),
    )


def _line(name: str, entries: Sequence[CatalogEntry]) -> CountLine:
    codes = {language.code for language in i18n.offered()}
    return CountLine(name, len(entries), sum(codes <= {*entry.languages} for entry in entries), _answered_for(entries))


def _answered_for(entries: Sequence[CatalogEntry]) -> int:
    return sum(not entry.is_machine_drafted for entry in entries)
