"""The list of all kinds of record. A new kind is one more line here, and its own package."""

from __future__ import annotations

from kb.library.kind import Kind
from kb.pages import check as page_check
from kb.pages import document as page_document
from kb.pages import template as page_template
from kb.pages.model import PAGE
from kb.practices import check as practice_check
from kb.practices import document as practice_document
from kb.practices import template as practice_template
from kb.practices.model import PRACTICE

KINDS: tuple[Kind, ...] = (
    Kind(
        shape=PRACTICE,
        check=practice_check.check,
        links=practice_check.links,
        documents=practice_document.to_documents,
        template=practice_template.new_practice,
    ),
    Kind(
        shape=PAGE,
        check=page_check.check,
        links=page_check.links,
        documents=page_document.to_documents,
        template=page_template.new_page,
    ),
)
