"""Builds the search index documents of a theme, one per language in which it can be read."""

from __future__ import annotations

from collections.abc import Callable

from kb.kinds.index_documents import index_documents, join_texts, newest_day, section_text
from kb.kinds.theme.model import SECTIONS, Theme
from kb.law.model import Law
from kb.records.record import Bundle, Reading
from kb.search.index.index_document import IndexDocument
from kb.vocabulary.model import Vocabularies


def to_documents(
    bundle: Bundle[Theme], _vocabularies: Vocabularies, _law: Law, plain: Callable[[str], str]
) -> tuple[IndexDocument, ...]:
    """Return the index documents of a theme; `plain` turns Markdown into plain text.

    Its area is indexed as a term, so that a search for the area finds the theme. It is not a facet, because filters
    count practices.
    """
    theme = bundle.record
    return index_documents(
        bundle, lambda reading: _body(reading, plain), terms=(theme.id,), newest=newest_day([theme.reviewed])
    )


def _body(reading: Reading, plain: Callable[[str], str]) -> str:
    """Return the sections, then the words of the models."""
    words = (reading.own(name) for name in reading.passages if name not in (*SECTIONS, "title", "summary"))
    return join_texts(section_text(reading, plain), words)
