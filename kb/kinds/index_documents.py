"""What every kind of record is searched by: one index document per language in which a record can be read."""

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
) -> tuple[IndexDocument, ...]:
    """Return the index documents of a record, that of its own language first, whatever its status.

    `body` returns the plain text of a reading, `keywords` the words that help to find it in a language. `facets` are
    those of the kind: the kind and the languages are added. A language without a translated title has no document; its
    readers find the record through the document of its own language.
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
            fingerprint=bundle.fingerprint,
        )
        for reading in readings
        if not reading.is_fallback
    )


def section_text(reading: Reading, plain: Callable[[str], str]) -> list[str]:
    """Return the sections of a reading that are in its language, as plain text."""
    return [plain(text) for passage in reading.sections() if (text := reading.own(passage.name))]


def join_texts(*texts: Iterable[str]) -> str:
    """Return texts one below the other, without the empty ones."""
    return "\n".join(text for group in texts for text in group if text)


def newest_day(days: Iterable[date | None]) -> str:
    """Return the latest day as `2026-11-25`, or an empty text if there is none."""
    return max((day.isoformat() for day in days if day is not None), default="")


def term_labels(terms: Iterable[str], vocabularies: Vocabularies, language: str) -> str:
    """Return the labels of terms in a language, one below the other; unknown terms are left out."""
    found = (vocabularies.find_term(term) for term in terms)
    return "\n".join(term.label(language) for term in found if term is not None)


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Return values without repetitions, in their order."""
    return tuple(dict.fromkeys(values))
