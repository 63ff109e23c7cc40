"""The second factor: codes that an app makes from a secret and the time (TOTP, RFC 6238), and recovery codes.

A secret counts once its first code was typed. `key` is what secrets are encrypted with (`sealing.key_of`).
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from pyotp import TOTP, random_base32
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts import audit_log
from kb.accounts.authentication import LIMITS, prove, prove_own_password
from kb.accounts.encryption import seal, unseal
from kb.accounts.known_networks import is_known
from kb.accounts.model import Deed, User
from kb.accounts.permissions import Permission, require
from kb.accounts.rate_limit import Limits, code_name, recovery_name
from kb.accounts.recovery_codes import forget_codes, make_codes, use_code
from kb.db import begin_write, write_transaction
from kb.errors import Rejected
from kb.i18n import N_
from kb.problems import Problem

ISSUER = "Praxis"
# Of a million codes five may be guessed, wherever from: whoever guesses has the password already.
CODES = Limits(from_everywhere=5)
RECOVERY = "recovery"  # what the audit says of a guessed recovery code
# What apps expect: SHA-1, six digits, a new code every thirty seconds. Clocks may differ by one step.
STEP = 30
_DRIFT = (0, -1, 1)
_DIGITS = 6
_GROUP = 4


@dataclass(frozen=True)
class Enrolment:
    """A secret that is to be put into an app: by its address in a QR code, or typed."""

    secret: str
    address: str

    @property
    def groups(self) -> tuple[str, ...]:
        """The secret in pieces that can be typed."""
        return tuple(self.secret[start : start + _GROUP] for start in range(0, len(self.secret), _GROUP))


def has_second_factor(user: User) -> bool:
    """Whether somebody has to show a code to sign in."""
    return user.totp_confirmed is not None


def lacks_second_factor(user: User, required: Collection[str]) -> bool:
    """Whether somebody has one of the roles that need a second factor, and none set up yet."""
    return not has_second_factor(user) and not user.roles.isdisjoint(required)


def begin(
    session: Session, user: User, key: bytes, password: str, *, address: str, now: datetime, limits: Limits = LIMITS
) -> None:
    """Make a secret, which counts once it is confirmed.

    Raises `Rejected` for a wrong password, as a stolen sign-in could lock its owner out, or where a second factor is
    in use.
    """
    _require_password(session, user, password, address, now, limits)
    begin_write(session)
    session.refresh(user)
    if has_second_factor(user):
        session.rollback()
        raise Rejected([Problem("second-factor-in-use", N_("You have a second factor already. Switch it off first."))])
    user.totp_secret, user.totp_step = seal(key, user.id, random_base32()), 0
    audit_log.note(session, Deed.SECOND_FACTOR_BEGUN, user, by=user, now=now)
    session.commit()


def find_enrolment(user: User, key: bytes) -> Enrolment | None:
    """Return the secret that was made and not confirmed yet."""
    if has_second_factor(user) or not user.totp_secret:
        return None
    secret = unseal(key, user.id, user.totp_secret)
    return Enrolment(secret, TOTP(secret).provisioning_uri(name=user.email, issuer_name=ISSUER)) if secret else None


def confirm(
    session: Session,
    user: User,
    key: bytes,
    code: str,
    password: str,
    *,
    address: str,
    now: datetime,
    limits: Limits = CODES,
) -> tuple[str, ...]:
    """Switch the second factor on by its first code, and end all sign-ins, which did without it.

    Returns the recovery codes, which are shown this once. Raises `Rejected`; wrong passwords and codes count.
    """
    if has_second_factor(user) or not user.totp_secret:
        raise Rejected([Problem("no-secret", N_("Begin anew: there is no secret that waits for its first code."))])
    _require_password(session, user, password, address, now, LIMITS)
    if not _is_code(session, user, key, code, address, now, limits):
        raise Rejected([_wrong_code()])
    with write_transaction(session):
        user.totp_confirmed, user.sign_in_key = now, secrets.token_urlsafe(32)
        codes = make_codes(session, user)
        audit_log.note(session, Deed.SECOND_FACTOR_ON, user, by=user, now=now)
    return codes


def sign_in_by_code(
    session: Session,
    user: User,
    key: bytes,
    code: str,
    *,
    address: str,
    now: datetime,
    limits: Limits = CODES,
    network: str = "",
) -> None:
    """Finish the sign-in of somebody whose password was right. Raises `Rejected`; wrong codes count and are noted."""
    if not _is_code(session, user, key, code, address, now, limits, network):
        _note_refusal(session, user, "", now)
        raise Rejected([_wrong_code()])
    with write_transaction(session):
        audit_log.note(session, Deed.SIGNED_IN, user, by=user, now=now)


def sign_in_by_recovery_code(
    session: Session,
    user: User,
    code: str,
    *,
    address: str,
    now: datetime,
    limits: Limits = LIMITS,
    network: str = "",
) -> None:
    """Finish a sign-in with a recovery code, which is used up. Raises `Rejected`; wrong codes count and are noted."""

    def check() -> bool:
        with write_transaction(session):
            return use_code(session, user, code, now)

    is_from_home = is_known(session, user.id, network, now)
    if not prove(session, recovery_name(user.id), check, address, now, limits, is_from_home=is_from_home):
        _note_refusal(session, user, RECOVERY, now)
        message = N_("This is none of your recovery codes, or it was used already.")
        raise Rejected([Problem("wrong-recovery-code", message, ("recovery",))])
    with write_transaction(session):
        audit_log.note(session, Deed.RECOVERY_CODE_USED, user, by=user, now=now)
        audit_log.note(session, Deed.SIGNED_IN, user, by=user, now=now)


def new_recovery_codes(
    session: Session, user: User, password: str, *, address: str, now: datetime, limits: Limits = LIMITS
) -> tuple[str, ...]:
    """Return new recovery codes in place of the old. Raises `Rejected` for a wrong password, or no second factor."""
    _require_second_factor(user)
    _require_password(session, user, password, address, now, limits)
    with write_transaction(session):
        codes = make_codes(session, user)
        audit_log.note(session, Deed.RECOVERY_CODES_MADE, user, by=user, now=now)
    return codes


def switch_off(
    session: Session, user: User, password: str, *, address: str, now: datetime, limits: Limits = LIMITS
) -> None:
    """Do without the second factor from now on. Raises `Rejected` for a wrong password, or where there is none."""
    _require_second_factor(user)
    _require_password(session, user, password, address, now, limits)
    with write_transaction(session):
        forget(session, user)
        audit_log.note(session, Deed.SECOND_FACTOR_OFF, user, by=user, now=now)


def reset(session: Session, user: User, *, by: User | None, now: datetime) -> None:
    """Switch off the second factor of somebody who has lost it, and end their sign-ins. Raises `Forbidden`.

    `Rejected` if there is none. Whoever does this has to know that it is this person who asks.
    """
    if by is not None:
        require(by, Permission.MANAGE_PEOPLE)
    _require_second_factor(user)
    with write_transaction(session):
        forget(session, user)
        user.sign_in_key = secrets.token_urlsafe(32)
        audit_log.note(session, Deed.SECOND_FACTOR_RESET, user, by=by, now=now)


def reseal(session: Session, old: bytes, new: bytes, *, now: datetime) -> tuple[int, tuple[User, ...]]:
    """Encrypt all secrets with a new key, in one transaction; `old` and `new` are of `sealing.key_of`.

    Returns how many can be read with the new key, and whose can be read with neither and have to be reset.
    """
    begin_write(session)
    readable, lost = 0, []
    for user in session.scalars(select(User).where(User.totp_secret != "").order_by(User.id)):
        if (secret := unseal(old, user.id, user.totp_secret)) is not None:
            user.totp_secret = seal(new, user.id, secret)
        elif unseal(new, user.id, user.totp_secret) is None:  # nor was it done by a rotation that was interrupted
            lost.append(user)
            continue
        readable += 1
    audit_log.note(session, Deed.SECRET_KEY_REPLACED, None, by=None, now=now)
    session.commit()
    return readable, tuple(lost)


def forget(session: Session, user: User) -> None:
    """Take the secret and all codes away; the caller commits."""
    user.totp_secret, user.totp_confirmed = "", None
    forget_codes(session, user)


def _is_code(
    session: Session, user: User, key: bytes, code: str, address: str, now: datetime, limits: Limits, network: str = ""
) -> bool:
    """Whether this is a code of now that was not used. Raises `Rejected` after too many, or without a secret."""
    secret = unseal(key, user.id, user.totp_secret) if user.totp_secret else None
    if secret is None:
        message = N_(
            "Your second factor cannot be read any more. Use a recovery code, or ask an administrator to reset it."
        )
        raise Rejected([Problem("unreadable-second-factor", message, ("code",))])

    def check() -> bool:
        with write_transaction(session):
            session.refresh(user)  # as it is under the lock: of two who send the same code, one comes second
            step = _step_of(secret, code, now)
            is_new = step is not None and step > user.totp_step
            if step is not None and is_new:
                user.totp_step = step
        return is_new

    is_from_home = is_known(session, user.id, network, now)
    return prove(session, code_name(user.id), check, address, now, limits, is_from_home=is_from_home)


def _note_refusal(session: Session, user: User, detail: str, now: datetime) -> None:
    """Note a guess of somebody who knows the password, and may be nobody we know; the throttle bounds how many."""
    with write_transaction(session):
        audit_log.note(session, Deed.SECOND_FACTOR_REFUSED, user, by=None, now=now, detail=detail)


def _wrong_code() -> Problem:
    message = N_("This code is wrong, too old, or was used already. Type the one that the app shows now.")
    return Problem("wrong-code", message, ("code",))


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the step of time whose code this is."""
    plain, step = "".join(code.split()), int(now.timestamp()) // STEP
    if len(plain) != _DIGITS or not plain.isascii() or not plain.isdigit():
        return None
    made = TOTP(secret, interval=STEP, digits=_DIGITS)
    return next((step + drift for drift in _DRIFT if compare_digest(made.generate_otp(step + drift), plain)), None)


def _require_password(session: Session, user: User, password: str, address: str, now: datetime, limits: Limits) -> None:
    if not prove_own_password(session, user, password, address, now, limits):
        raise Rejected([Problem("wrong-password", N_("This is not your present password."), ("password",))])


def _require_second_factor(user: User) -> None:
    if not has_second_factor(user):
        raise Rejected([Problem("no-second-factor", N_("There is no second factor to change."))])
