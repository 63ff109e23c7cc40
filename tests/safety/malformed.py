"""Sends malformed inputs, drawn by hypothesis, to forms, raw view and files, and checks the invariants after each.

The program never fails, publishes nothing that has errors, and loses nothing. Typed text is in the response, in a
draft or in the suggestion. Text written into a file stays there, and readers keep the last valid text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from kb.content_store.store import ContentStore
from kb.content_store.validation import read_and_check
from kb.editing.forms.schema_form import form_of, walk
from kb.editing.model import Suggestion, SuggestionAttempt
from kb.extensions import db
from kb.history import log
from kb.history.model import Change, Draft
from kb.problems import errors
from kb.publishing.catch_up import catch_up
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile, place_of
from kb.web.editor.form.autocomplete import EditorSuggestions
from tests.house import NOW
from tests.page import Page
from tests.safety.found_again import encoded, essence, facts_of, lost_of, shown_on
from tests.safety.inputs import Input, spoiled
from tests.safety.malformed_suggestions import SuggestionDoor
from tests.safety.malformed_tables import TableDoor
from tests.safety.walking import TOKEN_FIELD, token_of
from tests.web.forms import find_form, values_of
from tests.web.people import sign_in

PLACES = tuple(place_of("practices/stone-terraces", part) for part in (SOURCE, "it"))
SECTION, SUBMISSION = "/en/suggest/practices/stone-terraces/what", "/en/suggest/practice"
CHOSEN = {"in": "en", "country": "LT", "area": "warm-referral"}  # from lists
_GENERATED = re.compile(r"^made_from:.*?(?=^---)", re.MULTILINE | re.DOTALL)
FIRST_STAMP = 'name="shown" value="'


@dataclass
class Site:
    """A site that takes malformed inputs; `tell` returns violations and counts what happened."""

    app: Flask
    store: ContentStore
    content: Path
    client: FlaskClient = field(init=False)
    reader: FlaskClient = field(init=False)
    token: str = field(init=False, default="")
    pages: dict[int, Page] = field(init=False, default_factory=dict)
    counts: dict[str, int] = field(init=False, default_factory=dict)
    taken: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.app.testing = False
        self.app.config["PROPAGATE_EXCEPTIONS"] = False
        self.client, self.reader = self.app.test_client(), self.app.test_client()
        for each in (self.client, self.reader):
            each.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        sign_in(self.app, self.client)
        self.token = token_of(self.client)
        self._read()

    def _read(self) -> None:
        for number, place in enumerate(PLACES):
            self.pages[number] = self._page(self.client.get(self._address(place)))

    @staticmethod
    def _address(place: RecordFile) -> str:
        return f"/en/editor/{place.kind}/{place.id}/{place.part}"

    @staticmethod
    def _page(response: TestResponse) -> Page:
        return Page(response.get_data(as_text=True), response.request.path, dict(response.headers))

    def tell(self, given: Input) -> list[str]:
        """Send one input; return violations of the invariants."""
        with self.app.app_context():
            sessions = db.sessionmaker
        with sessions() as session:  # a request inside an open application context would share its time with all others
            newest = session.scalar(select(func.max(Change.number)))
            tables = TableDoor(self.client, self.token, tuple(self.store.kinds), self._count, self._is_name)
            suggestions = SuggestionDoor(self.app, self.reader, self.client, self.token, self._count)
            doors = {"form": self._form, "raw": self._raw, "suggestion": self._suggest, "file": self._file}
            doors |= {"csv": tables.tell, "xlsx": tables.tell, "remark": suggestions.remark}
            doors |= {"answer": suggestions.answer, "body": self._body}
            self._count(f"door {given.door}")
            found = list(doors[given.door](given, session))
            found += self._published(session, newest)
            session.rollback()
            for table in (Draft, Suggestion, SuggestionAttempt):
                session.execute(delete(table))
            session.commit()
        return [f"{given.door}: {each}" for each in found]

    def _count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def _answer(self, response: TestResponse) -> Iterator[str]:
        self._count(str(response.status_code))
        if response.status_code >= 500:
            yield f"status {response.status_code}"

    def _form(self, given: Input, session: Session) -> Iterator[str]:
        place, form = PLACES[given.part], find_form(self.pages[given.part], self._address(PLACES[given.part]))
        values = values_of(form)
        names = [name for name in values if name.startswith(("f.", "w.", "s.", "note"))]
        typed = {names[number % len(names)]: text for number, text in given.fields}
        for name, text in typed.items():
            values.setlist(name, [text])
        sought = [text for text in typed.values() if not self._is_name(text)]
        yield from self._send(place, values, given.verb, sought, session)

    def _is_name(self, text: str) -> bool:
        """Return whether a text names a term or a record. The form then shows the name in place of the text."""
        offered = EditorSuggestions(self.store.vocabularies, self.store.current().catalog, "en")
        plain = text.strip()
        return any(offered.resolve(name, plain) != plain for name in self._suggested)

    @cached_property
    def _suggested(self) -> set[str]:
        fields = walk(form_of(self.store.kinds[PLACES[0].kind].shape))
        return {each.suggested for each in fields if each.suggested}

    def _raw(self, given: Input, session: Session) -> Iterator[str]:
        place = PLACES[given.part]
        text = given.fields[0][1] if given.whole else spoiled(self._text(session, place), given.spoils)
        values = values_of(find_form(self.pages[given.part], self._address(place)))
        kept = MultiDict((name, value) for name, value in values.items(multi=True) if name.startswith("base_"))
        kept.update({"view": "raw", "text": text, "note": given.fields[-1][1]})
        # The program generates these lines about the origin of translated texts at each publication, so typed ones are
        # lost.
        typed = _GENERATED.sub("", text) if given.verb == "publish" else text
        yield from self._send(place, kept, given.verb, [typed], session)

    def _send(
        self, place: RecordFile, values: MultiDict[str, str], verb: str, typed: list[str], session: Session
    ) -> Iterator[str]:
        values.setlist(TOKEN_FIELD, [self.token])
        values.setlist("do", [verb])
        response = self.client.post(self._address(place), data=encoded(values))
        self._count(f"{verb.partition(':')[0]} {response.status_code}")
        yield from self._answer(response)
        session.rollback()
        if verb.startswith(("remove", "section-remove")):
            return  # the button removes typed text on purpose
        pieces = shown_on(self._page(response)) if response.mimetype == "text/html" else []
        kept = ["".join(pieces), *pieces, *session.scalars(select(Draft.text))]
        kept += [self._text(session, each) for each in PLACES]
        if response.status_code == 303 and "/editor/" in response.headers["Location"]:
            kept += shown_on(self._page(self.client.get(response.headers["Location"])))
        kept += [*session.scalars(select(Change.note)), *session.scalars(select(Draft.note))]
        kept += [fact for text in kept for fact in facts_of(text)]
        everything = essence("\n".join(kept))
        for text in typed:
            if lost := lost_of(text, everything):
                yield f"{place.part} {verb} lost {lost!r} of {text[:300]!r} ({response.status_code})"

    def _suggest(self, given: Input, session: Session) -> Iterator[str]:
        """Submit a correction of a section, or a new practice."""
        address, chosen = ((SECTION, {}), (SUBMISSION, CHOSEN))[given.part]
        self.app.extensions["clock"] = lambda: NOW
        html = self.reader.get(address).get_data(as_text=True)
        self.app.extensions["clock"] = lambda: NOW + timedelta(seconds=30)
        text = spoiled("Three terraces, a service on each.[^s1]", given.spoils)
        typed, contact = given.fields[0][1], given.fields[-1][1] if given.whole else ""
        if address == SECTION:
            fields = {"text": text, "reason": typed, "contact": contact}
        else:
            fields = {"title": typed, "problem": text, "what": given.fields[-1][1], "contact": contact}
            fields |= {"source-title": typed} if len(given.fields) % 2 else {}
            chosen = {**chosen, "source-kind": "report"} if "source-title" in fields else chosen
        data = {"shown": html.partition(FIRST_STAMP)[2].partition('"')[0], **chosen, **fields}
        response = self.reader.post(address, data=encoded(MultiDict(data)))
        self.app.extensions["clock"] = lambda: NOW
        self._count(f"{address} {response.status_code}")
        yield from self._answer(response)
        session.rollback()
        kept = [*session.scalars(select(Draft.text)), *session.scalars(select(Suggestion.reason))]
        kept += [*session.scalars(select(Suggestion.contact)), *shown_on(self._page(response))]
        kept += [fact for text in kept for fact in facts_of(text)]
        everything = essence("\n".join(each or "" for each in kept))
        for name, sent in fields.items():
            if lost := lost_of(sent, everything):
                yield f"lost {lost!r} of {name} {sent[:300]!r} ({response.status_code})"

    def _file(self, given: Input, session: Session) -> Iterator[str]:
        place = PLACES[given.part]
        path = self.store.content.path(place)
        good = path.read_bytes()
        text = spoiled(good.decode(), given.spoils).encode("utf-8", "surrogatepass")
        written = given.data if given.whole else text[: len(text) // 2] + given.data + text[len(text) // 2 :]
        path.write_bytes(written)
        before = self._shown_to_readers()
        try:
            catch_up(session, self.store, NOW)
        except Exception as error:
            yield f"catching up with {written[:300]!r}: {error!r}"
            session.rollback()
        after = self._shown_to_readers()
        if after[0] != 200:
            yield f"readers got {after[0]} after {written[:300]!r}"
        texts = {each.encode() for each in log.texts(session, place.record).values()}
        kept = {each.encode("utf-8", "surrogatepass") for each in session.scalars(select(Draft.text))}
        if not (path.read_bytes() == written or written in texts | kept):
            yield f"the file lost {written[:300]!r}"
        if good in texts and after[1] != before[1] and written not in texts:
            yield f"readers saw {written[:300]!r}, which was not taken"
        self._count("file taken" if written in texts else "file refused")
        response = self.client.get(f"/en/desk/{place.kind}/{place.id}")
        yield from self._answer(response)
        session.rollback()
        path.write_bytes(good)
        catch_up(session, self.store, NOW)
        if written in texts:
            self._read()

    def _shown_to_readers(self) -> tuple[int, str]:
        response = self.reader.get("/en/practices/stone-terraces")
        return response.status_code, response.get_data(as_text=True)

    def _body(self, given: Input, session: Session) -> Iterator[str]:
        """Send bytes that are not a form, or a form whose fields have strange names."""
        del session
        address = (self._address(PLACES[given.part]), SECTION)[given.whole]
        client = (self.client, self.reader)[given.whole]
        token = f"{TOKEN_FIELD}={self.token}&do={given.verb}&".encode()
        kinds = (
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json",
            "text/plain",
        )
        kind = kinds[given.fields[0][0] % len(kinds)]
        head = {"X-CSRFToken": self.token}
        begin = b'--x\r\nContent-Disposition: form-data; name="' if "multipart" in kind else token
        yield from self._answer(client.post(address, data=begin + given.data, content_type=kind, headers=head))

    def _text(self, session: Session, place: RecordFile) -> str:
        head = log.find_head(session, place)
        return (head.text if head is not None else None) or ""

    def _published(self, session: Session, newest: int | None) -> Iterator[str]:
        """Yield errors in anything that was published."""
        session.rollback()
        for change in session.scalars(select(Change).where(Change.number > (newest or 0))):
            self._count(f"published by {change.kind}")
            for revision in change.revisions:
                texts = log.texts(session, revision.record)
                if revision.text is None or texts.get(revision.part) != revision.text:
                    continue
                yield from self._faults(revision.record, revision.part, texts)
        session.rollback()
        if newest != session.scalar(select(func.max(Change.number))):
            self._read()

    def _faults(self, record: str, part: str, texts: dict[str, str]) -> Iterator[str]:
        kind, _slash, record_id = record.partition("/")
        known = (self.store.vocabularies, self.store.law)
        good, _bundle, problems = read_and_check(self.store.kinds[kind], record_id, texts, *known)
        if part not in good or [each for each in errors(problems) if each.path == part]:
            yield f"published with errors: {texts[part][:300]!r}"
