"""Finds references to law in queries: "VRD art 22", "Direktyvos 2012/29/ES 8 straipsnis", "Istanbul Convention".

Instruments are recognised by their numbers and their names in every language; names are compared like labels of terms.
An article belongs to the adjacent instrument; without an instrument it is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import chain, pairwise

from kb.law.model import Instrument, Law
from kb.search.analysis.term_matcher import TermFinder, kind_of
from kb.search.analysis.word_forms import Token, analyzer, fold, normal
from kb.search.query import law_words
from kb.search.query.law_citations import Articles, FoldedText, InstrumentNumbers, Mention, Range, find_articles
from kb.vocabulary.model import LABEL_LANGUAGES, Term, Vocabularies, Vocabulary

# Abbreviations that are also words count only in capitals or next to an article.
_ALSO_WORDS = frozenset({"led"})
_BREAKS = frozenset(";!?\n")
_MOST_BETWEEN = 4  # words between an article and its instrument: "article 8 of the"
_BEGINNING = 3  # letters that no stemmer changes; most queries have no word that begins like a name of law
_TITLE = re.compile(r"(.+) \((\w+)\)")


@dataclass(frozen=True)
class LawMatch:
    """Words that name an instrument (`vrd`) or an article of it (`vrd:22`): `normal(text)[start:end]`.

    Matches at the same position are several articles of one reference; others do not overlap.
    """

    start: int
    end: int
    id: str


@dataclass(frozen=True)
class _Bond:
    """An instrument with adjacent articles; the lowest `distance` takes precedence."""

    distance: int
    mention: int
    articles: int


class LawReferences:
    """Finds references to the instruments of the law and their articles. Safe to share between threads."""

    def __init__(self, law: Law) -> None:
        self._law = law
        self._numbers = InstrumentNumbers(law)
        self._articles = {each.id: [article.number for article in each.articles] for each in law.instruments}
        terms = tuple(Term(each.id, "law", {}, names_of(each)) for each in law.instruments)
        self._terms = terms
        self._names = TermFinder(Vocabularies((Vocabulary("law", "Law", terms=terms),)))

    @cached_property
    def _beginnings(self) -> set[str]:
        """The beginnings of instrument names; computed at the first search, because many processes never search."""
        return {each[:_BEGINNING] for term in self._terms for each in _first_words(term)}

    def warm(self) -> None:
        """Load the names of all languages now, and the data that their analyzers need."""
        self._names.warm()

    def find(self, text: str) -> tuple[LawMatch, ...]:
        """Return the references in a text, left to right. Never raises."""
        reading = FoldedText(normal(text))
        mentions = self._mentions(reading)
        if not mentions:
            return ()
        articles = list(_all_articles(reading))
        found: list[LawMatch] = []
        for mention, its in _belonging(reading, mentions, articles):
            if its or mention.is_sure:
                parts: list[Mention | Articles] = [mention, *its]
                start, _ = reading.places[min(each.start for each in parts)]
                _, end = reading.places[max(each.end for each in parts) - 1]
                found += (LawMatch(start, end, each) for each in self._ids(mention, its))
        return tuple(found)

    def _mentions(self, reading: FoldedText) -> list[Mention]:
        """Return the mentions of instruments, longest names first, and hide their words."""
        candidates = [*self._named(reading), *self._numbered(reading)]
        chosen: list[Mention] = []
        taken: set[int] = set()
        for each in sorted(candidates, key=lambda each: each.start - each.end):
            if taken.isdisjoint(range(each.start, each.end)):
                taken.update(range(each.start, each.end))
                chosen.append(each)
        for each in chosen:
            reading.take(each.start, each.end)
        return list(_merged(reading, [self._widened(reading, each) for each in sorted(chosen, key=_start)]))

    def _named(self, reading: FoldedText) -> Iterator[Mention]:
        places = [at for at in range(len(reading)) if reading.word(at)[:_BEGINNING] in self._beginnings]
        for language in LABEL_LANGUAGES if places else ():
            tokens = analyzer(language).tokens(reading.text)
            for at in places:
                match = self._names.longest(tokens, at, language)
                ids = [each for each in match.concepts if kind_of(each) == "term"] if match else []
                if match and ids and all(_is_meant(token, language) for token in tokens[at : match.end]):
                    is_word = match.end == at + 1 and tokens[at].written in _ALSO_WORDS
                    yield Mention(at, match.end, tuple(ids), is_sure=not is_word or reading.is_capital(at))

    def _numbered(self, reading: FoldedText) -> Iterator[Mention]:
        for at in range(len(reading)):
            if (mention := self._numbers.find(reading, at)) is not None:
                yield mention

    def _widened(self, reading: FoldedText, mention: Mention) -> Mention:
        """Extend a mention by adjacent words for its kind: "EU Directive 2012/29", "2012/29/ES direktyva"."""
        kinds = {self._law.instrument(each).kind for each in mention.ids}
        start = place = mention.start
        while _is_near(reading.sign(place)) and reading.word(place - 1):
            place -= 1
            if reading.is_union(place) or not kinds.isdisjoint(law_words.kinds_of(reading.word(place))):
                start = place
            elif reading.word(place) not in law_words.COMPANION:
                break
        end = mention.end
        if (
            _is_near(reading.sign(end))
            and "." not in reading.sign(end)
            and not kinds.isdisjoint(law_words.kinds_of(reading.word(end)))
        ):
            end += 1
        is_told = end - start > mention.end - mention.start
        reading.take(start, end)
        return replace(mention, start=start, end=end, is_sure=mention.is_sure or is_told)

    def _ids(self, mention: Mention, its: Sequence[Articles]) -> Iterator[str]:
        for instrument in mention.ids:
            numbers = dict.fromkeys(
                number for each in its for pair in each.ranges for number in _existing(pair, self._articles[instrument])
            )
            yield from (f"{instrument}:{number}" for number in numbers)
            if not numbers:
                yield instrument


def names_of(instrument: Instrument) -> dict[str, tuple[str, ...]]:
    """Return all names of an instrument by language: "Victims' Rights Directive (VRD)" and "RGPD / GDPR" are two."""
    titles = {"en": instrument.short_title, **instrument.translations}
    return {
        language: (*_parts_of(titles.get(language, "")), *instrument.alternatives.get(language, ()))
        for language in LABEL_LANGUAGES
    }


def _parts_of(title: str) -> tuple[str, ...]:
    found = _TITLE.fullmatch(title)
    return (title, *found.groups()) if found else tuple(title.split(" / "))


def _is_meant(token: Token, language: str) -> bool:
    """Return whether a word belongs to a name, not just its stem: English "directed" has the stem of "directive"."""
    return _heads(language).isdisjoint(token.forms) or bool(law_words.kinds_of(fold(token.written)))


@cache
def _heads(language: str) -> frozenset[str]:
    return frozenset(form for word in law_words.HEADS for form in analyzer(language).forms(word))


def _first_words(term: Term) -> Iterator[str]:
    for name in chain.from_iterable(term.alternatives.values()):
        yield FoldedText(normal(name)).word(0)


def _all_articles(reading: FoldedText) -> Iterator[Articles]:
    at = 0
    while at < len(reading):
        articles = find_articles(reading, at)
        if articles is not None:
            yield articles
        at = articles.end if articles else at + 1


def _merged(reading: FoldedText, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Merge adjacent names of the same instrument: "NATD (Direktyva 2012/29/ES)"."""
    last: Mention | None = None
    for each in mentions:
        if last and last.ids == each.ids and last.end == each.start and _BREAKS.isdisjoint(reading.sign(each.start)):
            last = Mention(last.start, each.end, last.ids)
            continue
        if last:
            yield last
        last = each
    if last:
        yield last


