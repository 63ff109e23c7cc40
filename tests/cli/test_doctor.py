"""`kb doctor`."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from kb.cli.doctor_machine import clock, rights
from kb.disk import GIGABYTE
from kb.publishing.retention import may_delete
from kb.secret_key import read_or_make
from tests.cli.conftest import Run
from tests.house import NOW, SOURCE_PLACE, TEXT, TestHouse, publish_text


def test_doctor_says_what_is_missing_and_what_that_switches_off(kb: Run) -> None:
    before = kb("doctor")
    assert before.exit_code == 1
    assert "search is off, browsing works" in before.output
    kb("search", "rebuild")
    assert "1 documents, 0 out of date" in kb("doctor").output
    assert "ok   files          0 with errors, 0 with warnings only" in kb("doctor").output


def test_doctor_counts_the_files_in_which_something_is_wrong(house: TestHouse, kb: Run) -> None:
    house.store_paths().path(SOURCE_PLACE).write_text(TEXT.replace("language: en", "language: [en"), encoding="utf-8")
    told = "FAIL files          1 with errors, 0 with warnings only: content/pages/stone-terraces/page.md; kb content"
    assert told in kb("doctor").output


def test_doctor_names_the_records_of_which_a_file_could_not_be_written(kb: Run, house: TestHouse) -> None:
    kb("search", "rebuild")
    assert "ok   log and files  agree" in kb("doctor").output
    # A folder where the next text of the file would be finished: the disk says no, as a full one would.
    (house.content / "pages" / "stone-terraces" / ".page.md.part").mkdir()
    with house.session() as session:
        publish_text(session, house.store(), TEXT.replace("mortar", "cement"))
    assert "FAIL log and files  differ in 1 records: pages/stone-terraces;" in kb("doctor").output


def test_doctor_says_how_much_room_is_left(kb: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, told in (
        (50 * GIGABYTE, "ok   disk           50.0 GB free"),
        (GIGABYTE // 2, "FAIL disk           0.5 GB free"),
    ):
        monkeypatch.setattr(shutil, "disk_usage", lambda _path, free=free: SimpleNamespace(total=10**11, free=free))
        assert told in kb("doctor").output


def test_a_clock_before_the_newest_change_is_wrong() -> None:
    now = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    assert clock(None, now).is_well
    assert clock(now + timedelta(minutes=1), now).is_well  # clocks of machines differ a little
    wrong = clock(now + timedelta(days=1), now)
    assert wrong.is_well is False
    assert "before the newest change (2026-12-01 09:00 UTC)" in wrong.words


def test_doctor_looks_at_the_clock_and_at_rights(kb: Run, house: TestHouse) -> None:
    house.data.mkdir(exist_ok=True)
    house.data.chmod(0o700)
    kb("search", "rebuild")
    output = kb("doctor").output
    assert "clock          " in output
    assert "rights         " in output


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that others can read, as one that was there before."""
    folder = tmp_path / "var"
    folder.mkdir()
    folder.chmod(0o755)
    read_or_make(folder / "secret-key")
    (folder / "kb.sqlite").touch()
    (folder / "kb.sqlite").chmod(0o644)
    return folder


def test_data_that_others_can_read_is_told_with_the_command_that_mends_it(data: Path) -> None:
    found = rights(data, data / "kb.sqlite")
    assert found.is_well is False
    assert found.words == f"others can read {data}, {data / 'kb.sqlite'}: chmod -R go= {data}"
    data.chmod(0o700)
    assert rights(data, data / "kb.sqlite").is_well  # nobody gets that far


def test_a_database_elsewhere_is_looked_at_by_itself(data: Path, tmp_path: Path) -> None:
    data.chmod(0o700)
    elsewhere = tmp_path / "people.sqlite"
    elsewhere.touch()
    elsewhere.chmod(0o640)
    assert rights(data, elsewhere).words == f"others can read {elsewhere}: chmod -R go= {elsewhere}"
    assert rights(data, None).is_well


def test_nothing_old_is_deleted_after_the_clock_has_jumped_and_doctor_says_so(kb: Run, house: TestHouse) -> None:
    with house.session() as session:
        may_delete(session, NOW)
        assert "old data" not in kb("doctor").output
        may_delete(session, NOW + timedelta(days=800))
    told = kb("doctor").output
    assert "FAIL old data       the clock moved on from 2026-11-25 to 2029-02-02" in told
    assert "nothing is deleted before 2029-02-03 12:00 UTC" in told
