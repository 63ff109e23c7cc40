"""`kb content export` and `import`: a table taken along and brought back by command."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from kb.history import log
from tests.cli.conftest import Run
from tests.house import SOURCE_PLACE, TestHouse, a_curator, catch_up_now

NOTE = ("--kind", "pages", "--email", "curator@example.org", "--note", "A shorter title")


@pytest.fixture
def table(house: TestHouse, kb: Run, tmp_path: Path) -> Path:
    """A table of the house's one page, whose title was changed."""
    store = house.store()
    with house.session() as session:
        catch_up_now(session, store)
        a_curator(session)
    store.close()
    path = tmp_path / "pages.csv"
    assert "1 records written" in kb("content", "export", str(path), "--kind", "pages").output
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("Stone terraces", "Terraces"), encoding="utf-8")
    return path


def title(session: Session) -> str:
    session.rollback()
    head = log.find_head(session, SOURCE_PLACE)
    assert head is not None
    return (head.text or "").partition("title: ")[2].partition("\n")[0]


def test_a_table_is_shown_and_published_when_it_is_said_so(house: TestHouse, kb: Run, table: Path) -> None:
    with house.session() as session:
        result = kb("content", "import", str(table), *NOTE, text="n\n")
        assert "title: Stone terraces -> Terraces" in result.output
        assert title(session) == "Stone terraces"
        assert "Published as change" in kb("content", "import", str(table), *NOTE, "--yes").output
        assert title(session) == "Terraces"
        again = kb("content", "import", str(table), *NOTE, "--yes")
        assert "2, fingerprint: stone-terraces has changed since you downloaded the table." in again.output


def test_nothing_is_published_with_four_eyes_or_by_who_may_not(
    house: TestHouse, kb: Run, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kb("content", "import", str(table), *NOTE[:3], "nobody@example.org", *NOTE[4:], "--yes").exit_code == 1
    monkeypatch.setenv("KB_FOUR_EYES", "true")
    result = kb("content", "import", str(table), *NOTE, "--yes")
    assert result.exit_code == 1
    assert "On this site, a second person reviews each text before publication." in result.output
    with house.session() as session:
        assert title(session) == "Stone terraces"


def test_a_workbook_is_written_by_the_ending_of_its_name(kb: Run, table: Path, tmp_path: Path) -> None:
    with table.open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file))[:4] == ["id", "language", "fingerprint", "status"]
    path = tmp_path / "pages.xlsx"
    assert kb("content", "export", str(path), "--kind", "pages").exit_code == 0
    assert path.read_bytes().startswith(b"PK")
    assert kb("content", "export", str(tmp_path / "pages.ods")).exit_code == 1
