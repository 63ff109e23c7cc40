"""Terms in a text that is translated, and the text in pieces."""

from __future__ import annotations

import pytest

from kb.content.difference import word_runs
from kb.curation.glossary import Glossary, glossary
from kb.curation.marking import Piece, marked, runs_between
from kb.library.knowledge import Knowledge
from kb.search.explained import Explained


def asked(knowledge: Knowledge, source: str, target: str) -> Glossary:
    return glossary(knowledge.labels, knowledge.vocabularies, source, target, ("en", "it"))


def test_each_term_stands_once_with_its_set_translation(knowledge: Knowledge) -> None:
    text = "A risk assessment is no risk assessment without consent."
    found = asked(knowledge, text, "")
    term = knowledge.vocabularies.term("risk-assessment")
    wording = next(each for each in found.wordings if each.term is term)
    assert (wording.written, wording.label, wording.is_used) == ("risk assessment", term.labels["it"], False)
    assert wording.alternatives == term.alternatives["it"]
    assert [place.term for place in found.places].count(term.id) == 2


def test_a_term_is_used_under_its_label_or_another_name(knowledge: Knowledge) -> None:
    term = knowledge.vocabularies.term("risk-assessment")
    for written in (term.labels["it"], term.labels["it"].upper(), term.alternatives["it"][0]):
        found = asked(knowledge, "A risk assessment.", f"Ecco: {written}, appunto.")
        assert [each.is_used for each in found.wordings if each.term is term] == [True]


def test_a_difference_and_terms_are_marked_at_once() -> None:
    before, now = "A risk assessment helps.", "A new risk assessment never helps."
    start = now.index("risk")
    pieces = marked(word_runs(before, now), [Explained("risk-assessment", start, start + len("risk assessment"))])
    assert "".join(each.text for each in pieces if each.sign != "removed") == now
    assert "".join(each.text for each in pieces if each.sign != "added") == before
    assert "".join(each.text for each in pieces if each.is_term) == "risk assessment"


def test_a_term_that_came_in_part_is_marked_in_both_parts() -> None:
    pieces = marked(word_runs("risk", "risk assessment"), [Explained("x", 0, 15)])
    assert pieces == (Piece("same", "risk", is_term=True), Piece("added", " assessment", is_term=True))


@pytest.mark.parametrize("count", [1, 5000])
def test_what_differs_adds_up_to_both_texts_however_long_they_are(count: int) -> None:
    lines = [f"Line {number} of a text.\n" for number in range(count)]
    before, after = "".join(["First.\n", "Old.\n", *lines]), "".join(["First.\n", "New.\n", "More.\n", *lines])
    runs = runs_between(before, after)
    assert "".join(each.text for each in runs if each.sign != "added") == before
    assert "".join(each.text for each in runs if each.sign != "removed") == after
    assert sum(len(each.text) for each in runs if each.sign == "same") >= len("".join(lines))
    assert [each.sign for each in runs_between(before, before)] == ["same"]
