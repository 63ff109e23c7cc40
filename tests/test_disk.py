"""Free disk space, and files that only their owner can read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import create_engine, text

from kb.content_store.sync_state import Applied
from kb.db import configure
from kb.disk import GIGABYTE, DiskSpace, is_private, make_private, room


@pytest.mark.parametrize(
    ("total", "free", "expected"),
    [
        (100 * GIGABYTE, 11 * GIGABYTE, DiskSpace.OK),
        (100 * GIGABYTE, 9 * GIGABYTE, DiskSpace.LOW),
        (5 * GIGABYTE, GIGABYTE - 1, DiskSpace.LOW),
        (5 * GIGABYTE, 50 * 1024**2, DiskSpace.FULL),
    ],
)
def test_a_disk_is_low_below_a_gigabyte_or_a_tenth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, total: int, free: int, expected: DiskSpace
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(total=total, free=free))
    assert room(tmp_path) is expected


def test_a_folder_that_is_not_there_has_no_room(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        room(tmp_path / "gone")


@pytest.fixture
def open_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that everyone can read, with a umask that makes new files readable for everyone."""
    tmp_path.chmod(0o755)
    before = os.umask(0o022)
    yield tmp_path
    os.umask(before)


def test_what_is_there_is_left_as_it_is(open_folder: Path) -> None:
    file = open_folder / "file"
    file.write_text("text", encoding="utf-8")
    make_private(file)
    assert file.read_text(encoding="utf-8") == "text"
    assert not is_private(file)


def test_databases_are_made_for_their_owner_alone(open_folder: Path) -> None:
    engine = configure(create_engine(f"sqlite:///{open_folder / 'kb.sqlite'}"))
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE one (id INTEGER)"))
        connection.commit()
        applied = Applied(open_folder / "applied.sqlite")
        applied.reach(1)
        made = sorted(open_folder.iterdir())
        assert {each.name for each in made} >= {"kb.sqlite", "kb.sqlite-wal", "applied.sqlite", "applied.sqlite-wal"}
        assert [each.name for each in made if not is_private(each)] == []
    applied.close()
    engine.dispose()
