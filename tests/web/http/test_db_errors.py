"""Failed saves: logged, rolled back and raised as one error; errors that a view answers itself pass through."""

from __future__ import annotations

import pytest
from flask import Flask

from kb.accounts.model import User
from kb.errors import Rejected
from kb.extensions import db
from kb.web.http.db_errors import SaveError, rollback_on_error


def test_an_unforeseen_error_is_logged_and_rolled_back(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with app.app_context():
        db.session.add(User(email="ana@example.org", name="Ana"))
        with pytest.raises(SaveError) as raised, rollback_on_error("%s could not be saved", "practices/walls"):
            raise ValueError
        assert isinstance(raised.value.__cause__, ValueError)
        assert "practices/walls could not be saved" in caplog.text
        assert not db.session.new


def test_an_expected_error_passes_and_nothing_is_rolled_back(app: Flask) -> None:
    with app.app_context():
        db.session.add(user := User(email="ana@example.org", name="Ana"))
        with pytest.raises(Rejected), rollback_on_error("not saved", expected=(Rejected,)):
            raise Rejected([])
        assert user in db.session.new
