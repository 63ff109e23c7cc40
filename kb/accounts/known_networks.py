"""Networks from which a user signed in before; failed sign-ins from other networks do not lock the user out there.

Only a mark of a network is stored, a different one for each person. Without the site's key it does not reveal the
network.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from kb.accounts.model import KnownNetwork, User
from kb.accounts.networks import customer_of, network_mark
from kb.db import write_transaction

KEPT = timedelta(days=90)  # since the last sign-in from there
MOST = 20  # networks of one person; the latest stay
# A precision of one day is enough, so not every sign-in needs a write.
_STEP = timedelta(days=1)


def mark_of(address: str, key: str) -> str:
    """Return the mark of the network of an address, made with the secret key of the site."""
    return network_mark("sign-in", customer_of(address), key)


def is_known(session: Session, user_id: int | None, network: str, now: datetime) -> bool:
    """Return whether a user signed in from the network with this mark lately; it takes as long for an unknown user."""
    return session.scalar(select(KnownNetwork.last).where(*_key(user_id or 0, network), _is_kept(now))) is not None


def remember(session: Session, user: User, network: str, now: datetime) -> None:
    """Store the network of a complete sign-in, with the second factor if there is one, by its mark."""
    found = session.scalar(select(KnownNetwork.last).where(*_key(user.id, network)))
    if found is not None and now - _STEP < found <= now:
        return
    with write_transaction(session):
        session.merge(KnownNetwork(user_id=user.id, mark=_own(user.id, network), last=now))
        session.flush()
        latest = select(KnownNetwork.mark).where(KnownNetwork.user_id == user.id).order_by(KnownNetwork.last.desc())
        surplus = session.scalars(latest.offset(MOST)).all()
        session.execute(delete(KnownNetwork).where(KnownNetwork.user_id == user.id, KnownNetwork.mark.in_(surplus)))


def _own(user_id: int, network: str) -> str:
    return hashlib.sha256(f"{user_id} {network}".encode()).hexdigest()


def _key(user_id: int, network: str) -> tuple[ColumnElement[bool], ...]:
    return KnownNetwork.user_id == user_id, KnownNetwork.mark == _own(user_id, network)


def _is_kept(now: datetime) -> ColumnElement[bool]:
    return KnownNetwork.last > now - KEPT
