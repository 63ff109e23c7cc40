"""Parses article and instrument numbers in a text, word by word; `law_references` combines them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.law.model import Instrument, InstrumentType, Law
from kb.search.analysis.word_forms import fold, split
from kb.search.query import law_words

Range = tuple[str, str]  # the first and the last article; equal for a single article

_MOST = 20  # articles in one list, so that parsing a text of numbers takes linear time
_MOST_PARTS = 4  # "Article 6(1)(e), first sentence"
_CELEX = re.compile(r"(\d)(\d{4})([A-Z]{1,2})(\d{4})", re.ASCII)
_ARTICLE = re.compile(r"0*([1-9]\d{0,2})([a-z]?)", re.ASCII)
_PART = re.compile(r"\d{1,2}|[a-z]", re.ASCII)
_DEGREES = frozenset("ºª")  # art. 8.º
_DASHES = frozenset("-‐‑–—")
_UNION_SERIES = 2015  # since then, acts of all kinds share one series, the year first


class FoldedText:
    """The folded words of a normalized text, and the characters between them; `taken` words are hidden."""

    def __init__(self, text: str) -> None:
        words = list(split(text))
        self.text = text
        self.places = [(start, end) for _, start, end in words]
        self._words = [fold(word).rstrip("ºª") or word for word, _, _ in words]
        edges = [0, *(edge for place in self.places for edge in place), len(text)]
        self._signs = [text[edges[at] : edges[at + 1]] for at in range(0, len(edges), 2)]

    def __len__(self) -> int:
        return len(self._words)

    def take(self, start: int, end: int) -> None:
        """Hide words, so that no other reference uses them."""
        self._words[start:end] = [""] * (end - start)

    def word(self, at: int) -> str:
        """Return a word, empty outside the text."""
        return self._words[at] if 0 <= at < len(self._words) else ""

    def sign(self, at: int) -> str:
        """Return the characters between a word and the previous one."""
        return self._signs[at] if 0 <= at < len(self._signs) else ""

    def is_capital(self, at: int) -> bool:
        """Return whether capitals mark a word: not in a text all in capitals, unless it is the only word."""
        start, end = self.places[at]
        return self.text[start:end].isupper() and (len(self) == 1 or not self.text.isupper())

    def is_union(self, at: int) -> bool:
        """Return whether a word marks the Union's acts (EU, UE, ES), and is not another word such as Spanish *es*."""
        word = self.word(at)
        if word not in law_words.UNION:
            return False
        return word in law_words.UNION_PLAIN or self.is_capital(at) or self.sign(at).endswith(("(", "/"))


@dataclass(frozen=True)
class Articles:
    """Words that name articles: `reading.words[start:end]`."""

    start: int
    end: int
    ranges: tuple[Range, ...]


@dataclass(frozen=True)
class Mention:
    """Words that name instruments; one that is not `is_sure` needs an adjacent article."""

    start: int
    end: int
    ids: tuple[str, ...]
    is_sure: bool = True


def find_articles(reading: FoldedText, at: int) -> Articles | None:
    """Parse the articles named from this word on."""
    if reading.word(at) in law_words.ARTICLE or reading.word(at) in law_words.ARTICLE_BEHIND:
        first = at + 1
        while first - at < 4 and (reading.word(first) in law_words.FILLERS or reading.word(first) in _DEGREES):
            first += 1
        ranges, end = _ranges(reading, first)
    else:
        ranges, end = _ranges(reading, at)
        if reading.word(end) in law_words.ARTICLE_BEHIND:
            end = _after_parts(reading, end + 1)
        elif "§" not in reading.sign(at):
            return None
    return Articles(at, end, tuple(ranges)) if ranges else None


def _ranges(reading: FoldedText, at: int) -> tuple[list[Range], int]:
    """Return the numbers here, joined by punctuation and words, and the position after them."""
    found: list[Range] = []
    end, is_range = at, False
    number, after = _number(reading, at)
    while number and len(found) < _MOST:
        found.append((found.pop()[0], number) if is_range else (number, number))
        end = after
        at, is_range = _joint(reading, end)
        number, after = _number(reading, at)
    return found, end


def _joint(reading: FoldedText, at: int) -> tuple[int, bool]:
    """Return the position of the next number of a list, and whether it ends a range; -1 if there is no list."""
    sign, word = reading.sign(at).strip(" )\u00a0"), reading.word(at)
    if sign in ("", ",") and word in law_words.UP_TO:
        return at + 1, True
    if sign in ("", ",") and word in law_words.AND:
        return at + 1, False
    if sign in _DASHES:
        return at, True
    return (at, False) if sign in (",", "/", "&", "+") else (-1, False)


def _number(reading: FoldedText, at: int) -> tuple[str, int]:
    """Return an article number and the position after its parts; an empty text if there is none here."""
    found = _ARTICLE.fullmatch(reading.word(at))
    if found is None:
        return "", at
    number, letter = found.groups()
    at += 1
    if reading.word(at) in law_words.ORDINAL or reading.word(at) in _DEGREES:
        at += 1
    if reading.word(at) in law_words.LATER and not _ARTICLE.fullmatch(reading.word(at + 1)):
        letter = law_words.LATER[reading.word(at)]
        at += 1
    elif reading.sign(at).strip(".") == "-" and re.fullmatch("[a-e]", reading.word(at)):
        letter = reading.word(at)
        at += 1
    return number + letter, _after_parts(reading, at)


