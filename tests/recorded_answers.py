"""What several workers were answered while they changed records, and what must hold of it after the next start.

Each piece of text that they write has a word of its own, such as `zqa17x4z`, by which it is found again wherever it
went: a public text, a draft, something that a reader said.
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
    """Return the words that stand nowhere but in this text and in what was made of it."""
    return set(_WORD.findall(text or ""))


@dataclass
class Told:
    """What was said, by kind, with how often: what is taken back is counted down. Texts are whole, words alone.

    `confirmed`: texts that were answered as published. `rejected`: texts that lost a conflict. `outside`: texts that
    another hand wrote into a file. `attached`: fingerprints of files. `kept`: words of drafts and suggestions.
    `let-go`: words that somebody gave up, having seen them. `meant`: words that somebody put out at once, `due`: texts
    that she had put out by themselves. `approving`: fingerprints. `bulk`: words of one change of several records.
    `erasing` and `erased`: texts or fingerprints before and after an erasure. `tried` and `did`: deeds by name.
    `wrong`: what a worker saw that must not be.
    """

    said: dict[str, Counter[str]] = field(default_factory=dict)
    trail: list[tuple[str, str, int]] = field(default_factory=list)

    def hear(self, what: str, text: str, times: int = 1) -> None:
        """Take in what was said, or that it is taken back; with no times at all it is forgotten."""
        self.trail.append((what, text, times))
        counter = self.said.setdefault(what, Counter())
        counter[text] = counter[text] + times if times else 0

    def all(self, what: str) -> set[str]:
        """Return what was said and not taken back."""
        return {text for text, times in self.said.get(what, Counter()).items() if times > 0}

    def count(self, what: str) -> int:
        """Return how often something of a kind was said."""
        return sum(self.said.get(what, Counter()).values())

    def add(self, other: Told) -> None:
        """Take in what was said to another."""
        self.trail += other.trail
        for what, counter in other.said.items():
            self.said.setdefault(what, Counter()).update(counter)

    def about(self, line: str) -> Iterator[str]:
        """Yield everything that was said, in its order, about the words in a line: how it came to that."""
        words = words_of(line)
        tried = ""
        for what, text, times in self.trail:
            tried = text if what == "tried" else tried
            if not words.isdisjoint(words_of(text)):
                yield f"{tried}: {what} {times:+} {text!r}"


def broken(session: Session, store: ContentStore, told: Told) -> Iterator[str]:
    """Yield one line for everything that does not hold of what was told, or of files, log and readers."""
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
    """What readers are given somebody meant to give: no draft becomes public by itself, and none before its time."""
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
    """Somebody may still have had it open, and it lost a conflict then: so it is kept as hers."""
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
