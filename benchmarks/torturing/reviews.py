"""Actions on drafts in review: comment, hand back, approve exact bytes, publish now or later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import event

from benchmarks.torturing.worker import REFUSALS, Worker, moment
from kb.accounts.model import User
from kb.errors import NotFound
from kb.history import log
from kb.history.model import Draft, Stage
from kb.publishing.approved_drafts import publish_approved, schedule, unschedule
from kb.publishing.draft_visibility import place_of_draft
from kb.publishing.prepare import prepare
from kb.publishing.review import approve, comment, return_draft
from kb.publishing.review_guards import mark_of
from kb.records.bundle import hash_bytes
from tests.recorded_answers import words_of

SOON, LATER = timedelta(milliseconds=1), timedelta(days=365)


def say_something(worker: Worker) -> None:
    """Comment on a draft in review."""
    draft_id = worker.draft(Draft.stage != Stage.WRITING).id
    worker.pause()
    comment(worker.session, worker.store, worker.person(), draft_id, text="Which wall is meant?", now=moment())


def hand_back(worker: Worker) -> None:
    """Hand a draft back with a reason."""
    draft = worker.draft(Draft.stage != Stage.WRITING)
    draft_id, author = draft.id, worker.session.get(User, draft.author_id) if draft.author_id else None
    # Guests may erase their accounts at any time; that deletes drafts in writing.
    going = words_of(draft.text) if author is not None and author.email.startswith("guest") else set[str]()
    del draft, author
    worker.pause()
    with worker.saying("let-go", going):
        return_draft(worker.session, worker.store, worker.person(), draft_id, reason="Which wall?", now=moment())


def approve_bytes(worker: Worker) -> None:
    """Approve a text as it was seen; sometimes go on to publish it."""
    draft_id = approve_as_seen(worker)
    if worker.chance(0.5):
        worker.pause()
        worker.dice.choice((_publish, _put_on_a_day))(worker, worker.draft(Draft.id == draft_id))


def approve_as_seen(worker: Worker) -> int:
    """Approve a text that is in review; return the draft's id."""
    draft = worker.draft(Draft.stage == Stage.REVIEW)
    draft_id, text, seen = draft.id, draft.text, mark_of(draft)
    del draft
    worker.pause()
    reviewer, four_eyes = worker.person(), worker.chance(0.3)
    with worker.saying("approving", [seen]), _saying_with_facts(worker, draft_id, text):
        approve(worker.session, worker.store, reviewer, draft_id, seen=seen, four_eyes=four_eyes, now=moment())
    return draft_id


@contextmanager
def _saying_with_facts(worker: Worker, draft_id: int, text: str) -> Iterator[None]:
    """Report the final form of a text without an author. The program writes its facts into the text on approval.

    They depend on the current source in that transaction. Before it, the source may still be changed from outside.
    """
    said = set[str]()

    def tell(*_: Any) -> None:
        approved = [each for each in worker.session.dirty if isinstance(each, Draft) and each.id == draft_id]
        new = {_with_facts(worker, each, text) for each in approved if each.author_id is None} - said
        said.update(new)
        worker.tell("approving", new)

    event.listen(worker.session, "before_flush", tell)
    try:
        yield
    except REFUSALS:
        worker.tell("approving", said, -1)
        raise
    finally:
        event.remove(worker.session, "before_flush", tell)


def _with_facts(worker: Worker, draft: Draft, text: str) -> str:
    place, shape = place_of_draft(draft), worker.store.kinds["pages"].shape
    before, today = log.texts(worker.session, draft.record), moment().date()
    prepared, _ = prepare(shape, place.id, {place.part: text}, before, minor=draft.minor, today=today)
    return hash_bytes(prepared[place.part].encode())


def publish_what_is_approved(worker: Worker) -> None:
    """Publish an approved text as it was seen, and no other."""
    _publish(worker, worker.draft(Draft.stage == Stage.APPROVED))


def _publish(worker: Worker, draft: Draft) -> None:
    draft_id, text, seen = draft.id, draft.text, mark_of(draft)
    del draft
    worker.pause()
    with worker.saying("meant", words_of(text)):
        change = publish_approved(
            worker.session, worker.store, worker.person(), draft_id, seen=seen, four_eyes=worker.chance(0.3),
            now=moment(),
        )  # fmt: skip
    if [each.text for each in change.revisions] not in ([text], [None]):  # it may have been erased already
        worker.say("wrong", f"change {change.number} is not what was seen", 1)
    worker.confirm(change)
    worker.say("did", "reviews.published_as_approved", 1)


def schedule_it(worker: Worker) -> None:
    """Schedule an approved text for publication: in a moment, much later, or in a moment and then unscheduled."""
    _put_on_a_day(worker, worker.draft(Draft.stage == Stage.APPROVED))


def _put_on_a_day(worker: Worker, draft: Draft) -> None:
    if draft.id % 2 != int(worker.name == "b"):
        message = "the other worker's: each has some for itself, so that it knows what was said last"
        raise NotFound(message)
    draft_id, text, seen = draft.id, draft.text, mark_of(draft)
    del draft
    how = worker.dice.choice(("soon", "soon", "later", "off"))
    worker.pause()
    if how == "later":
        _schedule(worker, draft_id, seen, LATER)
        worker.say("due", text, 0)
        worker.say("did", "reviews.put_off", 1)
        return
    with worker.saying("due", [text]):
        _schedule(worker, draft_id, seen, SOON)
    if how == "off":
        worker.pause()
        unschedule(worker.session, worker.store, worker.person(), draft_id, now=moment())
        worker.say("due", text, 0)
        worker.say("did", "reviews.called_off", 1)


def _schedule(worker: Worker, draft_id: int, seen: str, when: timedelta) -> None:
    now = moment()
    schedule(
        worker.session, worker.store, worker.person(), draft_id, seen=seen, due=now + when,
        four_eyes=worker.chance(0.3), now=now,
    )  # fmt: skip
