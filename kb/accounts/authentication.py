"""Authentication with rate limit: each attempt counts as failed before the check, and is removed after success."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from kb.accounts.known_networks import is_known
from kb.accounts.model import User
from kb.accounts.passwords import is_right
from kb.accounts.rate_limit import Limits, begin_attempt, forgive, own_password_name, too_many
from kb.db import write_transaction
from kb.errors import Rejected

LIMITS = Limits()


def prove_password(
    session: Session,
    user: User | None,
    email: str,
    password: str,
    address: str,
    now: datetime,
    limits: Limits = LIMITS,
    *,
    network: str = "",
) -> bool:
    """Return whether the password is right and the account active. Raises `Rejected` after too many attempts.

    `network` is the mark of a network that may be known; if it is empty, the network is unknown.
    """
    # An invited person without a password takes as long as any other.
    kept = (user.password_hash or None) if user is not None and user.is_active else None
    is_from_home = is_known(session, user.id if user is not None else None, network, now)
    return prove(session, email, partial(is_right, password, kept), address, now, limits, is_from_home=is_from_home)


def prove_own_password(
    session: Session, user: User, password: str, address: str, now: datetime, limits: Limits = LIMITS
) -> bool:
    """Return whether this is the password of a signed-in person. It counts separately, so strangers cannot lock her
    out.
    """
    check = partial(is_right, password, user.password_hash or None)
    return prove(session, own_password_name(user.id), check, address, now, limits)


def prove(
    session: Session,
    name: str,
    check: Callable[[], bool],
    address: str,
    now: datetime,
    limits: Limits = LIMITS,
    *,
    is_from_home: bool = False,
) -> bool:
    """Run `check` and count the attempt under a name. Raises `Rejected` after too many, without running it."""
    with write_transaction(session):
        attempt = begin_attempt(session, name, address, now, limits, is_known=is_from_home)
    if attempt is None:
        raise Rejected([too_many(limits)])
    is_proved = check()
    if is_proved:
        with write_transaction(session):
            forgive(session, attempt)
    return is_proved
