"""Invariants after the next start, whichever process was killed: no saved text is lost, and all copies agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.history import log
from kb.history.model import Draft, Revision
from kb.records.bundle import SOURCE, bundle_fingerprint, hash_bytes
from kb.records.files.paths import RecordFile
from kb.records.record import Status
from tests.log_invariants import draft_violations, log_violations


def violations(
    session: Session,
    store: ContentStore,
    confirmed: Iterable[str],
    rejected: Iterable[str],
    outside: Iterable[str] = (),
) -> Iterator[str]:
    """Yield one line per violated invariant.

    `confirmed` are texts whose publication succeeded. `rejected` are texts whose publication was answered with a
    conflict. `outside` are texts that another program wrote into a file after the log had the file's earlier text.
    """
    yield from _texts_kept(session, confirmed, rejected, outside)
    yield from _files_are_heads(session, store)
    yield from _readers_see_heads(session, store)
    yield from log_violations(session)
    yield from draft_violations(session)
    yield from _erased_is_gone(session, store)
    yield from (f"left over: {path}" for path in store.content.leftovers())


def _texts_kept(
    session: Session, confirmed: Iterable[str], rejected: Iterable[str], outside: Iterable[str]
) -> Iterator[str]:
    in_log = set(session.scalars(select(Revision.text)))
    in_drafts = set(session.scalars(select(Draft.text)))
    for text in confirmed:
        if text not in in_log:
            yield f"confirmed but not in the log: {text!r}"
    for text in rejected:
        if text not in in_drafts:
            yield f"rejected but in no draft: {text!r}"
    for text in outside:
        if text not in in_log and text not in in_drafts:
            yield f"written outside and lost: {text!r}"


def _erased_is_gone(session: Session, store: ContentStore) -> Iterator[str]:
    for fingerprint in log.redacted_fingerprints(session):
        yield from (f"erased and kept: {path.name}" for path in store.replaced.folder.glob(f"{fingerprint[:32]}-*"))


def _files_are_heads(session: Session, store: ContentStore) -> Iterator[str]:
    heads = log.heads(session)
    for place, head in heads.items():
        if not place.is_text and RecordFile(place.kind, place.id, SOURCE) not in heads:
            continue  # attached to a draft that was never published
        data = store.content.read(place)
        mark = "" if data is None else hash_bytes(data)
        if mark != head.fingerprint:
            yield f"the file of {place.record} {place.part} is not revision {head.number}"
        numbers = [revision.number for revision in reversed(log.history(session, place.record, place.part))]
        if numbers != list(range(1, head.number + 1)):
            yield f"revisions of {place.record} {place.part} are numbered {numbers}"
    for seen in store.content.walk()[0]:
        if seen.place not in heads:
            yield f"the file of {seen.place.record} {seen.place.part} is not in the log"


def _readers_see_heads(session: Session, store: ContentStore) -> Iterator[str]:
    store.refresh()
    columns = store.current().catalog.columns
    for record in {place.record for place in log.heads(session)}:
        kind, _, record_id = record.partition("/")
        texts = log.texts(session, record)
        entry = columns.get((kind, record_id))
        if (SOURCE in texts) != (entry is not None):
            yield f"the catalog has {record}: {entry is not None}, the log: {SOURCE in texts}"
        elif entry is not None:
            marks = {part: hash_bytes(text.encode()) for part, text in texts.items()} | log.attachments(session, record)
            if entry.fingerprint != bundle_fingerprint(marks):
                yield f"the catalog shows an old text of {record}"
    indexed = store.engine.fingerprints()
    wanted = {key: entry.fingerprint for key, entry in columns.items() if entry.status is Status.PUBLISHED}
    if indexed != wanted:
        yield f"the index differs in {sorted(set(indexed.items()) ^ set(wanted.items()))}"
    if store.snapshot.fingerprints() != {key: entry.fingerprint for key, entry in columns.items()}:
        yield "the catalog differs from the snapshot"
