"""The rules of a tool that makes several papers."""

from __future__ import annotations

from typing import Any

import pytest

from kb.content_store.reference_data import ReferenceData
from tests.kinds.tool.checking import Found, checked, codes

PAPERS = [{"id": "slip", "label": "Slip"}, {"id": "leaf", "label": "Leaf", "format": "bare", "for_victims": "yes"}]
OFFER, NOTE = {"id": "offer", "papers": ["slip", "leaf"]}, {"id": "note", "style": "adapter-note"}


def found(knowledge: ReferenceData, parts: list[dict[str, Any]], **changes: Any) -> Found:
    return codes(checked("tools", knowledge.vocabularies, **{"papers": PAPERS, "parts": parts, **changes}))


def test_a_tool_whose_parts_name_their_papers_has_no_problem(knowledge: ReferenceData) -> None:
    assert found(knowledge, [OFFER, NOTE]) == []
    assert found(knowledge, [OFFER | {"drawing": "police"}, NOTE]) == []


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ([{"id": "offer", "papers": ["slipp"]}, NOTE], ("unknown-paper", ("parts", 0, "papers", 0))),
        ([{"id": "offer"}, NOTE], ("part-on-no-paper", ("parts", 0, "papers"))),
        ([NOTE], ("part-on-no-paper", ("body", "offer"))),
        ([OFFER, NOTE | {"papers": ["slip"]}], ("note-on-paper", ("parts", 1, "papers"))),
        ([OFFER | {"drawing": "polise"}, NOTE], ("unknown-drawing", ("parts", 0, "drawing"))),
    ],
)
def test_what_no_paper_prints_is_told(knowledge: ReferenceData, parts: list[dict[str, Any]], problem: object) -> None:
    assert problem in found(knowledge, parts)


def test_a_tool_of_one_document_has_no_papers(knowledge: ReferenceData) -> None:
    assert ("unknown-paper", ("parts", 0, "papers", 0)) in found(knowledge, [OFFER, NOTE], papers=None)
    assert found(knowledge, [{"id": "offer"}, NOTE], papers=None) == []


@pytest.mark.parametrize(("width", "is_good"), [("1", True), ("100", True), ("0", False), ("101", False)])
def test_a_width_is_a_share_of_the_row(knowledge: ReferenceData, width: str, *, is_good: bool) -> None:
    field = {"id": "a1", "part": "offer", "type": "text", "label": "Name", "width": width}
    problems = found(knowledge, [OFFER, NOTE], fields=[field])
    assert (("bad-width", ("fields", 0, "width")) not in problems) is is_good
