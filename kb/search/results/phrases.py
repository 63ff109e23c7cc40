"""Finds quoted phrases: matches stems in the index, then verifies the word order in the text."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

import numpy as np

from kb.search.index.segment import BoolArray, LiveSegment
from kb.search.results.highlight import Phrase

Texts = Callable[[str, str, str], str]  # the whole plain text of a record (kind and id) in a language
KEPT = 64  # phrases with cached records


class PhraseFinder:
    """Reads texts to find phrases, and caches matches by segment. Safe to share between threads."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._known: OrderedDict[tuple[str, str, int], BoolArray] = OrderedDict()
        self._lock = Lock()

    def records(self, live: LiveSegment, together: BoolArray, phrase: str) -> BoolArray:
        """Return the records with a phrase in one of their texts.

        `together` marks the places (language and record) with all its words; no other text is read.
        """
        key = (live.segment.id, phrase, hash(together.tobytes()))  # the query's language decides which texts to read
        with self._lock:
            known = self._known.get(key)
        if known is None:
            known = self._read(live, together, phrase)
            with self._lock:
                self._known[key] = known
                while len(self._known) > KEPT:
                    self._known.popitem(last=False)
        found: BoolArray = known & live.records
        return found

    def _read(self, live: LiveSegment, together: BoolArray, phrase: str) -> BoolArray:
        segment = live.segment
        having = np.zeros(len(segment.records), np.bool_)
        for number, language in enumerate(segment.languages):
            wanted = Phrase(phrase, language)
            for record in np.flatnonzero(together[number] & ~having).tolist():
                facts = segment.records[record]
                having[record] = wanted.stands_in(self._texts(facts.kind, facts.id, language))
        return having
