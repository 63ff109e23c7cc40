"""What of a practice is searched: one document per language in which it can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from kb.content.record import Bundle, Reading, State
from kb.practices.check_references import term_places
from kb.practices.evidence import generated
from kb.practices.model import SECTIONS, Practice
from kb.search.document import IndexDocument
from kb.vocabulary.model import Vocabularies


def to_documents(
    bundle: Bundle, vocabularies: Vocabularies, fingerprint: str, plain: Callable[[str], str]
) -> tuple[IndexDocument, ...]:
    """Return the index documents of a practice, that of its own language first, whatever its status.

    `plain` turns Markdown into plain text. A text that has no translation yet is left out of the translation's
    document: it is found through the document of its own language.
    """
    practice: Practice = bundle.record
    readings = (bundle.reading(language) for language in bundle.languages())
    return tuple(
        IndexDocument(
            kind=bundle.shape.name,
            id=practice.id,
            language=reading.language,
            title=_own(reading, "title"),
            summary=_own(reading, "summary"),
            body=_body(practice, reading, plain),
            names=practice.names,
            keywords=_keywords(practice, vocabularies, reading.language),
            terms=_terms(practice),
            facets=_facets(practice, bundle.shape.name),
            newest=_newest(practice),
            fingerprint=fingerprint,
        )
        for reading in readings
        if not reading.is_fallback
    )


def _own(reading: Reading, name: str) -> str:
    """Return a text if it is in the reading's language."""
    passage = reading.passage(name)
    return passage.text if passage is not None and passage.state is not State.FALLBACK else ""


def _body(practice: Practice, reading: Reading, plain: Callable[[str], str]) -> str:
    """Sections first, then the words of the facts, then what has the same name in every language."""
    sections = [plain(text) for name in SECTIONS if (text := _own(reading, name))]
    words = [_own(reading, name) for name in reading.passages if name not in (*SECTIONS, "title", "summary")]
    names = [*(row.name for row in practice.organisations), *practice.regions, practice.original_title or ""]
    return "\n".join(text for text in (*sections, *words, *names) if text)


def _chosen_terms(practice: Practice) -> tuple[str, ...]:
    return _once(term for _, term, _ in term_places(practice))


def _terms(practice: Practice) -> tuple[str, ...]:
    """The ratings are terms too, so that somebody who types one finds what has it."""
    ratings = (str(term) for term in generated(practice).values() if term is not None)
    return _once((*_chosen_terms(practice), *ratings))


def _keywords(practice: Practice, vocabularies: Vocabularies, language: str) -> str:
    """Return the labels of the terms that somebody chose; those of ratings are words too common to help."""
    terms = (vocabularies.find_term(term_id) for term_id in _chosen_terms(practice))
    return "\n".join(term.label(language) for term in terms if term is not None)


def _facets(practice: Practice, kind: str) -> dict[str, tuple[str, ...]]:
    level = generated(practice)["evidence_level"]
    return {
        "kind": (kind,),
        "country": _once(practice.countries),
        "area": _once(practice.areas),
        "evidence": (str(level),) if level is not None else (),
    }


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
