"""Actions that erase: a text with everything that repeats it in the history, and a person's account."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, inspect, select

from benchmarks.torturing.worker import Worker, moment
from kb.db import begin_write
from kb.errors import NotFound
from kb.history.model import Draft, DraftOrigin, Revision, Stage
from kb.privacy.account_deletion import erase
from kb.publishing.redact import Erasure, redact
from tests.recorded_answers import words_of


def erase_texts(worker: Worker) -> None:
    """Erase one revision, or everything of a record that contains one word."""
    revisions = list(worker.session.scalars(select(Revision).where(Revision.redacted.is_(False))))
    if not revisions:
        message = "no revision"
        raise NotFound(message)
    chosen = worker.dice.choice(revisions)
    words = sorted(words_of(chosen.text))
    if words and worker.chance(0.5):
        erasure = Erasure(chosen.record, containing=worker.dice.choice(words))
    else:
        erasure = Erasure(chosen.record, chosen.part, [chosen.number])
    del revisions, chosen
    worker.pause()
    with _telling_what_goes(worker) as going:
        redact(worker.session, worker.store, None, erasure, reason="A name stood there", now=moment())
    worker.tell("erased", going)


@contextmanager
def _telling_what_goes(worker: Worker) -> Iterator[set[str]]:
    """Report what an erasure removes, in its own transaction.

    Before the transaction, another process may add to it. After it, the texts are gone.
    """
    going = set[str]()

    def tell(*_: Any) -> None:
        deleted = [each.text for each in worker.session.deleted if isinstance(each, Draft)]
        changed = [inspect(each).attrs for each in worker.session.dirty if isinstance(each, Revision)]
        found = {old for attrs in changed for name in ("text", "blob_sha256") for old in attrs[name].history.deleted}
        new = {each for each in (*deleted, *found) if each is not None} - going
        going.update(new)
        worker.tell("erasing", new)
        worker.tell("let-go", {word for text in new for word in words_of(text)})

    event.listen(worker.session, "before_flush", tell)
    try:
        yield going
    finally:
        event.remove(worker.session, "before_flush", tell)


def leave(worker: Worker) -> None:
    """Close a guest's account and erase it: drafts in writing are deleted, submitted drafts stay."""
    guest = worker.guest()
    begin_write(worker.session)
    guest.is_active = False
    worker.session.commit()
    own = Draft.author_id == guest.id, Draft.origin.in_((DraftOrigin.EDITOR, DraftOrigin.CONFLICT))
    drafts = {each.id: (each.stage, words_of(each.text)) for each in worker.session.scalars(select(Draft).where(*own))}
    handed_in = {number: words for number, (stage, words) in drafts.items() if stage != Stage.WRITING}
    worker.session.expunge_all()
    # What was submitted may come back to her at this moment.
    for _stage, words in drafts.values():
        worker.tell("let-go", words)
    erase(worker.session, worker.guest(), by=None, now=moment())
    for draft in worker.session.scalars(select(Draft).where(Draft.id.in_(handed_in), Draft.author_id.is_(None))):
        if words_of(draft.text) == handed_in[draft.id]:
            worker.tell("let-go", handed_in[draft.id], -1)
