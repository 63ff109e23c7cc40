"""Validates what a trainer types. Reports every problem at once, each with advice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kb.i18n import LANGUAGES, N_
from kb.kinds.exercise.work_methods import WorkMethod
from kb.problems import Problem, Where
from kb.workshops.model import Texts, Visibility
from kb.workshops.plan.timetable import minutes_of

LONGEST_TITLE, LONGEST_TEXT, LONGEST_PLACE = 300, 20_000, 500
MOST_MINUTES, MOST_DAYS, MOST_SLOTS, MOST_ITEMS, MOST_TRAINERS = 600, 5, 120, 200, 20
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def words_problems(words: Texts, where: Where, *, longest: int = LONGEST_TEXT) -> Iterator[Problem]:
    """Yield problems of a text in any of its languages."""
    for code, text in words.items():
        yield from text_problems(text, (*where, code), longest=longest)
        if code not in LANGUAGES:
            yield unknown_language((*where, code))


def text_problems(text: str, where: Where, *, longest: int = LONGEST_TEXT) -> Iterator[Problem]:
    """Yield problems of one text."""
    if len(text) > longest:
        message = N_("This text has %(length)s characters. Shorten it to at most %(limit)s.")
        yield Problem("too-long", message, where, params={"length": len(text), "limit": longest})
    if _CONTROL.search(text):
        yield Problem("control-character", N_("This text contains a control character. Remove it."), where)


def title_problems(words: Texts, language: str, where: Where = ("title",)) -> Iterator[Problem]:
    """Yield problems of a title, which is required in the first language."""
    yield from words_problems(words, where, longest=LONGEST_TITLE)
    if not words.get(language, "").strip():
        yield Problem("missing-title", N_("Enter a title."), (*where, language))


def language_problems(language: str, second: str) -> Iterator[Problem]:
    """Yield problems of the languages of a workshop."""
    if language not in LANGUAGES:
        yield unknown_language(("language",))
    if second and second not in LANGUAGES:
        yield unknown_language(("second_language",))
    if second and second == language:
        message = N_("The second language is the same as the first. Select another language or none.")
        yield Problem("same-language", message, ("second_language",))


def unknown_language(where: Where) -> Problem:
    """Return the problem that this site does not support a language."""
    return Problem("unknown-language", N_("Select an entry from the list."), where)


def day_problems(held: str) -> Iterator[Problem]:
    """Yield problems of the day of a workshop. An empty day is valid."""
    try:
        found = date.fromisoformat(held) if held else None
    except ValueError:
        found = None
    if held and (found is None or found.isoformat() != held):
        message = N_("Enter a date, for example 12.03.2027.")
        yield Problem("bad-date", message, ("held",))


def time_problems(time: str, where: Where, *, needed: bool = False) -> Iterator[Problem]:
    """Yield problems of a time of day."""
    if (time or needed) and minutes_of(time) is None:
        yield Problem("bad-time", N_("Enter a time, for example 09:30."), where)


def slot_problems(minutes: int, method: str, day: int) -> Iterator[Problem]:
    """Yield problems of length, method and day of a slot."""
    if not 1 <= minutes <= MOST_MINUTES:
        message = N_("Enter the duration in minutes, from 1 to %(limit)s.")
        yield Problem("bad-length", message, ("minutes",), params={"limit": MOST_MINUTES})
    if method not in set(WorkMethod):
        yield Problem("unknown-method", N_("Select an entry from the list."), ("method",))
    if not 1 <= day <= MOST_DAYS:
        message = N_("A workshop can have at most %(limit)s days.")
        yield Problem("bad-day", message, ("day",), params={"limit": MOST_DAYS})


def visibility_problems(visibility: str) -> Iterator[Problem]:
    """Yield the problem that a visibility is unknown."""
    if visibility not in set(Visibility):
        yield Problem("unknown-visibility", N_("Select who can see the workshop."), ("visibility",))


def changed_meanwhile() -> Problem:
    """Return the problem that another user saved a change after the form was opened."""
    message = N_(
        "Someone else changed this text while you were editing. Your text is below. Check the current text, then save "
        "your text again."
    )
    return Problem("changed-meanwhile", message)


def too_many(limit: int, message: str, where: Where = ()) -> Problem:
    """Return the problem that a limit is reached; `message` names the `limit`."""
    return Problem("too-many", message, where, params={"limit": limit})
