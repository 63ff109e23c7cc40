"""What of a tool is found."""

from __future__ import annotations

from kb.content_store.reference_data import ReferenceData
from kb.kinds.adaptation.search_document import to_documents as adaptation_documents
from kb.kinds.registry import KINDS
from kb.kinds.tool.search_document import to_documents
from kb.law.model import Law
from kb.records.markdown import to_plain
from tests.builders import a_tool, an_adaptation

ITALIAN = """---
language: it
words:
  title: Modulo di invio
  summary: Che cosa si invia.
  fields.a1.label: Va bene {{b-service}}?
---
## Offerta {#offer}

Posso parlarle di {{b-service}}?[^s1]
"""


def test_a_tool_is_found_by_its_texts_and_the_labels_of_its_fields(knowledge: ReferenceData) -> None:
    english, italian = to_documents(a_tool({"it": ITALIAN}), knowledge.vocabularies, Law(), to_plain)
    assert (english.kind, english.id, english.title) == ("tools", "referral-form", "Referral form")
    assert "May I tell you about …?" in english.body
    assert "Does … fit?" in english.body
    assert "Nobody prints this." in english.body
    assert "b-service" not in english.body
    assert "police" in english.keywords
    assert english.terms == ("opt-in-referral", "police", "doc-referral-form")
    assert english.newest == "2026-11-24"
    assert (italian.language, italian.title) == ("it", "Modulo di invio")
    assert "Nobody" not in italian.body


def test_a_tool_is_filtered_by_area_actor_document_and_an_adaptation_by_its_country(knowledge: ReferenceData) -> None:
    (tool,) = to_documents(a_tool(), knowledge.vocabularies, Law(), to_plain)
    (adaptation,) = adaptation_documents(an_adaptation(), knowledge.vocabularies, Law(), to_plain)
    own = {"area": ("opt-in-referral",), "actor": ("police",), "document": ("doc-referral-form",)}
    assert {name: tool.facets[name] for name in own} == own
    assert tool.facets["kind"] == ("tools",)
    assert "country" not in tool.facets
    assert (adaptation.facets["kind"], adaptation.facets["country"]) == (("adaptations",), ("PT",))


def test_the_register_has_no_pages_and_is_not_searched() -> None:
    assert [kind.shape.name for kind in KINDS if not kind.has_pages] == ["register", "criteria", "programmes"]
