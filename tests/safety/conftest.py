from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.safety.walking import Walker
from tests.written_once import write_once


@pytest.fixture(autouse=True)
def _documents(monkeypatch: pytest.MonkeyPatch) -> None:
    write_once(monkeypatch)


@pytest.fixture
def walker(app: Flask, client: FlaskClient) -> Walker:
    """A signed-in user with all permissions."""
    return Walker(app, client).sign_in()
