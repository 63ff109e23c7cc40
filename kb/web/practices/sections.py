"""The sections of a practice, the one list from which its page and its documents are made.

What writes a section is found by its id: a macro of the templates in `practices/`, a function of `paper_practice.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.web.http.i18n import gettext as _
from kb.web.parts.passages import Part


class Place(StrEnum):
    """Where on the page a section stands; documents have them one after another."""

    HEAD = "head"
    BODY = "body"
    MARGIN = "margin"
    AFTER = "after"


@dataclass(frozen=True)
class Section:
    """A section with its heading; `part` is there where it is a text of the record."""

    id: str
    heading: str
    place: Place
    part: Part | None = None


def ordered(parts: Sequence[Part], present: Iterable[str]) -> tuple[Section, ...]:
    """Return the sections of a practice: its texts, and of all others those that are `present`."""
    found = frozenset(present)
    rest = [section for section in _others() if section.id in found]
    body = [Section(part.id, part.heading, Place.BODY, part) for part in parts]
    figures = [section for section in rest if section.id == "figures"]
    place = next((place for place, part in enumerate(parts, 1) if part.id == "results"), len(parts))
    body[place:place] = figures  # they belong to the results, else to the end
    head = [section for section in rest if section.place is Place.HEAD]
    return (*head, *body, *(section for section in rest if section not in head and section not in figures))


def _others() -> Iterator[Section]:
    """Yield what is no text, in the order of the page."""
    head, body, margin = Place.HEAD, Place.BODY, Place.MARGIN
    yield Section("glance", _("At a glance"), head)
    yield Section("readings", _("How well it is tested"), head)
    yield Section("transfer_conditions", _("How far it can travel"), head)
    yield Section("needs", _("What you would need"), head)
    yield Section("figures", _("Key figures"), body)
    yield Section("data_fields", _("What is sent"), body)
    yield Section("secure_channel", _("How it is sent"), body)
    yield Section("time_limits", _("Time limits"), body)
    yield Section("distribution_rule", _("How people are shared among providers"), body)
    yield Section("legal_basis", _("Legal basis"), body)
    yield Section("materials", _("Materials to take"), body)
    yield Section("external_ratings", _("Ratings elsewhere"), body)
    yield Section("sources", _("Sources"), body)
    yield Section("keeper", _("Who answers for it"), margin)
    yield Section("changes", _("What changed"), margin)
    yield Section("cite", _("Cite and pass on"), margin)
    yield Section("facts", _("More facts"), margin)
    yield Section("related", _("Related practices"), Place.AFTER)
