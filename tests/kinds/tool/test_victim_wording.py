"""What of a country's profile victims are given: plain words, and never what is said to professionals."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kb.content_store.validation import lines_of
from kb.conversion.answers import ConversionAnswers
from kb.conversion.convert import Conversion, ConversionSources, resolve
from kb.conversion.render import render
from kb.conversion.resolution import BlankState, ResolvedBlank
from kb.kinds.adaptation.cross_checks import between_country
from kb.kinds.tool.victim_wording import blanks_for_victims
from kb.records.record import Bundle
from tests.builders import a_register, a_tool
from tests.conversion.converting import ENGLISH
from tests.conversion.test_convert import words
from tests.kinds.country.checking import a_country, a_country_text, a_helpline
from tests.kinds.country.test_fact_checks import SUPPORT
from tests.kinds.tool.checking import codes

NOTE, PLAIN = "The form was not seen.", "Ask there for a form."
FULL: dict[str, Any] = {
    "id": "k1", "fact": "f-dpa", "known": "answered", "name": "Garante", "number": "06 69 67", "free": "yes",
    "text": NOTE, "plain": PLAIN, **SUPPORT,
}  # fmt: skip
BLANKS: list[dict[str, Any]] = [
    {"id": "b-dpa", "label": "Authority", "type": "contact", "layer": "national", "fact": "f-dpa"},
    {"id": "b-several", "label": "All", "type": "org", "layer": "national", "fact": "f-dpa", "several": "yes"},
    {"id": "b-law", "label": "Law", "type": "law", "layer": "national", "fact": "f-law-dv"},
    {"id": "b-line", "label": "Line", "type": "contact", "layer": "national", "fact": "f-helpline", "several": "yes"},
    {"id": "b-lines", "label": "Lines", "type": "contact", "layer": "national", "fact": "f-helplines-special"},
]


def a_fact(**changes: Any) -> dict[str, Any]:
    return {key: value for key, value in (FULL | changes).items() if value is not None}


def a_leaflet(text: str = "Complain here: {{b-dpa}}", kind: str = "leaflet", **part: str) -> Bundle[Any]:
    parts = [{"id": "offer", **part}]
    uses = [{"id": blank["id"]} for blank in BLANKS if f"{{{{{blank['id']}" in text]
    return a_tool(sections={"offer": text}, kind=kind, parts=parts, fields=[], uses=uses, choices_used=[], criteria=[])


def given(
    *facts: dict[str, Any], tool: Bundle[Any] | None = None, answers: dict[str, Any] | None = None, **country: Any
) -> Conversion:
    tool = tool or a_leaflet()
    place = a_country(facts=list(facts or (a_fact(),)), **country).reading("en")
    wanted = ConversionAnswers.model_validate({"tool": tool.record.id, "language": "en", "blanks": answers or {}})
    register = a_register(blanks=BLANKS).reading("en")
    sources = ConversionSources.read(tool.reading("en"), [register], place, ENGLISH)
    return resolve(sources, wanted, date(2026, 11, 25))


def only_blank(found: Conversion) -> ResolvedBlank:
    (blank,) = found.blanks
    return blank


def test_a_leaflet_says_the_plain_words_and_keeps_the_note_for_whoever_converts() -> None:
    found = given()
    line = "Garante: 06\N{NO-BREAK SPACE}69\N{NO-BREAK SPACE}67 (free). Ask there for a form."
    assert f"Complain here: {line}" in words(found)
    assert NOTE.rstrip(".") not in words(found)
    (entry,) = only_blank(found).entries
    assert entry.note == "Garante: 06 69 67 (free). The form was not seen"


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"plain": None}, "Garante: 06 69 67 (free)"),
        ({"plain": None, "name": "SMS 113", "number": "113", "free": None}, "SMS 113"),
        ({"name": None, "number": None}, PLAIN),  # that it is free says nothing without what it is
        ({"name": None, "number": None, "free": None, "law": "Law 1", "articles": "5"}, PLAIN),
        ({"name": None, "number": None, "free": None, "amount": "30", "unit": "days"}, PLAIN),
    ],
)
def test_a_fact_without_its_note(changes: dict[str, Any], line: str) -> None:
    (entry,) = only_blank(given(a_fact(**changes))).entries
    assert entry.text == line


def test_a_law_is_named_where_it_is_asked_for() -> None:
    law = a_fact(fact="f-law-dv", name=None, number=None, free=None, law="Law 1", articles="5", plain=None)
    (entry,) = only_blank(given(law, tool=a_leaflet("By {{b-law}}"))).entries
    assert entry.text == "Law 1, art. 5"


def test_what_speaks_to_professionals_alone_is_a_line_to_write_on_and_an_open_point() -> None:
    found = given(a_fact(name=None, number=None, free=None, plain=None, law="Law 1"))
    blank = only_blank(found)
    assert blank.state is BlankState.OPEN
    assert "Complain here: [line: Authority]" in words(found)
    assert [offer.text for offer in blank.offered.withheld] == [f"Law 1. {NOTE.rstrip('.')}"]
    assert render(found).stamp


def test_a_form_says_it_to_victims_where_they_read_or_hear_it() -> None:
    for part in ({"style": "large"}, {"style": "say"}, {"for_victims": "yes"}):
        assert PLAIN in words(given(tool=a_leaflet(kind="form", **part)))
    for part in ({}, {"style": "user-note"}):
        assert NOTE.rstrip(".") in words(given(tool=a_leaflet(kind="form", **part)))


def test_a_side_without_words_makes_no_difference_and_the_words_of_a_fact_do() -> None:
    texts = [("offer", "{{b-dpa.number}} {{b-law.text}}")]
    assert blanks_for_victims(a_leaflet(kind="form", style="large").record, texts) == {"b-law"}
    assert f"Say: {PLAIN}" in words(given(tool=a_leaflet("Say: {{b-dpa.text}}")))


def test_a_persons_own_text_is_for_victims_too() -> None:
    own = {"offer": {"text": "Mine: {{b-dpa}}", "over": "0" * 16}}
    tool = a_leaflet("Nothing {{b-dpa.number}}", kind="form", style="large")
    register, place = a_register(blanks=BLANKS).reading("en"), a_country(facts=[a_fact()]).reading("en")
    answers = ConversionAnswers.model_validate({"tool": tool.record.id, "language": "en", "texts": own})
    sources = ConversionSources.read(tool.reading("en"), [register], place, ENGLISH)
    found = resolve(sources, answers, date(2026, 11, 25))
    assert PLAIN in words(found)


def test_a_file_saved_with_the_note_says_the_plain_words() -> None:
    saved = {"b-dpa": {"entries": ["Garante: 06 69 67 (free). The form was not seen"]}}
    assert PLAIN in words(given(answers=saved))
    only = a_fact(name=None, number=None, free=None, plain=None)
    found = given(only, answers={"b-dpa": {"entries": [NOTE.rstrip(".")]}})
    assert only_blank(found).state is BlankState.OPEN
    assert NOTE.rstrip(".") not in words(found)


def test_what_a_person_writes_is_printed_as_it_is() -> None:
    assert "Complain here: My office" in words(given(answers={"b-dpa": {"entries": ["My office"]}}))


def test_contradictions_stay_for_the_person_to_decide() -> None:
    other = a_fact(id="k2", number="06 1", conflicting="yes")
    blank = only_blank(given(a_fact(conflicting="yes"), other))
    assert (blank.state, len(blank.offered.offers)) == (BlankState.OPEN, 2)


def test_a_sentence_ends_once() -> None:
    found = words(given(tool=a_leaflet("Here: {{b-dpa}}. Or not: {{b-dpa.name}}.")))
    assert "form. Or not: Garante." in found


def test_several_entries_are_a_list_where_nothing_follows() -> None:
    two = (a_fact(), a_fact(id="k2", name="Other", number="1"))
    blocks = render(given(*two, tool=a_leaflet("All: {{b-several}}."))).blocks
    kinds = [type(block).__name__ for block in blocks]
    assert kinds[:3] == ["Heading", "Paragraph", "Listing"]
    assert blocks[1].runs[-1].text == "All:"  # type: ignore[union-attr]
    inside = render(given(*two, tool=a_leaflet("All: {{b-several}} and more"))).blocks
    assert [type(block).__name__ for block in inside][:2] == ["Heading", "Paragraph"]


def test_sides_with_commas_are_told_apart() -> None:
    two = (a_fact(name="Office, fund"), a_fact(id="k2", name="Other", number="1"))
    assert "All: Office, fund; Other." in words(given(*two, tool=a_leaflet("All: {{b-several.name}}.")))


@pytest.mark.parametrize(("name", "number"), [("Line 119", "119"), ("116000 Line", "116 000")])
def test_a_name_that_says_its_number_says_it_once(name: str, number: str) -> None:
    lines = [a_helpline(kind="children", name=name, number=number, hours=[], languages=[], free="no")]
    found = words(given(tool=a_leaflet("{{b-lines}}!"), helplines=lines))
    assert f"For children and young people: {name}!" in found


def test_an_abbreviation_at_the_end_of_a_fact_keeps_its_full_stop() -> None:
    law = a_fact(fact="f-law-dv", name=None, number=None, free=None, law="BPK", articles="8 str.", text=None)
    assert "Law: BPK, art. 8 str." in words(given(law, tool=a_leaflet("Law: {{b-law}}", kind="form")))


def test_lines_say_for_whom_they_are() -> None:
    lines = [
        a_helpline(note="In the north."),
        a_helpline(id="south", number="1", note="In the south."),
        a_helpline(id="child", kind="children", number="116 111", name="Line", hours=[], languages=[], free="no"),
    ]
    found = words(given(tool=a_leaflet("{{b-line}}\n\n{{b-lines}}"), helplines=lines))
    assert "For children and young people: Line, 116\N{NO-BREAK SPACE}111" in found
    blocks = given(tool=a_leaflet("{{b-line}}"), helplines=lines).blanks[0].entries
    assert [entry.text.rpartition("). ")[2] for entry in blocks] == ["In the north.", "In the south."]
    (one,) = given(tool=a_leaflet("{{b-line}}"), helplines=lines[:1]).blanks[0].entries
    assert one.text.endswith(")")


def missing(tool: Bundle[Any], *facts: dict[str, Any], **tools: Any) -> list[tuple[str, Any]]:
    country, texts = a_country(facts=list(facts)), {"source": a_country_text(facts=list(facts))}
    beside = {"register": [a_register(blanks=BLANKS)], "tools": [tool]}
    return codes(between_country(country, lines_of(texts), lambda kind: beside.get(kind, [])))


def test_the_check_names_facts_that_victims_get_without_a_word() -> None:
    bare = a_fact(plain=None)
    assert missing(a_leaflet(), bare) == [("no-plain-words", ("facts", 0, "plain"))]
    assert missing(a_leaflet(), a_fact()) == []
    assert missing(a_leaflet(), a_fact(plain=None, text=None)) == []  # the name says it all
    assert missing(a_leaflet(), a_fact(plain=None, known="not-known", name=None, number=None)) == []
    assert missing(a_leaflet(kind="form"), bare) == []
    assert missing(a_leaflet(), a_fact(plain=None, fact="f-terms")) == []
