"""Actions on many records at once: download a table, change it and upload it in one change; undo a change."""

from __future__ import annotations

from sqlalchemy import select

from benchmarks.torturing.texts import RECORDS
from benchmarks.torturing.worker import Worker, moment
from kb.errors import NotFound
from kb.exchange.preview import compared, lines_of
from kb.exchange.table_files import TableFormat, read, write
from kb.exchange.term_labels import Meaning
from kb.history import log
from kb.history.change_contents import touched
from kb.history.model import Revision
from kb.publishing.bulk_changes import publish_many, undo_change
from kb.records.files.paths import RecordFile, place_of
from tests.recorded_answers import words_of


def bring_back_a_table(worker: Worker) -> None:
    """Change some records in a spreadsheet, and publish all of them in one change."""
    names = worker.dice.sample(RECORDS, worker.dice.randint(2, len(RECORDS)))
    header, *lines = lines_of(worker.session, worker.store, "pages", names)
    column = header.index(worker.dice.choice(("title", "summary")))
    words = [worker.word() for _line in lines]
    table = [
        header,
        *([*line[:column], f"In a table {word}", *line[column + 1 :]] for line, word in zip(lines, words, strict=True)),
    ]
    table_format = TableFormat.XLSX if worker.chance(0.1) else TableFormat.CSV
    data = write(table_format, "pages", table)
    worker.pause()
    found = compared(worker.session, worker.store, "pages", read(data), Meaning(lambda _field, text: text))
    edits = [each.edit for each in found.proposals]
    worker.pause()
    worker.say("bulk", " ".join(word for word in words if any(word in edit.text for edit in edits)), 1)
    with worker.saying("meant", {word for edit in edits for word in words_of(edit.text)}):
        change = publish_many(worker.session, worker.store, worker.person(), edits, note="A table", now=moment())
    worker.confirm(change)


def undo(worker: Worker) -> None:
    """Undo a change: it restores the earlier bytes completely, or changes nothing."""
    numbers = list(worker.session.scalars(select(Revision.change_number).distinct()))
    if not numbers:
        message = "no change"
        raise NotFound(message)
    number = worker.dice.choice(sorted(numbers)[-8:])
    texts = [each for each in touched(worker.session, number) if each.place.is_text]
    before = {each.place: _fingerprint(worker, each.place, each.parent) for each in texts}
    worker.pause()
    change = undo_change(worker.session, worker.store, worker.person(), number, note="Undone", now=moment())
    # Pictures that those texts showed may come back with them.
    places = {place_of(each.record, each.part): each.fingerprint for each in change.revisions}
    after = {place: fingerprint for place, fingerprint in places.items() if place.is_text}
    if before != after:
        worker.say("wrong", f"change {change.number} does not put back what stood before {number}", 1)
    worker.confirm(change)


def _fingerprint(worker: Worker, place: RecordFile, number: int) -> str:
    revision = log.find_revision(worker.session, place, number)
    return revision.fingerprint if revision is not None else ""
