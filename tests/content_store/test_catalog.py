"""The catalog at one moment, and the one after it: only what changed is made anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kb.content_store.catalog import Catalog, CatalogEntry
from kb.records.files.snapshot import Snapshot
from kb.records.record import Status
from tests.builders import a_bundle
from tests.content_store.test_catalog_codec import entry_of

ONE = replace(entry_of(a_bundle(aliases=["first"])), id="one", fingerprint="1")
TWO = replace(ONE, id="two", aliases=(), fingerprint="2")
DRAFT = replace(ONE, id="an-idea", status=Status.DRAFT, aliases=(), fingerprint="3")


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return Snapshot(tmp_path / "snapshot.sqlite", {})


def same(one: Catalog, other: Catalog) -> bool:
    """Whether two catalogs tell the same."""
    return (one.columns, one.aliases, one.mark) == (other.columns, other.aliases, other.mark)


def test_readers_are_given_what_is_published_by_id(snapshot: Snapshot) -> None:
    catalog = Catalog.of([TWO, DRAFT, ONE], snapshot)
    assert [entry.id for entry in catalog.entries("practices")] == ["one", "two"]
    assert catalog.entries("pages") == ()
    assert catalog.find("practices", "two") is TWO
    assert catalog.find("practices", "an-idea") is None


@pytest.mark.parametrize(
    "changes",
    [
        {TWO.key: replace(TWO, fingerprint="22")},
        {ONE.key: replace(ONE, aliases=("earlier", "first"))},
        {ONE.key: replace(ONE, aliases=())},
        {TWO.key: replace(TWO, aliases=("first",))},
        {TWO.key: replace(TWO, status=Status.RETIRED, fingerprint="x")},
        {("practices", "new"): replace(TWO, id="new")},
        {ONE.key: None},
        {TWO.key: None, ("practices", "never-was"): None},
        {ONE.key: None, TWO.key: None, DRAFT.key: None},
        {},
    ],
)
def test_a_changed_catalog_is_as_one_made_anew(
    snapshot: Snapshot, changes: dict[tuple[str, str], CatalogEntry | None]
) -> None:
    entries = {entry.key: entry for entry in (ONE, TWO, DRAFT)}
    before = Catalog.of(entries.values(), snapshot)
    whole = [entry for entry in (entries | changes).values() if entry is not None]
    assert same(before.changed(changes), Catalog.of(whole, snapshot))
    assert same(before, Catalog.of(entries.values(), snapshot))


def test_the_mark_differs_with_any_record(snapshot: Snapshot) -> None:
    catalog = Catalog.of([ONE, TWO], snapshot)
    others = [[ONE], [TWO, DRAFT], [ONE, replace(TWO, fingerprint="22")], [replace(ONE, fingerprint="2"), TWO], []]
    assert catalog.mark not in {Catalog.of(each, snapshot).mark for each in others}
    assert catalog.mark == Catalog.of([TWO, ONE], snapshot).mark


def test_an_earlier_id_leads_to_the_one_that_counts(snapshot: Snapshot) -> None:
    catalog = Catalog.of([ONE, TWO], snapshot)
    assert catalog.resolve("practices", "first") == "one"
    assert catalog.resolve("practices", "two") == "two"
    assert catalog.resolve("practices", "unknown") == "unknown"
