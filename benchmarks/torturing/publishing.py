"""Actions on public texts: publish (also by machine), restore, retire, write from outside, follow."""

from __future__ import annotations

import os

from sqlalchemy import select

from benchmarks.torturing.texts import RECORDS, SEGMENTS, by_machine, new_text, some_change
from benchmarks.torturing.worker import Worker, moment
from kb.errors import NotFound
from kb.history import log
from kb.history.model import Revision
from kb.publishing.actions import Edit, restore, retire
from kb.publishing.catch_up import catch_up
from kb.records.bundle import SOURCE, hash_bytes
from kb.records.files.paths import RecordFile, place_of


def publish(worker: Worker) -> None:
    """Publish a new text, or a text with one changed piece; sometimes the other process is faster."""
    place, text = worker.place(), ""
    head = worker.head(place)
    if head is not None and worker.chance(0.7):
        picture = worker.picture(place)
        text = some_change(worker.text(place), place, worker.word, worker.dice, picture)
    edit = _edit(worker, place, text or new_text(place, worker.word))
    worker.pause()
    worker.put_out(worker.person(), edit, minor=worker.chance(0.3))


def publish_by_machine(worker: Worker) -> None:
    """Publish a translation with a new segment by a machine; this is refused if a person wrote that segment."""
    place = place_of(worker.source().record, "it")
    source = worker.text(RecordFile(place.kind, place.id, SOURCE))
    if not source:
        raise NotFound(place.record)
    text = worker.text(place) or new_text(place, worker.word)
    segment = worker.dice.choice(SEGMENTS)
    edit = _edit(worker, place, by_machine(text, source, place, segment, worker.word()))
    worker.pause()
    worker.put_out(worker.person(), edit)


def _edit(worker: Worker, place: RecordFile, text: str) -> Edit:
    head = worker.head(place)
    return Edit(place, text, head.number if head else 0, head.fingerprint if head else "")


def restore_earlier(worker: Worker) -> None:
    """Restore an earlier text."""
    place = worker.place()
    numbers = [each.number for each in log.history(worker.session, place.record, place.part)]
    if not numbers:
        raise NotFound(place.record)
    number = worker.dice.choice(numbers)
    worker.pause()
    change = restore(worker.session, worker.store, worker.person(), place, number, note="", now=moment())
    worker.confirm(change)


def retire_record(worker: Worker) -> None:
    """Take a record out of search, with or without a successor."""
    place = worker.source()
    others = [name for name in RECORDS if name != place.id]
    successor = worker.dice.choice([*others, None])
    change = retire(
        worker.session, worker.store, worker.person(), place.record, successor=successor, note="", now=moment()
    )
    worker.confirm(change)


def write_outside(worker: Worker) -> None:
    """Write as Git and most editors do: a whole new file under the old name. Only one worker does this."""
    place = worker.place()
    data = worker.store.content.read(place)
    # If two programs write outside, the second overwrites the first: so the first text has to be in the log.
    if worker.name != "b" or data is None or not log.has_fingerprint(worker.session, place, hash_bytes(data)):
        raise NotFound(place.record)
    worker.session.rollback()
    text = new_text(place, worker.word)
    path = worker.store.content.path(place)
    temporary = path.with_name(f"outside-{os.getpid()}~")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
    worker.say("outside", text, 1)


def follow(worker: Worker) -> None:
    """Read the changes of others, as every process does from time to time, and publish what is due."""
    if worker.chance(0.3):
        records = worker.session.scalars(select(Revision.record).distinct()).all()
        named = [worker.dice.choice(records)] if records and worker.chance(0.5) else None
        catch_up(worker.session, worker.store, moment(), named)
    else:
        worker.follower.walk()
