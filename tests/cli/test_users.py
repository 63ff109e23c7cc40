"""`kb users`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from kb.accounts.actions import sign_in
from kb.accounts.model import User
from kb.errors import Rejected
from tests.accounts.codes import with_second_factor
from tests.cli.conftest import Run
from tests.house import NOW, TestHouse

PASSWORD = "stone upon stone upon stone"  # noqa: S105 - of a person who exists in these tests alone
ANA = ("users", "create", "--email", "ana@example.org", "--name", "Ana Costa")


@pytest.fixture
def database(kb: Run, house: TestHouse, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """The database of a house that nobody has used yet: the command makes it."""
    del kb  # which names another one
    monkeypatch.setenv("KB_DATABASE", "")
    engine = create_engine(f"sqlite:///{house.data / 'kb.sqlite'}")
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_the_first_curator_is_created_on_a_fresh_base(kb: Run, database: Session) -> None:
    result = kb("users", "create", text=f"Ana@example.org\nAna Costa\n{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert "Ana Costa <ana@example.org> can sign in as curator." in result.output
    assert PASSWORD not in result.output
    assert sign_in(database, "ana@example.org", PASSWORD, "192.0.2.1", NOW).roles == {"curator"}


def test_the_password_may_come_from_the_standard_input(kb: Run, database: Session) -> None:
    result = kb(*ANA, "--password-stdin", "--role", "administrator", "--role", "curator", text=f"{PASSWORD}\n")
    assert "can sign in as administrator and curator." in result.output
    assert sign_in(database, "ana@example.org", PASSWORD, "192.0.2.1", NOW)


@pytest.mark.usefixtures("database")
def test_what_is_wrong_is_said_and_nobody_created(kb: Run) -> None:
    result = kb(*ANA, "--password-stdin", text="short\n")
    assert result.exit_code == 1
    assert "at least 12 characters" in result.output
    assert kb("users", "grant", "ana@example.org", "curator").exit_code == 1


@pytest.mark.usefixtures("database")
def test_an_address_is_used_once(kb: Run) -> None:
    kb(*ANA, "--password-stdin", text=PASSWORD)
    result = kb(*ANA, "--password-stdin", text=PASSWORD)
    assert result.exit_code == 1
    assert "already an account" in result.output


def test_a_role_is_given_and_an_account_closed(kb: Run, database: Session) -> None:
    kb(*ANA, "--password-stdin", text=PASSWORD)
    assert "is administrator and curator." in kb("users", "grant", "ANA@example.org", "administrator").output
    assert "is closed" in kb("users", "deactivate", "ana@example.org").output
    assert not database.get_one(User, 1).is_active
    with pytest.raises(Rejected):
        sign_in(database, "ana@example.org", PASSWORD, "192.0.2.1", NOW)
    result = kb("users", "grant", "ana@example.org", "curator")
    assert result.exit_code == 1
    assert "cannot be given a role" in result.output


def test_a_lost_second_factor_is_reset(kb: Run, database: Session) -> None:
    kb(*ANA, "--password-stdin", text=PASSWORD)
    result = kb("users", "reset-second-factor", "ana@example.org")
    assert result.exit_code == 1
    assert "no second factor" in result.output
    with_second_factor(database, database.get_one(User, 1))
    assert "with the password alone" in kb("users", "reset-second-factor", "ANA@example.org").output
    database.rollback()
    user = database.get_one(User, 1, populate_existing=True)
    assert user.totp_confirmed is None
    assert user.totp_secret == ""


def test_a_closed_account_is_erased(kb: Run, database: Session) -> None:
    kb(*ANA, "--password-stdin", text=PASSWORD)
    result = kb("users", "erase", "ana@example.org", "--yes")
    assert result.exit_code == 1
    assert "close it first" in result.output
    kb("users", "deactivate", "ana@example.org")
    assert kb("users", "erase", "ana@example.org", text="n\n").exit_code == 1
    assert database.get_one(User, 1).name == "Ana Costa"
    assert kb("users", "erase", "ana@example.org", text="y\n").exit_code == 0
    database.rollback()
    user = database.get_one(User, 1, populate_existing=True)
    assert user.name == ""
    assert "ana" not in user.email


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    "command",
    [
        ("grant", "nobody@example.org", "curator"),
        ("deactivate", "nobody@example.org"),
        ("reset-second-factor", "nobody@example.org"),
        ("erase", "nobody@example.org"),
    ],
)
def test_an_unknown_address_is_named(kb: Run, command: tuple[str, ...]) -> None:
    kb(*ANA, "--password-stdin", text=PASSWORD)
    result = kb("users", *command)
    assert result.exit_code == 1
    assert "no account with the address nobody@example.org" in result.output
