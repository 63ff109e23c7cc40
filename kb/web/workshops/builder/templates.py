"""Programme templates: slots of half a day, a day or two, added to a new workshop and editable there.

They are records without pages. A site without such records offers none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.errors import NotFound
from kb.extensions import db
from kb.kinds.programme.kind import KIND as PROGRAMME
from kb.records.record import Passage, Reading
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.rendering import generation, now, store
from kb.web.workshops.builder.record_picker import find_named
from kb.workshops.model import Slot, Workshop
from kb.workshops.plan import access
from kb.workshops.plan.apply_template import add_texts, begin_programme
from kb.workshops.plan.slots import Plan

_TEXTS = ("title", "text", "trainer_notes", "materials")


@dataclass(frozen=True)
class Template:
    """A template as offered to trainers."""

    id: str
    title: Passage
    summary: Passage


def templates() -> tuple[Template, ...]:
    """Return the published templates, by id."""
    code = i18n.current().code
    return tuple(Template(entry.id, *entry.passages(code)) for entry in generation().catalog.entries(PROGRAMME))


def apply_template(workshop_id: str, template_id: str) -> None:
    """Add the slots and records of a template to an empty workshop. Raises `NotFound`, `Rejected`."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    catalog = generation().catalog
    if catalog.find(PROGRAMME, template_id) is None:
        raise NotFound(f"{PROGRAMME.name}/{template_id}")
    readings = {code: catalog.reading(PROGRAMME, template_id, code) for code in workshop.languages}
    rows = _rows(readings[workshop.language])
    plans = [plan_of(row, readings, workshop) for row in rows]
    records = [[each for record in row.get("records", ()) for each in find_named(str(record))] for row in rows]
    wanted = list(zip(plans, records, strict=True))
    begin_programme(db.session, store(), signed_in(), workshop_id, wanted, now=now())


def fill_added(workshop_id: str, added: Collection[str]) -> None:
    """Add the template's texts in newly added languages to slots that are unchanged since the template was applied."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    texts = {slot.id: found for slot in workshop.slots if (found := _more_texts(slot, added))}
    if texts:
        add_texts(db.session, signed_in(), workshop_id, texts, now=now())


def _more_texts(slot: Slot, added: Collection[str]) -> dict[str, dict[str, str]]:
    """Return the texts of the first template that matches this slot, by name and language; none if it was changed."""
    there = {code for name in _TEXTS for code, text in getattr(slot, name).items() if text}
    wanted = [code for code in added if code not in there]
    catalog = generation().catalog
    for entry in catalog.entries(PROGRAMME) if wanted and there else ():
        readings = {code: catalog.reading(PROGRAMME, entry.id, code) for code in (*there, *wanted)}
        for row in _rows(next(iter(readings.values()))):
            if all(_is_given(slot, row, code, readings[code]) for code in there):
                chosen = {code: readings[code] for code in wanted}
                more = {name: dict(_texts(f"slots.{row['id']}.{name}", chosen, "")) for name in _TEXTS}
                return {name: texts for name, texts in more.items() if texts}
    return {}


def _is_given(slot: Slot, row: Mapping[str, Any], code: str, reading: Reading) -> bool:
    """Return whether a slot's texts in a language equal those of a template row, as first or second language."""
    names = {name: f"slots.{row['id']}.{name}" for name in _TEXTS}
    said = {name: getattr(slot, name).get(code, "") for name in _TEXTS}
    given = ({name: dict(_texts(key, {code: reading}, first)) for name, key in names.items()} for first in (code, ""))
    return any(said == {name: texts.get(code, "") for name, texts in each.items()} for each in given)


def plan_of(row: Mapping[str, Any], readings: Mapping[str, Reading], workshop: Workshop) -> Plan:
    """Return a template slot in the languages of a workshop. Untranslated texts are left out of the second language."""
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
