"""Templates of programmes: slots of half a day, a day or two, with which a workshop begins, to be changed from there.

They are records without pages; where a house has none of that kind, none is offered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.content.record import Passage, Reading
from kb.errors import NotFound
from kb.extensions import db
from kb.web import i18n
from kb.web.auth import signed_in
from kb.web.rendering import generation, library, now
from kb.web.workshop_records import named
from kb.workshops import access
from kb.workshops.model import Workshop
from kb.workshops.slots import Plan
from kb.workshops.template import begin_programme

KIND = "programmes"
_TEXTS = ("title", "text", "trainer_notes", "materials")


@dataclass(frozen=True)
class Template:
    """A template as it is offered."""

    id: str
    title: Passage
    summary: Passage


def templates() -> tuple[Template, ...]:
    """Return the templates that are published, by their ids."""
    code = i18n.current().code
    return tuple(Template(entry.id, *entry.passages(code)) for entry in generation().catalog.entries(KIND))


def begin_with(workshop_id: str, template_id: str) -> None:
    """Add the slots of a template to an empty workshop, and what they work with. Raises `NotFound`, `Rejected`."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    catalog = generation().catalog
    if catalog.find(KIND, template_id) is None:
        raise NotFound(f"{KIND}/{template_id}")
    readings = {code: catalog.reading(KIND, template_id, code) for code in workshop.languages}
    rows = _rows(readings[workshop.language])
    plans = [plan_of(row, readings, workshop) for row in rows]
    records = [[each for record in row.get("records", ()) for each in named(str(record))] for row in rows]
    wanted = list(zip(plans, records, strict=True))
    begin_programme(db.session, library(), signed_in(), workshop_id, wanted, now=now())


def plan_of(row: Mapping[str, Any], readings: Mapping[str, Reading], workshop: Workshop) -> Plan:
    """Return a slot of a template in the languages of a workshop; what is not translated is left out of the second."""
    title, text, notes, materials = (
        dict(_texts(f"slots.{row['id']}.{name}", readings, workshop.language)) for name in _TEXTS
    )
    minutes, day = int(row["minutes"]), int(row.get("day", 1))
    return Plan(title, minutes, str(row["method"]), day, "", text, notes, materials)


def _texts(name: str, readings: Mapping[str, Reading], first: str) -> Iterator[tuple[str, str]]:
    for code, reading in readings.items():
        passage = reading.passages.get(name)
        if passage is not None and (passage.language == code or code == first):
            yield code, passage.text


def _rows(reading: Reading) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = reading.record.model_dump(mode="json").get("slots", [])
    return found
