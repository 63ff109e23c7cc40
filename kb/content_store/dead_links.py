"""Finds links to deleted records: reported before a deletion, and on the desk until they are repaired."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from kb.content_store.checks import link_problems, target_of
from kb.content_store.file_problems import LINKS
from kb.content_store.store import ContentStore
from kb.content_store.validation import shown
from kb.problems import Problem
from kb.records.bundle import SOURCE
from kb.records.files.paths import place_of
from kb.records.record import Bundle


def dangling(store: ContentStore, gone: Collection[str]) -> dict[str, tuple[Problem, ...]]:
    """Return by record the links to any of these records, as problems that their deletion would cause."""
    found: dict[str, tuple[Problem, ...]] = {}
    if not gone:
        return found
    for bundle in store.snapshot.bundles():
        record = "/".join(bundle.key)
        if record not in gone and (problems := tuple(_leading_to(store, bundle, gone))):
            found[record] = problems
    return found


def note_left(store: ContentStore, left: Mapping[str, tuple[Problem, ...]]) -> None:
    """Report to the desk the links that a deletion has broken."""
    for record, problems in left.items():
        before = store.problems.all(LINKS).get(record, ())
        store.problems.note(record, (*(each for each in before if each not in problems), *problems), LINKS)


def look_again(store: ContentStore, changed: Iterable[str]) -> None:
    """After these records changed, remove reports of links that are repaired or whose target exists again."""
    names = set(changed)
    for record, problems in store.problems.all(LINKS).items():
        targets = {str(problem.params["target"]) for problem in problems}
        if record not in names and names.isdisjoint(targets):
            continue
        bundle = store.snapshot.find(*_key(record))
        gone = {each for each in targets if _key(each) not in store.current().catalog.columns}
        store.problems.note(record, _leading_to(store, bundle, gone) if bundle is not None else (), LINKS)


def _leading_to(store: ContentStore, bundle: Bundle, gone: Collection[str]) -> Iterator[Problem]:
    kind = store.kinds[bundle.shape.name]
    resolve = store.current().catalog.resolve
    links = [link for link in kind.links(bundle) if f"{link.kind}/{resolve(link.kind, link.id)}" in gone]
    if links:
        yield from shown(store.content, *bundle.key, link_problems(bundle, links, {bundle.key: target_of(bundle)}))


def _key(record: str) -> tuple[str, str]:
    place = place_of(record, SOURCE)
    return place.kind, place.id
