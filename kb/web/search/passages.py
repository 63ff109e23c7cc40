"""Hits with highlights: title and summary with the matching words marked, and passages of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from babel import Locale
from markupsafe import Markup, escape

from kb.content_store.catalog import CatalogEntry
from kb.i18n import LANGUAGES
from kb.search.query.parsed_query import RecognisedTerm
from kb.search.results.highlight import Excerpt, HighlightTerms, excerpts, marked
from kb.search.results.results import Hit as FoundRecord
from kb.search.results.results import SearchResults
from kb.vocabulary.model import Vocabularies
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, store
from kb.web.parts.cards import RecordCard, hit_of

PASSAGES = 2  # of one record
_NOTHING = Markup()


@dataclass(frozen=True)
class MarkedHit:
    """A hit with marks. `note` names the language of the match where that is not the one shown."""

    hit: RecordCard
    title: Markup
    summary: Markup
    passage: Markup = _NOTHING
    language: str = ""
    note: str = ""


def mark_hits(results: SearchResults, records: Iterable[FoundRecord]) -> tuple[MarkedHit, ...]:
    """Return the hits of a page of results; records not published any more are left out."""
    terms = Highlights(results)
    return tuple(each for record in records if (each := _mark_hit(record, terms)) is not None)


@dataclass(frozen=True)
class Highlights:
    """The words to mark in texts of each language: the typed words, and labels of recognised terms."""

    results: SearchResults
    _by_language: dict[str, HighlightTerms] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there are no words to mark."""
        return not (self.results.words or self.results.phrases or self.results.recognised)

    def for_language(self, language: str) -> HighlightTerms:
        """Return the words to mark in a text of a language."""
        if language not in self._by_language:
            on = (term for term in self.results.recognised if not term.is_off)
            labels = dict.fromkeys(label for term in on for label in _labels_of(term, language))
            self._by_language[language] = HighlightTerms(self.results.words, self.results.phrases, tuple(labels))
        return self._by_language[language]


def _labels_of(term: RecognisedTerm, language: str) -> Iterator[str]:
    """Yield the labels of a term or a country in a language; none for articles of law, as spellings vary too much."""
    if term.kind == "country":
        yield from _country_names(term.term_id, language, store().vocabularies)
    elif term.kind == "term" and (known := store().vocabularies.find_term(term.term_id)) is not None:
        yield known.label(language)
        yield from known.alternatives.get(language, ())


def _country_names(code: str, language: str, vocabularies: Vocabularies) -> Iterator[str]:
    locale = LANGUAGES[language].babel if language in LANGUAGES else language
    yield str(Locale.parse(locale).territories.get(code, code))
    yield from vocabularies.country_aliases.get(code, {}).get(language, ())


def _mark_hit(record: FoundRecord, terms: Highlights) -> MarkedHit | None:
    entry = generation().catalog.find(record.kind, record.id)
    if entry is None:
        return None
    hit = hit_of(entry)
    if terms.is_empty:
        return MarkedHit(hit, escape(hit.title), escape(hit.summary))
    title = marked(hit.title, hit.title_language, terms.for_language(hit.title_language))
    summary = marked(hit.summary, hit.summary_language, terms.for_language(hit.summary_language))
    passage, note = _NOTHING, ""
    if record.matched != hit.title_language:
        passage = _other_language_excerpt(entry, record.matched, terms)
        note = _language_note(record.matched) if passage else ""
    elif not _has_marks(summary):
        passage = _excerpts(entry, record.matched, terms)
    return MarkedHit(hit, markup(title), markup(summary), passage, record.matched, note)


def _language_note(language: str) -> str:
    return _("In another language (%(language)s):", language=i18n.language_name(language))


def _other_language_excerpt(entry: CatalogEntry, language: str, terms: Highlights) -> Markup:
    """Return the match in a language that is not shown: in its text, else its summary, else its title."""
    if passage := _excerpts(entry, language, terms):
        return passage
    for texts in (entry.summaries, entry.titles):
        text = marked(texts.get(language, ""), language, terms.for_language(language))
        if _has_marks(text):
            return markup(text)
    return _NOTHING


def _excerpts(entry: CatalogEntry, language: str, terms: Highlights) -> Markup:
    body = generation().catalog.snapshot.body(*entry.key, language)
    found = [markup(each) for each in excerpts(body, language, terms.for_language(language), PASSAGES)]
    return Markup(" ").join(found).replace("… …", "…")


def _has_marks(excerpt: Excerpt) -> bool:
    return any(piece.is_marked for piece in excerpt)


def markup(excerpt: Excerpt) -> Markup:
    """Return an excerpt with its marks as HTML."""
    # Join one string and mark it as safe once: a page has two hundred pieces.
    parts = (f"<mark>{escape(piece.text)}</mark>" if piece.is_marked else str(escape(piece.text)) for piece in excerpt)
    return Markup("".join(parts))  # noqa: S704 - each piece is escaped
