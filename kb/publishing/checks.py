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

LONGEST_NOTE = 2000  # characters: the history of the record shows the note


def refuse_long_note(note: str) -> None:
    """Raise `Rejected` for a note over `LONGEST_NOTE` characters. The note is never cut."""
    if len(note) > LONGEST_NOTE:
        message = N_("Enter at most %(limit)s characters.")
        raise Rejected([Problem("too-long", message, ("note",), params={"limit": LONGEST_NOTE})])


def require_reason(note: str, *, four_eyes: bool) -> None:
    """Raise `Rejected` for a missing reason if `four_eyes` applies, and for a reason that is too long.

    Under `four_eyes`, one person may withdraw in a hurry what two people have published. So a reason is required.
    """
    refuse_long_note(note)
    if four_eyes and not note.strip():
        raise Rejected([Problem("reason-needed", N_("Enter a reason. The reason appears in the history."), ("note",))])


def findings(
    session: Session,
    store: ContentStore,
    place: RecordFile,
    texts: Mapping[str, str],
    more: Iterable[Problem] = (),
    *,
    files: Mapping[str, str] | None = None,
) -> tuple[Problem, ...]:
    """Return the errors and warnings for new parts of the record of `place`, `more` first.

    `texts` holds the new parts as they will be published. All other parts come from the log. `files` maps the names of
    attachments that change with the texts to fingerprints; an empty fingerprint means a removed file. The path of a
    problem is its part.
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
    """Return all records of a kind, with this record in its new version."""
    found = [each for each in store.of_kind(kind) if each.key != bundle.key]
    return [*found, bundle] if bundle.shape.name == kind else found


def draft_findings(
    session: Session, store: ContentStore, place: RecordFile, text: str, *, minor: bool, today: date
) -> tuple[Problem, ...]:
    """Return the errors and warnings for a draft, including a machine's text that replaces a person's translation."""
    shape, before = store.kinds[place.kind].shape, log.texts(session, place.record)
    more = prepare(shape, place.id, {place.part: text}, before, minor=minor, today=today)[1]
    return findings(session, store, place, {place.part: text}, more)


def _alias_problems(bundle: Bundle, catalog: Catalog) -> Iterator[Problem]:
    """Yield a problem for each alias that already leads to another record."""
    kind, record_id = bundle.key
    for alias in bundle.record.aliases:
        other = catalog.resolve(kind, alias)
        if other != record_id and (kind, other) in catalog.columns:
            yield alias_taken(alias, other, SOURCE)


def _hindrances(
    place: RecordFile, before: Mapping[str, str], texts: Mapping[str, str], good: set[str]
) -> tuple[Problem, ...]:
    """Return the problem that prevents publication of texts without errors: no change, or no readable source."""
    if all(before.get(part) == text for part, text in texts.items()):
        message = N_("Nothing has changed.")
        return (Problem("nothing-changed", message, path=place.part),)
    if not good.issuperset(texts):
        message = N_("The record has no readable source text. Publish the source text first.")
        return (Problem("no-source-file", message, path=place.part),)
    return ()
