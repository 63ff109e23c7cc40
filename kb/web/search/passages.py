"""What of a record fits a query, as its hit shows it: title and summary with marks, and passages of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from babel import Locale
from markupsafe import Markup, escape

from kb.content_store.catalog import CatalogEntry
from kb.i18n import LANGUAGES
from kb.search.results.highlight import Excerpt, HighlightTerms, excerpts, marked
from kb.search.results.results import Hit as FoundRecord
from kb.search.results.results import RecognisedTerm, SearchResults
from kb.vocabulary.model import Vocabularies
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, store
from kb.web.parts.cards import RecordCard, hit_of

PASSAGES = 2  # of one record
_NOTHING = Markup()


@dataclass(frozen=True)
class MarkedHit:
    """A hit with marks. `note` says in which language the words were found where that is not the one shown."""

    hit: RecordCard
    title: Markup
    summary: Markup
    passage: Markup = _NOTHING
    language: str = ""
    note: str = ""


def found(results: SearchResults, records: Iterable[FoundRecord]) -> tuple[MarkedHit, ...]:
    """Return hits of a page of results; one that is not published any more is left out."""
    look = _Look(results)
    return tuple(each for record in records if (each := _found(record, look)) is not None)


@dataclass(frozen=True)
class _Look:
    """What is looked for, in each language: the words as typed, and what was recognised in them."""

    results: SearchResults
    _wanted: dict[str, HighlightTerms] = field(default_factory=dict)

    @property
    def is_for_nothing(self) -> bool:
        return not (self.results.words or self.results.phrases or self.results.recognised)

    def wanted(self, language: str) -> HighlightTerms:
        if language not in self._wanted:
            on = (term for term in self.results.recognised if not term.is_off)
            labels = dict.fromkeys(label for term in on for label in labels_of(term, language))
            self._wanted[language] = HighlightTerms(self.results.words, self.results.phrases, tuple(labels))
        return self._wanted[language]


def labels_of(term: RecognisedTerm, language: str) -> Iterator[str]:
    """Yield what a text in a language calls a term or a country; articles of law are written in too many ways."""
    if term.kind == "country":
        yield from _country_names(term.term_id, language, store().vocabularies)
    elif term.kind == "term" and (known := store().vocabularies.find_term(term.term_id)) is not None:
        yield known.label(language)
        yield from known.alternatives.get(language, ())


def _country_names(code: str, language: str, vocabularies: Vocabularies) -> Iterator[str]:
    locale = LANGUAGES[language].babel if language in LANGUAGES else language
    yield str(Locale.parse(locale).territories.get(code, code))
    yield from vocabularies.country_aliases.get(code, {}).get(language, ())


def _found(record: FoundRecord, look: _Look) -> MarkedHit | None:
    entry = generation().catalog.find(record.kind, record.id)
    if entry is None:
        return None
    hit = hit_of(entry)
    if look.is_for_nothing:
        return MarkedHit(hit, escape(hit.title), escape(hit.summary))
    title = marked(hit.title, hit.title_language, look.wanted(hit.title_language))
    summary = marked(hit.summary, hit.summary_language, look.wanted(hit.summary_language))
    passage, note = _NOTHING, ""
    if record.matched != hit.title_language:
        passage = _elsewhere(entry, record.matched, look)
        note = _in_language(record.matched) if passage else ""
    elif not _has_marks(summary):
        passage = _passages(entry, record.matched, look)
    return MarkedHit(hit, markup(title), markup(summary), passage, record.matched, note)


def _in_language(language: str) -> str:
    return _("In another language (%(language)s):", language=i18n.language_name(language))


def _elsewhere(entry: CatalogEntry, language: str, look: _Look) -> Markup:
    """Return what fits in a language that is not shown: of the text, else of its summary, else its title."""
    if passage := _passages(entry, language, look):
        return passage
    for texts in (entry.summaries, entry.titles):
        text = marked(texts.get(language, ""), language, look.wanted(language))
        if _has_marks(text):
            return markup(text)
    return _NOTHING


def _passages(entry: CatalogEntry, language: str, look: _Look) -> Markup:
    body = generation().catalog.snapshot.body(*entry.key, language)
    found = [markup(each) for each in excerpts(body, language, look.wanted(language), PASSAGES)]
    return Markup(" ").join(found).replace("… …", "…")


def _has_marks(excerpt: Excerpt) -> bool:
    return any(piece.is_marked for piece in excerpt)


def markup(excerpt: Excerpt) -> Markup:
    """Return a text with its marks as HTML."""
    # One string, and marked as safe once: a page has two hundred pieces.
    parts = (f"<mark>{escape(piece.text)}</mark>" if piece.is_marked else str(escape(piece.text)) for piece in excerpt)
    return Markup("".join(parts))  # noqa: S704 - each piece is escaped
