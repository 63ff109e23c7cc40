"""One worker: its identity, the reports on its answers, and helpers for random actions."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from benchmarks.torturing.texts import PLACES, RECORDS
from kb.accounts.model import User
from kb.content_store.store import ContentStore
from kb.db import begin_write
from kb.errors import Conflict, Forbidden, NotFound, Rejected, Unavailable
from kb.history import log
from kb.history.log import Head
from kb.history.model import Change, Draft, DraftOrigin
from kb.publishing.actions import Edit, publish
from kb.publishing.follower import Follower
from kb.publishing.review_guards import mark_of
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile, place_of
from tests.house import NOW, a_curator
from tests.recorded_answers import words_of

# A kind of report, its text, and a count: -1 takes it back, 0 forgets it.
Say = Callable[[str, str, int], None]
# Answers to a worker that was too late or lacks a right: nothing was changed.
REFUSALS = (Conflict, Rejected, Unavailable, NotFound, Forbidden)


def moment() -> datetime:
    """Return the time, the same in all processes, on the day of the tests or soon after it."""
    return NOW + timedelta(microseconds=time.monotonic_ns() // 1000)


@dataclass
class Worker:
    """One process that does random things to random records and reports each answer."""

    name: str
    seed: int
    session: Session
    store: ContentStore
    follower: Follower
    dice: random.Random
    say: Say
    count: int = 0

    def word(self) -> str:
        """Return a word that was never written before."""
        self.count += 1
        return f"zq{self.name}{self.seed}x{self.count}z"

    def chance(self, share: float) -> bool:
        """Return true with the given probability."""
        return self.dice.random() < share

    def pause(self, longest: float = 0.02) -> None:
        """Let some time pass in which the other worker may act; no lock is held meanwhile."""
        self.session.rollback()
        if self.chance(0.5):
            time.sleep(self.dice.random() * longest)

    def place(self) -> RecordFile:
        """Return a part of a record."""
        return self.dice.choice(PLACES)

    def source(self) -> RecordFile:
        """Return the source file of a record."""
        return place_of(f"pages/{self.dice.choice(RECORDS)}", SOURCE)

    def head(self, place: RecordFile) -> Head | None:
        """Return the current head of a part."""
        return log.heads(self.session, place.record).get(place)

    def text(self, place: RecordFile) -> str:
        """Return the current text of a part, empty if there is none."""
        head = log.find_head(self.session, place)
        return (head.text or "") if head is not None else ""

    def picture(self, place: RecordFile) -> str:
        """Return a picture that a new text may name, or in most cases an empty string."""
        names = sorted(log.attachments(self.session, place.record))
        return self.dice.choice(names) if names and self.chance(0.3) else ""

    def guest(self) -> User:
        """Return a user that only this worker knows, and that leaves from time to time."""
        begin_write(self.session)
        guest = a_curator(self.session, f"guest-{self.name}@example.org")
        self.session.commit()
        return guest

    def person(self) -> User:
        """Return a user of the site: both workers may be two windows of one person."""
        return self.guest() if self.chance(0.15) else a_curator(self.session, f"{self.dice.choice('ab')}@example.org")

    def draft(self, *conditions: ColumnElement[bool]) -> Draft:
        """Return a draft that fits. Raises `NotFound`."""
        found = list(self.session.scalars(select(Draft).where(*conditions).order_by(Draft.id)))
        if not found:
            message = "no such draft"
            raise NotFound(message)
        return self.dice.choice(found)

    def own_draft(self, *conditions: ColumnElement[bool]) -> tuple[User, Draft]:
        """Return a user that this worker can be, and a draft of hers or a file that was set aside."""
        emails = ("a@example.org", "b@example.org", f"guest-{self.name}@example.org")
        is_own = Draft.author_id.in_(select(User.id).where(User.email.in_(emails)))
        draft = self.draft(*conditions, is_own | (Draft.origin == DraftOrigin.FILE))
        if draft.author_id is None:
            return a_curator(self.session, "a@example.org"), draft
        return self.session.get_one(User, draft.author_id), draft

    def tell(self, what: str, texts: Iterable[str], times: int = 1) -> None:
        """Report several texts or words."""
        for text in texts:
            self.say(what, text, times)

    @contextmanager
    def saying(self, what: str, texts: Iterable[str]) -> Iterator[None]:
        """Report an action before it is done, as its answer may never arrive; take the report back on refusal."""
        some = sorted(texts)
        self.tell(what, some)
        try:
            yield
        except REFUSALS:
            self.tell(what, some, -1)
            raise

    def confirm(self, change: Change) -> None:
        """Report the texts that a change put into the log, which is what the answer promised."""
        self.tell("confirmed", [each.text for each in change.revisions if each.text is not None])

    def put_out(self, person: User, edit: Edit, *, used: Draft | None = None, minor: bool = False) -> Change:
        """Publish a text, and with it the draft that it comes from."""
        seen, draft_id, mark = ("", None, None) if used is None else (used.text, used.id, mark_of(used))
        del used  # like pages that answer a form: `publish` reads it again
        with self.saying("meant", words_of(edit.text)), self.saying("let-go", words_of(seen) - words_of(edit.text)):
            try:
                change = publish(
                    self.session, self.store, person, [edit], note="", minor=minor, draft_id=draft_id,
                    draft_fingerprint=mark, now=moment(),
                )  # fmt: skip
            except Conflict:
                self.say("rejected", edit.text, 1)
                raise
        self.confirm(change)
        revision = next(each for each in change.revisions if each.part == edit.place.part)
        if revision.parent != edit.base_number:
            self.say("wrong", f"{revision.number} was written by somebody who saw {edit.base_number}", 1)
        return change
