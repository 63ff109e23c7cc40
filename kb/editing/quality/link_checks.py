"""Checks the URLs in records: which are due, fetching them one by one, and the report for the desk.

Checking changes no record. A URL that does not answer may be slow, or refuse programs: it is shown only after several
failures in a row. A URL whose server says that the page is gone is shown at once.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from pydantic import BaseModel
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from kb.db import write_transaction
from kb.editing.model import LinkCheck
from kb.editing.quality.link_fetcher import FetchResult
from kb.records.record import ADDRESS_PATTERN, Bundle, Status

Ask = Callable[[str], FetchResult]

FAILURES = 3  # in a row, before an unreachable URL is shown
PAUSE = 2.0  # seconds between two requests to the same server
_GONE = (404, 410)
_LONGEST = 2000
_ADDRESS = re.compile(ADDRESS_PATTERN)
_IN_TEXT = re.compile(r"\]\(\s*<?(https?://[^)\s>]+)|<(https?://[^>\s]+)>")


@dataclass(frozen=True)
class LinkTrouble:
    """A URL that is gone or has not answered for some time, and the records that name it."""

    address: str
    status: int
    detail: str
    at: datetime
    records: tuple[str, ...]

    @property
    def is_gone(self) -> bool:
        """Whether the server itself says that the page is gone."""
        return self.status in _GONE


def addresses(bundles: Iterable[Bundle]) -> dict[str, list[str]]:
    """Return every URL in facts or texts of published records, with the records."""
    found: dict[str, list[str]] = {}
    for bundle in bundles:
        if bundle.record.status is not Status.PUBLISHED:
            continue
        record = "/".join(bundle.key)
        parts = (bundle.sections, *(each.sections for each in bundle.translations.values()))
        texts = [section.text for part in parts for section in part]
        in_texts = (first or second for text in texts for first, second in _IN_TEXT.findall(text))
        for address in dict.fromkeys((*_in_facts(bundle.record), *in_texts)):
            if len(address) <= _LONGEST:
                found.setdefault(address, []).append(record)
    return found


def _in_facts(model: BaseModel) -> Iterator[str]:
    for name in type(model).model_fields:
        yield from _in_value(getattr(model, name))


def _in_value(value: object) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from _in_facts(value)
    elif isinstance(value, tuple):
        for each in value:
            yield from _in_value(each)
    elif isinstance(value, str) and _ADDRESS.match(value):
        yield value


def due(session: Session, named: Mapping[str, list[str]], *, before: datetime) -> list[str]:
    """Return the URLs never checked or not since `before`, oldest first, alternating between servers."""
    asked = {row.address: row.at for row in session.execute(select(LinkCheck.address, LinkCheck.at))}
    waiting = sorted(
        (address for address in named if address not in asked or asked[address] < before),
        key=lambda address: (asked[address].timestamp() if address in asked else 0.0, address),
    )
    turns: dict[str, int] = {}
    order: list[tuple[int, int, str]] = []
    for place, address in enumerate(waiting):
        server = urlsplit(address).netloc
        turns[server] = turns.get(server, 0) + 1
        order.append((turns[server], place, address))
    return [address for _turn, _place, address in sorted(order)]


def check(
    session: Session,
    named: Mapping[str, list[str]],
    waiting: Iterable[str],
    ask: Ask,
    now: Callable[[], datetime],
    *,
    pause: float = PAUSE,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[tuple[str, FetchResult]]:
    """Check URL by URL and save each answer at once, so that an interruption loses nothing."""
    last: dict[str, float] = {}
    for address in waiting:
        server = urlsplit(address).netloc
        if (rest := last.get(server, -pause) + pause - time.monotonic()) > 0:
            sleep(rest)
        answer = ask(address)
        last[server] = time.monotonic()
        with write_transaction(session):
            row = session.get(LinkCheck, address) or LinkCheck(address=address, failures=0)
            row.at, row.status, row.detail = now(), answer.status, answer.detail
            row.records = " ".join(named[address])
            row.failures = 0 if answer.is_there else row.failures + 1
            session.add(row)
        yield address, answer


def forget(session: Session, named: Mapping[str, list[str]]) -> int:
    """Delete the results of URLs that no record names any more; return how many."""
    with write_transaction(session):
        old = [row for row in session.scalars(select(LinkCheck)) if row.address not in named]
        for row in old:
            session.delete(row)
    return len(old)


def troubles(session: Session, *, limit: int = 50) -> list[LinkTrouble]:
    """Return the URLs to look at: first those that are gone, then those with several failures in a row."""
    query = (
        select(LinkCheck)
        .where(LinkCheck.failures > 0, or_(LinkCheck.status.in_(_GONE), LinkCheck.failures >= FAILURES))
        .order_by(LinkCheck.status.in_(_GONE).desc(), LinkCheck.at.desc())
        .limit(limit)
    )
    return [
        LinkTrouble(row.address, row.status, row.detail, row.at, tuple(row.records.split()))
        for row in session.scalars(query)
    ]


def long_ago(now: datetime, days: int) -> datetime:
    """Return the time before which a result is outdated."""
    return now - timedelta(days=days)
