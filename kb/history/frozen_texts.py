"""Frozen texts of records at a point in time: each stored once, under its hash, until it is no longer needed.

They belong to the package of the log, not to one above it. So the erasure of a text from the log cannot miss them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from sqlalchemy import String, Text, false, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kb.db import Base, UtcDateTime
from kb.history.model import Revision

Revised = frozenset[tuple[str, int]]  # parts of a record, each with the number of a revision


class FrozenText(Base):
    """A frozen record in one language: JSON under the SHA-256 of its bytes.

    `parts` are the revisions that it was made from: `source:6 it:3`. Without `content` it was erased on request. The
    row stays, so that no copy brings the text back. If `is_foreign` is true, it came from another installation and was
    never in our log.
    """

    __tablename__ = "frozen_text"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    record: Mapped[str] = mapped_column(String(200), index=True)
    language: Mapped[str] = mapped_column(String(5))
    parts: Mapped[str] = mapped_column(Text)
    content: Mapped[str | None] = mapped_column(Text)
    is_foreign: Mapped[bool] = mapped_column(default=False, server_default=false())
    created: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def revised(self) -> Revised:
        """The revisions that it was made from."""
        pairs = (each.rpartition(":") for each in self.parts.split())
        return frozenset((part, int(number)) for part, _, number in pairs)


def written(content: Mapping[str, object]) -> str:
    """Serialize values as canonical JSON."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(content: str) -> str:
    """Return the SHA-256 that identifies a frozen text."""
    return hashlib.sha256(content.encode()).hexdigest()


def keep(
    session: Session,
    record: str,
    language: str,
    content: str,
    parts: Mapping[str, int],
    *,
    is_foreign: bool = False,
    now: datetime,
) -> FrozenText:
    """Store a text, or return the existing row; an erased text stays erased. The caller commits."""
    sha256 = hash_of(content)
    found = session.get(FrozenText, sha256)
    if found is None:
        revised = frozenset(parts.items())
        found = FrozenText(
            sha256=sha256,
            record=record,
            language=language,
            parts=" ".join(f"{part}:{number}" for part, number in sorted(parts.items())),
            content=None if _is_erased(session, record, revised) else content,
            is_foreign=is_foreign,
            created=now,
        )
        session.add(found)
        session.flush()
    elif found.is_foreign and not is_foreign:
        found.is_foreign = False  # our own log has the same text
    return found


def frozen_with(session: Session, record: str, revised: Revised, phrase: str | None) -> list[FrozenText]:
    """Return the frozen texts of a record that were made from one of these revisions or contain this phrase."""
    rows = session.scalars(select(FrozenText).where(FrozenText.record == record, FrozenText.content.is_not(None)))
    return [
        row
        for row in rows
        if row.revised & revised or bool(phrase and row.content and _contains_phrase(row.content, phrase))
    ]


def _contains_phrase(content: str, phrase: str) -> bool:
    """Return whether a phrase is in one of the texts of a frozen record."""
    return any(phrase in text for text in texts_in(json.loads(content)))


def texts_in(value: object) -> Iterator[str]:
    """Yield every text in plain values, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)


def contents(session: Session, names: Iterable[str]) -> dict[str, FrozenText]:
    """Return frozen texts by their hash."""
    rows = session.scalars(select(FrozenText).where(FrozenText.sha256.in_(set(names))))
    return {row.sha256: row for row in rows}


def _is_erased(session: Session, record: str, revised: Revised) -> bool:
    """Return whether one of the revisions was erased from the log; call it in a write transaction."""
    query = select(Revision.part, Revision.number).where(Revision.record == record, Revision.redacted)
    return any((part, number) in revised for part, number in session.execute(query))


def has_erased_text(session: Session, records: Collection[str]) -> bool:
    """Return whether an earlier text of one of these records was erased on request; attachments do not count."""
    query = select(Revision.id).where(Revision.record.in_(records), Revision.redacted, ~Revision.part.contains("."))
    return session.scalar(query.limit(1)) is not None
