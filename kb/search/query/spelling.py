"""Did you mean: which words of a query are slips, and the query as it was meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.search.analysis.word_forms import analyzer
from kb.search.index.segment import LiveSegment
from kb.search.query.mending import nearest, replaced
from kb.search.query.parsed_query import ParsedQuery, Word

MENDED_LIMIT = 4  # words of a query that are mended, so that a long one costs no more


@dataclass(frozen=True)
class Mender:
    """Mends queries by the words of some segments. `languages` are all of the site."""

    segments: Sequence[LiveSegment]
    languages: Sequence[str]

    def foreign(self, question: ParsedQuery, unknown: Sequence[int], language: str) -> tuple[int, ...]:
        """Return the places of words that records have in other languages alone, and never as they are written.

        "protecton" has the stem of a Lithuanian word, but who types it in English means "protection". `unknown` are
        the places of words that no record has; `language` is that of the reader.
        """
        return tuple(
            place
            for place, word in enumerate(question.words)
            if place not in unknown and word.phrase < 0 and not self._is_in(word, language)
        )

    def meant(
        self, question: ParsedQuery, places: Sequence[int], language: str, foreign: Sequence[int] = ()
    ) -> str | None:
        """Return the query with the nearest words for those at some places; `None` if none has a nearer one.

        For words that are `foreign` only those of the reader's language that are one edit away are looked at.
        """
        order = tuple(dict.fromkeys((question.language, language, *self.languages)))
        counts = {word: self._count_of(word) for word in (question.words[place].written for place in places)}
        rarest = sorted(counts, key=lambda word: counts[word])[:MENDED_LIMIT]
        known = {question.words[place].written for place in foreign}
        near = {
            word: nearest(word, [language], self.segments, edits=1)
            if word in known
            else nearest(word, order, self.segments, than=counts[word])
            for word in rarest
        }
        mended = {word: each for word, each in near.items() if each and self._is_there(each)}
        if not mended:
            return None
        changed = (
            (token.start, token.end, mended[token.written]) for token in question.tokens if mended.get(token.written)
        )
        return replaced(question.text, changed)

    def _is_in(self, word: Word, language: str) -> bool:
        """Whether records have a word in a language, or as the beginning of another one, or anywhere in this form."""
        return (
            any(live.has_form(form, language) for live in self.segments for form in word.forms.get(language, ()))
            or any(live.has_prefix(word.folded, language) for live in self.segments)
            or any(len(live.segment.called(word.folded)) for live in self.segments)
            or self._count_of(word.written) > 0
        )

    def _is_there(self, word: str) -> bool:
        """Whether a word stands in a record that is still there."""
        return any(
            live.records[live.segment.forms[code].find(form)[0]].any()
            for live in self.segments
            for code in live.segment.languages
            for form in analyzer(code).forms(word)
        )

    def _count_of(self, word: str) -> int:
        return max((live.count_of(word, each) for live in self.segments for each in self.languages), default=0)
