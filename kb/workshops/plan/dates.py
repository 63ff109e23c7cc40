"""The days of a workshop in words: the date of each, as far as there is one."""

from __future__ import annotations

from datetime import date, timedelta

from kb.i18n import N_
from kb.speech import Speech
from kb.workshops.model import Workshop


def day_of(workshop: Workshop, number: int = 1) -> date | None:
    """Return the date of a day of a workshop; `None` where none is set, or none has such a date any more."""
    try:
        return date.fromisoformat(workshop.held) + timedelta(days=number - 1) if workshop.held else None
    except OverflowError:  # the day after the last that the calendar knows
        return None


def date_words(workshop: Workshop, number: int, speech: Speech) -> str:
    """Return the date of a day, or an empty text."""
    day = day_of(workshop, number)
    return speech.date(day) if day is not None else ""


def day_words(workshop: Workshop, number: int, speech: Speech) -> str:
    """Return which day it is, with its date: Day 2, 13 March 2027."""
    name = speech.say(N_("Day %(number)s"), number=number)
    return ", ".join(filter(None, (name, date_words(workshop, number, speech))))
