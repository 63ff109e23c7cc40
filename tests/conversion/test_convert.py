from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kb.conversion.answers import ConversionAnswers, from_file, to_file
from kb.conversion.convert import Conversion
from kb.conversion.render import render
from kb.conversion.resolution import BlankState
from kb.conversion.settled_answers import settlement
from kb.documents.blocks import Block, Box, FormField, Heading, Listing, Mark, PageBreak, Paragraph, Runs
from kb.errors import Rejected
from kb.records.record import Bundle
from kb.records.segments import fingerprint
from tests.builders import a_tool
from tests.conversion.converting import FACTS, SECTIONS, converted

ALL = {f"g{number}": ("m2",) for number in range(1, 10)}


def said(blocks: tuple[Block, ...]) -> str:
    """Return the words of paragraphs, headings and labels."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                found.append(spoken(block.runs))
            case Box():
                found.append(said(block.blocks))
            case FormField():
                found.append(spoken(block.label))
            case _:
                pass
    return "\n".join(found)


def spoken(runs: Runs) -> str:
    """Return the words of runs; a line to write on stands there as `[line: label]`."""
    return "".join(f"[line: {run.text}]" if Mark.LINE in run.marks else run.text for run in runs)


def words(found: Conversion) -> str:
    return said(render(found).blocks)


def test_what_the_profile_knows_is_filled_in_with_its_source() -> None:
    found = converted()
    line = next(blank for blank in found.blanks if blank.id == "b-line")
    assert line.state is BlankState.FROM_PROFILE
    assert line.entries[0].source is not None
    assert line.entries[0].checked is not None
    assert line.entries[0].sides["number"].replace(" ", "\N{NO-BREAK SPACE}") in words(found)


def test_what_is_open_is_a_line_to_write_on_and_is_counted() -> None:
    found = converted()
    assert "Written by [line: Unit]," in words(found)
    assert [blank.id for blank in found.open_blanks] == ["b-unit"]
    assert [choice.id for choice in found.open_choices] == ["ch-model"]
    assert render(found).stamp == "Draft. Still to complete: 2"


@pytest.mark.parametrize(("scope", "groups"), [("once", ("",)), ("group", ("g1",))])
def test_a_choice_is_open_only_where_its_condition_holds(scope: str, groups: tuple[str, ...]) -> None:
    way = {"id": "ch-objection-a", "choice": "ch-objection", "label": "Before", "choose_when": "Always."}
    choice = {"id": "ch-objection", "label": "Objection", "scope": scope, "when": "ch-model=m4"}
    known = {"criteria": ["REF-01"], "evidence_note": "None found."}
    bundle = a_tool(sections=SECTIONS, **FACTS, own_choices=[choice], own_alternatives=[way | known])

    def asked(**model: tuple[str, ...]) -> tuple[str, ...]:
        found = converted(bundle=bundle, choices={"ch-model": ALL | model}).choices
        return next(each.asked for each in found if each.id == "ch-objection")

    assert asked() == ()
    assert asked(g1=("m4",)) == groups


WAYS = [
    {"id": f"ch-way-{short}", "choice": "ch-way", "label": short, "choose_when": "Always.", "criteria": ["REF-01"],
     "evidence_note": "None found."}
    for short in ("a", "b")
]  # fmt: skip


def with_way(parts: list[dict[str, str]], **choice: object) -> Bundle:
    own: dict[str, Any] = {"own_choices": [{"id": "ch-way", "label": "Way", **choice}], "own_alternatives": WAYS}
    return a_tool(sections=SECTIONS, **{**FACTS, "parts": parts}, **own)


IDLE = [
    {"id": "head", "when": "ch-way=a"},
    {"id": "law", "when": "ch-way=a and ch-model=m4"},
    {"id": "note", "style": "adapter-note"},
]


def asked_with(way: str, parts: list[dict[str, str]], order: tuple[str, ...] = ("ch-way", "ch-model")) -> list[str]:
    own: dict[str, Any] = {"own_choices": [{"id": "ch-way", "label": "Way"}], "own_alternatives": WAYS}
    bundle = a_tool(sections=SECTIONS, **{**FACTS, "parts": parts, "choices_used": [*order]}, **own)
    return [each.id for each in converted(bundle=bundle, choices={"ch-way": {"": (way,)}}).choices if each.asked]


def test_a_choice_without_effect_beside_the_others_is_not_asked() -> None:
    assert asked_with("a", IDLE) == ["ch-way", "ch-model"]
    assert asked_with("b", IDLE) == ["ch-way"]


@pytest.mark.parametrize(
    "parts",
    [
        IDLE[1:],  # the text of the first part names the groups
        [IDLE[0], {"id": "law", "when": "ch-model=m4"}, IDLE[2]],
        [IDLE[0], {"id": "law", "when": "ch-way=a or ch-model=m4"}, IDLE[2]],
    ],
)
def test_a_choice_with_an_effect_is_asked(parts: list[dict[str, str]]) -> None:
    assert asked_with("b", parts) == ["ch-way", "ch-model"]


def test_of_two_choices_that_rule_out_each_other_one_is_asked() -> None:
    assert asked_with("b", IDLE, ("ch-model", "ch-way")) == ["ch-model", "ch-way"]


def test_a_default_holds_until_somebody_chooses_and_is_open_until_then() -> None:
    bundle = with_way([{"id": "head", "when": "ch-way=a"}, {"id": "law", "when": "ch-way=b"}], default=["b"])
    found = converted(bundle=bundle)
    assert [part.passage.name for part in found.parts if part.is_printed] == ["law", "note"]
    assert "ch-way" in [choice.id for choice in found.open_choices]
    chosen = converted(bundle=bundle, choices={"ch-way": {"": ("a",)}})
    assert [part.passage.name for part in chosen.parts if part.is_printed] == ["head", "note"]
    assert "ch-way" not in [choice.id for choice in chosen.open_choices]
    for each, settled in ((chosen, {"ch-way": {"": ("a",)}}), (found, {})):
        answers = each.answers.model_copy(update={"country": "PT"})
        assert settlement(replace(each, answers=answers)).answers.choices == settled


def test_the_model_of_the_country_is_suggested_until_somebody_chooses() -> None:
    (choice,) = converted(models=["g1=m4", "g2=m2"]).choices
    assert {group: values for group, values in choice.chosen.items() if values} == {"g1": ("m4",), "g2": ("m2",)}
    assert choice.is_open_point
    (choice,) = converted(models=["g1=m4"], choices={"ch-model": {"g1": ["m2"]}}).choices
    assert choice.chosen["g1"] == ("m2",)


def test_a_default_of_what_is_not_asked_does_not_hold() -> None:
    bundle = with_way([{"id": "law", "when": "ch-way=b"}], default=["b"], when="ch-model=m4")
    assert "The law says so." not in words(converted(bundle=bundle, choices={"ch-model": ALL}))
    assert "The law says so." in words(converted(bundle=bundle, choices={"ch-model": ALL | {"g1": ("m4",)}}))


def test_what_waits_for_a_choice_without_a_default_is_a_gap() -> None:
    locked = {"id": "law", "when": "ch-way=a", "locked": "yes"}
    found = converted(
        bundle=with_way([{"id": "head", "when": "ch-way!=b"}, locked, {"id": "note", "when": "ch-way=a"}])
    )
    gap = "[ Text that depends on a choice: Way ]"
    assert f"{gap}\nLaw\n{gap}" in words(found)
    assert words(found).count(gap) == 2  # once for all that are not locked, once under the heading of the locked one
    chosen = converted(bundle=with_way([locked]), choices={"ch-way": {"": ("b",)}})
    assert gap not in words(chosen)


def test_who_reviewed_a_document_and_when_is_said_in_place_of_that_nobody_has() -> None:
    notice = "not reviewed by a lawyer"
    assert notice in words(converted())
    assert notice not in render(converted()).footer
    assert notice in words(converted(reviewed_by="Legal office"))
    found = converted(reviewed_by="Legal office", reviewed_on="2026-11-20")
    assert notice not in words(found)
    assert "reviewed by Legal office on" in render(found).footer


def test_no_page_of_a_leaflet_but_the_last_speaks_of_a_lawyer() -> None:
    found = converted(bundle=a_tool(sections=SECTIONS, **FACTS, kind="leaflet"), without_about=True)
    assert "lawyer" not in words(found) + render(found).footer + render(found).header


def test_nothing_is_stamped_when_nothing_is_open() -> None:
    found = converted(choices={"ch-model": ALL}, blanks={"b-unit": {"entries": ["Station"]}})
    assert found.open_points == 0
    assert render(found).stamp == ""
    assert "Written by Station, for all crimes." in words(found)


def test_only_the_chosen_alternative_is_printed_and_notes_for_the_adapter_never() -> None:
    assert "The law says so." not in words(converted(choices={"ch-model": ALL}))
    found = converted(choices={"ch-model": {"g1": ("m4",), "g2": ("m2",)}})
    assert "The law says so." in words(found)
    assert "for Sexual violence." in words(found)
    assert "Told" in words(found)
    assert SECTIONS["note"] not in words(found)
    assert found.cautions == ("Nobody answers for it.",)


@pytest.mark.parametrize(
    ("kind", "chosen", "is_said"),
    [("leaflet", ALL, False), ("form", ALL, True), ("leaflet", ALL | {"g1": ("m4",)}, True)],
)
def test_victims_are_not_told_that_a_sentence_holds_for_all_crimes(
    kind: str, chosen: dict[str, Any], *, is_said: bool
) -> None:
    sections = SECTIONS | {"head": "Go there yourself. This applies to: {{ch-model=m2}}.\n\nBe well."}
    found = words(converted(bundle=a_tool(sections=sections, **FACTS, kind=kind), choices={"ch-model": chosen}))
    assert ("This applies to" in found) is is_said
    assert "Go there yourself." in found
    assert "Be well." in found


def test_of_two_variants_of_a_field_each_has_the_number_of_both() -> None:
    fields = [
        {"id": "b4", "part": "head", "type": "many", "label": "All", "options": "a | b", "when": "ch-model=m4"},
        {"id": "b4-short", "part": "head", "type": "many", "label": "Less", "options": "a", "when": "ch-model=m2"},
    ]
    blocks = converted(bundle=a_tool(sections=SECTIONS, **FACTS | {"fields": fields}), choices={"ch-model": ALL})
    (field,) = (block for block in render(blocks).blocks if isinstance(block, FormField))
    assert (field.number, field.control.options) == ("B4", ("a",))


def test_what_printed_parts_point_at_is_numbered_and_listed_and_the_rest_is_not() -> None:
    sources = [
        {"id": name, "title": f"Title {name}", "address": f"https://example.org/{name}", "kind": "official"}
        for name in ("s1", "s2", "s3")
    ]
    sections = {**SECTIONS, "head": "So it is.[^s3] So it was.[^s2]", "note": "For you.[^s1]"}
    found = converted(bundle=a_tool(sections=sections, **{**FACTS, "uses": [], "sources": sources}))
    blocks = render(found).blocks
    assert "So it is. [2] So it was. [1]" in said(blocks)
    (listing,) = [block for block in blocks if isinstance(block, Listing)]
    assert [said(item.blocks) for item in listing.items] == [
        "Title s2. https://example.org/s2",
        "Title s3. https://example.org/s3",
    ]


def test_confirmed_not_to_exist_prints_its_sentence() -> None:
    assert "Ring There is none. or There is none.\n" in words(converted(blanks={"b-line": {"absent": True}}))


def test_without_a_country_nothing_is_filled_in() -> None:
    found = converted(country=False)
    assert {blank.state for blank in found.blanks} == {BlankState.OPEN}
    assert not any(isinstance(block, PageBreak) for block in render(found).blocks)


def test_no_page_is_left_to_the_title_alone() -> None:
    parts = [
        {"id": "head", "new_page": "yes"},
        {"id": "law", "new_page": "yes"},
        {"id": "note", "style": "adapter-note"},
    ]
    found = converted(country=False, bundle=a_tool(sections=SECTIONS, **{**FACTS, "parts": parts}))
    assert [type(block) for block in render(found).blocks].count(PageBreak) == 1
    assert not isinstance(render(found).blocks[0], PageBreak)


def test_an_old_contact_has_to_be_confirmed() -> None:
    late = date(2028, 1, 1)
    assert "b-line" in [blank.id for blank in converted(today=late).open_blanks]
    line = converted().blanks[0].entries[0].text
    confirmed = converted(today=late, blanks={"b-line": {"entries": [line], "confirmed": True}})
    assert "b-line" not in [blank.id for blank in confirmed.open_blanks]


def test_markup_in_a_blank_stays_text() -> None:
    hostile = "<img src='file:///etc/passwd'> {{b-line}} **bold** [x](https://evil.example)"
    found = converted(blanks={"b-unit": {"entries": [hostile]}})
    runs = [run for block in render(found).blocks if isinstance(block, Paragraph) for run in block.runs]
    filled = next(run for run in runs if hostile in run.text)
    assert filled.marks == {Mark.FILLED}
    assert filled.link == ""


def test_a_text_of_ones_own_stands_in_place_of_the_tools_and_says_when_that_changed() -> None:
    own = {"head": {"text": "My words, {{b-unit}}.", "over": fingerprint(SECTIONS["head"])}}
    found = converted(texts=own)
    assert "My words, [line: Unit]." in words(found)
    assert not any(part.is_outdated for part in found.parts)
    own["head"]["over"] = "0" * 16
    assert [part.passage.name for part in converted(texts=own).parts if part.is_outdated] == ["head"]


def test_case_fields_have_no_place_in_answers() -> None:
    assert set(ConversionAnswers.model_fields) == {
        *("praxis", "tool", "version", "country", "language", "paper", "crime", "choices", "blanks", "texts"),
        *("reasons", "without_about", "reviewed_by", "reviewed_on"),
    }


def test_answers_come_back_from_their_file() -> None:
    given = converted(choices={"ch-model": ALL}, blanks={"b-unit": {"entries": ["Ąžuolas"]}}).answers
    assert from_file(to_file(given)) == given


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"tool": "x"}', '{"praxis": 1, "tool": "x", "language": "en", "c1": "Ana"}']
)
def test_a_file_that_is_none_of_ours_is_refused(text: str) -> None:
    with pytest.raises(Rejected):
        from_file(text)
