"""Builds the search index documents of a tool, one per language in which it can be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kb.kinds.index_documents import index_documents, join_texts, newest_day, section_text, term_labels, unique
from kb.kinds.register.blanks import ANY_PLACE
from kb.kinds.tool.model import Tool
from kb.law.model import Law
from kb.records.record import Bundle, Reading
from kb.search.index.index_document import IndexDocument
from kb.vocabulary.model import Vocabularies


def to_documents(
    bundle: Bundle[Tool], vocabularies: Vocabularies, _law: Law, plain: Callable[[str], str]
) -> tuple[IndexDocument, ...]:
    """Return the index documents of a tool; `plain` turns Markdown into plain text."""
    return tool_documents(bundle, vocabularies, plain, {}, bundle.record.id)


def tool_documents(
    bundle: Bundle[Tool],
    vocabularies: Vocabularies,
    plain: Callable[[str], str],
    facets: Mapping[str, tuple[str, ...]],
    family: str,
) -> tuple[IndexDocument, ...]:
    """Return the index documents of a tool or an adaptation; `facets` are those of an adaptation.

    `family` is the id of the tool.
    """
    tool = bundle.record
    terms = unique((*tool.areas, *tool.actors, *tool.document_types))
    return index_documents(
        bundle,
        lambda reading: _body(tool, reading, plain),
        {"area": tool.areas, "actor": tool.actors, "document": tool.document_types, **facets},
        terms=terms,
        keywords=lambda language: term_labels(terms, vocabularies, language),
        newest=newest_day((tool.reviewed, *(source.accessed for source in tool.sources))),
        family=f"tools/{family}",
    )


def _body(tool: Tool, reading: Reading, plain: Callable[[str], str]) -> str:
    """Return the sections, then the labels of case fields, without the names of blanks."""
    sections = section_text(reading, lambda text: plain(ANY_PLACE.sub("…", text)))
    labels = (ANY_PLACE.sub("…", reading.own(f"fields.{field.id}.label")) for field in tool.fields)
    return join_texts(sections, labels)
