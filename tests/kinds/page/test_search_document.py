from __future__ import annotations

from kb.kinds.page.search_document import to_documents
from kb.law.model import Law
from kb.records.markdown import to_plain
from kb.search.index.index_document import IndexDocument
from kb.vocabulary.model import Vocabularies
from tests.kinds.page.test_checks import ITALIAN, a_page

UNTITLED = ITALIAN.replace("  title: Chi siamo", "  summary: Parole.")


def documents(italian: str | None = None, **changes: str) -> tuple[IndexDocument, ...]:
    texts = {"it": italian} if italian is not None else {}
    return to_documents(a_page(texts, **changes), Vocabularies(), Law(), to_plain)


def test_a_page_has_a_document_per_language() -> None:
    english, italian = documents(ITALIAN, reviewed="2026-11-20")
    assert (english.kind, english.id, english.language, english.title) == ("pages", "about", "en", "About")
    assert english.body.split("\n") == ["Aim", "We collect practices.", "People", "Nobody is named here."]
    assert english.facets == italian.facets
    assert english.facets == {
        "kind": ("pages",),
        "language": ("en", "it"),
        "translation": ("en:original", "it:drafted", "lt:missing", "pt:missing", "ro:missing"),
    }
    assert (english.newest, english.strength, english.terms) == ("2026-11-20", 0, ())
    assert english.fingerprint == italian.fingerprint == a_page({"it": ITALIAN}, reviewed="2026-11-20").fingerprint
    assert (italian.language, italian.title) == ("it", "Chi siamo")


def test_what_is_not_translated_is_left_out() -> None:
    italian = documents(ITALIAN)[1]
    assert italian.summary == ""
    assert italian.body.split("\n") == ["Scopo", "Raccogliamo pratiche."]


def test_a_translation_without_a_title_is_no_document() -> None:
    assert [document.language for document in documents(UNTITLED)] == ["en"]


def test_a_page_that_nobody_reviewed_has_no_day() -> None:
    assert documents()[0].newest == ""
