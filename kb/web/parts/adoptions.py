"""Who took a practice or a tool over, in words. Apart because both pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from kb.kinds.practice.model import Practice
from kb.kinds.tool.model import Tool
from kb.records.record import Passage, Reading
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _


@dataclass(frozen=True)
class AdoptionView:
    """One organisation: name, country and start, its texts with their labels, and where and when this was told."""

    organisation: str
    facts: tuple[str, ...]
    texts: tuple[tuple[str, Passage], ...]
    address: str
    told: str


@dataclass(frozen=True)
class Adoptions:
    """All organisations that tried it, the newest first; `form` is the address where one more can tell."""

    views: tuple[AdoptionView, ...]
    form: str


def adoptions_of(reading: Reading[Practice] | Reading[Tool]) -> Adoptions:
    """Return who took a record over."""
    labels = {"took": _("Taken over"), "changed": _("Changed"), "outcome": _("What came of it")}
    rows = sorted(reading.record.adoptions, key=lambda each: each.told_on, reverse=True)
    return Adoptions(
        views=tuple(
            AdoptionView(
                organisation=row.organisation,
                facts=tuple(filter(None, (i18n.country_name(row.country), row.since or ""))),
                texts=tuple(
                    (label, passage)
                    for name, label in labels.items()
                    if (passage := reading.passage(f"adoptions.{row.id}.{name}")) is not None
                ),
                address=row.address or "",
                told=_("Told by the organisation on %(date)s", date=i18n.date_words(row.told_on)),
            )
            for row in rows
        ),
        form=url_for("adopted.show", kind=reading.kind, record_id=reading.id),
    )
