"""`kb migrate`, and a database that a newer version has served."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from tests.browser.serving import free_port
from tests.cli.conftest import Run
from tests.house import TestHouse
from tests.site import migrated_database


@pytest.fixture
def database(kb: Run, house: TestHouse, monkeypatch: pytest.MonkeyPatch) -> Path:
    del kb  # which names another one
    monkeypatch.setenv("KB_DATABASE", "")
    house.data.mkdir(exist_ok=True)
    path = house.data / "kb.sqlite"
    path.write_bytes(migrated_database())
    return path


def schema_of(database: Path) -> str:
    with sqlite3.connect(database) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def test_an_upgrade_is_taken_back_and_done_again(kb: Run, database: Path) -> None:
    newest = schema_of(database)
    told = re.search(r"ok   schema +(\d+)", kb("doctor").output)
    assert told is not None
    assert told[1] == newest
    earlier = "1795824600"
    assert kb("migrate", "--down-to", earlier).output == f"The schema was {newest} and is {earlier}.\n"
    assert schema_of(database) == earlier
    assert kb("migrate").output == f"The schema was {earlier} and is {newest}.\n"
    assert schema_of(database) == newest


@pytest.mark.parametrize("wrong", ["12345", "1", "-1", "nothing"])
def test_what_is_no_earlier_schema_is_refused_in_words(kb: Run, database: Path, wrong: str) -> None:
    newest = schema_of(database)
    result = kb("migrate", "--down-to", wrong)
    assert result.exit_code == 1
    assert result.output.startswith("Nothing was changed: ")
    assert schema_of(database) == newest
    assert kb("migrate", "--down-to", newest).exit_code == 1


def test_an_older_version_does_not_serve_what_a_newer_one_has_made(kb: Run, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999999999'")
    result = kb("serve", "--port", str(free_port()))
    assert result.exit_code == 1
    assert "kb migrate --down-to" in result.output
    assert "FAIL schema" in kb("doctor").output
