"""The languages of a record, and how far each text can be trusted."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from kb.i18n import LANGUAGES
from kb.records.record import Reading, State
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext


@dataclass(frozen=True)
class LanguageLine:
    """One language of a record: its own name, its address, and the state of the text in words."""

    code: str
    name: str
    address: str
    is_current: bool
    words: tuple[str, ...]


def language_lines(reading: Reading) -> tuple[LanguageLine, ...]:
    """Return the languages of a record, its own first."""
    return tuple(
        LanguageLine(
            code=code,
            name=LANGUAGES[code].name,
            address=url_for(f"{reading.kind}.show", language=code, record_id=reading.id),
            is_current=code == i18n.current().code,
            words=_words(reading, code),
        )
        for code in reading.bundle.languages()
        if code in {each.code for each in i18n.offered()}
    )


def _words(reading: Reading, code: str) -> tuple[str, ...]:
    if code == reading.record.language:
        return (_("Original"),)
    states = reading.bundle.reading(code).states()
    read, machine = states.get(State.REVIEWED, 0), states.get(State.MACHINE, 0)
    stale, missing = states.get(State.STALE, 0), states.get(State.FALLBACK, 0)
    counted = (
        (
            read,
            ngettext(
                "%(count)s text translated or reviewed by a person",
                "%(count)s texts translated or reviewed by a person",
                read,
            ),
        ),
        (machine, ngettext("%(count)s text translated by AI", "%(count)s texts translated by AI", machine)),
        (stale, ngettext("%(count)s out of date", "%(count)s out of date", stale)),
        (missing, ngettext("%(count)s not translated", "%(count)s not translated", missing)),
    )
    return tuple(words for number, words in counted if number)
