"""What is done to drafts on their way: commented, handed back, approved byte by byte, published now or later."""

from __future__ import annotations

from datetime import timedelta

from benchmarks.torturing.worker import Worker, moment
from kb.accounts.model import User
from kb.content.bundle import hash_bytes
from kb.errors import NotFound
from kb.history import log
from kb.history.model import Draft, Stage
from kb.publishing.approved import publish_approved, schedule, unschedule
from kb.publishing.prepare import prepare
from kb.publishing.refusals import mark_of
from kb.publishing.review import approve, comment, return_draft
from kb.publishing.visibility import place_of_draft
from tests.told import words_of

SOON, LATER = timedelta(milliseconds=1), timedelta(days=365)


def say_something(worker: Worker) -> None:
    """Comment on a draft in review."""
    draft_id = worker.draft(Draft.stage != Stage.WRITING).id
    worker.pause()
    comment(worker.session, worker.library, worker.person(), draft_id, text="Which wall is meant?", now=moment())


def hand_back(worker: Worker) -> None:
    """Hand a draft back with a reason."""
    draft = worker.draft(Draft.stage != Stage.WRITING)
    draft_id, author = draft.id, worker.session.get(User, draft.author_id) if draft.author_id else None
    # Guests may erase their accounts any time, and what is being written goes with them.
    going = words_of(draft.text) if author is not None and author.email.startswith("guest") else set[str]()
    del draft, author
    worker.pause()
    with worker.saying("let-go", going):
        return_draft(worker.session, worker.library, worker.person(), draft_id, reason="Which wall?", now=moment())


def approve_bytes(worker: Worker) -> None:
    """Approve a text as somebody has seen it; now and then the same person goes on to publish it."""
    draft = worker.draft(Draft.stage == Stage.REVIEW)
    draft_id, seen, is_authors = draft.id, mark_of(draft), draft.author_id is not None
    del draft
    worker.pause()
    reviewer = worker.person()
    if is_authors:
        with worker.saying("approving", [seen]):
            _approve(worker, reviewer, draft_id, seen)
    else:
        with worker.library.lock.held():  # the program's own facts come into a reader's text: they depend on the source
            worker.session.rollback()
            with worker.saying("approving", {seen, _as_approved(worker, draft_id)}):
                _approve(worker, reviewer, draft_id, seen)
    if worker.chance(0.5):
        worker.pause()
        worker.dice.choice((_publish, _put_on_a_day))(worker, worker.draft(Draft.id == draft_id))


def _as_approved(worker: Worker, draft_id: int) -> str:
    draft = worker.draft(Draft.id == draft_id)
    place, shape = place_of_draft(draft), worker.library.kinds["pages"].shape
    before, today = log.texts(worker.session, draft.record), moment().date()
    prepared, _ = prepare(shape, place.id, {place.part: draft.text}, before, minor=draft.minor, today=today)
    return hash_bytes(prepared[place.part].encode())


def _approve(worker: Worker, reviewer: User, draft_id: int, seen: str) -> None:
    approve(
        worker.session, worker.library, reviewer, draft_id, seen=seen, four_eyes=worker.chance(0.3), now=moment()
    )  # fmt: skip


def publish_what_is_approved(worker: Worker) -> None:
    """Publish an approved text as somebody has seen it, and no other."""
    _publish(worker, worker.draft(Draft.stage == Stage.APPROVED))


def _publish(worker: Worker, draft: Draft) -> None:
    draft_id, text, seen = draft.id, draft.text, mark_of(draft)
    del draft
    worker.pause()
    with worker.saying("meant", words_of(text)):
        change = publish_approved(
            worker.session, worker.library, worker.person(), draft_id, seen=seen, four_eyes=worker.chance(0.3),
            now=moment(),
        )  # fmt: skip
    if [each.text for each in change.revisions] not in ([text], [None]):  # it may have been erased already
        worker.say("wrong", f"change {change.number} is not what was seen", 1)
    worker.confirm(change)
    worker.say("did", "reviews.published_as_approved", 1)


def schedule_it(worker: Worker) -> None:
    """Have an approved text published by itself: in a moment, much later, or in a moment and called off again."""
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
        unschedule(worker.session, worker.library, worker.person(), draft_id, now=moment())
        worker.say("due", text, 0)
        worker.say("did", "reviews.called_off", 1)


def _schedule(worker: Worker, draft_id: int, seen: str, when: timedelta) -> None:
    now = moment()
    schedule(
        worker.session, worker.library, worker.person(), draft_id, seen=seen, due=now + when,
        four_eyes=worker.chance(0.3), now=now,
    )  # fmt: skip
