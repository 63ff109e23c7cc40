"""The second factor: its secret, its codes, recovery codes, and how it is lost and reset."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from kb.accounts import actions, audit_log, second_factor
from kb.accounts.encryption import key_of, seal, unseal
from kb.accounts.model import AuditAction, RecoveryCode, Role, User
from kb.accounts.queries import find_by_key
from kb.accounts.recovery_codes import codes_left
from kb.errors import Forbidden, Rejected
from kb.problems import Problem
from tests.accounts.codes import HERE, KEY, code_at, with_second_factor, wrong_code
from tests.accounts.conftest import PASSWORD, a_person
from tests.accounts.test_audit_log import deeds
from tests.house import NOW

pytestmark = pytest.mark.slow  # every test hashes passwords

LATER = NOW + timedelta(minutes=1)


def refused(session: Session, user: User, code: str, *, minutes: float = 1, key: bytes = KEY) -> str:
    with pytest.raises(Rejected) as caught:
        second_factor.sign_in_by_code(session, user, key, code, address=HERE, now=NOW + timedelta(minutes=minutes))
    return caught.value.problems[0].code


def refused_setup(session: Session, user: User, sealed: str, code: str, password: str = PASSWORD) -> Problem:
    with pytest.raises(Rejected) as caught:
        second_factor.confirm(session, user, KEY, sealed, code, password, address=HERE, now=NOW)
    return caught.value.problems[0]


def test_a_secret_counts_once_its_first_code_was_typed(session: Session) -> None:
    user = a_person(session)
    sealed = second_factor.begin(user, KEY).sealed
    assert not second_factor.has_second_factor(user)
    assert refused_setup(session, user, sealed, wrong_code(user, sealed)).where == ("code",)
    assert not second_factor.has_second_factor(user)
    code = code_at(user, sealed=sealed)
    codes = second_factor.confirm(session, user, KEY, sealed, code, PASSWORD, address=HERE, now=NOW)
    assert second_factor.has_second_factor(user)
    assert len(set(codes)) == codes_left(session, user) == 10
    assert deeds(session, user)[0] == (AuditAction.SECOND_FACTOR_ON, "")


def test_setting_it_up_needs_the_password_so_that_a_stolen_sign_in_locks_nobody_out(session: Session) -> None:
    user = a_person(session)
    sealed = second_factor.begin(user, KEY).sealed
    assert refused_setup(session, user, sealed, code_at(user, sealed=sealed), "a guess").where == ("password",)
    assert not second_factor.has_second_factor(user)


def test_nothing_is_stored_before_the_password_was_right_so_nobody_leaves_a_secret_for_the_owner(
    session: Session,
) -> None:
    user = a_person(session)
    before = (user.totp_secret, user.totp_step, user.totp_confirmed, user.sign_in_key)
    sealed = second_factor.begin(user, KEY).sealed
    refused_setup(session, user, sealed, wrong_code(user, sealed))
    refused_setup(session, user, sealed, code_at(user, sealed=sealed), "a guess")
    session.refresh(user)
    assert (user.totp_secret, user.totp_step, user.totp_confirmed, user.sign_in_key) == before
    assert second_factor.begin(user, KEY).secret != second_factor.begin(user, KEY).secret


@pytest.mark.parametrize("sealed", ["", "none", "\0ä", "someone else’s"])
def test_a_setup_is_its_owners_alone(session: Session, sealed: str) -> None:
    ana, ben = a_person(session), a_person(session, "ben@example.org")
    if sealed == "someone else’s":
        sealed = second_factor.begin(ben, KEY).sealed
    assert refused_setup(session, ana, sealed, "123456").code == "no-secret"


def test_guessing_the_first_code_is_slowed_down(session: Session) -> None:
    user = a_person(session)
    sealed = second_factor.begin(user, KEY).sealed
    for expected in [*["wrong-code"] * 5, "too-many-attempts"]:
        assert refused_setup(session, user, sealed, wrong_code(user, sealed)).code == expected


def test_guessing_recovery_codes_is_slowed_down(session: Session) -> None:
    user = a_person(session)
    codes = with_second_factor(session, user)
    for expected in [*["wrong-recovery-code"] * 5, "too-many-attempts"]:
        with pytest.raises(Rejected) as caught:
            second_factor.sign_in_by_recovery_code(session, user, "none", address=HERE, now=LATER)
        assert caught.value.problems[0].code == expected
    second_factor.sign_in_by_recovery_code(session, user, codes[0], address="198.51.100.1", now=LATER)


def test_apps_are_told_the_secret_as_the_standard_says(session: Session) -> None:
    user = a_person(session)
    found = second_factor.begin(user, KEY)
    parts = urlsplit(found.address)
    assert (parts.scheme, parts.netloc, parts.path) == ("otpauth", "totp", "/Praxis:ana%40example.org")
    assert parse_qs(parts.query) == {"secret": [found.secret], "issuer": ["Praxis"]}
    assert "".join(found.groups) == found.secret
    assert len(found.secret) == 32


def test_a_database_alone_tells_neither_secret_nor_codes(session: Session) -> None:
    user = a_person(session)
    found = second_factor.begin(user, KEY)
    code = code_at(user, sealed=found.sealed)
    codes = second_factor.confirm(session, user, KEY, found.sealed, code, PASSWORD, address=HERE, now=NOW)
    kept = "\n".join(
        str(row)
        for table in ("person", "recovery_code")
        for row in session.execute(text(f"SELECT * FROM {table}"))  # noqa: S608
    )
    assert found.secret not in kept
    assert not [code for code in codes if code in kept or code.replace("-", "") in kept]


def test_a_secret_is_bound_to_its_owner_and_to_the_key_of_the_site() -> None:
    sealed = seal(KEY, 7, "the secret")
    assert unseal(KEY, 7, sealed) == "the secret"
    assert unseal(KEY, 8, sealed) is None
    assert unseal(key_of("another key of a site, long enough"), 7, sealed) is None
    assert unseal(KEY, 7, "no such thing") is None


def test_a_code_is_accepted_once(session: Session) -> None:
    user = a_person(session)
    with_second_factor(session, user)
    assert refused(session, user, code_at(user), minutes=0) == "wrong-code"  # it was used to switch it on
    code = code_at(user, now=LATER)
    second_factor.sign_in_by_code(session, user, KEY, f" {code[:3]} {code[3:]} ", address=HERE, now=LATER)
    assert deeds(session, user)[0] == (AuditAction.SIGNED_IN, "")
    assert refused(session, user, code) == "wrong-code"


def test_an_older_code_than_the_last_is_not_accepted(session: Session) -> None:
    user = a_person(session)
    with_second_factor(session, user)
    second_factor.sign_in_by_code(session, user, KEY, code_at(user, 1, now=LATER), address=HERE, now=LATER)
    assert refused(session, user, code_at(user, now=LATER)) == "wrong-code"


@pytest.mark.parametrize(("steps", "is_right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_clocks_may_differ_by_one_step(session: Session, steps: int, is_right: bool) -> None:
    user = a_person(session)
    with_second_factor(session, user, now=NOW - timedelta(hours=1))
    code = code_at(user, steps)
    if is_right:
        second_factor.sign_in_by_code(session, user, KEY, code, address=HERE, now=NOW)
    else:
        assert refused(session, user, code, minutes=0) == "wrong-code"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "١٢٣٤٥٦", "\0" * 6, "9" * 10_000])
def test_what_is_no_code_is_wrong(session: Session, typed: str) -> None:
    user = a_person(session)
    with_second_factor(session, user)
    assert refused(session, user, typed) == "wrong-code"


def test_guessing_codes_is_slowed_down_and_the_right_password_forgives_nothing(session: Session) -> None:
    user = a_person(session)
    codes = with_second_factor(session, user)
    for _ in range(5):
        actions.sign_in(session, user.email, PASSWORD, HERE, LATER)
        assert refused(session, user, wrong_code(user)) == "wrong-code"
    assert refused(session, user, code_at(user, now=LATER)) == "too-many-attempts"
    second_factor.sign_in_by_recovery_code(session, user, codes[0], address=HERE, now=LATER)  # not barred by them
    late = NOW + timedelta(minutes=20)
    second_factor.sign_in_by_code(session, user, KEY, code_at(user, now=late), address=HERE, now=late)


def test_a_recovery_code_lets_in_once_however_it_is_written(session: Session) -> None:
    user = a_person(session)
    codes = with_second_factor(session, user)
    second_factor.sign_in_by_recovery_code(session, user, codes[3].upper().replace("-", "  "), address=HERE, now=LATER)
    assert codes_left(session, user) == 9
    assert [deed for deed, _detail in deeds(session, user)[:2]] == [
        AuditAction.SIGNED_IN,
        AuditAction.RECOVERY_CODE_USED,
    ]
    with pytest.raises(Rejected) as caught:
        second_factor.sign_in_by_recovery_code(session, user, codes[3], address=HERE, now=LATER)
    assert caught.value.problems[0].where == ("recovery",)


def test_a_recovery_code_is_its_owners_alone(session: Session) -> None:
    ana, ben = a_person(session), a_person(session, "ben@example.org")
    codes = with_second_factor(session, ana)
    with_second_factor(session, ben)
    with pytest.raises(Rejected):
        second_factor.sign_in_by_recovery_code(session, ben, codes[0], address=HERE, now=LATER)
    assert codes_left(session, ana) == 10


def test_new_recovery_codes_need_the_password_and_end_the_old_ones(session: Session) -> None:
    user = a_person(session)
    old = with_second_factor(session, user)
    with pytest.raises(Rejected) as caught:
        second_factor.new_recovery_codes(session, user, "a guess", address=HERE, now=LATER)
    assert caught.value.problems[0].code == "wrong-password"
    new = second_factor.new_recovery_codes(session, user, PASSWORD, address=HERE, now=LATER)
    assert not set(old) & set(new)
    with pytest.raises(Rejected):
        second_factor.sign_in_by_recovery_code(session, user, old[0], address=HERE, now=LATER)
    second_factor.sign_in_by_recovery_code(session, user, new[0], address=HERE, now=LATER)


def test_switching_off_needs_the_password_and_leaves_nothing(session: Session) -> None:
    user = a_person(session)
    with_second_factor(session, user)
    with pytest.raises(Rejected):
        second_factor.switch_off(session, user, "a guess", address=HERE, now=LATER)
    assert second_factor.has_second_factor(user)
    second_factor.switch_off(session, user, PASSWORD, address=HERE, now=LATER)
    assert not second_factor.has_second_factor(user)
    assert user.totp_secret == ""
    assert session.scalar(select(func.count(RecoveryCode.id))) == 0
    with pytest.raises(Rejected):
        second_factor.switch_off(session, user, PASSWORD, address=HERE, now=LATER)


def test_one_in_use_is_not_written_over(session: Session) -> None:
    user = a_person(session)
    sealed = second_factor.begin(user, KEY).sealed
    with_second_factor(session, user)
    kept = user.totp_secret
    with pytest.raises(Rejected):
        second_factor.begin(user, KEY)
    assert refused_setup(session, user, sealed, code_at(user, sealed=sealed)).code == "no-secret"
    assert user.totp_secret == kept


def test_switching_it_on_ends_all_sign_ins_that_did_without(session: Session) -> None:
    user = a_person(session)
    key = user.sign_in_key
    with_second_factor(session, user)
    assert find_by_key(session, key) is None


def test_an_administrator_resets_what_somebody_has_lost(session: Session) -> None:
    chief, user = a_person(session, "chief@example.org", Role.ADMINISTRATOR), a_person(session)
    with_second_factor(session, user)
    key = user.sign_in_key
    with pytest.raises(Forbidden):
        second_factor.reset(session, user, by=user, now=LATER)
    second_factor.reset(session, user, by=chief, now=LATER)
    assert not second_factor.has_second_factor(user)
    assert find_by_key(session, key) is None
    assert deeds(session, user)[0] == (AuditAction.SECOND_FACTOR_RESET, "")
    with pytest.raises(Rejected):
        second_factor.reset(session, user, by=chief, now=LATER)


def test_with_another_secret_key_only_recovery_codes_let_in(session: Session) -> None:
    user = a_person(session)
    codes = with_second_factor(session, user)
    other = key_of("another key of a site, long enough")
    assert refused(session, user, "123456", key=other) == "unreadable-second-factor"
    second_factor.sign_in_by_recovery_code(session, user, codes[0], address=HERE, now=LATER)


def test_the_password_alone_is_no_sign_in_in_the_record_of_deeds(session: Session) -> None:
    user = a_person(session)
    with_second_factor(session, user)
    before = len(deeds(session, user))
    actions.sign_in(session, user.email, PASSWORD, HERE, LATER)
    assert len(deeds(session, user)) == before


def test_a_guessed_second_factor_is_in_the_record_of_deeds_and_nobodys_deed(session: Session) -> None:
    user = a_person(session)
    with_second_factor(session, user)
    assert deeds(session, user)[0] == (AuditAction.SECOND_FACTOR_ON, "")
    refused(session, user, wrong_code(user))
    with pytest.raises(Rejected):
        second_factor.sign_in_by_recovery_code(session, user, "abcd-efgh", address=HERE, now=LATER)
    guesses = audit_log.entries(session, user)[:2]
    assert [(each.deed, each.detail, each.actor_id) for each in guesses] == [
        (AuditAction.SECOND_FACTOR_REFUSED, "recovery", None),
        (AuditAction.SECOND_FACTOR_REFUSED, "", None),
    ]


def test_who_lacks_one_is_told_by_the_roles(session: Session) -> None:
    user = a_person(session, "ana@example.org", Role.CURATOR, Role.PUBLISHER)
    assert second_factor.lacks_second_factor(user, ("publisher", "administrator"))
    assert not second_factor.lacks_second_factor(user, ("administrator",))
    assert not second_factor.lacks_second_factor(user, ())
    with_second_factor(session, user)
    assert not second_factor.lacks_second_factor(user, ("publisher",))
