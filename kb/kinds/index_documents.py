"""Builds search index documents for records of every kind, one per language in which a record can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from kb.i18n import LANGUAGES
from kb.records.record import Bundle, Reading
from kb.records.translation_status import language_facets
from kb.search.index.index_document import IndexDocument
from kb.vocabulary.model import Vocabularies


def index_documents(
    bundle: Bundle,
    body: Callable[[Reading], str],
    facets: Mapping[str, tuple[str, ...]] | None = None,
    *,
    names: tuple[str, ...] = (),
    terms: tuple[str, ...] = (),
    keywords: Callable[[str], str] = lambda language: "",
    newest: str = "",
    strength: int = 0,
    family: str = "",
) -> tuple[IndexDocument, ...]:
    """Return the index documents of a record of any status; the document of its own language is first.

    `body` returns the plain text of a reading. `keywords` returns further words to find the record by, in a language.
    `facets` are those of the kind; this function adds the kind itself and the languages. A language without a
    translated title has no document. Its readers find the record through the document in the original language.
    """
    readings = tuple(bundle.reading(language) for language in bundle.languages())
    all_facets = {"kind": (bundle.shape.name,), **(facets or {}), **language_facets(readings, LANGUAGES)}
    return tuple(
        IndexDocument(
            kind=bundle.shape.name,
            id=bundle.record.id,
            language=reading.language,
            title=reading.own("title"),
            summary=reading.own("summary"),
            body=body(reading),
            names=names,
            keywords=keywords(reading.language),
            terms=terms,
            facets=all_facets,
            newest=newest,
            strength=strength,
            family=family,
            fingerprint=bundle.fingerprint,
        )
        for reading in readings
        if not reading.is_fallback
    )


def section_text(reading: Reading, plain: Callable[[str], str]) -> list[str]:
    """Return as plain text the sections that are in the language of the reading."""
    return [plain(text) for passage in reading.sections() if (text := reading.own(passage.name))]


def join_texts(*texts: Iterable[str]) -> str:
    """Join the non-empty texts, one per line."""
    return "\n".join(text for group in texts for text in group if text)


def newest_day(days: Iterable[date | None]) -> str:
    """Return the latest day as `2026-11-25`, or an empty text if there is none."""
    return max((day.isoformat() for day in days if day is not None), default="")


def term_labels(terms: Iterable[str], vocabularies: Vocabularies, language: str) -> str:
    """Return the labels of terms in a language, one per line, without unknown terms."""
    found = (vocabularies.find_term(term) for term in terms)
    return "\n".join(term.label(language) for term in found if term is not None)


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Return values without duplicates, in their order."""
    return tuple(dict.fromkeys(values))
