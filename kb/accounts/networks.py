"""Networks of visitors: normalized addresses, the mark that is stored, and the count of attempts.

An address is never stored if a mark is enough: without the site's key, a mark does not reveal the network.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.elements import ColumnElement


def network_of(address: str) -> str:
    """Return the address, or the network (/64) of an IPv6 address, because each user has billions of addresses."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address) and not parsed.ipv4_mapped:
        return f"{parsed.exploded[:19]}::/64"  # four groups in full, so that networks of three groups differ
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def customer_of(address: str) -> str:
    """Return the address, or the prefix (/48) of one customer's networks for an IPv6 address: `2001:0db8:0007:`."""
    network = network_of(address)
    return network[:15] if ":" in network else network


def network_mark(purpose: str, network: str, key: str) -> str:
    """Return the mark of a network: an HMAC (SHA-256, as hexadecimal digits) with the site's key.

    Marks for two purposes cannot be compared with each other.
    """
    return hmac.new(key.encode(), f"{purpose} {network}".encode(), hashlib.sha256).hexdigest()


def count_attempts(
    session: Session, at: InstrumentedAttribute[datetime], since: datetime, *which: ColumnElement[bool]
) -> int:
    """Return how many rows of a table of attempts are newer than `since`; `at` is the column with their time."""
    return session.scalar(select(func.count()).where(at > since, *which)) or 0
