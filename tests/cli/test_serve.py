"""What `kb serve` says before it serves: nothing is begun anew by mistake, and what is damaged is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.__main__ import cli
from kb.content_store.file_problems import FileProblems
from kb.content_store.sync_state import Applied
from kb.records.files.paths import RecordFile
from tests.browser.serving import free_port

Kb = Callable[..., Result]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kb:
    monkeypatch.setenv("KB_CONTENT", str(ROOT / "content"))
    monkeypatch.setenv("KB_DATA", str(tmp_path / "var"))
    (tmp_path / "var").mkdir()
    return lambda *arguments: CliRunner().invoke(cli, ["serve", "--port", str(free_port()), *arguments])


def test_a_database_that_is_missing_is_not_begun_anew_unasked(kb: Kb, tmp_path: Path) -> None:
    Applied(tmp_path / "var" / "applied.sqlite").reached()
    result = kb()
    assert result.exit_code == 1
    assert "kb serve --new" in result.output
    assert not (tmp_path / "var" / "kb.sqlite").exists()


def test_a_database_that_cannot_be_read_is_named(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "var" / "kb.sqlite").write_bytes(b"no database at all" * 1000)
    result = kb()
    assert result.exit_code == 1
    assert "The database cannot be read" in result.output
    assert not isinstance(result.exception, ValueError)


def test_damaged_problems_of_files_are_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "found.sqlite"
    path.write_bytes(b"no database at all" * 1000)
    assert FileProblems(path).all() == {}
    assert path.with_name("found.sqlite.damaged").exists()


def test_damaged_marks_of_files_are_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "applied.sqlite"
    path.write_bytes(b"no database at all" * 1000)
    applied = Applied(path)
    assert applied.reached() == 0
    assert applied.find(RecordFile("pages", "about", "source")) is None
    applied.close()
    assert path.with_name("applied.sqlite.damaged").read_bytes().startswith(b"no database")
