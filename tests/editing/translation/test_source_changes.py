"""Differences of a text by piece, with the terms in each piece."""

from __future__ import annotations

import pytest

from kb.editing.translation.source_changes import MarkedRun, marked, runs_between
from kb.records.difference import word_runs
from kb.search.analysis.glossary_matcher import GlossaryMatch


def test_a_difference_and_terms_are_marked_at_once() -> None:
    before, now = "A risk assessment helps.", "A new risk assessment never helps."
    start = now.index("risk")
    pieces = marked(word_runs(before, now), [GlossaryMatch("risk-assessment", start, start + len("risk assessment"))])
    assert "".join(each.text for each in pieces if each.sign != "removed") == now
    assert "".join(each.text for each in pieces if each.sign != "added") == before
    assert "".join(each.text for each in pieces if each.is_term) == "risk assessment"


def test_a_term_that_came_in_part_is_marked_in_both_parts() -> None:
    pieces = marked(word_runs("risk", "risk assessment"), [GlossaryMatch("x", 0, 15)])
    assert pieces == (MarkedRun("same", "risk", is_term=True), MarkedRun("added", " assessment", is_term=True))


@pytest.mark.parametrize("count", [1, 5000])
def test_what_differs_adds_up_to_both_texts_however_long_they_are(count: int) -> None:
    lines = [f"Line {number} of a text.\n" for number in range(count)]
    before, after = "".join(["First.\n", "Old.\n", *lines]), "".join(["First.\n", "New.\n", "More.\n", *lines])
    runs = runs_between(before, after)
    assert "".join(each.text for each in runs if each.sign != "added") == before
    assert "".join(each.text for each in runs if each.sign != "removed") == after
    assert sum(len(each.text) for each in runs if each.sign == "same") >= len("".join(lines))
    assert [each.sign for each in runs_between(before, before)] == ["same"]
