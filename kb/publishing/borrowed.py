"""Words of the register in the frozen texts of tools, found so that erasing them reaches those too.

A frozen tool keeps what its blanks were called. That is known by the words: a name that stands in an erased text, and
in none that readers are given now, came from there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.history import log
from kb.history.frozen_texts import FrozenText, texts_in
from kb.records.front_matter import cut, read_yaml


def gone_words(session: Session, record: str, erased: Iterable[str]) -> frozenset[str]:
    """Return the words of a record's texts that none of its newest texts has."""
    return _words(erased) - _words(log.texts(session, record).values())


def borrowing(session: Session, words: frozenset[str], phrase: str | None) -> list[FrozenText]:
    """Return the frozen texts in which a gap is called by one of these words, or by one with this phrase in it."""
    rows = session.scalars(select(FrozenText).where(FrozenText.content.is_not(None)))
    return [row for row in rows if any(each in words or (phrase and phrase in each) for each in _gaps(row))]


def _words(texts: Iterable[str]) -> frozenset[str]:
    """Return every value of the facts, and of the words of translations."""
    parts = filter(None, map(cut, texts))
    return frozenset(word.strip() for each in parts for word in texts_in(read_yaml(each.yaml)[0].values))


def _gaps(row: FrozenText) -> list[str]:
    return [name.strip() for name in texts_in(json.loads(row.content or "{}").get("gaps", {}))]
