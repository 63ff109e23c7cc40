"""Selects passages of a long text: those with most search terms, cut at sentences or else between words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

SHORTEST, LONGEST = 160, 220  # letters of a passage
_CORE = 150  # letters within which wanted words are shown together
_SENTENCE_BEFORE = 110  # letters before the first wanted word in which a sentence may begin
_WORDS_BEFORE = 60  # letters before it otherwise
_ENDS = (". ", "! ", "? ", "… ", ".\n", "\n")


class TermPosition(NamedTuple):
    """The position of a wanted word or phrase, and its number."""

    start: int
    end: int
    wanted: int


class Snippet(NamedTuple):
    """A part of a text, and whether it begins or ends in the middle of a sentence."""

    start: int
    end: int
    is_cut_before: bool
    is_cut_after: bool


def passages(text: str, groups: Iterable[Iterable[TermPosition]], limit: int) -> list[Snippet]:
    """Return up to `limit` passages in text order, without overlap; earlier groups of places come first.

    The first choice has most different wanted words; each further one has most words not shown yet. A group is not
    evaluated if earlier ones have filled the limit.
    """
    chosen: list[Snippet] = []
    for places in groups:
        left = _outside(sorted(places), chosen)
        shown: set[int] = set()
        while left and len(chosen) < limit:
            core = _best(left, shown)
            shown.update(place.wanted for place in core)
            chosen.append(_around(text, core, chosen))
            left = _outside(left, chosen)
        if len(chosen) >= limit:
            break
    return sorted(chosen)


def _outside(places: Iterable[TermPosition], chosen: Sequence[Snippet]) -> list[TermPosition]:
    return [place for place in places if all(place.end <= each.start or place.start >= each.end for each in chosen)]


def _around(text: str, core: Sequence[TermPosition], chosen: Sequence[Snippet]) -> Snippet:
    start, end = core[0].start, max(place.end for place in core)
    low = max((each.end for each in chosen if each.end <= start), default=0)
    high = min((each.start for each in chosen if each.start >= start), default=len(text))
    return _cut(text, start, min(end, high), low, high)


def _best(places: Sequence[TermPosition], shown: set[int]) -> Sequence[TermPosition]:
    """Return nearby places with most wanted words not shown yet, then with most words, then the first."""
    all_wanted = len({place.wanted for place in places})
    counts: dict[int, int] = {}
    best, worth_of_best, first = (0, 0), (-1, -1), 0
    for last, place in enumerate(places):
        counts[place.wanted] = counts.get(place.wanted, 0) + 1
        while place.end - places[first].start > _CORE and first < last:
            gone = places[first].wanted
            counts[gone] -= 1
            if not counts[gone]:
                del counts[gone]
            first += 1
        worth = len(counts.keys() - shown), len(counts)
        if worth > worth_of_best:
            best, worth_of_best = (first, last), worth
            if worth[0] == all_wanted:
                break
    return places[best[0] : best[1] + 1]


def _cut(text: str, start: int, end: int, low: int, high: int) -> Snippet:
    """Return the passage around a part of a text, between `low` and `high`."""
    begin = _beginning(text, start, end, low)
    stop = _end(text, begin, end, high)
    if stop - begin < SHORTEST:  # the text ends soon
        begin = _first_word(text, max(low, stop - LONGEST), begin)
    while begin < start and text[begin].isspace():
        begin += 1
    while stop > end and text[stop - 1].isspace():
        stop -= 1
    return Snippet(begin, stop, not _begins_sentence(text, begin), not _ends_sentence(text, stop))


def _beginning(text: str, start: int, end: int, low: int) -> int:
    """Return where a sentence begins shortly before a place, or else a word."""
    room = max(LONGEST - (end - start), 0)
    least = max(low, start - min(_SENTENCE_BEFORE, room))
    begin = max(_sentence_after(text, sign, least, start) for sign in _ENDS)
    if begin >= 0:
        return begin
    return least if least == low else _first_word(text, max(low, start - min(_WORDS_BEFORE, room)), start)


def _sentence_after(text: str, sign: str, least: int, most: int) -> int:
    """Return where the last sentence in the range begins, or -1; "Art. 22" does not end a sentence."""
    found = text.rfind(sign, least, most)
    begin = found + len(sign)
    first = text[begin : begin + 1]
    is_inside = sign.endswith(" ") and (first.islower() or first.isdecimal())
    return -1 if found < 0 or is_inside else begin


def _end(text: str, begin: int, end: int, high: int) -> int:
    """Return the end of the last sentence that fits, or else of the last word."""
    least, most = max(end, begin + SHORTEST), max(end, begin + LONGEST)
    if high <= most:
        return high
    sentence = max(_sentence_after(text, sign, least - 1, most + 1) for sign in _ENDS)
    if sentence >= 0:
        return max(sentence, end)
    return next((place for place in range(most, end, -1) if text[place].isspace()), most)


def _first_word(text: str, least: int, most: int) -> int:
    """Return where the first word in the range begins, at the latest at its end."""
    if least == 0 or text[least - 1].isspace():
        return least
    return next((place + 1 for place in range(least, most) if text[place].isspace()), most)


def _begins_sentence(text: str, begin: int) -> bool:
    before = text[max(0, begin - 2) : begin]
    return not before or "\n" in before or before.rstrip()[-1:] in (*".!?…",)


def _ends_sentence(text: str, stop: int) -> bool:
    return stop == len(text) or text[stop - 1] in ".!?…" or text[stop] == "\n"
