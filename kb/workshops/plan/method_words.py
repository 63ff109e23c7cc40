"""Formats the work method and the duration of a slot in any language."""

from __future__ import annotations

from kb.i18n import N_
from kb.kinds.exercise.work_methods import METHOD_WORDS, WorkMethod
from kb.speech import Speech, lower_first


def duration(minutes: int, speech: Speech) -> str:
    """Return a duration: 5 h 55 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return speech.say(N_("%(minutes)s min"), minutes=rest)
    if not rest:
        return speech.say(N_("%(hours)s h"), hours=hours)
    return speech.say(N_("%(hours)s h %(minutes)s min"), hours=hours, minutes=rest)


def how(minutes: int, method: str, speech: Speech) -> str:
    """Return the duration and the work method of a slot: 45 min, in pairs."""
    length = duration(minutes, speech)
    if method == WorkMethod.BREAK:
        return length
    return speech.say(
        N_("%(first)s, %(second)s"), first=length, second=lower_first(speech.say(METHOD_WORDS.get(method, method)))
    )
