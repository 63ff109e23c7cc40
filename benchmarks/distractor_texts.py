"""Generate the texts of distractor records: their terms in varied wording, among words of the field by frequency."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import Stemmer
from babel import Locale

from kb.i18n import LANGUAGES
from kb.vocabulary.model import Term, Vocabularies

_STEMMERS = {"en": "english", "it": "italian", "lt": "lithuanian", "pt": "portuguese", "ro": "romanian"}
_WORD = re.compile(r"[^\W\d_]{2,}")


class Lexicon:
    """The words of one language: words of the real records by their frequency there, others by general frequency."""

    FIELD_SHARE = 0.7
    OTHERS = 20_000
    LOOKED_AT = 60_000  # for inflected forms of a word

    def __init__(self, language: str, texts: Sequence[str]) -> None:
        import wordfreq  # takes a second to import, and only this function needs it

        counts: Counter[str] = Counter()
        records: Counter[str] = Counter()
        for text in texts:
            words = [word.lower() for word in _WORD.findall(text)]
            counts.update(words)
            records.update(set(words))
        # A word that only one record has is specific to that record, and not a word of the field.
        self.field = {word: count for word, count in counts.items() if records[word] > 1}
        common = [word for word in wordfreq.top_n_list(language, self.LOOKED_AT) if _WORD.fullmatch(word)]
        others = {word: wordfreq.word_frequency(word, language) for word in common[: self.OTHERS]}
        share = self.FIELD_SHARE / max(sum(self.field.values()), 1)
        rest = (1 - self.FIELD_SHARE) / sum(others.values())
        self._words = [*self.field, *others]
        self._weights = list(
            accumulate([*(n * share for n in self.field.values()), *(f * rest for f in others.values())])
        )
        self._stem = Stemmer.Stemmer(_STEMMERS[language]).stemWord
        self._all = dict.fromkeys([*self.field, *common])

    def filler(self, dice: random.Random, count: int) -> list[str]:
        """Return words drawn by their frequency."""
        return dice.choices(self._words, cum_weights=self._weights, k=count)

    def forms(self, word: str) -> Sequence[str]:
        """Return inflected forms of a word: words with the same stem."""
        return self._endings.get(self._stem(word.lower()), ())

    @cached_property
    def _endings(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in self._all:
            if len(word) > 3:
                found.setdefault(self._stem(word), []).append(word)
        return {stem: words[:8] for stem, words in found.items() if len(words) > 1}  # the most frequent come first


@dataclass(frozen=True)
class Facts:
    """The subject of a generated record, the same in each of its languages."""

    id: str
    language: str
    languages: tuple[str, ...]
    countries: tuple[str, ...]
    terms: tuple[Term, ...]
    status: str
    level: str
    direction: str
    transferability: str
    year: int
    law: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    newest: str = ""
    # Labels, countries and abbreviations that its text mentions in passing, the same in each language.
    passing: tuple[Term, ...] = ()
    other_countries: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Text:
    """The text of a record in one language."""

    title: str
    summary: str
    body: str
    keywords: str


class Writer:
    """Writes the texts of facts in one language."""

    def __init__(self, language: str, lexicon: Lexicon, vocabularies: Vocabularies, countries: Iterable[str]) -> None:
        self.language = language
        self.lexicon = lexicon
        territories = Locale.parse(LANGUAGES[language].babel).territories
        self._countries = {
            code: (territories[code], *vocabularies.country_aliases.get(code, {}).get(language, ()))
            for code in countries
        }

    def write(self, dice: random.Random, facts: Facts) -> Text:
        """Return the texts of a record; a quarter of its terms occur in no sentence."""
        said = [term for term in facts.terms if dice.random() < 0.75] or list(facts.terms[:1])
        return Text(
            title=self._title(dice, facts, said),
            summary=self._summary(dice, facts, said),
            body=self._body(dice, facts, said),
            keywords="\n".join(term.label(self.language) for term in facts.terms),
        )

    def _title(self, dice: random.Random, facts: Facts, said: Sequence[Term]) -> str:
        pieces = [self._label(dice, term) for term in said[: dice.choice((1, 1, 2, 2, 3))]]
        if facts.names and dice.random() < 0.4:
            pieces.append(facts.names[0])
        if dice.random() < 0.25:
            pieces.append(self._country(dice, facts.countries[0]))
        return _sentence(self._mixed(dice, pieces, dice.randint(2, 6)))

    def _summary(self, dice: random.Random, facts: Facts, said: Sequence[Term]) -> str:
        pieces = [self._label(dice, term) for term in dice.sample(said, min(len(said), dice.randint(2, 4)))]
        if dice.random() < 0.7:
            pieces.append(self._country(dice, facts.countries[0]))
        if dice.random() < 0.25:
            pieces.append(self._label(dice, facts.passing[0]))
        if facts.other_countries and dice.random() < 0.15:
            pieces.append(self._country(dice, facts.other_countries[0]))
        return _prose(dice, self._mixed(dice, pieces, dice.randint(25, 35)))

    def _body(self, dice: random.Random, facts: Facts, said: Sequence[Term]) -> str:
        pieces = [self._label(dice, term) for term in said for _ in range(dice.randint(1, 4))]
        pieces += [self._label(dice, term) for term in facts.passing]
        if dice.random() < 0.3:  # mentioned often, but not the subject of the record
            pieces += [self._label(dice, facts.passing[-1]) for _ in range(dice.randint(3, 6))]
        pieces += [self._country(dice, code) for code in facts.countries for _ in range(dice.randint(1, 4))]
        pieces += [self._country(dice, code) for code in facts.other_countries for _ in range(dice.randint(1, 2))]
        pieces += [
            *facts.abbreviations,
            *(facts.names * dice.randint(0, 3)),
            str(facts.year),
            str(dice.randint(2, 9000)),
        ]
        return _prose(dice, self._mixed(dice, pieces, dice.randint(200, 320)))

    def _label(self, dice: random.Random, term: Term) -> str:
        """Return a name of a term as a sentence may have it: inflected, reordered, or with a word in between."""
        others = term.alternatives.get(self.language, ())
        words = (dice.choice(others) if others and dice.random() < 0.5 else term.label(self.language)).split()
        words = [self._inflected(dice, word) for word in words]
        if len(words) > 1 and dice.random() < 0.15:
            words.reverse()
        if len(words) > 1 and dice.random() < 0.15:
            words.insert(dice.randrange(1, len(words)), self.lexicon.filler(dice, 1)[0])
        return " ".join(words)

    def _country(self, dice: random.Random, code: str) -> str:
        name, *others = self._countries[code]
        return self._inflected(dice, name) if not others or dice.random() < 0.6 else dice.choice(others)

    def _inflected(self, dice: random.Random, word: str) -> str:
        if word.isupper() or dice.random() > 0.35:
            return word
        forms = self.lexicon.forms(word)
        form = dice.choice(forms) if forms else word
        return form.capitalize() if word[:1].isupper() else form

    def _mixed(self, dice: random.Random, pieces: Sequence[str], fillers: int) -> list[str]:
        """Insert the pieces in any order at random places among other words."""
        words = [*pieces, *self.lexicon.filler(dice, fillers)]
        dice.shuffle(words)
        return words


def _sentence(words: Sequence[str]) -> str:
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def _prose(dice: random.Random, words: Sequence[str]) -> str:
    sentences: list[str] = []
    at = 0
    while at < len(words):
        end = at + dice.randint(8, 20)
        sentences.append(_sentence(words[at:end]) + ".")
        at = end
    return " ".join(sentences)
