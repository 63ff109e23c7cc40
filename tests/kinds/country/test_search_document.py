from __future__ import annotations

from kb.kinds.country.search_document import to_documents
from kb.law.model import Law
from kb.records.markdown import to_plain
from kb.vocabulary.model import Vocabularies
from tests.kinds.country.checking import ITALIAN, a_country


def test_a_country_has_a_document_per_language() -> None:
    bundle = a_country(translations={"it": ITALIAN})
    english, italian = to_documents(bundle, Vocabularies(), Law(), to_plain)
    assert (english.kind, english.id, english.title, italian.title) == ("countries", "pt", "Portugal", "Portogallo")
    assert english.facets == italian.facets
    assert english.facets["country"] == ("PT",)
    assert english.newest == "2026-11-20"
    assert english.body.split("\n") == [
        "After",
        "Ring the line.",
        "Linha de Ajuda 116 006 116006 For victims of any crime.",
    ]
    assert "Per le vittime di ogni reato." in italian.body


def test_what_is_not_translated_is_left_out() -> None:
    text = ITALIAN.replace("  summary: Due numeri.\n", "").replace(
        "  helplines.victims.note: Per le vittime di ogni reato.\n", ""
    )
    italian = to_documents(a_country(translations={"it": text}), Vocabularies(), Law(), to_plain)[1]
    assert italian.summary == ""
    assert "victims of any crime" not in italian.body


def test_a_country_without_numbers_has_no_day() -> None:
    bundle = a_country(helplines=None, sources=None, body="")
    assert to_documents(bundle, Vocabularies(), Law(), to_plain)[0].newest == ""


def test_the_national_situation_is_searched_with_names_and_laws() -> None:
    fact = {"id": "dpa", "fact": "f-dpa", "known": "answered", "name": "Comissão de Proteção", "text": "Ask **there**."}
    answer = {"id": "c-01", "known": "partly", "text": "Two models stand side by side."}
    body = to_documents(a_country(facts=[fact], answers=[answer]), Vocabularies(), Law(), to_plain)[0].body
    assert {"Comissão de Proteção", "Ask there.", "Two models stand side by side."} <= {*body.split("\n")}
