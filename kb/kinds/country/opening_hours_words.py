"""Formats opening hours as words in any language."""

from __future__ import annotations

from collections.abc import Sequence

from kb.i18n import N_
from kb.kinds.country.opening_hours import ALWAYS, Opening, read_opening
from kb.speech import Speech


def hours_in_words(hours: Sequence[str], speech: Speech) -> tuple[str, ...]:
    """Return the opening hours in words, one line per entry, or one line saying that they are not known."""
    if ALWAYS in hours:
        return (speech.say(N_("24 hours a day, every day")),)
    openings = [opening for text in hours if (opening := read_opening(text)) is not None]
    return tuple(_opening(opening, speech) for opening in openings) or (speech.say(N_("Opening hours not known")),)


def _opening(opening: Opening, speech: Speech) -> str:
    if opening.start == opening.end:
        times = speech.say(N_("all day"))
    else:
        times = _span(speech.time(opening.start), speech.time(opening.end), speech)
    if (opening.first, opening.last) == (0, 6):
        return speech.say(N_("Every day, %(times)s"), times=times)
    first, last = speech.day_name(opening.first), speech.day_name(opening.last)
    days = first if opening.first == opening.last else _span(first, last, speech)
    return speech.say(N_("%(first)s, %(second)s"), first=days[:1].upper() + days[1:], second=times)


def _span(first: str, last: str, speech: Speech) -> str:
    return speech.say(N_("%(first)s–%(last)s"), first=first, last=last)
