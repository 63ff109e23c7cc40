"""`kb users`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from kb.accounts.actions import sign_in
from kb.accounts.model import User
from kb.accounts.one_time_links import find_owner
from kb.errors import Rejected
from tests.accounts.codes import with_second_factor
from tests.cli.conftest import Run
from tests.house import NOW, TestHouse
from tests.site import migrated_database

PASSWORD = "stone upon stone upon stone"  # noqa: S105 - of a person who exists in these tests alone
ANA = ("users", "create", "--email", "ana@example.org", "--name", "Ana Costa")


@pytest.fixture
def fresh_database(kb: Run, house: TestHouse, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """The database of a house that nobody has used yet: the command makes it."""
    del kb  # which names another one
    monkeypatch.setenv("KB_DATABASE", "")
    engine = create_engine(f"sqlite:///{house.data / 'kb.sqlite'}")
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def database(fresh_database: Session, house: TestHouse) -> Session:
    """The database of a house in which nobody has an account."""
    house.data.mkdir(exist_ok=True)
    (house.data / "kb.sqlite").write_bytes(migrated_database())
    return fresh_database


def test_the_first_account_is_an_administrators_on_a_fresh_base(kb: Run, fresh_database: Session) -> None:
    result = kb("users", "create", text=f"Ana@example.org\nAna Costa\n{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert "Ana Costa <ana@example.org> can sign in as administrator." in result.output
    assert PASSWORD not in result.output
    assert sign_in(fresh_database, "ana@example.org", PASSWORD, "192.0.2.1", NOW).roles == {"administrator"}


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
    assert "An account with the email address ana@example.org already exists." in result.output


def test_a_role_is_given_and_an_account_closed(kb: Run, database: Session) -> None:
    kb(*ANA, "--password-stdin", text=PASSWORD)
    assert "is administrator and curator." in kb("users", "grant", "ANA@example.org", "curator").output
    assert "is closed" in kb("users", "deactivate", "ana@example.org").output
    assert not database.get_one(User, 1).is_active
    with pytest.raises(Rejected):
        sign_in(database, "ana@example.org", PASSWORD, "192.0.2.1", NOW)
    result = kb("users", "grant", "ana@example.org", "curator")
    assert result.exit_code == 1
    assert "is closed. Reopen it before you give it a role." in result.output


def test_a_lost_second_factor_is_reset(kb: Run, database: Session) -> None:
    kb(*ANA, "--password-stdin", text=PASSWORD)
    result = kb("users", "reset-second-factor", "ana@example.org")
    assert result.exit_code == 1
    assert "Two-step verification is not turned on." in result.output
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
    assert "is open. Close it first." in result.output
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
        ("revoke", "nobody@example.org", "curator"),
        ("deactivate", "nobody@example.org"),
        ("reopen", "nobody@example.org"),
        ("link", "nobody@example.org"),
        ("reset-second-factor", "nobody@example.org"),
        ("erase", "nobody@example.org"),
    ],
)
def test_an_unknown_address_is_named(kb: Run, command: tuple[str, ...]) -> None:
    kb(*ANA, "--password-stdin", text=PASSWORD)
    result = kb("users", *command)
    assert result.exit_code == 1
    assert "No account has the address nobody@example.org" in result.output


@pytest.mark.usefixtures("database")
def test_a_role_is_limited_and_taken_away(kb: Run) -> None:
    kb(*ANA, "--password-stdin", "--role", "trainer", text=PASSWORD)
    limits = ("--country", "pt", "--country", "RO", "--area", "referral", "--language", "LT")
    said = kb("users", "grant", "ana@example.org", "curator", *limits).output
    assert "is curator, countries: PT RO, areas: referral, languages: lt and trainer." in said
    assert "is curator and trainer." in kb("users", "grant", "ana@example.org", "curator").output
    assert "is trainer." in kb("users", "revoke", "ana@example.org", "curator").output
    assert "is without a role." in kb("users", "revoke", "ana@example.org", "trainer").output


@pytest.mark.usefixtures("database")
def test_a_limit_that_does_not_exist_is_refused(kb: Run) -> None:
    kb(*ANA, "--password-stdin", text=PASSWORD)
    result = kb("users", "grant", "ana@example.org", "curator", "--country", "US", "--area", "nothing")
    assert result.exit_code == 1
    assert "US is not in the list." in result.output
    assert "nothing is not in the list." in result.output
    assert kb("users", "grant", "ana@example.org", "administrator", "--country", "PT").exit_code == 1


@pytest.mark.usefixtures("database")
def test_everybody_is_listed(kb: Run) -> None:
    kb(*ANA, "--password-stdin", text=PASSWORD)
    kb("users", "deactivate", "ana@example.org")
    assert "Ana Costa <ana@example.org>: closed, administrator; last sign-in: never" in kb("users", "list").output
    assert "can sign in again and is administrator." in kb("users", "reopen", "ana@example.org").output
    assert "active" in kb("users", "list").output


def test_a_link_for_a_new_password_is_written(kb: Run, database: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_URL", "https://praxis.example")
    kb(*ANA, "--password-stdin", text=PASSWORD)
    first, second = kb("users", "link", "ana@example.org").output.splitlines()
    assert "Give it only to Ana Costa." in second
    address, token = first.split("=")
    assert address == "https://praxis.example/en/welcome?token"
    assert find_owner(database, token, datetime.now(UTC)) is database.get_one(User, 1)
    kb("users", "deactivate", "ana@example.org")
    assert kb("users", "link", "ana@example.org").exit_code == 1
