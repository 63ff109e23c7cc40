"""Data of the glossary: the list of terms by letter, and one term with its names, relations and uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from flask import url_for

from kb.errors import NotFound
from kb.search.analysis.collation import initial, sort_key
from kb.search.analysis.word_forms import fold
from kb.search.query.search_query import TEXT_LIMIT
from kb.vocabulary.model import LABEL_LANGUAGES, Term
from kb.web.http import i18n
from kb.web.http.rendering import store
from kb.web.labels.term_lines import FACETS, VOCABULARIES, TermLine, term_line, vocabulary_name
from kb.web.parts.cards import RecordCard, hit_of
from kb.web.parts.facet_counts import Strength, strength, tally
from kb.web.parts.law_references import ArticleLine, InstrumentLine
from kb.web.rights.page import speaking_of

# The language of the law of countries with one language of their own.
_LANGUAGES = {"IT": "it", "LT": "lt", "PT": "pt", "RO": "ro"}
SHOWN = 4  # practices with a term, before the link to all


@dataclass(frozen=True)
class GlossaryLetter:
    """A letter with the terms that begin with it; `id` is its anchor."""

    id: str
    letter: str
    terms: tuple[TermLine, ...]


@dataclass(frozen=True)
class GlossaryPage:
    """The list of all terms, or of those found. `choices` are the vocabularies to choose from."""

    find: str
    vocabulary: str
    choices: tuple[tuple[str, str, int], ...]
    letters: tuple[GlossaryLetter, ...]
    count: int
    total: int

    @property
    def is_narrowed(self) -> bool:
        """Whether terms are filtered out."""
        return self.count < self.total or bool(self.find or self.vocabulary)


@dataclass(frozen=True)
class TermPage:
    """One term. `beware`: with what it is confused.

    `official`: the name of a country, its term of law, the law, and the language of both.
    """

    term: Term
    line: TermLine
    vocabulary_address: str
    labels: tuple[tuple[str, str], ...]
    broader: tuple[TermLine, ...]
    narrower: tuple[TermLine, ...]
    related: tuple[TermLine, ...]
    theme: str | None
    strength: Strength | None
    hits: tuple[RecordCard, ...]
    words_search: str
    law: tuple[tuple[InstrumentLine, ArticleLine], ...]
    official: tuple[tuple[str, str, str, str], ...]
    beware: str


def glossary(params: Mapping[str, str]) -> GlossaryPage:
    """Return the terms whose names have all words of `find`, of one vocabulary or of all; ignore invalid values."""
    find = " ".join(params.get("find", "").split())[:TEXT_LIMIT]
    vocabulary = params.get("vocabulary", "")
    chosen = vocabulary if vocabulary in _counts() else ""
    words = fold(find.casefold()).split()
    terms = store().vocabularies.terms()
    found = [each for each in terms if chosen in ("", each.vocabulary) and _has_words(each, words)]
    return GlossaryPage(
        find=find,
        vocabulary=chosen,
        choices=tuple((each, vocabulary_name(each), count) for each, count in _counts().items()),
        letters=tuple(_letters(found)),
        count=len(found),
        total=len(terms),
    )


def _counts() -> dict[str, int]:
    """Return how many terms each vocabulary has, in the order of the vocabularies."""
    vocabularies = {each.id: len(each.terms) for each in store().vocabularies.all}
    first = {each: vocabularies[each] for each in VOCABULARIES if each in vocabularies}
    return first | vocabularies


def _has_words(term: Term, words: Iterable[str]) -> bool:
    """Whether the names of a term in any language contain every word; names that are never shown count too."""
    names = (*term.labels.values(), *(each for some in term.alternatives.values() for each in some), term.notation)
    text = fold(" | ".join(names).casefold())
    return all(word in text for word in words)


def _letters(terms: Iterable[Term]) -> Iterator[GlossaryLetter]:
    """Yield the letters in the order of the reader's alphabet; Č is a separate letter in languages that sort it so."""
    code = i18n.current().code
    lines = sorted(map(term_line, terms), key=lambda line: sort_key(line.label, code))
    for number, (letter, group) in enumerate(groupby(lines, key=lambda line: initial(line.label, code))):
        yield GlossaryLetter(f"letter-{number}", letter, tuple(group))


def term_page(term_id: str) -> TermPage:
    """Return the data for the template of a term. Raises `NotFound`."""
    vocabularies = store().vocabularies
    if (term := vocabularies.find_term(term_id)) is None:
        raise NotFound(f"terms/{term_id}")
    facet = FACETS.get(term.vocabulary)
    line = term_line(term)
    return TermPage(
        term=term,
        line=line,
        vocabulary_address=url_for("terms.index", vocabulary=term.vocabulary),
        labels=tuple((code, term.labels[code]) for code in LABEL_LANGUAGES if code in term.labels),
        broader=_lines((term.broader,) if term.broader else ()),
        narrower=_lines(vocabularies.narrower(term.id)),
        related=_lines(term.related),
        theme=url_for("themes.show", record_id=term.id) if facet == "area" else None,
        strength=strength(facet, term.id) if facet else None,
        hits=tuple(hit_of(entry) for entry in tally().entries(facet, term.id)[:SHOWN]) if facet else (),
        words_search=url_for("search.index", q=line.label),
        law=speaking_of(term),
        official=tuple(
            (i18n.country_name(each.country), each.words, each.law, _LANGUAGES.get(each.country, ""))
            for each in term.official
        ),
        beware=term.beware.get(i18n.current().code, ""),
    )


def _lines(ids: Iterable[str]) -> tuple[TermLine, ...]:
    return tuple(term_line(store().vocabularies.term(each)) for each in ids)
