from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kb.content.record import Bundle
from kb.content.snapshot import Snapshot
from kb.practices.model import PRACTICE
from tests.builders import a_bundle, a_translation_text
from tests.content.sample import FREE, ITALIAN, NOTE, TEXT, a_note

SHAPES = {"notes": NOTE, "leaves": FREE, "practices": PRACTICE}


@pytest.fixture
def snapshot(tmp_path: Path) -> Iterator[Snapshot]:
    snapshot = Snapshot(tmp_path / "var" / "snapshot.sqlite", SHAPES)
    yield snapshot
    snapshot.close()


@pytest.mark.parametrize(
    "bundle",
    [a_note({"it": ITALIAN}), a_note(shape=FREE), a_bundle({"it": a_translation_text()})],
    ids=lambda each: each.shape.name,
)
def test_a_record_comes_back_as_it_was(snapshot: Snapshot, bundle: Bundle) -> None:
    snapshot.update([bundle])
    assert snapshot.find(*bundle.key) == bundle
    assert list(snapshot.bundles()) == [bundle]
    assert snapshot.fingerprints() == {bundle.key: bundle.fingerprint}


def test_what_is_not_there_is_nothing(snapshot: Snapshot) -> None:
    assert snapshot.find("notes", "one") is None
    assert snapshot.fingerprints() == {}
    assert list(snapshot.bundles()) == []


def test_a_record_is_replaced_and_removed(snapshot: Snapshot) -> None:
    snapshot.update([a_note()])
    changed = a_note(text=TEXT.replace("Stone terraces", "Terraces"))
    snapshot.update([changed])
    assert snapshot.find("notes", "one") == changed
    snapshot.update([], [("notes", "one"), ("notes", "none")])
    assert snapshot.find("notes", "one") is None


def test_the_stamp_grows_with_every_change_and_others_see_it(snapshot: Snapshot) -> None:
    other = Snapshot(snapshot.path, SHAPES)
    assert other.stamp() == 0
    snapshot.update([a_note()])
    assert other.stamp() == snapshot.stamp() == 1
    assert other.find("notes", "one") == a_note()
    other.close()


def test_rows_of_another_version_are_not_read(snapshot: Snapshot) -> None:
    snapshot.update([a_note()])
    other = Snapshot(snapshot.path, {"notes": NOTE})
    assert other.find("notes", "one") is None
    assert other.fingerprints() == {("notes", "one"): ""}
    assert list(other.bundles()) == []
    other.update([a_note()])
    assert other.find("notes", "one") == a_note()
    other.close()


def test_an_update_that_fails_changes_nothing(snapshot: Snapshot) -> None:
    snapshot.update([a_note()])
    with pytest.raises(AttributeError):
        snapshot.update([a_note(text=TEXT.replace("Stone terraces", "New")), replace(a_note(), record=None)])
    assert snapshot.find("notes", "one") == a_note()
    assert snapshot.stamp() == 1


def test_threads_read_what_another_wrote(snapshot: Snapshot) -> None:
    snapshot.update([a_note()])
    found: list[Bundle | None] = []

    def read() -> None:
        found.append(snapshot.find("notes", "one"))
        snapshot.close()

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [a_note()] * 4
