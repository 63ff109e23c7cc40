"""Sends malformed suggestions other than corrections of a section: remarks on records, answers, invalid links.

The typed text of a reader or reviewer is in the suggestion, or on the page that reports the errors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from kb.editing.model import Suggestion, SuggestionState
from kb.editing.suggestions.submit import Handed, suggest_correction
from kb.records.bundle import SOURCE
from kb.records.files.paths import place_of
from tests.house import NOW
from tests.safety.found_again import encoded, essence, lost_of, shown_on
from tests.safety.inputs import Input, spoiled
from tests.safety.walking import TOKEN_FIELD
from tests.web.forms import page_of

RECORD = "practices/stone-terraces"
REMARK = f"/en/suggest/{RECORD}"
LATER = timedelta(seconds=30)  # as long as a person needs to write something
_STAMP = 'name="shown" value="'


@dataclass
class SuggestionDoor:
    """A reader who reports errors, and a reviewer who answers."""

    app: Flask
    reader: FlaskClient
    client: FlaskClient
    token: str
    count: Callable[[str], None]

    def remark(self, given: Input, session: Session) -> Iterator[str]:
        """Send a remark on a record, or on a section that may not exist; then follow a link with an invalid token."""
        first, last = given.fields[0][1], given.fields[-1][1]
        section = quote(first[:60].replace("/", " "), safe="", errors="replace") if given.part else ""
        self.app.extensions["clock"] = lambda: NOW
        stamp = self.reader.get(REMARK).get_data(as_text=True).partition(_STAMP)[2].partition('"')[0]
        self.app.extensions["clock"] = lambda: NOW + LATER
        typed = {"reason": last, "contact": first[:300] if given.whole else ""}
        if section:
            typed["text"] = spoiled("Three terraces, a service on each.", given.spoils)
        address = f"{REMARK}/{section}" if section else REMARK
        response = self.reader.post(address, data=encoded(MultiDict({"shown": stamp, **typed})))
        self.app.extensions["clock"] = lambda: NOW
        yield from self._answer("remark", response)
        if response.status_code != 404 or typed.get("text", "").strip():
            yield from self._kept(typed, response, session)
        there = f"/en/suggest/track/{quote(first[:60], safe='', errors='replace') or '-'}"
        for answer in (self.reader.get(there), self.reader.post(there)):
            yield from self._answer("link", answer)

    def answer(self, given: Input, session: Session) -> Iterator[str]:
        """Answer a suggestion with arbitrary text, in a state that may not exist."""
        handed = Handed("", "They are older.", "", "en")
        received = suggest_correction(session, place_of(RECORD, SOURCE), "", handed, network="n", now=NOW)
        number = received.suggestion.id
        session.rollback()
        states = (*SuggestionState, given.fields[-1][1][:60])
        typed = {"answer": given.fields[0][1]}
        values = MultiDict({**typed, "state": states[given.fields[0][0] % len(states)], TOKEN_FIELD: self.token})
        response = self.client.post(f"/en/desk/suggestions/{number}", data=encoded(values))
        yield from self._answer("answer", response)
        yield from self._kept(typed, response, session)

    def _kept(self, typed: dict[str, str], response: TestResponse, session: Session) -> Iterator[str]:
        session.rollback()
        rows = session.execute(select(Suggestion.reason, Suggestion.contact, Suggestion.answer))
        kept = [text for row in rows for text in row]
        everything = essence("\n".join([*kept, *shown_on(page_of(response))]))
        for name, text in typed.items():
            if lost := lost_of(text, everything):
                yield f"lost {lost!r} of {name} {text[:300]!r} ({response.status_code})"

    def _answer(self, what: str, response: TestResponse) -> Iterator[str]:
        self.count(f"{what} {response.status_code}")
        if response.status_code >= 500:
            yield f"{what}: status {response.status_code}"
