"""Builds the search index documents of an adaptation: those of a tool, plus the country."""

from __future__ import annotations

from collections.abc import Callable

from kb.kinds.adaptation.model import Adaptation
from kb.kinds.tool.search_document import tool_documents
from kb.law.model import Law
from kb.records.record import Bundle
from kb.search.index.index_document import IndexDocument
from kb.vocabulary.model import Vocabularies


def to_documents(
    bundle: Bundle[Adaptation], vocabularies: Vocabularies, _law: Law, plain: Callable[[str], str]
) -> tuple[IndexDocument, ...]:
    """Return the index documents of an adaptation; `plain` turns Markdown into plain text."""
    adaptation = bundle.record
    return tool_documents(bundle, vocabularies, plain, {"country": (adaptation.country,)}, adaptation.parent)
