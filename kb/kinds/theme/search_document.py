"""What of a theme is searched: one document per language in which it can be read."""

from __future__ import annotations

from collections.abc import Callable

from kb.i18n import LANGUAGES
from kb.kinds.theme.model import SECTIONS, Theme
from kb.law.model import Law
from kb.records.record import Bundle, Reading
from kb.records.translation_status import language_facets
from kb.search.index.index_document import IndexDocument
from kb.vocabulary.model import Vocabularies


def to_documents(
    bundle: Bundle, _vocabularies: Vocabularies, _law: Law, plain: Callable[[str], str]
) -> tuple[IndexDocument, ...]:
    """Return the index documents of a theme, that of its own language first, whatever its status.

    Its area is a term of it, so that whoever types it finds the theme; it is no facet, as filters count practices.
    """
    theme: Theme = bundle.record
    readings = tuple(bundle.reading(language) for language in bundle.languages())
    facets = {"kind": (bundle.shape.name,), **language_facets(readings, LANGUAGES)}
    return tuple(
        IndexDocument(
            kind=bundle.shape.name,
            id=theme.id,
            language=reading.language,
            title=reading.text("title"),
            summary=reading.own("summary"),
            body=_body(reading, plain),
            terms=(theme.id,),
            facets=facets,
            newest=theme.reviewed.isoformat() if theme.reviewed is not None else "",
            fingerprint=bundle.fingerprint,
        )
        for reading in readings
        if not reading.is_fallback
    )


def _body(reading: Reading, plain: Callable[[str], str]) -> str:
    """Sections first, then the words of the models."""
    sections = [plain(text) for name in SECTIONS if (text := reading.own(name))]
    words = [reading.own(name) for name in reading.passages if name not in (*SECTIONS, "title", "summary")]
    return "\n".join(text for text in (*sections, *words) if text)
