"""Actions on the pictures of a record: add, replace, and remove while no text names them."""

from __future__ import annotations

from benchmarks.torturing.texts import PICTURES, a_picture
from benchmarks.torturing.worker import Worker, moment
from kb.editing.forms.attachments import HandedIn, add_file
from kb.errors import NotFound
from kb.history import log
from kb.publishing.attachments import detach
from kb.records.bundle import hash_bytes
from kb.records.files.paths import RecordFile
from kb.records.uploads.images import taken


def add(worker: Worker) -> None:
    """Add a picture to a record; it may replace another one if that is allowed."""
    place, name = worker.source(), worker.dice.choice(PICTURES)
    data = a_picture(worker.word())
    given = HandedIn(data, name, alt="A slope", replace=worker.chance(0.7))
    worker.pause()
    add_file(worker.session, worker.store, worker.person(), (place.kind, place.id), given, now=moment())
    worker.say("attached", hash_bytes(taken(data).data), 1)


def remove(worker: Worker) -> None:
    """Remove a picture."""
    place = worker.source()
    names = sorted(log.attachments(worker.session, place.record))
    if not names:
        raise NotFound(place.record)
    name = worker.dice.choice(names)
    worker.pause()
    where = RecordFile(place.kind, place.id, name)
    detach(worker.session, worker.store, worker.person(), where, note="", now=moment())
