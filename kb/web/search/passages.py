"""Hits with highlights: the title with the matching words marked, and a passage where it says more than the title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate

from babel import Locale
from flask import url_for
from markupsafe import Markup, escape

from kb.content_store.catalog import CatalogEntry
from kb.i18n import LANGUAGES
from kb.kinds.adaptation.card import AdaptationCard
from kb.kinds.tool.card import ToolCard
from kb.kinds.tool.kind import KIND as TOOL
from kb.search.analysis.word_forms import fold
from kb.search.query.parsed_query import RecognisedTerm
from kb.search.results.highlight import Excerpt, Fragment, HighlightTerms, excerpts, marked
from kb.search.results.results import Hit as FoundRecord
from kb.search.results.results import SearchResults
from kb.vocabulary.model import Vocabularies
from kb.web.http import i18n
from kb.web.http.country_urls import home_country
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, store
from kb.web.labels.kinds import singular_name
from kb.web.labels.practice_facts import Value
from kb.web.parts.cards import RecordCard, hit_of
from kb.web.search.service_hits import named_services
from kb.web.tools.family_summary import by_country

PASSAGES = 1  # of one record
_NOTHING = Markup()
LONGEST = 100  # letters of a passage: two lines of a phone
_SAME = 5  # letters at the beginning of a word: with as many alike, two marked words are the same


@dataclass(frozen=True)
class MarkedHit:
    """A hit with marks. `note` names the language of the match where that is not the one shown.

    `ready` says that it is the version of a tool for the reader's country, `versions` are the others of its family.
    `services` are further services of an area that the search names.
    """

    hit: RecordCard
    title: Markup
    passage: Markup = _NOTHING
    language: str = ""
    note: str = ""
    ready: str = ""
    versions: tuple[Value, ...] = ()
    services: tuple[Value, ...] = ()


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
    ready, versions = _versions(entry)
    if ready:
        hit = replace(hit, facts=(singular_name(TOOL.name), *hit.facts[2:]))
    if terms.is_empty:
        return MarkedHit(hit, escape(hit.title), ready=ready, versions=versions)
    hit, services = named_services(entry, hit, terms.results.words)
    title = marked(hit.title, hit.title_language, terms.for_language(hit.title_language))
    passage, note = _NOTHING, ""
    if record.matched != hit.title_language:
        passage = _other_language_excerpt(entry, record.matched, terms)
        note = _language_note(record.matched) if passage else ""
    else:
        passage = _further_excerpt(entry, hit, title, terms)
    return MarkedHit(hit, markup(title), passage, record.matched, note, ready, versions, services)


def _versions(entry: CatalogEntry) -> tuple[str, tuple[Value, ...]]:
    """Return that a tool is the version for the reader's country, and links to its other versions."""
    if not isinstance(entry.card, ToolCard | AdaptationCard):
        return "", ()
    tool_id = entry.card.parent if isinstance(entry.card, AdaptationCard) else entry.id
    country = entry.card.country if isinstance(entry.card, AdaptationCard) else ""
    is_ready = country != "" and country == home_country()
    ready = _("Ready for %(country)s", country=i18n.country_name(country)) if is_ready else ""
    others = tuple(
        Value(i18n.country_name(each.card.country), url_for("adaptations.show", record_id=each.id))
        for each in by_country(tool_id)
        if each.key != entry.key
    )
    return ready, (*others, Value(_("All countries"), url_for("tools.show", record_id=tool_id))) if country else others


def _further_excerpt(entry: CatalogEntry, hit: RecordCard, title: Excerpt, terms: Highlights) -> Markup:
    """Return a passage of summary or text, whichever first has words of the search that the title does not show."""
    language = hit.title_language
    shown = _marked_words(title)
    for text in _texts(entry, hit, language):
        for each in excerpts(text, language, terms.for_language(language), PASSAGES):
            if _marked_words(each) - shown:
                return markup(shortened(each))
    return _NOTHING


def _texts(entry: CatalogEntry, hit: RecordCard, language: str) -> Iterator[str]:
    """Yield the summary in a language, then the text, which is read only if it is asked for."""
    if hit.summary_language == language:
        yield hit.summary
    yield _body(entry, language)


def _marked_words(excerpt: Excerpt) -> frozenset[str]:
    marks = (fold(piece.text.casefold()).split() for piece in excerpt if piece.is_marked)
    return frozenset(word[:_SAME] for words in marks for word in words)


def _language_note(language: str) -> str:
    return _("In another language (%(language)s):", language=i18n.language_name(language))


def _other_language_excerpt(entry: CatalogEntry, language: str, terms: Highlights) -> Markup:
    """Return the match in a language that is not shown: in its text, else its summary, else its title."""
    if passage := _excerpts(entry, language, terms):
        return passage
    for texts in (entry.summaries, entry.titles):
        text = marked(texts.get(language, ""), language, terms.for_language(language))
        if _has_marks(text):
            return markup(shortened(text))
    return _NOTHING


def _excerpts(entry: CatalogEntry, language: str, terms: Highlights) -> Markup:
    found = excerpts(_body(entry, language), language, terms.for_language(language), PASSAGES)
    return markup(shortened(found[0])) if found else _NOTHING


def _body(entry: CatalogEntry, language: str) -> str:
    return generation().catalog.snapshot.body(*entry.key, language)


def shortened(excerpt: Excerpt, longest: int = LONGEST) -> Excerpt:
    """Return the part of an excerpt around its first mark, cut between words."""
    text = "".join(piece.text for piece in excerpt)
    if len(text) <= longest:
        return excerpt
    places = [0, *accumulate(len(piece.text) for piece in excerpt)]
    first = next((place for place, piece in zip(places, excerpt, strict=False) if piece.is_marked), 0)
    start = text.rfind(" ", 0, first - longest // 3) + 1 if first > longest // 2 else 0
    end = text.rfind(" ", first, start + longest) if len(text) > start + longest else len(text)
    end = end if end > first else start + longest
    inside = (
        Fragment(piece.text[max(0, start - place) : max(0, end - place)], piece.is_marked)
        for place, piece in zip(places, excerpt, strict=False)
    )
    before, after = (Fragment("… "),) if start else (), (Fragment(" …"),) if end < len(text) else ()
    return (*before, *(piece for piece in inside if piece.text), *after)


def _has_marks(excerpt: Excerpt) -> bool:
    return any(piece.is_marked for piece in excerpt)


def markup(excerpt: Excerpt) -> Markup:
    """Return an excerpt with its marks as HTML."""
    # Join one string and mark it as safe once: a page has two hundred pieces.
    parts = (f"<mark>{escape(piece.text)}</mark>" if piece.is_marked else str(escape(piece.text)) for piece in excerpt)
    return Markup("".join(parts))  # noqa: S704 - each piece is escaped
