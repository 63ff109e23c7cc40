"""More like this: scores records by shared facet values, weighted by rarity, and shared title words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from kb.search.analysis.word_forms import analyzer, written_words
from kb.search.index.posting_buffer import FloatArray
from kb.search.index.segment import LiveSegment
from kb.search.results.scoring import rarity

# Score for a shared facet value, before rarity: what a practice does matters more than where.
SHARED: Mapping[str, float] = {
    "area": 3.0,
    "group": 1.5,
    "crime": 1.5,
    "law": 0.5,
    "actor": 0.7,
    "stage": 0.7,
    "country": 0.3,
}
TITLE_SHARE = 0.5  # for a word of the title, before its rarity
LEAST = 0.2  # of a record's score with itself; records below are not similar


def most_similar(
    segments: Sequence[LiveSegment], kind: str, record_id: str, limit: int
) -> list[tuple[LiveSegment, int, float]]:
    """Return the most similar records of the same kind, with scores; empty for an unknown record."""
    place = _find(segments, kind, record_id)
    if place is None:
        return []
    scores = _shared_facts(segments, *place)
    _add_title(segments, *place, scores)
    home = next(number for number, live in enumerate(segments) if live is place[0])
    least = LEAST * float(scores[home][place[1]])
    scores[home][place[1]] = 0
    found = [
        (live, record, float(score[record]))
        for live, score in zip(segments, scores, strict=True)
        for record in np.flatnonzero((score >= max(least, 1e-6)) & live.records).tolist()
        if live.segment.records[record].kind == kind
    ]
    return sorted(found, key=lambda each: (-each[2], each[0].segment.records[each[1]].id))[:limit]


def _find(segments: Sequence[LiveSegment], kind: str, record_id: str) -> tuple[LiveSegment, int] | None:
    for live in segments:
        number = live.segment.number_of(kind, record_id)
        if number is not None and live.records[number]:
            return live, number
    return None


def _shared_facts(segments: Sequence[LiveSegment], live: LiveSegment, record: int) -> list[FloatArray]:
    scores = [np.zeros(len(each.records), np.float32) for each in segments]
    records = sum(int(np.count_nonzero(each.records)) for each in segments)
    for name, value in live.segment.values_of(record):
        if name not in SHARED:
            continue
        having = [each.unpacked(each.having(name, (value,)) & each.bits) for each in segments]
        rare = rarity(records, sum(int(np.count_nonzero(each)) for each in having))
        for score, each in zip(scores, having, strict=True):
            score += np.float32(SHARED[name] * rare) * each
    return scores


def _add_title(segments: Sequence[LiveSegment], live: LiveSegment, record: int, scores: Sequence[FloatArray]) -> None:
    records = sum(int(np.count_nonzero(each.records)) for each in segments)
    language = live.segment.languages[live.segment.documents_of(record)[0]]
    analyzed = analyzer(language)
    for word in dict.fromkeys(written_words(live.segment.titles[language][record])):
        if analyzed.is_stop(word):
            continue
        found = [
            each.segment.forms[language].find(analyzed.forms(word)[0]) if language in each.segment.forms else None
            for each in segments
        ]
        rare = rarity(records, sum(len(each[0]) for each in found if each is not None))
        for score, each in zip(scores, found, strict=True):
            if each is not None:
                places, weights = each
                score[places] += np.float32(TITLE_SHARE * rare) * weights
