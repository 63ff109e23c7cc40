"""Builds the search index documents of a practice, one per language in which it can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kb.kinds.index_documents import index_documents, join_texts, newest_day, section_text, term_labels, unique
from kb.kinds.practice.coverage import is_known
from kb.kinds.practice.evidence import LEVELS, generated
from kb.kinds.practice.labels import TERM_FIELDS
from kb.kinds.practice.model import SECTIONS, Practice
from kb.kinds.practice.reference_checks import term_places
from kb.law.model import Law
from kb.records.front_matter import Value
from kb.records.record import Bundle, Reading
from kb.search.index.index_document import IndexDocument
from kb.vocabulary.model import Vocabularies

# The statuses of the vocabulary, in the few that a reader looks for.
STATUSES: Mapping[str, str] = {
    **dict.fromkeys(("impl-local", "impl-regional", "impl-national", "impl-cross-border"), "in-use"),
    **dict.fromkeys(("impl-planned", "impl-pilot"), "planned"),
    "impl-discontinued": "ended",
    "impl-failed": "failed",
    "impl-unknown": "not-known",
}
COST_KNOWN = "cost-known"  # a term of the vocabulary of costs
# Few practices began before the first period. A period is as long as a plan or a funding programme usually lasts.
FIRST_PERIOD, PERIOD_YEARS = 2000, 5


def to_documents(
    bundle: Bundle[Practice], vocabularies: Vocabularies, law: Law, plain: Callable[[str], str]
) -> tuple[IndexDocument, ...]:
    """Return the index documents of a practice; `plain` turns Markdown into plain text.

    Ratings are indexed as terms, so that a search for a rating finds the practices that have it. They are not
    keywords, because their words are too common.
    """
    practice = bundle.record
    ratings, chosen = generated(practice), unique(term for _, term, _ in term_places(practice))
    return index_documents(
        bundle,
        lambda reading: _body(practice, reading, plain),
        _facets(practice, ratings, law),
        names=practice.names,
        terms=unique((*chosen, *_cost(practice), *(str(term) for term in ratings.values() if term is not None))),
        keywords=lambda language: term_labels(chosen, vocabularies, language),
        newest=_newest(practice),
        strength=_strength(ratings),
    )


def _body(practice: Practice, reading: Reading, plain: Callable[[str], str]) -> str:
    """Return the sections, then the words of the facts, then names that are the same in every language."""
    words = (reading.own(name) for name in reading.passages if name not in (*SECTIONS, "title", "summary"))
    names = [*(row.name for row in practice.organisations), *practice.regions, practice.original_title or ""]
    return join_texts(section_text(reading, plain), words, names)


def _facets(practice: Practice, ratings: dict[str, Value | None], law: Law) -> dict[str, tuple[str, ...]]:
    """Return the filter values of the record itself: the narrowest terms, without the language facets."""
    return {
        "country": unique(practice.countries),
        **{field.facet: unique(getattr(practice, name)) for name, field in TERM_FIELDS.items()},
        "status": tuple(STATUSES[each] for each in (practice.implementation_status or "",) if each in STATUSES),
        "cost": ("known" if _cost(practice) else "not-known",),
        "evidence": _rating(ratings["evidence_level"]),
        "direction": _rating(ratings["effect_direction"]),
        "transferability": _rating(ratings["transferability"]),
        "law": unique(_law(practice, law)),
        "period": (period(practice.start_year),) if practice.start_year else (),
    }


def _cost(practice: Practice) -> tuple[str, ...]:
    """Return the term of a practice that names a cost with its source."""
    return (COST_KNOWN,) if is_known(practice.cost_line) else ()


def _rating(term: Value | None) -> tuple[str, ...]:
    return (str(term),) if term is not None else ()


def _strength(ratings: dict[str, Value | None]) -> int:
    """Return the number of the evidence level, 0 if there is none."""
    level = ratings["evidence_level"]
    return LEVELS.index(str(level)) + 1 if level is not None else 0


def _law(practice: Practice, law: Law) -> Iterator[str]:
    """Yield the instruments of the legal basis and those articles that we describe, such as `vrd`, `vrd:8`."""
    for row in practice.legal_basis:
        instrument = law.find_by_celex(row.celex) if row.celex is not None else None
        if instrument is not None:
            yield instrument.id
            for number in row.articles:
                if law.find_article(instrument.id, number) is not None:
                    yield f"{instrument.id}:{number}"


def period(year: str) -> str:
    """Return the five-year period of a year, such as `2010-2014`, or `before-2000` for earlier years."""
    if int(year) < FIRST_PERIOD:
        return f"before-{FIRST_PERIOD}"
    first = int(year) - (int(year) - FIRST_PERIOD) % PERIOD_YEARS
    return f"{first}-{first + PERIOD_YEARS - 1}"


def _newest(practice: Practice) -> str:
    """Return the newest date of a review, an assessment or an access to a source."""
    assessed, accessed = (row.on for row in practice.assessments), (source.accessed for source in practice.sources)
    return newest_day((practice.reviewed, *assessed, *accessed))
