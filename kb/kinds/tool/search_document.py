"""What of a tool or an adaptation is searched: one document per language in which it can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kb.i18n import LANGUAGES
from kb.kinds.adaptation.model import Adaptation
from kb.kinds.register.blanks import ANY_PLACE
from kb.kinds.tool.model import Tool
from kb.law.model import Law
from kb.records.record import Bundle, Reading
from kb.records.translation_status import language_facets
from kb.search.index.index_document import IndexDocument
from kb.vocabulary.model import Vocabularies


def to_documents(
    bundle: Bundle, vocabularies: Vocabularies, _law: Law, plain: Callable[[str], str]
) -> tuple[IndexDocument, ...]:
    """Return the index documents of a tool or an adaptation, that of its own language first, whatever its status.

    `plain` turns Markdown into plain text. A text that has no translation yet is left out of the translation's
    document. An adaptation is found by its country.
    """
    tool: Tool = bundle.record
    readings = tuple(bundle.reading(language) for language in bundle.languages())
    terms = tuple(dict.fromkeys((*tool.areas, *tool.actors, *tool.document_types)))
    facets = {
        "kind": (bundle.shape.name,),
        "area": tool.areas,
        "actor": tool.actors,
        "document": tool.document_types,
        **({"country": (tool.country,)} if isinstance(tool, Adaptation) else {}),
        **language_facets(readings, LANGUAGES),
    }
    days = (tool.reviewed, *(source.accessed for source in tool.sources))
    newest = max((day.isoformat() for day in days if day is not None), default="")
    return tuple(
        IndexDocument(
            kind=bundle.shape.name,
            id=tool.id,
            language=reading.language,
            title=reading.own("title"),
            summary=reading.own("summary"),
            body=_body(tool, reading, plain),
            keywords=_keywords(terms, vocabularies, reading.language),
            terms=terms,
            facets=facets,
            newest=newest,
            fingerprint=bundle.fingerprint,
        )
        for reading in readings
        if not reading.is_fallback
    )


def _body(tool: Tool, reading: Reading, plain: Callable[[str], str]) -> str:
    """Sections first, then the labels of case fields; nobody looks for the name of a blank."""
    sections = [plain(ANY_PLACE.sub("…", reading.own(passage.name))) for passage in reading.sections()]
    labels = [ANY_PLACE.sub("…", reading.own(f"fields.{field.id}.label")) for field in tool.fields]
    return "\n".join(text for text in (*sections, *labels) if text)


def _keywords(terms: Iterable[str], vocabularies: Vocabularies, language: str) -> str:
    found = (vocabularies.find_term(term) for term in terms)
    return "\n".join(term.label(language) for term in found if term is not None)
