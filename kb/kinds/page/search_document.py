"""Builds the search index documents of a page, one per language in which it can be read."""

from __future__ import annotations

from collections.abc import Callable

from kb.kinds.index_documents import index_documents, join_texts, newest_day, section_text
from kb.kinds.page.model import Page
from kb.law.model import Law
from kb.records.record import Bundle
from kb.search.index.index_document import IndexDocument
from kb.vocabulary.model import Vocabularies


def to_documents(
    bundle: Bundle[Page], _vocabularies: Vocabularies, _law: Law, plain: Callable[[str], str]
) -> tuple[IndexDocument, ...]:
    """Return the index documents of a page; `plain` turns Markdown into plain text.

    A page has no terms of its own: the index reads terms from its title and summary.
    """
    page = bundle.record
    return index_documents(
        bundle, lambda reading: join_texts(section_text(reading, plain)), newest=newest_day([page.reviewed])
    )
