"""A tool of several papers, without the site: what a paper prints, and what is kept of the answers for all of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kb.conversion.answers import ConversionAnswers
from kb.conversion.convert import Conversion
from kb.conversion.paper_scope import scope_of
from kb.conversion.render import render
from kb.conversion.settled_answers import settlement
from kb.documents.blocks import FieldRow, FormField, Heading, plain
from kb.errors import NotFound
from kb.kinds.country.crime_groups import CRIME_GROUPS
from kb.records.record import Bundle
from tests.builders import a_tool
from tests.conversion.converting import ALTERNATIVES, FACTS, SECTIONS, converted

PAPERS: list[dict[str, Any]] = [
    {"id": "desk", "label": "For the desk", "format": "form"},
    {"id": "hand", "label": "For the hand", "format": "bare", "for_victims": "yes", "sets": ["ch-size=short"]},
]
SIZES: dict[str, Any] = {
    "own_choices": [{"id": "ch-size", "label": "Size"}],
    "own_alternatives": [
        {"id": f"ch-size-{short}", "choice": "ch-size", "label": short, "choose_when": "Always.",
         "criteria": ["REF-01"], "evidence_note": "None found."}
        for short in ("short", "long")
    ],
}  # fmt: skip
PARTS: list[dict[str, Any]] = [
    {"id": "head", "papers": ["hand"]},
    {"id": "law", "papers": ["desk"], "when": "ch-size=long"},
    {"id": "note", "papers": ["desk", "hand"], "crimes": ["g2"]},
]


def with_papers(**changes: Any) -> Bundle[Any]:
    return a_tool(sections=SECTIONS, **{**FACTS, **SIZES, "papers": PAPERS, "parts": PARTS, **changes})


def of(paper: str | None, **given: Any) -> Conversion:
    bundle = given.pop("bundle", None) or with_papers()
    return converted(bundle=bundle, **(given | {"paper": paper}))


def headings(found: Conversion) -> list[str]:
    return [plain(block.runs) for block in render(found).blocks if isinstance(block, Heading)]


def test_a_paper_prints_its_parts_for_its_crimes() -> None:
    assert headings(of("hand")) == ["Head", "Note"]
    assert headings(of("hand", crime="g2")) == ["Head", "Note"]
    assert headings(of("hand", crime="g1")) == ["Head"]
    assert render(of("hand")).title == "For the hand"


def test_a_choice_that_the_paper_decides_is_neither_asked_nor_made() -> None:
    desk, hand = of("desk"), of("hand", choices={"ch-size": {"": ("long",)}})
    assert "ch-size" in [choice.id for choice in desk.open_choices]
    (size,) = [choice for choice in hand.choices if choice.id == "ch-size"]
    assert (size.is_set, size.asked, size.chosen, size.made) == (True, (), {"": ("short",)}, {})


def test_only_blanks_of_the_paper_are_asked() -> None:
    assert [blank.id for blank in of("desk").blanks] == []
    assert [blank.id for blank in of("hand").blanks] == ["b-line", "b-unit"]


def test_a_paper_that_the_tool_does_not_make_is_not_found() -> None:
    with pytest.raises(NotFound):
        of("poster")


@pytest.mark.parametrize(("size", "paper"), [("short", "hand"), ("long", "desk"), ("", "desk")])
def test_answers_without_a_paper_select_the_one_whose_choices_they_made(size: str, paper: str) -> None:
    tool = with_papers().record
    choices = {"ch-size": {"": (size,)}} if size else {}
    answers = ConversionAnswers.model_validate({"tool": tool.id, "language": "en", "choices": choices})
    found = scope_of(tool, answers).paper
    assert found is not None
    assert found.id == paper


def test_no_paper_has_a_stamp_and_one_for_victims_no_words_about_a_review() -> None:
    hand, desk = render(of("hand")), render(of("desk"))
    assert (hand.stamp, hand.header, hand.footer) == ("", "", "")
    assert desk.stamp == ""
    assert "not reviewed by a lawyer" in desk.footer


def test_fields_with_a_width_stand_side_by_side_until_the_row_is_full() -> None:
    fields = [
        {"id": f"a{number}", "part": "head", "type": "text", "label": f"Field {number}"} | ({"width": w} if w else {})
        for number, w in enumerate(("60", "40", "50", "60", "", "30"), start=1)
    ]
    blocks = render(of("hand", bundle=with_papers(fields=fields))).blocks
    assert [block.widths for block in blocks if isinstance(block, FieldRow)] == [(60, 40), (50,), (60,), (30,)]
    assert len([block for block in blocks if isinstance(block, FormField)]) == 1


@pytest.mark.parametrize(("crime", "count"), [("", len(CRIME_GROUPS)), ("g6", 1)])
def test_a_field_of_crimes_offers_those_of_the_file(crime: str, count: int) -> None:
    fields = [{"id": "a1", "part": "head", "type": "crime", "label": "What happened"}]
    found = of("hand", bundle=with_papers(fields=fields), crime=crime)
    (field,) = [block for block in render(found).blocks if isinstance(block, FormField)]
    assert len(field.control.options) == count
    assert "Hate crime" in field.control.options


def test_all_proposals_leave_choices_for_other_crimes() -> None:
    ways = {"ch-model": {"g1": ("m4",), "g2": ("m2",)}}
    choice = {"id": "ch-model", "label": "Model", "scope": "group", "default": ["m2"]}
    bundle = with_papers(
        own_choices=[choice, *SIZES["own_choices"]],
        own_alternatives=[*ALTERNATIVES, *SIZES["own_alternatives"]],
    )
    found = of("hand", bundle=bundle, choices=ways, crime="g6").with_proposals()
    assert found.answers.choices["ch-model"] == {"g1": ("m4",), "g2": ("m2",), "g6": ("m2",)}


def test_all_proposals_leave_what_only_has_to_be_confirmed() -> None:
    line = {"id": "b-line", "label": "Line", "type": "contact", "layer": "national", "fact": "f-helpline"}
    unit = {"id": "b-unit", "label": "Unit", "type": "org", "layer": "local", "proposal": "Station"}
    bundle = with_papers(own_blanks=[line | {"proposal": "Ring somebody"}, unit])
    found = of("hand", bundle=bundle, today=date(2028, 1, 1)).with_proposals()
    assert found.answers.blanks["b-unit"].entries == ("Station",)
    assert "b-line" not in found.answers.blanks
    assert [blank.id for blank in found.open_blanks] == ["b-line"]  # its number is old


@pytest.mark.parametrize("paper", ["desk", "hand", None])
def test_an_adaptation_keeps_the_answers_for_every_paper_and_crime(paper: str | None) -> None:
    choices = {"ch-size": {"": ("short",)}, "ch-model": {"g1": ("m4",), "g6": ("m2",)}}
    line = of("hand").blanks[0].entries[0].text
    blanks = {"b-line": {"entries": [line]}, "b-unit": {"entries": ["Station"]}}
    found = of(paper, country=True, choices=choices, blanks=blanks, crime="g6")
    settled = settlement(found.with_answers(found.answers.model_copy(update={"country": "PT"})))
    assert settled.answers.choices == choices
    assert [*settled.answers.blanks] == ["b-line", "b-unit"]
    assert [*settled.sources] == ["b-line"]
    assert (settled.answers.crime, settled.answers.paper) == ("", None)


def test_a_choice_that_every_paper_decides_is_not_kept() -> None:
    papers = [PAPERS[0] | {"sets": ["ch-size=long"]}, PAPERS[1]]
    found = of("desk", bundle=with_papers(papers=papers), choices={"ch-size": {"": ("short",)}})
    settled = settlement(found.with_answers(found.answers.model_copy(update={"country": "PT"})))
    assert settled.answers.choices == {}
