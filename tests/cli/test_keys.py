"""`kb keys`, and the end of everybody's sign-ins."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from kb.accounts.actions import create_user
from kb.accounts.encryption import key_of, seal, unseal
from kb.accounts.model import AuditEntry, Role, User
from kb.secret_key import next_key, read_or_make
from tests.cli.conftest import Run
from tests.house import NOW, TestHouse
from tests.site import migrated_database

PASSWORD = "stone upon stone upon stone"  # noqa: S105 - of people who exist in these tests alone
SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105 - what an app would hold
OTHER_KEY = "o" * 40


@pytest.fixture
def database(kb: Run, house: TestHouse, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """The database of a house with two people; the first one's second factor is encrypted with the key of the site."""
    del kb  # which names another one
    monkeypatch.setenv("KB_DATABASE", "")
    house.data.mkdir(exist_ok=True)
    (house.data / "kb.sqlite").write_bytes(migrated_database())
    engine = create_engine(f"sqlite:///{house.data / 'kb.sqlite'}")
    with Session(engine) as session:
        for name in ("ana", "berta"):
            create_user(
                session,
                email=f"{name}@example.org",
                name=name.title(),
                password=PASSWORD,
                roles=[Role.CURATOR],
                by=None,
                now=NOW,
            )
        ana = session.get_one(User, 1)
        ana.totp_secret, ana.totp_confirmed = seal(key_of(key_in(house)), ana.id, SECRET), NOW
        session.commit()
        yield session
    engine.dispose()


def key_in(house: TestHouse, name: str = "secret-key") -> str:
    return read_or_make(house.data / name)


def secret_under(session: Session, key: str) -> str | None:
    session.expire_all()
    return unseal(key_of(key), 1, session.get_one(User, 1).totp_secret)


def test_a_new_key_reads_what_the_one_before_had_encrypted(kb: Run, house: TestHouse, database: Session) -> None:
    old = key_in(house)
    result = kb("keys", "rotate")
    assert result.exit_code == 0, result.output
    assert "1 setup keys of two-step verification can be read with the new key." in result.output
    new = key_in(house)
    assert new != old
    assert (secret_under(database, new), secret_under(database, old)) == (SECRET, None)
    assert key_in(house, "secret-key.before") == old
    assert {each.name: each.stat().st_mode & 0o777 for each in house.data.glob("secret-key*")} == {
        "secret-key": 0o600,
        "secret-key.before": 0o600,
    }
    assert database.scalar(select(AuditEntry.deed).order_by(AuditEntry.id.desc())) == "secret-key-replaced"


def test_a_rotation_that_ended_between_database_and_file_goes_on(kb: Run, house: TestHouse, database: Session) -> None:
    meant = next_key(house.data)
    ana = database.get_one(User, 1)
    ana.totp_secret = seal(key_of(meant), 1, SECRET)
    database.commit()
    assert kb("keys", "rotate").exit_code == 0
    assert key_in(house) == meant
    assert secret_under(database, meant) == SECRET


def test_what_no_key_reads_is_named_and_left(kb: Run, house: TestHouse, database: Session) -> None:
    berta = database.get_one(User, 2)
    berta.totp_secret = seal(key_of("x" * 40), 2, SECRET)
    database.commit()
    assert "kb users reset-second-factor berta@example.org" in kb("keys", "rotate").output
    assert secret_under(database, key_in(house)) == SECRET


def test_a_key_of_the_environment_is_replaced_by_one_that_is_handed_in(
    kb: Run, house: TestHouse, database: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_SECRET_KEY", OTHER_KEY)
    ana = database.get_one(User, 1)
    ana.totp_secret = seal(key_of(OTHER_KEY), 1, SECRET)
    database.commit()
    before = key_in(house)
    assert "--key-stdin" in kb("keys", "rotate").output
    assert kb("keys", "rotate", "--key-stdin", text="short\n").exit_code == 1
    assert kb("keys", "rotate", "--key-stdin", text=f"{OTHER_KEY}\n").exit_code == 1
    assert secret_under(database, OTHER_KEY) == SECRET
    new = "n" * 40
    assert "Set KB_SECRET_KEY to the new key" in kb("keys", "rotate", "--key-stdin", text=f"{new}\n").output
    assert secret_under(database, new) == SECRET
    assert key_in(house) == before  # it is in no use, and stays


@pytest.mark.usefixtures("database")
def test_a_key_in_the_file_wants_none_from_outside(kb: Run, house: TestHouse) -> None:
    old = key_in(house)
    result = kb("keys", "rotate", "--key-stdin", text=f"{OTHER_KEY}\n")
    assert result.exit_code == 1
    assert "Run it without --key-stdin" in result.output
    assert key_in(house) == old


def test_all_sign_ins_of_everybody_end_and_the_audit_says_so(kb: Run, database: Session) -> None:
    before = set(database.scalars(select(User.sign_in_key)))
    assert "of 2 accounts have ended" in kb("users", "sign-out-everybody").output
    database.expire_all()
    assert not before & set(database.scalars(select(User.sign_in_key)))
    deeds = database.execute(select(AuditEntry.user_id, AuditEntry.deed).order_by(AuditEntry.id.desc()).limit(2)).all()
    assert set(deeds) == {(1, "sign-ins-ended"), (2, "sign-ins-ended")}
