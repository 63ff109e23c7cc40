"""The directory as files: CSV for spreadsheets, GeoJSON for maps, vCard for address books. All are UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from flask import Response

from kb.kinds.organisation.model import AreaServices, Contact, SupportService, WayIn
from kb.records.record import Reading
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.layout import absolute
from kb.web.http.rendering import store
from kb.web.http.robots_header import unlisted
from kb.web.organisations.service_view import area_name, service_view
from kb.web.parts.csv_file import csv_response

FORMATS = ("csv", "geojson", "vcf")
_TYPES = {"geojson": "application/geo+json", "vcf": "text/vcard; charset=utf-8"}
# Properties of a vCard (RFC 6350) by way in.
_CARD = {
    WayIn.PHONE: "TEL;VALUE=uri:tel:",
    WayIn.EMAIL: "EMAIL:",
    WayIn.SITE: "URL:",
    WayIn.SMS: "TEL;TYPE=text;VALUE=uri:tel:",
}


def to_file(readings: Iterable[Reading[AreaServices]], stem: str, extension: str) -> Response:
    """Return services as a file to save; `extension` is one of `FORMATS`."""
    shown = tuple(readings)
    if extension == "csv":
        return csv_response(f"{stem}.csv", _rows(shown))
    text = _geojson(shown) if extension == "geojson" else "".join(_vcards(shown))
    response = Response(text, content_type=_TYPES[extension])
    response.headers.set("Content-Disposition", "attachment", filename=f"{stem}.{extension}")
    response.cache_control.no_cache = True
    return unlisted(response)


def _entries(readings: Iterable[Reading[AreaServices]]) -> Iterator[tuple[Reading[AreaServices], SupportService]]:
    for reading in readings:
        for service in reading.record.services:
            yield reading, service


def _rows(readings: tuple[Reading[AreaServices], ...]) -> Iterator[list[str]]:
    """Yield one row for each way in, since a spreadsheet cannot hold a list in a cell."""
    yield [
        *("id", _("Service"), _("What for?"), _("For whom"), _("Area"), _("Place"), _("Way"), _("Number or address")),
        *(_("Opening hours"), _("Checked"), _("Source")),
    ]
    for reading, service in _entries(readings):
        view = service_view(reading, service)
        facts = [f"{reading.record.id}/{service.id}", view.name, view.helps, view.whom, view.serves, view.place]
        last = [service.checked.isoformat(), view.source_address or view.source]
        for way in view.contacts or (None,):
            ways = [way.way, way.value, " · ".join(way.facts)] if way is not None else ["", "", ""]
            yield [*facts, *ways, *last]


def _geojson(readings: tuple[Reading[AreaServices], ...]) -> str:
    """Return the services at the middle of their area (RFC 7946): the place of a service itself is not stored."""
    features = [_feature(reading, service) for reading, service in _entries(readings)]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1)


def _feature(reading: Reading[AreaServices], service: SupportService) -> dict[str, object]:
    view = service_view(reading, service)
    area = store().vocabularies.areas.find(reading.record.id)
    point = area.point if area is not None else None
    return {
        "type": "Feature",
        "id": f"{reading.record.id}/{service.id}",
        "geometry": {"type": "Point", "coordinates": list(point)} if point is not None else None,
        "properties": {
            "name": view.name,
            "point": "middle of the area, not the place of the service",
            "areas": list(service.serves or (reading.record.id,)),
            "services": list(service.services),
            "crimes": [group.slug for group in service.groups],
            "people": list(service.victims),
            "contacts": [_contact(each) for each in reading.record.contacts_of(service.id)],
            "checked": service.checked.isoformat(),
            "checked_by": str(service.checked_by),
            "source": view.source_address,
            "page": absolute(view.address),
            "licence": reading.record.licence,
        },
    }


def _contact(contact: Contact) -> dict[str, object]:
    return {"way": str(contact.way), "value": contact.value, "hours": list(contact.hours), "free": str(contact.free)}


def _vcards(readings: tuple[Reading[AreaServices], ...]) -> Iterator[str]:
    for reading, service in _entries(readings):
        view = service_view(reading, service)
        note = _escaped(f"{view.helps}. {view.whom}. {area_name(reading.record.id)}.")
        lines = [
            *("BEGIN:VCARD", "VERSION:4.0", "KIND:org", f"FN:{_escaped(view.name)}", f"ORG:{_escaped(view.name)}"),
            *(_line(each) for each in reading.record.contacts_of(service.id) if each.way in _CARD),
            f"NOTE;LANGUAGE={i18n.current().code}:{note}",
            f"REV:{service.checked:%Y%m%d}T000000Z",
            f"SOURCE:{absolute(view.address)}",
            "END:VCARD",
        ]
        yield "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _line(contact: Contact) -> str:
    digits = contact.way in (WayIn.PHONE, WayIn.SMS)
    return f"{_CARD[contact.way]}{contact.value.replace(' ', '') if digits else contact.value}"


def _escaped(text: str) -> str:
    """Escape what separates values in a vCard."""
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 bytes; a space begins each further piece (RFC 6350, 3.2)."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > 75:
            yield piece
            piece = " "
        piece += letter
    yield piece