def _after_parts(reading: FoldedText, at: int) -> int:
    """Return the position after an article's paragraphs and letters: 6(1)(e), 8.2, 6 Abs. 1 lit. e, 22 str. 1 d."""
    for _ in range(_MOST_PARTS):
        sign, word = reading.sign(at).strip(), reading.word(at)
        is_part = _PART.fullmatch(word) is not None
        if (is_part and sign in ("(", ")(") and reading.sign(at + 1).lstrip().startswith(")")) or (
            is_part and word.isdecimal() and reading.sign(at) in (".", ":")
        ):
            at += 1
        elif (word in law_words.PART and _PART.fullmatch(reading.word(at + 1))) or (
            is_part and reading.word(at + 1) in law_words.PART_BEHIND
        ):
            at += 2
        else:
            break
    return at


class InstrumentNumbers:
    """Finds instruments by number: 2012/29/EU, 606/2013, 32012L0029, COM(2023) 424, CETS 210."""

    def __init__(self, law: Law) -> None:
        self._law = law
        self._acts: dict[tuple[int, int], Instrument] = {}  # by year and number
        self._papers: dict[tuple[int, int], Instrument] = {}
        self._treaties: dict[int, Instrument] = {}
        for instrument in law.instruments:
            self._add(instrument)

    def find(self, reading: FoldedText, at: int) -> Mention | None:
        """Return the instrument whose number begins at this word."""
        return (
            self._celex(reading, at) or self._paper(reading, at) or self._treaty(reading, at) or self._act(reading, at)
        )

    def _add(self, instrument: Instrument) -> None:
        for celex in (instrument.celex, instrument.also_celex):
            if celex and (found := _CELEX.fullmatch(celex)):
                sector, year, _, number = found.groups()
                numbers = self._acts if sector == "3" else self._papers
                numbers.setdefault((int(year), int(number)), instrument)
        for cets in (instrument.cets, instrument.also_cets):
            if cets and cets.isdecimal():
                self._treaties.setdefault(int(cets), instrument)

    def _celex(self, reading: FoldedText, at: int) -> Mention | None:
        found = _CELEX.fullmatch(reading.word(at).upper())
        if found is None:
            return None
        celex = found.group()
        instrument = self._law.find_by_celex(celex) or self._law.find_by_celex(f"3{celex[1:]}")
        if instrument is None:
            return None
        has_date = reading.sign(at + 1) == "-" and re.fullmatch(r"\d{8}", reading.word(at + 1))
        start = at - 1 if reading.word(at - 1) == "celex" else at
        return Mention(start, at + 2 if has_date else at + 1, (instrument.id,))

    def _paper(self, reading: FoldedText, at: int) -> Mention | None:
        if reading.word(at) != "com":
            return None
        instrument = self._papers.get((_whole(reading.word(at + 1)), _whole(reading.word(at + 2))))
        end = at + 4 if reading.word(at + 3) == "final" else at + 3
        return Mention(at, end, (instrument.id,)) if instrument else None

    def _treaty(self, reading: FoldedText, at: int) -> Mention | None:
        if reading.word(at) not in law_words.SERIES and InstrumentType.CONVENTION not in law_words.kinds_of(
            reading.word(at)
        ):
            return None
        place = at + 1
        while place < at + 3 and (reading.word(place) in law_words.NUMBER_SIGN or reading.word(place) in _DEGREES):
            place += 1
        instrument = self._treaties.get(_whole(reading.word(place)))
        return Mention(at, place + 1, (instrument.id,)) if instrument else None

    def _act(self, reading: FoldedText, at: int) -> Mention | None:
        """Parse two numbers: year and number, or number and year if the text marks them as an act."""
        first, second = _whole(reading.word(at)), _whole(reading.word(at + 1))
        sign = reading.sign(at + 1).strip()
        if min(first, second) < 0 or sign not in ("/", "", *_DASHES):
            return None
        start, is_marked, kinds = _before(reading, at)
        end = at + 3 if reading.is_union(at + 2) and reading.sign(at + 2).strip() in ("", "/", "(") else at + 2
        instrument = self._acts.get((first, second)) or self._acts.get((second, first))
        if instrument is None or (kinds and instrument.kind not in kinds):
            return None
        is_told = is_marked or bool(kinds) or end > at + 2
        if is_told or (sign == "/" and _is_usual(first, second, instrument) and _is_alone(reading, at)):
            return Mention(start, end, (instrument.id,))
        return None


def _before(reading: FoldedText, at: int) -> tuple[int, bool, frozenset[InstrumentType]]:
    """Return where the words before a number begin, whether they mark a Union act, and the kind they name."""
    start = at
    while at - start < 2 and (reading.word(start - 1) in law_words.NUMBER_SIGN or reading.word(start - 1) in _DEGREES):
        start -= 1
    is_marked = reading.is_union(start - 1)
    start -= is_marked
    named = start - 2 if reading.word(start - 1) in law_words.COMPANION else start - 1
    return start, is_marked, law_words.kinds_of(reading.word(named))


def _is_usual(first: int, second: int, instrument: Instrument) -> bool:
    """Return whether two bare numbers name the act: not 2012/13, a school year, nor 679/2016, a national law."""
    year = instrument.year or 0
    if instrument.kind is InstrumentType.REGULATION and year < _UNION_SERIES:
        return second == year
    return first == year and second != (year + 1) % 100


def _is_alone(reading: FoldedText, at: int) -> bool:
    """Return whether two numbers have no third one next to them: 2012/29/05 is a date."""
    before = reading.sign(at).endswith("/") and reading.word(at - 1).isdecimal()
    after = reading.sign(at + 2).startswith("/") and reading.word(at + 2).isdecimal()
    return not (before or after)


def _whole(word: str) -> int:
    return int(word) if word.isdecimal() and len(word) <= 4 else -1
