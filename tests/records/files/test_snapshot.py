from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from kb.kinds.practice.model import PRACTICE
from kb.records.files.snapshot import Derived, Snapshot, SnapshotRow
from kb.records.record import Bundle, Record
from tests.builders import a_bundle, a_translation_text
from tests.records.sample import FREE, ITALIAN, NOTE, TEXT, a_note

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
def test_a_record_comes_back_as_it_was(snapshot: Snapshot, bundle: Bundle[Any]) -> None:
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


def test_the_position_grows_with_every_change_and_others_see_it(snapshot: Snapshot) -> None:
    other = Snapshot(snapshot.path, SHAPES)
    before = other.position()
    assert before.number == 0
    snapshot.update([a_note()])
    assert other.position() == snapshot.position() == replace(before, number=1)
    assert other.find("notes", "one") == a_note()
    other.close()


def test_it_says_what_was_touched_since_a_position(snapshot: Snapshot) -> None:
    first = snapshot.position()
    snapshot.update([a_note()])
    second = snapshot.position()
    snapshot.update([a_bundle()], [("notes", "one")])
    assert snapshot.changed_since(first) == {("notes", "one"), ("practices", "ask-before-referral")}
    assert snapshot.changed_since(second) == snapshot.changed_since(first)
    assert snapshot.changed_since(snapshot.position()) == set()


def test_of_one_that_was_thrown_away_it_knows_nothing(snapshot: Snapshot) -> None:
    assert snapshot.changed_since(replace(snapshot.position(), birth="another")) is None


def test_what_was_made_of_a_record_comes_and_goes_with_it(snapshot: Snapshot) -> None:
    bundle = a_note({"it": ITALIAN})
    made = Derived(columns='{"title": "Terrazze"}', bodies={"en": "Walls.", "it": "Muri."})
    snapshot.update([bundle], derived={bundle.key: made})
    assert list(snapshot.rows()) == [SnapshotRow(bundle.key, bundle.fingerprint, made.columns)]
    assert snapshot.row(*bundle.key) == SnapshotRow(bundle.key, bundle.fingerprint, made.columns)
    assert (snapshot.body(*bundle.key, "it"), snapshot.body(*bundle.key, "pt")) == ("Muri.", "")
    assert snapshot.bodies(*bundle.key) == made.bodies
    snapshot.update([bundle], derived={bundle.key: Derived(bodies={"en": "Other walls."})})
    assert snapshot.bodies(*bundle.key) == {"en": "Other walls."}
    snapshot.update([], [bundle.key])
    assert snapshot.row(*bundle.key) is None
    assert list(snapshot.rows()) == []
    assert snapshot.bodies(*bundle.key) == {}


def test_columns_of_another_form_are_not_read(snapshot: Snapshot) -> None:
    snapshot.update([a_note()])
    other = Snapshot(snapshot.path, SHAPES, form="with more in it")
    assert other.row("notes", "one") is None
    assert other.fingerprints() == {("notes", "one"): ""}
    other.close()


def test_a_file_of_an_earlier_program_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "snapshot.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE record (kind, id, fingerprint, version, data)")
        connection.execute("CREATE TABLE stamp (only_one INTEGER PRIMARY KEY, number)")
        connection.execute("INSERT INTO record VALUES ('notes', 'one', 'mark', '1:x', '{}')")
        connection.commit()
    snapshot = Snapshot(path, SHAPES)
    assert snapshot.fingerprints() == {}
    snapshot.update([a_note()])
    assert snapshot.find("notes", "one") == a_note()
    snapshot.close()


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
        snapshot.update(
            [a_note(text=TEXT.replace("Stone terraces", "New")), replace(a_note(), record=cast("Record", None))]
        )
    assert snapshot.find("notes", "one") == a_note()
    assert snapshot.position().number == 1


def test_threads_read_what_another_wrote(snapshot: Snapshot) -> None:
    snapshot.update([a_note()])
    found: list[Bundle[Any] | None] = []

    def read() -> None:
        found.append(snapshot.find("notes", "one"))
        snapshot.close()

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [a_note()] * 4
