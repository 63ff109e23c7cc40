"""A house with one page, and commands run on it in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.__main__ import cli
from tests.house import TEXT, TestHouse, a_house

Run = Callable[..., Result]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[TestHouse]:
    made = a_house(tmp_path)
    made.write(TEXT)
    yield made
    made.close()


@pytest.fixture
def kb(house: TestHouse, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("KB_CONTENT", str(house.content))
    monkeypatch.setenv("KB_DATA", str(house.data))
    monkeypatch.setenv("KB_DATABASE", house.database)

    def run(*arguments: str, text: str | None = None) -> Result:
        result = CliRunner().invoke(cli, arguments, input=text)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run
