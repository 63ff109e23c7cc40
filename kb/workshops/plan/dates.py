"""Formats the dates of workshop days, as far as they are set."""

from __future__ import annotations

from datetime import date, timedelta

from kb.i18n import N_
from kb.speech import Speech
from kb.workshops.model import Workshop


def _day_of(workshop: Workshop, number: int = 1) -> date | None:
    """Return the date of a workshop day, or `None` if it is not set or out of range."""
    try:
        return date.fromisoformat(workshop.held) + timedelta(days=number - 1) if workshop.held else None
    except OverflowError:  # after the last date the calendar supports
        return None


def date_words(workshop: Workshop, number: int, speech: Speech) -> str:
    """Return the date of a day in words, or an empty text."""
    day = _day_of(workshop, number)
    return speech.date(day) if day is not None else ""


def day_words(workshop: Workshop, number: int, speech: Speech) -> str:
    """Return the day number with its date: Day 2, 13 March 2027."""
    name = speech.say(N_("Day %(number)s"), number=number)
    return ", ".join(filter(None, (name, date_words(workshop, number, speech))))
