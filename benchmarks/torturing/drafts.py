"""Actions on drafts: write in several windows, send to review, take back, discard, merge."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.torturing.texts import some_change
from benchmarks.torturing.worker import Worker, moment
from kb.accounts.model import User
from kb.editing.forms.draft_merge import propose, take
from kb.editing.open_text import Opened, find_origin, open_part, used_up
from kb.errors import NotFound
from kb.history.drafts import get_draft
from kb.history.model import Draft, Stage
from kb.publishing.discarded_drafts import discard as discard_draft
from kb.publishing.draft_visibility import place_of_draft
from kb.publishing.drafts import save_draft
from kb.publishing.review import submit, withdraw
from kb.publishing.review_guards import mark_of
from kb.records.merge.three_way_merge import MergeChoice
from tests.recorded_answers import words_of


def write(worker: Worker) -> None:
    """Open a text or a draft, type and save it as a draft; then leave it, publish it or send it to review."""
    person, opened = _open(worker)
    for _ in range(worker.dice.randint(1, 3)):
        picture = worker.picture(opened.place)
        text = some_change(opened.text, opened.place, worker.word, worker.dice, picture)
        worker.pause()
        opened = _keep(worker, person, replace(opened, text=text), opened.text)
    worker.pause()
    end = worker.dice.choice(("leave", "publish", "submit"))
    if end == "submit" and opened.draft_id is not None:
        submit(worker.session, worker.store, person, opened.draft_id, minor=worker.chance(0.3), now=moment())
    if end == "publish":
        draft_id = used_up(worker.session, person, opened)
        used = get_draft(worker.session, draft_id) if draft_id is not None else None
        if used is not None and mark_of(used) != opened.draft_fingerprint:
            return  # the window would publish its own text and leave the draft; `publish` tests that
        worker.put_out(person, opened.edit(), used=used, minor=worker.chance(0.3))


def _open(worker: Worker) -> tuple[User, Opened]:
    if worker.chance(0.5):
        person, draft = worker.own_draft()
        place, number, head = place_of_draft(draft), draft.id, worker.head(place_of_draft(draft))
        del draft
        # With its original base, or based on the current text, with which it has been compared.
        base = head.number if head is not None and worker.chance(0.5) else None
        return person, open_part(worker.session, worker.store, person, place, draft_id=number, base=base)
    person = worker.person()
    return person, open_part(worker.session, worker.store, person, worker.place(), draft_id=None, base=None)


def _keep(worker: Worker, person: User, opened: Opened, seen: str) -> Opened:
    """Save what was typed as the editor does: over the draft that it comes from, or as a new one."""
    origin = find_origin(worker.session, person, opened)
    draft_id = origin.id if origin is not None else None
    del origin
    over = words_of(seen) - words_of(opened.text) if opened.draft_id is not None else set[str]()
    with worker.saying("let-go", over):
        draft = save_draft(
            worker.session, person, opened.edit(), draft_id=draft_id, draft_fingerprint=opened.draft_fingerprint,
            note=opened.note, now=moment(),
        )  # fmt: skip
    if draft.id != opened.draft_id:  # another window saved more, or the draft is gone: that text stays as it is
        worker.tell("let-go", over, -1)
    worker.tell("kept", words_of(draft.text))
    return opened.kept_as(draft)


def hand_in(worker: Worker) -> None:
    """Send a draft to review."""
    person, draft = worker.own_draft(Draft.stage == Stage.WRITING)
    place, draft_id = place_of_draft(draft), draft.id
    del draft
    head = worker.head(place)
    if head is not None and worker.chance(0.7):  # based on the current text
        base = head.number
        opened = open_part(worker.session, worker.store, person, place, draft_id=draft_id, base=base)
        draft_id = _keep(worker, person, opened, opened.text).draft_id or draft_id
    worker.pause()
    submit(worker.session, worker.store, person, draft_id, minor=worker.chance(0.3), now=moment())


def take_back(worker: Worker) -> None:
    """Take one's own draft out of review."""
    person, draft = worker.own_draft(Draft.stage != Stage.WRITING)
    draft_id = draft.id
    del draft
    worker.pause()
    withdraw(worker.session, person, draft_id, now=moment())


def discard(worker: Worker) -> None:
    """Discard a draft as it was last seen."""
    person, draft = worker.own_draft()
    draft_id, seen, words = draft.id, mark_of(draft), words_of(draft.text)
    del draft
    worker.pause()
    with worker.saying("let-go", words):
        discard_draft(worker.session, worker.store, person, draft_id, seen=seen, now=moment())


def bring_together(worker: Worker) -> None:
    """Accept the proposed merge of two texts that both changed; the omitted pieces are kept separately."""
    person, draft = worker.own_draft()
    draft_id, seen = draft.id, mark_of(draft)
    del draft
    proposal = propose(worker.session, worker.store, person, draft_id)
    number, names = proposal.number, [clash.name for clash in proposal.merge.clashes]
    if proposal.merge.text == proposal.yours and worker.chance(0.8):
        raise NotFound(proposal.place.record)  # nothing to merge
    del proposal
    # Keep or drop, one by one; dropping everything is a valid choice too.
    drop = worker.chance(0.3)
    choices = {name: MergeChoice.THEIRS if drop else worker.dice.choice(list(MergeChoice)) for name in names}
    worker.pause()
    taken = take(
        worker.session, worker.store, person, draft_id, number=number, draft_fingerprint=seen, choices=choices,
        now=moment(),
    )  # fmt: skip
    worker.tell("kept", words_of(taken.draft.text))
