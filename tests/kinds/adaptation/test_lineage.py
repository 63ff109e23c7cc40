"""How the texts of an adaptation stand to its tool."""

from __future__ import annotations

from typing import Any

from kb.kinds.adaptation.lineage import LineageState, PartDescent, changed, lineage, part_of
from kb.records.segments import fingerprint
from tests.builders import a_tool, an_adaptation, tool_facts
from tests.conversion.adapted import adapted, made_of

FIELD: dict[str, Any] = tool_facts()["fields"][0]  # type: ignore[index, assignment]


def standings(parts: tuple[PartDescent, ...]) -> dict[str, LineageState]:
    return {text.name: text.standing for part in parts for text in part.texts}


def find(parts: tuple[PartDescent, ...], name: str) -> PartDescent:
    return next(part for part in parts if part.name == name)


def test_a_new_adaptation_is_as_its_tool() -> None:
    parts = lineage(adapted(), a_tool())
    assert set(standings(parts).values()) == {LineageState.SAME}
    assert [part.name for part in parts] == ["title", "summary", "offer", "note", "fields.a1"]
    assert changed(parts) == ()
    assert not [part for part in parts if part.is_own or part.is_left_out or part.open or part.why]


def test_what_the_tool_changed_added_and_took_out_is_told_by_part() -> None:
    tool = a_tool(
        fields=[FIELD | {"label": "Does it fit?", "hint": "Ask."}, FIELD | {"id": "a2"}],
        sections={"offer": "May I tell you?", "more": "More."},
    )
    parts = lineage(adapted(), tool)
    told = {name: standing for name, standing in standings(parts).items() if standing is not LineageState.SAME}
    assert told == {
        "offer": LineageState.CHANGED,
        "note": LineageState.GONE,
        "more": LineageState.NEW,
        "fields.a1.label": LineageState.CHANGED,
        "fields.a1.hint": LineageState.NEW,
        "fields.a2.label": LineageState.NEW,
        "fields.a2.options": LineageState.NEW,
    }
    assert [part.name for part in changed(parts)] == ["offer", "more", "note", "fields.a1", "fields.a2"]
    assert [text.name for text in find(parts, "fields.a1").open] == ["fields.a1.label", "fields.a1.hint"]


def test_a_minor_change_of_the_tool_is_none() -> None:
    before = a_tool().segments()["offer"]
    tool = a_tool(sections={"offer": "May I tell you!", "note": "Nobody prints this."})
    minor = a_tool(
        sections={"offer": "May I tell you!", "note": "Nobody prints this."}, same_as={"offer": [fingerprint(before)]}
    )
    assert standings(lineage(adapted(), tool))["offer"] is LineageState.CHANGED
    assert standings(lineage(adapted(), minor))["offer"] is LineageState.SAME
    assert not find(lineage(adapted(), minor), "offer").is_own


def test_own_is_what_says_so_and_what_differs_in_the_same_language() -> None:
    sections = {"offer": "May I tell you about {{b-service}}?[^s2]", "note": "We print this."}
    made = made_of(a_tool()) | {"fields.a1.label": {"own": "yes", "why": "It is a school there."}}
    parts = lineage(adapted(made=made, sections=sections), a_tool())
    assert {part.name for part in parts if part.is_own} == {"note", "fields.a1"}
    assert find(parts, "fields.a1").why == "made.fields.a1.label.why"
    # In another language nobody can tell by looking.
    parts = lineage(adapted(made=made, sections=sections, language="it"), a_tool())
    assert {part.name for part in parts if part.is_own} == {"fields.a1"}


def test_what_was_left_out_on_purpose_is_told_until_the_tool_changes_it() -> None:
    sections = {"offer": "May I tell you about {{b-service}}?[^s1]"}
    parts = lineage(adapted(sections=sections, parts=None), a_tool())
    assert find(parts, "note").is_left_out
    assert not find(parts, "note").open
    tool = a_tool(sections={"offer": "May I tell you about {{b-service}}?[^s1]", "note": "Print this."})
    assert standings(lineage(adapted(sections=sections, parts=None), tool))["note"] is LineageState.CHANGED


def test_what_the_adaptation_alone_has_is_its_own_with_a_reason() -> None:
    sections = {"offer": "Offer.", "note": "Nobody prints this.", "ours": "Ours."}
    made = made_of(a_tool()) | {"ours": {"parent": None, "own": "yes", "why": "The law asks for it."}}
    (ours,) = [part for part in lineage(adapted(sections=sections, made=made), a_tool()) if part.name == "ours"]
    assert (ours.texts[0].standing, ours.is_own, ours.why) == (LineageState.ADDED, True, "made.ours.why")
    assert not ours.open


def test_of_what_nothing_tells_it_is_asked_but_it_counts_as_no_change() -> None:
    parts = lineage(an_adaptation(made=None, filled=[{"id": "b-emergency", "text": "112"}]), a_tool())
    assert standings(parts)["title"] is LineageState.UNTOLD
    assert find(parts, "title").open
    assert [part.name for part in changed(parts)] == ["note", "fields.a1"]
    assert not [name for name in standings(parts) if name.startswith(("filled", "made"))]


def test_words_of_a_row_belong_together() -> None:
    assert [part_of(name) for name in ("fields.a1.label", "offer", "own_blanks.b-x.hint")] == [
        *("fields.a1", "offer", "own_blanks.b-x")
    ]
