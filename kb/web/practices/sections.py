"""The sections of a practice: one list for its page and its documents.

Each section id names a macro of the templates in `practices/`, and a function of `document_export/practice.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.web.http.i18n import gettext as _
from kb.web.parts.passages import PagePart


class SectionPlace(StrEnum):
    """The place of a section on the page; documents have all sections one after another."""

    HEAD = "head"  # the short answer and the boxes beside it
    BODY = "body"
    AFTER = "after"


@dataclass(frozen=True)
class PageSection:
    """A section with its heading; `part` is set if it is a text of the record."""

    id: str
    heading: str
    place: SectionPlace
    part: PagePart | None = None


def order_sections(parts: Sequence[PagePart], present: Iterable[str]) -> tuple[PageSection, ...]:
    """Return the sections of a practice: its texts, and those of the others that are `present`."""
    found = frozenset(present)
    rest = [section for section in _others() if section.id in found]
    first = [section for section in rest if section.place is SectionPlace.HEAD or section.id == "summary"]
    texts = (PageSection(part.id, part.heading, SectionPlace.BODY, part) for part in parts)
    return (*first, *texts, *(section for section in rest if section not in first))


def _others() -> Iterator[PageSection]:
    """Yield the sections that are not texts, in the order of the page."""
    head, body = SectionPlace.HEAD, SectionPlace.BODY
    yield PageSection("staff_line", _("Staff and hours"), head)
    yield PageSection("cost_line", _("Cost"), head)
    yield PageSection("first_step", _("First step"), head)
    yield PageSection("contact", _("Who to ask"), head)
    yield PageSection("readings", _("Evidence and transferability"), head)
    yield PageSection("summary", _("In short"), body)
    yield PageSection("not_found", _("What we could not find out"), body)
    yield PageSection("materials", _("Materials you can use"), body)
    yield PageSection("needs", _("Resources needed"), body)
    yield PageSection("sending", _("How data is sent"), body)
    yield PageSection("figures", _("Key figures"), body)
    yield PageSection("legal_basis", _("Legal basis"), body)
    yield PageSection("external_ratings", _("Ratings on other portals"), body)
    yield PageSection("facts", _("Facts"), body)
    yield PageSection("sources", _("Sources"), body)
    yield PageSection("keeper", _("Responsibility"), body)
    yield PageSection("related", _("Related practices"), SectionPlace.AFTER)
