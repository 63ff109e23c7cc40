"""What of a page is searched: one document per language in which it can be read."""

from __future__ import annotations

from collections.abc import Callable

from kb.i18n import LANGUAGES
from kb.kinds.page.model import Page
from kb.law.model import Law
from kb.records.record import Bundle
from kb.records.translation_status import language_facets
from kb.search.index.index_document import IndexDocument
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
            summary=reading.own("summary"),
            body="\n".join(plain(text) for passage in reading.sections() if (text := reading.own(passage.name))),
            facets=facets,
            newest=page.reviewed.isoformat() if page.reviewed is not None else "",
            fingerprint=bundle.fingerprint,
        )
        for reading in readings
        if not reading.is_fallback
    )
