"""`catch_up`: synchronizes files, log, snapshot and index under the write lock."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from kb import fault_points
from kb.content_store.dead_links import look_again
from kb.content_store.file_problems import FILES
from kb.content_store.store import ContentStore
from kb.history import log
from kb.history.attachments import current_attachments
from kb.history.log import Head
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing.reconcile import CaughtUp, meet
from kb.publishing.set_aside import forget_redacted, sweep
from kb.records.bundle import SOURCE, bundle_fingerprint, hash_bytes, read_bundle
from kb.records.files.paths import RecordFile
from kb.records.record import Bundle

logger = logging.getLogger(__name__)


def catch_up(
    session: Session,
    store: ContentStore,
    now: datetime,
    records: Iterable[str] | None = None,
) -> CaughtUp:
    """Synchronize files, snapshot and index with the log, and record external file changes in the log.

    `records` are names such as `practices/marac`; by default all are checked. Readers see the result at once. A record
    that fails (a full disk, an unreadable folder) becomes a problem and does not stop others.
    """
    with store.lock.held():
        session.rollback()  # a transaction begun before the lock would show an outdated log
        result = CaughtUp()
        last = log.last_number(session)
        if records is None:
            sweep(session, store, now)
        names = _to_meet(session, store) if records is None else sorted(set(records))
        for name in names:
            _try_to_meet(session, store, now, name, result)
        derive(session, store, _stale_in_snapshot(session, store, names if records is not None else None))
        look_again(store, names)
        if records is None:
            forget_redacted(session, store)
            store.applied.reach(last)
            store.snapshot.complete()
            store.refresh()
        session.rollback()
        return result


def _try_to_meet(session: Session, store: ContentStore, now: datetime, record: str, result: CaughtUp) -> None:
    try:
        meet(session, store, now, record, result)
    except Exception as error:
        session.rollback()
        logger.exception("%s could not be brought together with the log", record)
        message = N_("The record’s files could not be read or written (%(reason)s). The site will try again.")
        problem = Problem("record-failed", message, (), None, {"reason": str(error)}, path=f"content/{record}")
        store.problems.note(record, [problem])
        result.problems.append(problem)
        result.failed.add(record)


def _to_meet(session: Session, store: ContentStore) -> list[str]:
    """Return the records that differ, and those with known problems: the rules may have changed since."""
    wrong = {name for name in store.problems.all(FILES) if name.partition("/")[0] in store.kinds}
    return sorted(differing(session, store) | wrong)


def differing(session: Session, store: ContentStore) -> set[str]:
    """Return the records whose file, log and marker differ: usually none, which makes this fast."""
    heads = {place: head.fingerprint for place, head in log.heads(session).items() if place.kind in store.kinds}
    marks = {place: "" if marker.applying else marker.fingerprint for place, marker in store.applied.all().items()}
    names = {place.record for place in heads.keys() | marks.keys() if heads.get(place) != marks.get(place)}
    missing = {place for place, mark in heads.items() if mark}
    for kind in store.kinds:
        for seen in store.content.walk(kind)[0]:
            missing.discard(seen.place)
            data = store.content.read(seen.place)
            if data is None or hash_bytes(data) != heads.get(seen.place):
                names.add(seen.place.record)
    return names | {place.record for place in missing}


def _stale_in_snapshot(session: Session, store: ContentStore, names: Iterable[str] | None) -> set[str]:
    """Return the records whose snapshot row differs from the log, for any reason."""
    parts: dict[str, dict[str, str]] = {}
    for place, head in log.heads(session).items() if names is None else _heads_of(session, names):
        if place.kind in store.kinds and head.is_present:
            parts.setdefault(place.record, {})[place.part] = head.fingerprint
    wanted = {record: bundle_fingerprint(marks) for record, marks in parts.items() if SOURCE in marks}
    present = {f"{kind}/{record_id}": mark for (kind, record_id), mark in store.snapshot.fingerprints().items()}
    looked_at = wanted.keys() | present.keys() if names is None else set(names)
    return {record for record in looked_at if wanted.get(record) != present.get(record)}


def _heads_of(session: Session, names: Iterable[str]) -> Iterator[tuple[RecordFile, Head]]:
    for name in names:
        yield from log.heads(session, name).items()


def derive(session: Session, store: ContentStore, records: set[str], *, with_index: bool = True) -> None:
    """Rebuild what readers see from the newest texts of the log, regardless of the files.

    Without the index, the caller or the follower updates it by `ContentStore.mend_index`.
    """
    for step in _steps(sorted(records), store.step):
        bundles: list[Bundle] = []
        removed: list[tuple[str, str]] = []
        for record in step:
            kind, _, record_id = record.partition("/")
            texts, attached = log.texts(session, record), current_attachments(session, record)
            bundle, _ = read_bundle(store.kinds[kind].shape, record_id, texts, attached)
            if bundle is None:
                removed.append((kind, record_id))
            else:
                bundles.append(bundle)
        session.rollback()  # hold no database lock while the index is written
        fault_points.point("apply-after-files")
        store.derive(bundles, removed, with_index=with_index)
    store.refresh()


def _steps(records: list[str], size: int) -> Iterator[list[str]]:
    """Yield batches of records whose texts fit in memory at once."""
    for start in range(0, len(records), size):
        yield records[start : start + size]
