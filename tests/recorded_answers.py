"""Records what several workers did and were answered, and checks the site against it after the next start.

Each text that they write contains a unique word, such as `zqa17x4z`. This word identifies the text in public texts,
drafts and suggestions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.content_store.checks import attached_problems
from kb.content_store.store import ContentStore
from kb.editing.model import Suggestion
from kb.history import log
from kb.history.model import Blob, Change, Draft, Revision
from tests.invariants import violations

_WORD = re.compile(r"zq[a-z]\d+x\d+z")


def words_of(text: str | None) -> set[str]:
    """Return the unique words in a text."""
    return set(_WORD.findall(text or ""))


@dataclass
class Told:
    """Recorded events by kind, with counts; a revocation counts down. Entries are whole texts or single words.

    `confirmed`: texts answered as published. `rejected`: texts that lost a conflict. `outside`: texts that another
    program wrote into a file. `attached`: fingerprints of files. `kept`: words of drafts and suggestions. `let-go`:
    words that a user saw and discarded. `meant`: words that a user published at once. `due`: texts that a user
    scheduled. `approving`: fingerprints. `bulk`: words of one change of several records. `erasing` and `erased`: texts
    or fingerprints before and after an erasure. `tried` and `did`: actions by name. `wrong`: violations that a worker
    saw.
    """

    said: dict[str, Counter[str]] = field(default_factory=dict)
    trail: list[tuple[str, str, int]] = field(default_factory=list)

    def hear(self, what: str, text: str, times: int = 1) -> None:
        """Record an event; a negative `times` revokes it, and zero forgets it."""
        self.trail.append((what, text, times))
        counter = self.said.setdefault(what, Counter())
        counter[text] = counter[text] + times if times else 0

    def all(self, what: str) -> set[str]:
        """Return the entries of a kind that were not revoked."""
        return {text for text, times in self.said.get(what, Counter()).items() if times > 0}

    def count(self, what: str) -> int:
        """Return the number of events of a kind."""
        return sum(self.said.get(what, Counter()).values())

    def add(self, other: Told) -> None:
        """Add the events of another worker."""
        self.trail += other.trail
        for what, counter in other.said.items():
            self.said.setdefault(what, Counter()).update(counter)

    def about(self, line: str) -> Iterator[str]:
        """Yield all events about the words in a line, in order, to explain how it happened."""
        words = words_of(line)
        tried = ""
        for what, text, times in self.trail:
            tried = text if what == "tried" else tried
            if not words.isdisjoint(words_of(text)):
                yield f"{tried}: {what} {times:+} {text!r}"


def broken(session: Session, store: ContentStore, told: Told) -> Iterator[str]:
    """Yield one line per violation of what was recorded, or of invariants of files, log and readers."""
    erasing = told.all("erasing")
    published = set(session.scalars(select(Revision.text)))
    drafts = set(session.scalars(select(Draft.text)))
    confirmed = [text for text in told.all("confirmed") if text not in erasing]
    yield from violations(session, store, confirmed, [])
    yield from _nothing_is_lost(session, told, published, drafts)
    yield from _nothing_is_public_unmeant(session, told)
    yield from _approvals_are_for_bytes(session, told)
    yield from _bulks_are_whole(session, told)
    yield from _erased_is_nowhere(session, told, published, drafts)
    yield from _pictures_are_there(session, store)


def _nothing_is_lost(session: Session, told: Told, published: set[str | None], drafts: set[str]) -> Iterator[str]:
    reasons = session.scalars(select(Suggestion.reason))
    there = {word for text in (*published, *drafts, *reasons) for word in words_of(text)}
    gone = told.all("let-go")
    for what in ("rejected", "kept"):
        for text in told.all(what):
            if lost := words_of(text) - there - gone:
                yield f"{what} and lost: {sorted(lost)}"
    for text in told.all("outside"):
        if text not in published and text not in drafts and words_of(text) - gone:
            yield f"written outside and lost: {text!r}"
    for mark in told.all("attached") - told.all("erasing"):
        if session.get(Blob, mark) is None:
            yield f"attached and lost: {mark}"


def _nothing_is_public_unmeant(session: Session, told: Told) -> Iterator[str]:
    """Check that users published each public text: no draft becomes public by itself, and none before its time."""
    meant = told.all("meant") | _words_in(told.all("outside") | told.all("due"))
    for revision in session.scalars(select(Revision).where(Revision.text.is_not(None))):
        if strange := words_of(revision.text) - meant:
            yield f"{revision.record} {revision.part} {revision.number}: {sorted(strange)} was not to be public"


def _approvals_are_for_bytes(session: Session, told: Told) -> Iterator[str]:
    approved = told.all("approving")
    query = select(Revision).join(Change).where(Change.approved_by.is_not(None))
    for revision in session.scalars(query):
        if revision.fingerprint not in approved:
            yield f"{revision.record} {revision.part} {revision.number} was approved by nobody as it is"


def _bulks_are_whole(session: Session, told: Told) -> Iterator[str]:
    erased = _words_in(told.all("erasing"))
    first: dict[str, int] = {}
    for revision in session.scalars(select(Revision).order_by(Revision.id)):
        for word in words_of(revision.text):
            first.setdefault(word, revision.change_number)
    for bulk in told.all("bulk"):
        words = words_of(bulk)
        if words.isdisjoint(erased) and len({first.get(word) for word in words}) > 1:
            yield f"a change of several records is not whole: {[(word, first.get(word)) for word in sorted(words)]}"


def _erased_is_nowhere(session: Session, told: Told, published: set[str | None], drafts: set[str]) -> Iterator[str]:
    """Check that erased texts are gone. A user may have had one open and lost a conflict: it stays as her draft."""
    again = told.all("rejected")
    for text in told.all("erased"):
        if text in published or (text in drafts and text not in again):
            yield f"erased and still there: {text!r}"
        if session.get(Blob, text) is not None:
            yield f"erased and still there: the file {text}"


def _pictures_are_there(session: Session, store: ContentStore) -> Iterator[str]:
    for kind, record_id in store.current().catalog.columns:
        bundle = store.snapshot.find(kind, record_id)
        names = log.attachments(session, f"{kind}/{record_id}")
        for problem in attached_problems(bundle, names) if bundle is not None else ():
            yield f"{kind}/{record_id} {problem.path}: {problem.text()}"


def _words_in(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in words_of(text)}
