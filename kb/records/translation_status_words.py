"""The origin of a text, in words of any language, for pages and printed documents."""

from __future__ import annotations

from collections.abc import Iterable

from kb.i18n import N_
from kb.records.record import Passage, State
from kb.speech import Speech

# The worst first: a group of short texts is as trustworthy as its worst one.
_WORST = (State.STALE, State.FALLBACK, State.MACHINE, State.REVIEWED, State.ORIGINAL)


def worst_of(passages: Iterable[Passage]) -> Passage:
    """Return the least trustworthy passage. Needs at least one."""
    return min(passages, key=lambda passage: _WORST.index(passage.state))


def state_words(passage: Passage, *, is_drafted: bool, speech: Speech) -> str:
    """Return the origin of a passage in words; `is_drafted` is true if a machine wrote the original."""
    match passage.state:
        case State.ORIGINAL:
            return speech.say(N_("Original, drafted by AI") if is_drafted else N_("Original"))
        case State.REVIEWED if passage.reviewed:
            date = speech.date(passage.reviewed)
            return speech.say(N_("Translation reviewed by a person on %(date)s"), date=date)
        case State.REVIEWED:
            return speech.say(N_("Translated by a person"))
        case State.MACHINE:
            return speech.say(N_("Translated by AI, not yet reviewed by a person"))
        case State.STALE if passage.by == "person":
            return speech.say(N_("Translated by a person, now out of date"))
        case State.STALE:
            return speech.say(N_("Translated by AI, now out of date"))
        case State.FALLBACK:
            language = speech.language(passage.language)
            return speech.say(N_("Not translated yet. Original language: %(language)s"), language=language)
