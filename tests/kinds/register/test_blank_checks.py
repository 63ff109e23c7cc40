"""Places of blanks in texts and in their translations."""

from __future__ import annotations

from typing import Any

import pytest

from kb.content_store.reference_data import ReferenceData
from kb.problems import Severity
from kb.records.bundle import SOURCE
from kb.records.segments import fingerprint
from tests.builders import TOOL_SECTIONS, a_tool
from tests.kinds.tool.checking import checked


def offer(text: str) -> dict[str, str]:
    return {**TOOL_SECTIONS, "offer": text}


@pytest.mark.parametrize(
    "slip", ["{{service}}", "{{b-Service}}", "{{b-service.colour}}", "{{ }}", "{{b-service name}}", "{{ch-model}}"]
)
def test_what_names_no_blank_is_a_slip_with_its_line(knowledge: ReferenceData, slip: str) -> None:
    text = f"First.[^s1]\n\nMay {{{{b-service}}}} come?\n\nHere {slip} stands."
    (problem,) = checked("tools", knowledge.vocabularies, sections=offer(text))
    assert (problem.code, problem.where, problem.params) == ("not-a-blank", ("body", "offer"), {"text": slip})
    section = next(each for each in a_tool(sections=offer(text)).sections if each.id == "offer")
    assert problem.line == section.text_line + 4


def test_spaces_and_sides_are_no_slip(knowledge: ReferenceData) -> None:
    text = "{{ b-service }} {{b-service.name}} {{b-service.duration}} { b-service } [^s1]"
    assert checked("tools", knowledge.vocabularies, sections=offer(text)) == ()


def test_a_blank_of_a_text_stands_among_those_that_are_used(knowledge: ReferenceData) -> None:
    (problem,) = checked("tools", knowledge.vocabularies, sections=offer("Ring {{b-dpo}}, {{b-service}}.[^s1]"))
    assert problem.text() == "This tool does not ask about b-dpo. Add it to uses."
    (problem,) = checked("tools", knowledge.vocabularies, sections=offer("Ring {{b-servise}}, {{b-service}}.[^s1]"))
    assert problem.text().endswith("Add it to uses, or enter b-service.")


@pytest.mark.parametrize(
    ("kind", "changes", "where"),
    [
        ("tools", {"title": "Form of {{b-service}}"}, ("title",)),
        (
            "tools",
            {"fields": [{"id": "a1", "part": "offer", "type": "text", "label": "Who?", "hint": "{{b-service}}"}]},
            ("fields", 0, "hint"),
        ),
        (
            "register",
            {"cautions": [{"id": "w1", "when": "b-service=absent", "text": "No {{b-service}}."}]},
            ("cautions", 0, "text"),
        ),
    ],
)
def test_blanks_are_filled_in_sections_and_labels_alone(
    knowledge: ReferenceData, kind: str, changes: dict[str, Any], where: tuple[object, ...]
) -> None:
    (problem,) = checked(kind, knowledge.vocabularies, **changes)
    assert (problem.code, problem.where) == ("not-filled", where)


def test_groups_of_crimes_stand_where_a_choice_is_asked_about(knowledge: ReferenceData) -> None:
    text = "By law: {{ch-model=m4}}.\n\nBy hand: {{ ch-other=a }}. {{b-service}}[^s1]"
    (problem,) = checked("tools", knowledge.vocabularies, sections=offer(text))
    assert (problem.code, problem.where, problem.params["name"]) == ("unasked-choice", ("body", "offer"), "ch-other")
    section = next(each for each in a_tool(sections=offer(text)).sections if each.id == "offer")
    assert problem.line == section.text_line + 2


def italian(section: str, label: str = "Va bene {{b-service}}?", source: str = "") -> str:
    original = a_tool().segments()["offer"]
    made = source or fingerprint(original)
    return (
        "---\nlanguage: it\nwords:\n  title: Modulo\n  summary: Che cosa si invia.\n"
        f"  fields.a1.label: {label}\nmade_from:\n  offer: {{source: {made}, by: person}}\n---\n"
        f"## Offerta {{#offer}}\n\n{section}\n"
    )


def test_a_translation_has_the_places_of_its_source(knowledge: ReferenceData) -> None:
    assert checked("tools", knowledge.vocabularies, {"it": italian("Posso parlare di {{b-service}}?[^s1]")}) == ()
    (problem,) = checked("tools", knowledge.vocabularies, {"it": italian("Posso parlare?[^s1]")})
    assert (problem.code, problem.path, problem.severity) == ("other-places", "it", Severity.ERROR)
    assert problem.text() == "Fields missing from the translation: {{b-service}}."
    assert problem.line == 10  # its heading
    found = checked("tools", knowledge.vocabularies, {"it": italian("{{b-service}} {{b-service.number}}[^s1]")})
    assert [each.text() for each in found] == ["Fields not in the original: {{b-service.number}}."]
    (problem,) = checked("tools", knowledge.vocabularies, {"it": italian("{{ b-service }} {{ch-model=m2}}[^s1]")})
    assert problem.params == {"list": "{{ch-model=m2}}"}
    (problem,) = checked("tools", knowledge.vocabularies, {"it": italian("{{b-service}}[^s1]", label="Va bene?")})
    assert (problem.where, problem.line) == (("words", "fields.a1.label"), 6)


def test_an_old_translation_is_warned_of_and_nothing_more(knowledge: ReferenceData) -> None:
    (problem,) = checked("tools", knowledge.vocabularies, {"it": italian("Posso?[^s1]", source="0" * 16)})
    assert (problem.code, problem.severity) == ("other-places", Severity.WARNING)


def test_slips_of_translations_are_slips(knowledge: ReferenceData) -> None:
    (problem,) = checked("tools", knowledge.vocabularies, {"it": italian("{{b-service}} {{servizio}}[^s1]")})
    assert (problem.code, problem.path) == ("not-a-blank", "it")
    assert problem.path != SOURCE
