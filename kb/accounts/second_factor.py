"""Second factor: time-based codes of an app (TOTP, RFC 6238), and recovery codes.

A secret is stored once its first code and the password were typed. `key` encrypts the secrets (`encryption.key_of`).
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
from kb.accounts.model import AuditAction, User
from kb.accounts.permissions import Permission, require
from kb.accounts.rate_limit import Limits, code_name, recovery_name
from kb.accounts.recovery_codes import forget_codes, make_codes, use_code
from kb.db import begin_write, write_transaction
from kb.errors import Rejected
from kb.i18n import N_
from kb.problems import Problem

ISSUER = "Praxis"
# Five guesses among a million codes, from all networks together: an attacker here already has the password.
CODES = Limits(from_everywhere=5)
RECOVERY = "recovery"  # the audit's detail for a guessed recovery code
# The standard of apps: SHA-1, six digits, a new code every thirty seconds. Clocks may differ by one step.
STEP = 30
_DRIFT = (0, -1, 1)
_DIGITS = 6
_GROUP = 4


@dataclass(frozen=True)
class Enrolment:
    """A secret to add to an app, by a QR code of its URI or by typing; `sealed` is the same, encrypted for its user."""

    secret: str
    address: str
    sealed: str

    @property
    def groups(self) -> tuple[str, ...]:
        """The secret in groups for typing."""
        return tuple(self.secret[start : start + _GROUP] for start in range(0, len(self.secret), _GROUP))


def has_second_factor(user: User) -> bool:
    """Return whether a user needs a code to sign in."""
    return user.totp_confirmed is not None


def lacks_second_factor(user: User, required: Collection[str]) -> bool:
    """Return whether a user has a role that requires a second factor, but has not set one up."""
    return not has_second_factor(user) and not user.roles.isdisjoint(required)


def begin(user: User, key: bytes) -> Enrolment:
    """Make a secret for the page alone: nothing is stored before `confirm` has seen the password and a code.

    So a stolen sign-in can neither lock the owner out nor leave a secret that the owner confirms later. Raises
    `Rejected` if a second factor is active.
    """
    if has_second_factor(user):
        raise Rejected([_in_use()])
    secret = random_base32()
    return _enrolment(user, secret, seal(key, user.id, secret))


def read_enrolment(user: User, key: bytes, sealed: str) -> Enrolment | None:
    """Return the secret that a page has kept, encrypted, while it is set up."""
    if has_second_factor(user) or not sealed:
        return None
    secret = unseal(key, user.id, sealed)
    return _enrolment(user, secret, sealed) if secret else None


def confirm(
    session: Session,
    user: User,
    key: bytes,
    sealed: str,
    code: str,
    password: str,
    *,
    address: str,
    now: datetime,
    limits: Limits = CODES,
) -> tuple[str, ...]:
    """Store the secret of a page, activate it with its first code, and end all sign-ins, which were made without it.

    Returns the recovery codes, which are shown only now. Raises `Rejected`; wrong passwords and codes count.
    """
    enrolment = read_enrolment(user, key, sealed)
    if enrolment is None:
        raise Rejected(
            [Problem("no-secret", N_("There is no two-step verification setup to confirm. Start the setup again."))]
        )
    _require_password(session, user, password, address, now, LIMITS)
    step = _step_of(enrolment.secret, code, now)
    if not prove(session, code_name(user.id), lambda: step is not None, address, now, limits) or step is None:
        raise Rejected([_wrong_code()])
    with write_transaction(session):
        session.refresh(user)  # under the lock: of two requests, one comes second
        if has_second_factor(user):
            raise Rejected([_in_use()])
        user.totp_secret, user.totp_step = sealed, step
        user.totp_confirmed, user.sign_in_key = now, secrets.token_urlsafe(32)
        codes = make_codes(session, user)
        audit_log.note(session, AuditAction.SECOND_FACTOR_ON, user, by=user, now=now)
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
    """Complete a sign-in after the right password. Raises `Rejected`; wrong codes count and are recorded."""
    if not _is_code(session, user, key, code, address, now, limits, network):
        _note_refusal(session, user, "", now)
        raise Rejected([_wrong_code()])
    with write_transaction(session):
        audit_log.note(session, AuditAction.SIGNED_IN, user, by=user, now=now)


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
    """Complete a sign-in with a recovery code, which is used up. Raises `Rejected`; wrong codes count and are
    recorded.
    """

    def check() -> bool:
        with write_transaction(session):
            return use_code(session, user, code, now)

    is_from_home = is_known(session, user.id, network, now)
    if not prove(session, recovery_name(user.id), check, address, now, limits, is_from_home=is_from_home):
        _note_refusal(session, user, RECOVERY, now)
        message = N_(
            "This recovery code is wrong or was already used. Try another code, or ask an administrator for help."
        )
        raise Rejected([Problem("wrong-recovery-code", message, ("recovery",))])
    with write_transaction(session):
        audit_log.note(session, AuditAction.RECOVERY_CODE_USED, user, by=user, now=now)
        audit_log.note(session, AuditAction.SIGNED_IN, user, by=user, now=now)


def new_recovery_codes(
    session: Session, user: User, password: str, *, address: str, now: datetime, limits: Limits = LIMITS
) -> tuple[str, ...]:
    """Replace the recovery codes and return them. Raises `Rejected` for a wrong password, or without a second
    factor.
    """
    _require_second_factor(user)
    _require_password(session, user, password, address, now, limits)
    with write_transaction(session):
        codes = make_codes(session, user)
        audit_log.note(session, AuditAction.RECOVERY_CODES_MADE, user, by=user, now=now)
    return codes


def switch_off(
    session: Session, user: User, password: str, *, address: str, now: datetime, limits: Limits = LIMITS
) -> None:
    """Deactivate the second factor. Raises `Rejected` for a wrong password, or if there is none."""
    _require_second_factor(user)
    _require_password(session, user, password, address, now, limits)
    with write_transaction(session):
        forget(session, user)
        audit_log.note(session, AuditAction.SECOND_FACTOR_OFF, user, by=user, now=now)


def reset(session: Session, user: User, *, by: User | None, now: datetime) -> None:
    """Deactivate the second factor of a person who has lost it, and end their sign-ins. Raises `Forbidden`.

    Raises `Rejected` if there is none. The administrator must verify that it is this person who asks.
    """
    if by is not None:
        require(by, Permission.MANAGE_PEOPLE)
    _require_second_factor(user)
    with write_transaction(session):
        forget(session, user)
        user.sign_in_key = secrets.token_urlsafe(32)
        audit_log.note(session, AuditAction.SECOND_FACTOR_RESET, user, by=by, now=now)


def reseal(session: Session, old: bytes, new: bytes, *, now: datetime) -> tuple[int, tuple[User, ...]]:
    """Encrypt all secrets with a new key, in one transaction; `old` and `new` come from `encryption.key_of`.

    Returns how many secrets are readable with the new key. Returns also the people who need a reset, because neither
    key decrypts their secret.
    """
    begin_write(session)
    readable, lost = 0, []
    for user in session.scalars(select(User).where(User.totp_secret != "").order_by(User.id)):
        if (secret := unseal(old, user.id, user.totp_secret)) is not None:
            user.totp_secret = seal(new, user.id, secret)
        elif unseal(new, user.id, user.totp_secret) is None:  # an interrupted rotation did not encrypt it either
            lost.append(user)
            continue
        readable += 1
    audit_log.note(session, AuditAction.SECRET_KEY_REPLACED, None, by=None, now=now)
    session.commit()
    return readable, tuple(lost)


def forget(session: Session, user: User) -> None:
    """Delete the secret and all codes; the caller commits."""
    user.totp_secret, user.totp_confirmed = "", None
    forget_codes(session, user)


def _is_code(
    session: Session, user: User, key: bytes, code: str, address: str, now: datetime, limits: Limits, network: str = ""
) -> bool:
    """Return whether the code is current and unused. Raises `Rejected` after too many attempts, or without a secret."""
    secret = unseal(key, user.id, user.totp_secret) if user.totp_secret else None
    if secret is None:
        message = N_(
            "Your two-step verification no longer works. Use a recovery code, or ask an administrator to reset it."
        )
        raise Rejected([Problem("unreadable-second-factor", message, ("code",))])

    def check() -> bool:
        with write_transaction(session):
            session.refresh(user)  # under the lock: of two requests with the same code, one comes second
            step = _step_of(secret, code, now)
            is_new = step is not None and step > user.totp_step
            if step is not None and is_new:
                user.totp_step = step
        return is_new

    is_from_home = is_known(session, user.id, network, now)
    return prove(session, code_name(user.id), check, address, now, limits, is_from_home=is_from_home)


def _note_refusal(session: Session, user: User, detail: str, now: datetime) -> None:
    """Record a wrong code after the right password, perhaps by a stranger; the rate limit bounds the number of
    entries.
    """
    with write_transaction(session):
        audit_log.note(session, AuditAction.SECOND_FACTOR_REFUSED, user, by=None, now=now, detail=detail)


def _enrolment(user: User, secret: str, sealed: str) -> Enrolment:
    return Enrolment(secret, TOTP(secret).provisioning_uri(name=user.email, issuer_name=ISSUER), sealed)


def _in_use() -> Problem:
    return Problem("second-factor-in-use", N_("Two-step verification is already on. Turn it off first."))


def _wrong_code() -> Problem:
    message = N_("This code is wrong, too old or already used. Enter the code that your app shows now.")
    return Problem("wrong-code", message, ("code",))


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the time step of a code, or `None` if it is invalid."""
    plain, step = "".join(code.split()), int(now.timestamp()) // STEP
    if len(plain) != _DIGITS or not plain.isascii() or not plain.isdigit():
        return None
    made = TOTP(secret, interval=STEP, digits=_DIGITS)
    return next((step + drift for drift in _DRIFT if compare_digest(made.generate_otp(step + drift), plain)), None)


def _require_password(session: Session, user: User, password: str, address: str, now: datetime, limits: Limits) -> None:
    if not prove_own_password(session, user, password, address, now, limits):
        raise Rejected([Problem("wrong-password", N_("This is not your current password."), ("password",))])


def _require_second_factor(user: User) -> None:
    if not has_second_factor(user):
        raise Rejected([Problem("no-second-factor", N_("Two-step verification is not turned on."))])
