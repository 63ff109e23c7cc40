"""Fills a language added to a workshop with texts from its template and with regenerated exercises."""

from __future__ import annotations

from collections.abc import Collection

from kb.extensions import db
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.rendering import now, store
from kb.web.workshops.builder.templates import fill_added
from kb.workshops.exercise_generator.regenerate import make_again
from kb.workshops.exercise_generator.wording import Voice, Voices


def fill_added_languages(workshop_id: str, added: Collection[str]) -> None:
    """Fill texts that are still as generated, and leave the trainer's edits. Raises `Forbidden`, `NotFound`."""
    if added:
        fill_added(workshop_id, added)
        codes = [each.code for each in i18n.offered()]
        make_again(db.session, store(), signed_in(), workshop_id, voices_in(codes), now=now())


def voices_in(codes: Collection[str]) -> Voices:
    """Return the exercise wording in each of these languages."""
    house = store()
    return {code: Voice(i18n.speech(code), house.vocabularies, house.law, house.texts) for code in codes}
