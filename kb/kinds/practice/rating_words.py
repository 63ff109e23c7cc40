"""Formats the ratings of a practice as a sentence in any language, for pages and for print."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
from kb.kinds.practice.evidence import HARMFUL, LEVELS, MIXED, NONE, NOT_MEASURED, POSITIVE, TRANSFERABILITY
from kb.speech import Speech
from kb.vocabulary.model import Vocabularies

UNRATED = N_("not rated")
DIRECTIONS: Mapping[str | None, str] = {
    POSITIVE: N_("positive effect"),
    MIXED: N_("mixed effects"),
    NONE: N_("no effect found"),
    HARMFUL: N_("harmful"),
    NOT_MEASURED: N_("effect not measured"),
    None: N_("effect not rated"),
}


def rating_sentence(
    level: str | None, direction: str | None, transfer: str | None, vocabularies: Vocabularies, speech: Speech
) -> str:
    """Return the three ratings of a practice as sentences, with the step numbers of the rating square."""

    def label(term_id: str | None) -> str:
        term = vocabularies.find_term(term_id) if term_id else None
        return term.label(speech.code) if term else speech.say(UNRATED)

    message = N_(
        "Evidence: level %(level)s of 5, %(level_words)s. Result: %(direction_words)s. Transferability: level "
        "%(transfer)s of 4, %(transfer_words)s."
    )
    return speech.say(
        message,
        level=LEVELS.index(level) + 1 if level in LEVELS else 0,
        level_words=label(level),
        direction_words=speech.say(DIRECTIONS.get(direction, DIRECTIONS[None])),
        transfer=TRANSFERABILITY.index(transfer) if transfer in TRANSFERABILITY else 0,
        transfer_words=label(transfer),
    )
