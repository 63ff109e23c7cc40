"""Whoever changes a text sees names of fields, and the tool keeps its codes."""

from __future__ import annotations

from html import unescape

import pytest
from flask.testing import FlaskClient

from kb.web.tools.convert.field_names import FieldNames
from tests.builders import a_tool
from tests.conversion.converting import FACTS, SECTIONS, converted
from tests.web.tools.convert.walking import PAPERS, answers, enter, go_on, start, step_of

LINE = "Ring {{Line (number)}} or {{Line}}.\n\nWritten by {{Unit}}, for {{Crimes: m2}}."


def names_of(text: str, *labels: str) -> FieldNames:
    """Return the names in a text of a tool with blanks `b-1`, `b-2` … of these labels."""
    blanks = [
        {"id": f"b-{number}", "label": label, "type": "text", "layer": "local"}
        for number, label in enumerate(labels, start=1)
    ]
    facts = FACTS | {"own_blanks": blanks, "uses": [{"id": blank["id"]} for blank in blanks]}
    return FieldNames.of(converted(bundle=a_tool(sections=SECTIONS | {"head": text}, **facts)))


def both_ways(names: FieldNames, text: str) -> str:
    """Return a text with names; typed back, it must be the same text again."""
    named = names.to_names(text)
    assert names.to_codes(named) == (text, ())
    return named


def test_a_field_a_part_of_its_value_and_its_crimes_have_names() -> None:
    assert both_ways(FieldNames.of(converted()), SECTIONS["head"]) == LINE


@pytest.mark.parametrize(
    ("labels", "named"),
    [
        (("Name", "Name", "Name"), "{{Name}} {{Name #2}} {{Name #3}}"),
        (("Name", "NAME", "name"), "{{Name}} {{NAME #2}} {{name #3}}"),
        (("Name #2", "Name", "Name"), "{{Name #2}} {{Name}} {{Name #3}}"),
        (("Call 116\N{NO-BREAK SPACE}006", "Call", "Call  twice"), "{{Call 116 006}} {{Call}} {{Call twice}}"),
        (("Unit", "Straße", "STRASSE"), "{{Unit}} {{Straße}} {{STRASSE #2}}"),
    ],
)
def test_no_two_fields_have_one_name(labels: tuple[str, ...], named: str) -> None:
    text = "{{b-1}} {{b-2}} {{b-3}}"
    assert both_ways(names_of(text, *labels), text) == named


def test_a_side_tells_fields_apart() -> None:
    text = "{{b-1.number}} {{b-1}} {{b-2.number}}"
    assert both_ways(names_of(text, "Desk", "Desk"), text) == "{{Desk (number)}} {{Desk}} {{Desk (number) #2}}"


def test_a_name_is_found_however_it_is_typed() -> None:
    names = FieldNames.of(converted())
    assert names.to_codes("{{ unit }} {{LINE   (Number)}}") == ("{{b-unit}} {{b-line.number}}", ())


def test_codes_stay_codes_and_unknown_names_are_told() -> None:
    names = FieldNames.of(converted())
    assert names.to_codes("{{b-unit}} {{ch-model=m4}}") == ("{{b-unit}} {{ch-model=m4}}", ())
    text, unknown = names.to_codes("{{Unit}} {{Telephone}} {{}}")
    assert unknown == ("Telephone", "{{}}")
    assert text == "{{b-unit}} {{Telephone}} {{}}"


def test_a_text_without_fields_stays_as_it_is() -> None:
    names = FieldNames.of(converted())
    assert both_ways(names, "Nothing { here }.") == "Nothing { here }."


def test_an_unknown_name_is_told_and_nothing_is_lost(client: FlaskClient) -> None:
    page = go_on(client, start(client, PAPERS, country="EE"), "proposals", crime="all")
    part = go_on(client, page, "text:guest")
    typed = "Ask at once. Then tell {{Keeper of the gate (name)}} or {{Somebody}}."
    refused = enter(client, part, {"part:guest": typed}, status=422)
    assert step_of(refused) == "text:guest"
    assert "Who comes: there is no field named Somebody." in refused.text
    assert typed in unescape(refused.html)
    assert answers(refused)["texts"] == {}
    mended = typed.replace("{{Somebody}}", "{{Keeper of the gate (name) #2}}")
    taken = enter(client, refused, {"part:guest": mended})
    assert step_of(taken) == "texts"
    kept = answers(taken)["texts"]["guest"]["text"]
    assert kept == "Ask at once. Then tell {{b-house.name}} or {{b-keeper.name}}."


def test_a_text_that_was_only_looked_at_is_not_kept_as_ones_own(client: FlaskClient) -> None:
    page = go_on(client, start(client, PAPERS, country="EE"), "proposals", crime="all")
    page = go_on(client, go_on(client, page, "choice:ch-way"), "done")
    for name in ("text:guest", "text:home"):
        page = go_on(client, go_on(client, page, name))
        assert step_of(page) == "texts"
        page = go_on(client, page)
    assert answers(page)["texts"] == {}
