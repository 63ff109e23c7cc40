"""Texts of records as they stood when somebody froze them: each kept once, under its hash, until nobody needs it.

They lie beside the log and not in a package above it, so that erasing a text from the log cannot miss them.
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
    """A record in one language as it stood: JSON under the SHA-256 of its bytes.

    `parts` are the revisions that it was made of: `source:6 it:3`. Without `content` it was erased on request; the
    row stays, so that no copy brings the text back. One that `is_foreign` came from another house and never stood in
    our log.
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
        """The revisions that it was made of."""
        pairs = (each.rpartition(":") for each in self.parts.split())
        return frozenset((part, int(number)) for part, _, number in pairs)


def written(content: Mapping[str, object]) -> str:
    """Return values as the one JSON text that stands for them."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(content: str) -> str:
    """Return the name of a frozen text."""
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
    """Keep a text, or find the one that is there; what was erased stays erased. The caller commits."""
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
        found.is_foreign = False  # it is what our own log says too
    return found


def frozen_with(session: Session, record: str, revised: Revised, phrase: str | None) -> list[FrozenText]:
    """Return the frozen texts of a record that were made of one of these revisions or say this phrase."""
    rows = session.scalars(select(FrozenText).where(FrozenText.record == record, FrozenText.content.is_not(None)))
    return [row for row in rows if row.revised & revised or bool(phrase and row.content and says(row.content, phrase))]


def says(content: str, phrase: str) -> bool:
    """Say whether a phrase stands in one of the texts of a frozen record."""
    return any(phrase in text for text in texts_in(json.loads(content)))


def texts_in(value: object) -> Iterator[str]:
    """Yield every text in plain values, however deep."""
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
    """Whether one of the revisions was erased from the log; asked for in the transaction of a writer."""
    query = select(Revision.part, Revision.number).where(Revision.record == record, Revision.redacted)
    return any((part, number) in revised for part, number in session.execute(query))


def has_erased_text(session: Session, records: Collection[str]) -> bool:
    """Say whether an earlier text of one of these records was erased on request; a picture or document is none."""
    query = select(Revision.id).where(Revision.record.in_(records), Revision.redacted, ~Revision.part.contains("."))
    return session.scalar(query.limit(1)) is not None