def _belonging(
    reading: FoldedText, mentions: Sequence[Mention], articles: Sequence[Articles]
) -> Iterator[tuple[Mention, Sequence[Articles]]]:
    """Yield each mention with its articles: the nearest, and those joined to them by "and"."""
    owners: dict[int, int] = {}
    for bond in sorted(_bonds(reading, mentions, articles), key=lambda bond: bond.distance):
        if bond.articles not in owners and bond.mention not in owners.values():
            owners[bond.articles] = bond.mention
    numbers = list(range(len(articles)))
    for one, other in (*pairwise(numbers), *pairwise(reversed(numbers))):
        if one in owners and other not in owners and _is_joined(reading, articles, min(one, other)):
            owners[other] = owners[one]
    for number, mention in enumerate(mentions):
        yield mention, [articles[each] for each in numbers if owners.get(each) == number]


def _bonds(reading: FoldedText, mentions: Sequence[Mention], articles: Sequence[Articles]) -> Iterator[_Bond]:
    everything: list[tuple[Mention | Articles, int]] = [
        *((each, number) for number, each in enumerate(mentions)),
        *((each, number) for number, each in enumerate(articles)),
    ]
    for (one, first), (other, second) in pairwise(sorted(everything, key=lambda each: each[0].start)):
        if isinstance(one, Articles) != isinstance(other, Articles):
            distance = _distance(reading, one.end, other.start, is_forward=isinstance(one, Articles))
            if distance is not None:
                mention, its = (second, first) if isinstance(one, Articles) else (first, second)
                yield _Bond(distance, mention, its)


def _distance(reading: FoldedText, end: int, start: int, *, is_forward: bool) -> int | None:
    """Return the distance of articles and instrument: 0 by "of the", 1 with nothing between, 2 by a comma."""
    signs = "".join(reading.sign(place) for place in range(end, min(start, end + _MOST_BETWEEN) + 1))
    if start - end > _MOST_BETWEEN or not _BREAKS.isdisjoint(signs):
        return None
    if start > end:
        between = {reading.word(place) for place in range(end, start)}
        return 0 if between <= (law_words.OF if is_forward else {"s"}) else None
    return 2 if "," in signs else 1


def _is_joined(reading: FoldedText, articles: Sequence[Articles], number: int) -> bool:
    """Return whether these articles and the next are one list: "art. 8 e art. 9"."""
    end, start = articles[number].end, articles[number + 1].start
    if end == start:
        return _BREAKS.isdisjoint(reading.sign(start))
    return start == end + 1 and reading.word(end) in law_words.AND


def _existing(pair: Range, numbers: Sequence[str]) -> Iterator[str]:
    """Yield the described articles: the ones named, or else the described ranges that contain them."""
    first, last = pair
    low, high = _digits(first), _digits(last)
    if first == last:
        named = [each for each in (first, str(low)) if each in numbers][:1]
    else:
        whole = f"{first}-{last}"
        named = [whole] if whole in numbers else [each for each in numbers if _is_inside(each, low, high)]
    yield from named or (each for each in numbers if _holds(each, low, high))


def _is_inside(number: str, low: int, high: int) -> bool:
    return "-" not in number and low <= _digits(number) <= high


def _holds(number: str, low: int, high: int) -> bool:
    first, dash, last = number.partition("-")
    return bool(dash) and _digits(first) <= low and high <= _digits(last)


def _digits(number: str) -> int:
    found = re.match(r"\d+", number)
    return int(found.group()) if found else -1


def _is_near(sign: str) -> bool:
    return _BREAKS.isdisjoint(sign) and "," not in sign


def _start(each: Mention | Articles) -> int:
    return each.start
