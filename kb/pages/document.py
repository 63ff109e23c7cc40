"""What of a page is searched: one document per language in which it can be read."""

from __future__ import annotations

from collections.abc import Callable

from kb.content.record import Bundle, Reading, State
from kb.content.standing import language_facets
from kb.i18n import LANGUAGES
from kb.law.model import Law
from kb.pages.model import Page
from kb.search.document import IndexDocument
from kb.vocabulary.model import Vocabularies


def to_documents(
    bundle: Bundle, _vocabularies: Vocabularies, _law: Law, plain: Callable[[str], str]
) -> tuple[IndexDocument, ...]:
    """Return the index documents of a page, that of its own language first, whatever its status.

    `plain` turns Markdown into plain text. A text that has no translation yet is left out of the translation's
    document. A page carries no terms; those that stand in its title and summary are read from there.
    """
    page: Page = bundle.record
    readings = tuple(bundle.reading(language) for language in bundle.languages())
    facets = {"kind": (bundle.shape.name,), **language_facets(readings, LANGUAGES)}
    return tuple(
        IndexDocument(
            kind=bundle.shape.name,
            id=page.id,
            language=reading.language,
            title=reading.text("title"),
            summary=_summary(reading),
            body="\n".join(plain(passage.text) for passage in reading.sections() if _is_own(reading, passage.name)),
            facets=facets,
            newest=page.reviewed.isoformat() if page.reviewed is not None else "",
            fingerprint=bundle.fingerprint,
        )
        for reading in readings
        if not reading.is_fallback
    )


def _summary(reading: Reading) -> str:
    return reading.text("summary") if _is_own(reading, "summary") else ""


def _is_own(reading: Reading, name: str) -> bool:
    """Whether a text is in the reading's language."""
    passage = reading.passage(name)
    return passage is not None and passage.state is not State.FALLBACK
