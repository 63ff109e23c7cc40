"""The local time of an area, and whether a service is open then or opens next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from kb.kinds.country.opening_hours import ALWAYS, Opening, read_opening

# Time zones by the code of the area, then by that of the country. Source: IANA time zone database.
_ZONES: Mapping[str, str] = {
    "pt-20": "Atlantic/Azores",
    "pt-30": "Atlantic/Madeira",
    "at": "Europe/Vienna",
    "be": "Europe/Brussels",
    "bg": "Europe/Sofia",
    "ch": "Europe/Zurich",
    "cy": "Asia/Nicosia",
    "cz": "Europe/Prague",
    "de": "Europe/Berlin",
    "dk": "Europe/Copenhagen",
    "ee": "Europe/Tallinn",
    "es": "Europe/Madrid",
    "fi": "Europe/Helsinki",
    "fr": "Europe/Paris",
    "gb": "Europe/London",
    "gr": "Europe/Athens",
    "hr": "Europe/Zagreb",
    "hu": "Europe/Budapest",
    "ie": "Europe/Dublin",
    "is": "Atlantic/Reykjavik",
    "it": "Europe/Rome",
    "li": "Europe/Vaduz",
    "lt": "Europe/Vilnius",
    "lu": "Europe/Luxembourg",
    "lv": "Europe/Riga",
    "mt": "Europe/Malta",
    "nl": "Europe/Amsterdam",
    "no": "Europe/Oslo",
    "pl": "Europe/Warsaw",
    "pt": "Europe/Lisbon",
    "ro": "Europe/Bucharest",
    "se": "Europe/Stockholm",
    "si": "Europe/Ljubljana",
    "sk": "Europe/Bratislava",
    "ua": "Europe/Kyiv",
}


def has_local_time(area: str) -> bool:
    """Return whether the time zone of an area is known."""
    return area in _ZONES or area[:2] in _ZONES


def local_time(area: str, moment: datetime) -> datetime:
    """Return a moment in the time of an area, without its zone; `moment` has a zone. Raises `KeyError`."""
    zone = _ZONES.get(area) or _ZONES[area[:2]]
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def is_open(hours: Sequence[str], at: datetime) -> bool | None:
    """Return whether hours such as `mo-fr 09:00-17:00` hold at a local time; `None` if they are not known."""
    if ALWAYS in hours:
        return True
    openings = [opening for text in hours if (opening := read_opening(text)) is not None]
    if not openings:
        return None
    return any(_holds(opening, at) for opening in openings)


def next_opening(hours: Sequence[str], at: datetime) -> datetime | None:
    """Return the local time at which a closed service opens next, within a week; `None` if its hours are not known."""
    openings = [opening for text in hours if (opening := read_opening(text)) is not None]
    days = (at.date() + timedelta(days=number) for number in range(8))
    starts = (
        datetime.combine(day, opening.start)
        for day in days
        for opening in openings
        if opening.first <= day.weekday() <= opening.last
    )
    return min((start for start in starts if start > at), default=None)


def _holds(opening: Opening, at: datetime) -> bool:
    """Return whether a time is within a range; one that ends after midnight began the day before."""
    if _is_within(opening, at.weekday(), at.time()):
        return True
    begins_before = opening.end < opening.start and at.time() < opening.end
    return begins_before and opening.first <= (at - timedelta(days=1)).weekday() <= opening.last


def _is_within(opening: Opening, day: int, clock: time) -> bool:
    if not opening.first <= day <= opening.last or (clock < opening.start and opening.start != opening.end):
        return False
    return opening.end <= opening.start or clock < opening.end
