"""What of an exercise is searched: one document per language in which it can be read."""

from __future__ import annotations

from collections.abc import Callable

from kb.i18n import LANGUAGES
from kb.kinds.exercise.model import Exercise
from kb.law.model import Law
from kb.records.record import Bundle, Reading
from kb.records.translation_status import language_facets
from kb.search.index.index_document import IndexDocument
from kb.vocabulary.model import Vocabularies


def to_documents(
    bundle: Bundle, _vocabularies: Vocabularies, _law: Law, plain: Callable[[str], str]
) -> tuple[IndexDocument, ...]:
    """Return the index documents of an exercise, that of its own language first, whatever its status.

    `plain` turns Markdown into plain text. A text that has no translation yet is left out of the translation's
    document.
    """
    exercise: Exercise = bundle.record
    readings = tuple(bundle.reading(language) for language in bundle.languages())
    terms = tuple(dict.fromkeys((*exercise.areas, *exercise.actors)))
    facets = {
        "kind": (bundle.shape.name,),
        "area": exercise.areas,
        "actor": exercise.actors,
        **language_facets(readings, LANGUAGES),
    }
    days = (exercise.reviewed, *(source.accessed for source in exercise.sources))
    return tuple(
        IndexDocument(
            kind=bundle.shape.name,
            id=exercise.id,
            language=reading.language,
            title=reading.own("title"),
            summary=reading.own("summary"),
            body=_body(exercise, reading, plain),
            terms=terms,
            facets=facets,
            newest=max((day.isoformat() for day in days if day is not None), default=""),
            fingerprint=bundle.fingerprint,
        )
        for reading in readings
        if not reading.is_fallback
    )


def _body(exercise: Exercise, reading: Reading, plain: Callable[[str], str]) -> str:
    """Aims first, then the sections."""
    aims = [reading.own(f"aims.{aim.id}.label") for aim in exercise.aims]
    sections = [plain(text) for passage in reading.sections() if (text := reading.own(passage.name))]
    return "\n".join(text for text in (*aims, *sections) if text)
