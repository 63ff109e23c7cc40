"""Terms in a translated text: the recommended label of each, and whether the text uses it."""

from __future__ import annotations

from kb.content_store.reference_data import ReferenceData
from kb.search.analysis.term_usage import TermUsage, glossary


def asked(knowledge: ReferenceData, source: str, target: str) -> TermUsage:
    return glossary(knowledge.labels, knowledge.vocabularies, source, target, ("en", "it"))


def test_each_term_stands_once_with_its_set_translation(knowledge: ReferenceData) -> None:
    text = "A risk assessment is no risk assessment without consent."
    found = asked(knowledge, text, "")
    term = knowledge.vocabularies.term("risk-assessment")
    wording = next(each for each in found.wordings if each.term is term)
    assert (wording.written, wording.label, wording.is_used) == ("risk assessment", term.labels["it"], False)
    assert wording.alternatives == term.alternatives["it"]
    assert [place.term for place in found.places].count(term.id) == 2


def test_a_term_is_used_under_its_label_or_another_name(knowledge: ReferenceData) -> None:
    term = knowledge.vocabularies.term("risk-assessment")
    for written in (term.labels["it"], term.labels["it"].upper(), term.alternatives["it"][0]):
        found = asked(knowledge, "A risk assessment.", f"Ecco: {written}, appunto.")
        assert [each.is_used for each in found.wordings if each.term is term] == [True]
