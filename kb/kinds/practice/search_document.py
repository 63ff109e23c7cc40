"""What of a practice is searched: one document per language in which it can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from kb.i18n import LANGUAGES
from kb.kinds.practice.evidence import LEVELS, generated
from kb.kinds.practice.model import SECTIONS, Practice
from kb.kinds.practice.reference_checks import term_places
from kb.law.model import Law
from kb.records.front_matter import Value
from kb.records.record import Bundle, Reading
from kb.records.translation_status import language_facets
from kb.search.index.index_document import IndexDocument
from kb.vocabulary.model import Vocabularies

# The first years are those of a few pioneers; from then on, as long as a plan or a funding programme usually lasts.
FIRST_PERIOD, PERIOD_YEARS = 2000, 5


def to_documents(
    bundle: Bundle, vocabularies: Vocabularies, law: Law, plain: Callable[[str], str]
) -> tuple[IndexDocument, ...]:
    """Return the index documents of a practice, that of its own language first, whatever its status.

    `plain` turns Markdown into plain text. A text that has no translation yet is left out of the translation's
    document: it is found through the document of its own language.
    """
    practice: Practice = bundle.record
    readings = tuple(bundle.reading(language) for language in bundle.languages())
    ratings, chosen = generated(practice), _once(term for _, term, _ in term_places(practice))
    terms = _once((*chosen, *(str(term) for term in ratings.values() if term is not None)))
    facets = _facets(practice, ratings, law) | language_facets(readings, LANGUAGES)
    newest, strength = _newest(practice), _strength(ratings)
    return tuple(
        IndexDocument(
            kind=bundle.shape.name,
            id=practice.id,
            language=reading.language,
            title=reading.own("title"),
            summary=reading.own("summary"),
            body=_body(practice, reading, plain),
            names=practice.names,
            keywords=_keywords(chosen, vocabularies, reading.language),
            # The ratings are terms too, so that somebody who types one finds what has it.
            terms=terms,
            facets={"kind": (bundle.shape.name,), **facets},
            newest=newest,
            strength=strength,
            fingerprint=bundle.fingerprint,
        )
        for reading in readings
        if not reading.is_fallback
    )


def _body(practice: Practice, reading: Reading, plain: Callable[[str], str]) -> str:
    """Sections first, then the words of the facts, then what has the same name in every language."""
    sections = [plain(text) for name in SECTIONS if (text := reading.own(name))]
    words = [reading.own(name) for name in reading.passages if name not in (*SECTIONS, "title", "summary")]
    names = [*(row.name for row in practice.organisations), *practice.regions, practice.original_title or ""]
    return "\n".join(text for text in (*sections, *words, *names) if text)


def _keywords(chosen: Iterable[str], vocabularies: Vocabularies, language: str) -> str:
    """Return the labels of the terms that somebody chose; those of ratings are words too common to help."""
    terms = (vocabularies.find_term(term_id) for term_id in chosen)
    return "\n".join(term.label(language) for term in terms if term is not None)


def _facets(practice: Practice, ratings: dict[str, Value | None], law: Law) -> dict[str, tuple[str, ...]]:
    """Return what readers filter by, of the record itself: the narrowest terms, and nothing of its languages."""
    return {
        "country": _once(practice.countries),
        "area": _once(practice.areas),
        "evidence": _rating(ratings["evidence_level"]),
        "direction": _rating(ratings["effect_direction"]),
        "transferability": _rating(ratings["transferability"]),
        "group": _once(practice.victim_groups),
        "crime": _once(practice.crime_types),
        "actor": _once(practice.actors),
        "stage": _once(practice.stages),
        "document": _once(practice.document_types),
        "law": _once(_law(practice, law)),
        "period": (period(practice.start_year),) if practice.start_year else (),
    }


def _rating(term: Value | None) -> tuple[str, ...]:
    return (str(term),) if term is not None else ()


def _strength(ratings: dict[str, Value | None]) -> int:
    """Return the step of the level, 0 where there is none."""
    level = ratings["evidence_level"]
    return LEVELS.index(str(level)) + 1 if level is not None else 0


def _law(practice: Practice, law: Law) -> Iterator[str]:
    """Yield the instruments of the legal basis, and those of its articles that we describe: `vrd`, `vrd:8`."""
    for row in practice.legal_basis:
        instrument = law.find_by_celex(row.celex) if row.celex is not None else None
        if instrument is not None:
            yield instrument.id
            for number in row.articles:
                if law.find_article(instrument.id, number) is not None:
                    yield f"{instrument.id}:{number}"


def period(year: str) -> str:
    """Return the five years to which a year belongs, such as `2010-2014`; `before-2000` for all that is earlier."""
    if int(year) < FIRST_PERIOD:
        return f"before-{FIRST_PERIOD}"
    first = int(year) - (int(year) - FIRST_PERIOD) % PERIOD_YEARS
    return f"{first}-{first + PERIOD_YEARS - 1}"


def _newest(practice: Practice) -> str:
    """Return the day of the newest thing known: a review, an assessment, a look at a source."""
    days: list[date | None] = [
        practice.reviewed,
        *(assessment.on for assessment in practice.assessments),
        *(source.accessed for source in practice.sources),
    ]
    return max((day.isoformat() for day in days if day is not None), default="")


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
