"""What tools, adaptations, the register and profiles say of each other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kb.content_store.validation import lines_of
from kb.conversion.adaptation_text import adaptation_text
from kb.conversion.answers import ConversionAnswers
from kb.conversion.settled_answers import Settlement
from kb.kinds.adaptation.cross_checks import between_country, missed_by_others
from kb.problems import Severity
from tests.builders import a_register, a_tool, an_adaptation, an_alternative, register_facts
from tests.kinds.country.checking import a_country, a_country_text
from tests.kinds.tool.checking import beside, codes

BLANKS: Any = register_facts()["blanks"]


@pytest.mark.parametrize("kind", ["tools", "register", "adaptations"])
def test_the_usual_records_go_together(kind: str) -> None:
    unused = [] if kind != "register" else [("unused-blanks", ("blanks",))]
    assert codes(beside(kind)) == unused  # the adaptation alone asks for the emergency number


@pytest.mark.parametrize("kind", ["tools", "adaptations"])
def test_what_is_used_is_declared(kind: str) -> None:
    uses = [{"id": "b-service"}, {"id": "b-emergency"}, {"id": "b-dpa", "when": "ch-model=m2"}]
    sections = {"offer": "{{b-service}} {{b-emergency}} {{b-dpa}}", "note": "A note."}
    (blank,) = beside(kind, uses=uses, sections=sections)
    assert (blank.code, blank.where) == ("unknown-blank", ("uses", 2, "id"))
    (choice,) = beside(kind, choices_used=["ch-model", "ch-modell"])
    assert (choice.code, choice.where) == ("unknown-choice", ("choices_used", 1))
    assert choice.text().endswith("Did you mean ch-model?")


def test_what_a_tool_declares_for_itself_is_declared() -> None:
    own: dict[str, Any] = {
        "own_blanks": [{"id": "b-colour", "label": "Colour", "type": "text", "layer": "local"}],
        "own_choices": [{"id": "ch-fold", "label": "Fold", "default": ["a"]}],
        "own_alternatives": [an_alternative("a", "ch-fold"), an_alternative("b", "ch-fold")],
        "uses": [{"id": "b-service"}, {"id": "b-colour", "when": "ch-fold=a"}],
        "sections": {"offer": "{{b-service}} {{b-colour}}", "note": "A note."},
    }
    assert beside("tools", **own) == ()
    assert codes(beside("tools", **own | {"uses": [{"id": "b-service"}]})) == [
        ("idle-choice", ("own_choices", 0)),
        ("unused-blank", ("own_blanks", 0, "id")),
    ]


def test_nothing_is_declared_twice() -> None:
    own: dict[str, Any] = {"own_blanks": [dict(BLANKS[0])], "own_choices": [{"id": "ch-model", "label": "Model"}]}
    own |= {"parts": None, "uses": None}
    found = [each for each in beside("tools", **own) if each.code == "declared-twice"]
    assert codes(found) == [
        ("declared-twice", ("own_blanks", 0, "id")),
        ("declared-twice", ("own_choices", 0, "id")),
    ]
    assert found[0].text().startswith("b-service is already declared in the register, in shared.")
    other = a_register(id="other", blanks=[dict(BLANKS[0])], choices=None, alternatives=None, cautions=None)
    assert ("declared-twice", ("blanks", 0, "id")) in codes(beside("register", [a_tool(), other]))


def test_what_two_tools_declare_alike_belongs_into_the_register() -> None:
    own = [{"id": "b-colour", "label": "Colour", "type": "text", "layer": "local"}]
    uses, sections = [{"id": "b-service"}, {"id": "b-colour"}], {"offer": "{{b-service}} {{b-colour}}", "note": "Note."}
    other = a_tool(id="other-form", own_blanks=own, uses=uses, sections=sections)
    (problem,) = beside("tools", [other, a_register()], own_blanks=own, uses=uses, sections=sections)
    assert (problem.code, problem.severity) == ("declared-twice", Severity.WARNING)


def test_what_stands_nowhere_is_not_asked_for() -> None:
    uses = [{"id": "b-service"}, {"id": "b-emergency"}]
    assert beside("tools", uses=uses) == ()  # a warning of the register asks about it
    (problem,) = beside("tools", [a_register(cautions=None)], uses=uses)
    assert (problem.code, problem.severity) == ("unused-blank", Severity.WARNING)


def test_what_no_tool_uses_is_noticed_once_there_are_tools() -> None:
    found = beside("register", [a_tool(choices_used=None, parts=None)])
    assert codes(found) == [("unused-blanks", ("blanks",)), ("unused-choices", ("choices",))]
    assert [problem.params["ids"] for problem in found] == ["b-emergency", "ch-model"]
    assert beside("register", [an_adaptation()]) == ()


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("ch-model=m9", "unknown-alternative"),
        ("ch-model!=ch-model-m2", "unknown-alternative"),
        ("ch-fold(g1)=a", "needless-group"),
    ],
)
def test_conditions_name_alternatives_and_groups_that_are_there(condition: str, code: str) -> None:
    own: dict[str, Any] = {
        "own_choices": [{"id": "ch-fold", "label": "Fold", "default": ["a"]}],
        "own_alternatives": [an_alternative("a", "ch-fold"), an_alternative("b", "ch-fold")],
        "parts": [{"id": "offer", "when": condition}],
        "uses": [{"id": "b-service", "when": "ch-model=m2"}, {"id": "b-emergency", "when": "ch-fold=a"}],
        "sections": {"offer": "{{b-service}} {{b-emergency}}", "note": "A note."},
    }
    assert codes(beside("tools", **own)) == [(code, ("parts", 0, "when"))]


def test_what_text_depends_on_has_a_default_that_it_has() -> None:
    own: dict[str, Any] = {
        "own_choices": [{"id": "ch-fold", "label": "Fold"}],
        "own_alternatives": [an_alternative("a", "ch-fold"), an_alternative("b", "ch-fold")],
        "parts": [{"id": "offer", "when": "ch-model=m2 and ch-fold=a"}, {"id": "note", "when": "ch-fold=b"}],
    }
    assert codes(beside("tools", **own)) == [("no-default", ("parts", 0, "when"))]
    assert codes(beside("tools", **own | {"parts": None})) == [
        ("idle-choice", ("choices_used", 0)),
        ("idle-choice", ("own_choices", 0)),
    ]
    several = own | {"own_choices": [{"id": "ch-fold", "label": "Fold", "default": ["a", "c"]}]}
    assert codes(beside("tools", **several)) == [
        ("unknown-alternative", ("own_choices", 0, "default")),
        ("several-defaults", ("own_choices", 0, "default")),
    ]


def test_places_of_groups_name_an_alternative_that_is_chosen_by_group() -> None:
    own: dict[str, Any] = {
        "own_choices": [{"id": "ch-fold", "label": "Fold", "default": ["a"]}],
        "own_alternatives": [an_alternative("a", "ch-fold"), an_alternative("b", "ch-fold")],
        "sections": {"offer": "{{b-service}} {{ch-model=m4}} {{ch-model=m9}} {{ch-fold=a}}", "note": "A note."},
    }
    assert codes(beside("tools", **own)) == [
        ("unknown-alternative", ("body", "offer")),
        ("needless-group", ("body", "offer")),
    ]


def test_conditions_of_the_register_name_what_it_declares() -> None:
    cautions = [{"id": "w1", "when": "ch-model=m4 and b-emergancy=absent", "text": "Take care."}]
    uses = [{"id": "b-service"}, {"id": "b-emergency"}]
    (problem,) = beside("register", [a_tool(uses=uses)], cautions=cautions)
    assert (problem.code, problem.where) == ("unknown-in-condition", ("cautions", 0, "when"))
    assert "Did you mean b-emergency?" in problem.text()


def test_readers_are_given_what_is_published_alone() -> None:
    draft = a_register(status="draft")
    assert ("unknown-blank", ("uses", 0, "id")) in codes(beside("tools", [draft]))
    assert beside("tools", [draft], status="draft") == ()
    retired = a_register(status="retired")
    assert ("unknown-blank", ("uses", 0, "id")) in codes(beside("tools", [retired], status="draft"))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (["g1=m9"], "unknown-alternative"),
        (["m2"], "no-group"),
        (["g1=m2", "g1=m4"], "several-chosen"),
    ],
)
def test_what_was_chosen_can_be_chosen(values: list[str], code: str) -> None:
    found = codes(beside("adaptations", chosen=[{"id": "ch-model", "values": values}]))
    assert found == [(code, ("chosen", 0, "values", len(values) - 1))]


def test_groups_and_several_values_follow_the_choice() -> None:
    once = a_register(
        choices=[{"id": "ch-model", "label": "Model", "several": "yes", "default": ["m2"]}], cautions=None
    )
    others = [a_tool(), once]
    assert beside("adaptations", others, chosen=[{"id": "ch-model", "values": ["m2", "m4"]}]) == ()
    assert codes(beside("adaptations", others, chosen=[{"id": "ch-model", "values": ["g1=m2"]}])) == [
        ("needless-group", ("chosen", 0, "values", 0))
    ]


def test_what_an_adaptation_was_made_from_is_there_or_was_left_out_on_purpose() -> None:
    made = [
        {"id": name, "parent": "0" * 16} for name in ("offer", "note", "fields.a1.label", "ofer", "fields.a9.label")
    ]
    found = beside("adaptations", made=made)
    assert codes(found) == [
        ("unknown-segment", ("made", 3, "id")),
        ("unknown-segment", ("made", 4, "id")),
    ]
    assert {problem.severity for problem in found} == {Severity.WARNING}  # the tool may have lost it since


def test_the_text_of_a_new_adaptation_is_in_order() -> None:
    answers = ConversionAnswers(
        tool="referral-form", country="PT", language="en", choices={"ch-model": {"g1": ("m4",)}}
    )
    text = adaptation_text(a_tool(), Settlement(answers), date(2026, 11, 25))
    assert "id: referral-form-pt" in text
    assert "values: [g1=m4]" in text


def test_models_of_a_profile_are_those_of_the_register() -> None:
    answers = [{"id": "c-01", "known": "not-known", "groups": ["g1=m4", "g2=m9"]}]
    texts = {"source": a_country_text(answers=answers)}
    country = a_country(answers=answers)

    def found(*registers: Any) -> list[tuple[str, Any]]:
        return codes(between_country(country, lines_of(texts), lambda name: registers if name == "register" else ()))

    assert found(a_register()) == [("unknown-value", ("answers", 0, "groups", 1))]
    assert found() == []  # nothing says yet which models there are


def test_what_tools_rest_on_stays_until_they_are_changed() -> None:
    others = [a_tool(), an_adaptation()]

    def lost(**changes: Any) -> list[str]:
        after = a_register(**changes)
        found = missed_by_others(
            a_register(), after, lambda kind: [each for each in (*others, after) if each.shape.name == kind]
        )
        return [problem.text() for problem in found]

    assert lost() == []
    assert lost(blanks=[BLANKS[0]]) == ["adaptations/referral-form-pt uses b-emergency. Change that record first."]
    fewer = lost(alternatives=[an_alternative("m2"), an_alternative("m5")])
    assert fewer == ["adaptations/referral-form-pt uses ch-model-m4. Change that record first."]
    retired = [text.partition(".")[0].partition(" uses ")[2] for text in lost(status="retired")]
    of_the_tool, of_the_adaptation = retired[:3], retired[3:]
    assert of_the_tool == ["b-service", "ch-model", "ch-model-m2"]
    assert of_the_adaptation == ["b-emergency", "b-service", "ch-model", "ch-model-m2", "ch-model-m4"]
