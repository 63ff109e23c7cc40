"""Validates new texts of a record by today's checks before they are published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial

from sqlalchemy.orm import Session

from kb.content_store.catalog import Catalog
from kb.content_store.checks import alias_taken, attached_problems, link_problems, target_of
from kb.content_store.store import ContentStore
from kb.content_store.validation import lines_of, read_and_check
from kb.errors import Rejected
from kb.history import log
from kb.i18n import N_
from kb.problems import Problem, errors
from kb.publishing.prepare import prepare
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.record import Bundle

LONGEST_NOTE = 2000  # characters: it stands in the history of the record


def refuse_long_note(note: str) -> None:
    """Raise `Rejected` for a note that is none any more; it is never cut."""
    if len(note) > LONGEST_NOTE:
        message = N_("This is longer than %(limit)s characters; shorten it.")
        raise Rejected([Problem("too-long", message, ("note",), params={"limit": LONGEST_NOTE})])


def require_reason(note: str, *, four_eyes: bool) -> None:
    """Raise `Rejected` without a reason: one person may take back what two have published, in a hurry even.

    A reason beyond all measure is refused too.
    """
    refuse_long_note(note)
    if four_eyes and not note.strip():
        raise Rejected([Problem("reason-needed", N_("Say why, in one sentence; it stands in the history."), ("note",))])


def findings(
    session: Session,
    store: ContentStore,
    place: RecordFile,
    texts: Mapping[str, str],
    more: Iterable[Problem] = (),
    *,
    files: Mapping[str, str] | None = None,
) -> tuple[Problem, ...]:
    """Return everything that is wrong with new parts of the record of `place`, errors and warnings, and `more` first.

    `texts` are the new ones as they will be published; the others are as the log has them. `files` come with them, by
    name; those without a fingerprint are gone. The path of a problem is its part.
    """
    before = log.texts(session, place.record)
    kind = store.kinds[place.kind]
    good, bundle, checked = read_and_check(kind, place.id, {**before, **texts}, store.vocabularies, store.law)
    found = [*more, *checked]
    if bundle is not None:
        links = tuple(kind.links(bundle))
        targets = {key: store.target(key) for key in {(link.kind, link.id) for link in links}}
        targets |= {bundle.key: target_of(bundle)}
        found += link_problems(bundle, links, {key: each for key, each in targets.items() if each is not None})
        names = log.attachments(session, place.record) | dict(files or {})
        found += attached_problems(bundle, {name for name, mark in names.items() if mark})
        others = partial(_others, store, bundle)
        if kind.between is not None:
            found += kind.between(bundle, lines_of({**before, **texts}), others)
        if kind.missed is not None and (was := store.snapshot.find(*bundle.key)) is not None:
            found += kind.missed(was, bundle, others)
        found += _alias_problems(bundle, store.current().catalog)
    found = [problem for problem in found if problem.path in texts]
    if not errors(found):
        found += _hindrances(place, before, texts, good)
    return tuple(found)


def _others(store: ContentStore, bundle: Bundle, kind: str) -> list[Bundle]:
    """Return all records of a kind, this one as it will be."""
    found = [each for each in store.of_kind(kind) if each.key != bundle.key]
    return [*found, bundle] if bundle.shape.name == kind else found


def draft_findings(
    session: Session, store: ContentStore, place: RecordFile, text: str, *, minor: bool, today: date
) -> tuple[Problem, ...]:
    """Return everything that is wrong with a draft, what it does to a person's translation among it."""
    shape, before = store.kinds[place.kind].shape, log.texts(session, place.record)
    more = prepare(shape, place.id, {place.part: text}, before, minor=minor, today=today)[1]
    return findings(session, store, place, {place.part: text}, more)


def _alias_problems(bundle: Bundle, catalog: Catalog) -> Iterator[Problem]:
    """Yield a problem for each earlier id that leads to another record already."""
    kind, record_id = bundle.key
    for alias in bundle.record.aliases:
        other = catalog.resolve(kind, alias)
        if other != record_id and (kind, other) in catalog.columns:
            yield alias_taken(alias, other, SOURCE)


def _hindrances(
    place: RecordFile, before: Mapping[str, str], texts: Mapping[str, str], good: set[str]
) -> tuple[Problem, ...]:
    """What else keeps texts from being published in which nothing is wrong."""
    if all(before.get(part) == text for part, text in texts.items()):
        message = N_("Nothing was changed, so there is nothing to publish.")
        return (Problem("nothing-changed", message, path=place.part),)
    if not good.issuperset(texts):
        message = N_("The record has no source that can be read; publish that first.")
        return (Problem("no-source-file", message, path=place.part),)
    return ()
