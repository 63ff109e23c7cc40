"""What the app on a person's phone shows, for tests of the second factor."""

from __future__ import annotations

from datetime import datetime, timedelta

from pyotp import TOTP
from sqlalchemy.orm import Session

from kb.accounts import second_factor
from kb.accounts.encryption import key_of, unseal
from kb.accounts.model import User
from tests.accounts.conftest import PASSWORD
from tests.house import NOW

HERE = "192.0.2.7"
KEY = key_of("k" * 40)


def code_at(user: User, steps: int = 0, *, now: datetime = NOW, key: bytes = KEY, sealed: str = "") -> str:
    """Return the code of a moment, so many steps of half a minute away; `sealed` is a secret not yet confirmed."""
    secret = unseal(key, user.id, sealed or user.totp_secret)
    assert secret is not None
    return TOTP(secret).at(now + timedelta(seconds=30 * steps))


def wrong_code(user: User, sealed: str = "") -> str:
    """Return a code of six digits that is none of the near ones."""
    near = {code_at(user, steps, sealed=sealed) for steps in range(-3, 4)}
    return next(each for each in (f"{number:06}" for number in range(10)) if each not in near)


def with_second_factor(session: Session, user: User, *, now: datetime = NOW) -> tuple[str, ...]:
    """Set up a second factor; return the recovery codes. The code of the moment is used by that."""
    sealed = second_factor.begin(user, KEY).sealed
    code = code_at(user, now=now, sealed=sealed)
    return second_factor.confirm(session, user, KEY, sealed, code, PASSWORD, address=HERE, now=now)
