"""A tool of several papers: each for one crime or for all, as it is or with answers."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from kb.kinds.country.crime_groups import CRIME_GROUPS
from tests.page import Page, Visit
from tests.web.tools.convert.walking import PAPERS, answers, buttons, enter, go_on, sent, start, step_of

FILES = "/en/tools/guest-papers"
HOME = "From home"  # the heading of the part for domestic violence


def words(data: bytes) -> str:
    """Return the words of a Word file, with plain spaces."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = "".join(ElementTree.fromstring(archive.read("word/document.xml")).itertext())  # noqa: S314
    return text.replace("\N{NO-BREAK SPACE}", " ")


def as_is(client: FlaskClient, paper: str = "slip", **asked: str) -> tuple[str, str]:
    """Return the words and the name of a file without answers."""
    response = client.get(f"{FILES}/papers/{paper}.docx", query_string=asked)
    assert response.status_code == 200
    return words(response.get_data()), response.headers["Content-Disposition"].partition('"')[2].rstrip('"')


def chosen(page: Page, field: str) -> str:
    """Return the option that is chosen, "" if none is."""
    options = page.by_id(field).iter("option")
    return next((each.get("value", "") for each in options if each.get("selected") is not None), "")


def steps(client: FlaskClient, page: Page) -> list[str]:
    """Go on to the last page, and return the names of all pages on the way."""
    found = [step_of(page)]
    while found[-1] != "done":
        page = go_on(client, page)
        found.append(step_of(page))
    return found


def printed(page: Page) -> str:
    """Return the text of the preview on the last page."""
    return next("".join(each.itertext()) for each in page.elements("div", role="region"))


def test_the_address_chooses_the_paper_and_the_crime(client: FlaskClient) -> None:
    page = start(client, PAPERS, paper="leaf", crime="hate-crime", country="EE")
    assert (chosen(page, "paper"), chosen(page, "crime"), chosen(page, "country")) == ("leaf", "hate-crime", "EE")
    page = start(client, PAPERS, paper="nothing")
    assert chosen(page, "paper") == "slip"
    last = go_on(client, page, "proposals", paper="leaf", crime="trafficking")
    assert (answers(last)["paper"], answers(last)["crime"]) == ("leaf", "g5")
    assert "Leaf for the guest" in last.text
    assert "Trafficking in human beings" in last.text


def test_all_crimes_stay_chosen_until_somebody_chooses_one(client: FlaskClient) -> None:
    page = start(client, PAPERS, paper="leaf")
    assert chosen(page, "crime") == ""  # the first one is offered
    page = go_on(client, go_on(client, page, crime="all"), "back")
    assert (step_of(page), chosen(page, "crime")) == ("begin", "all")
    assert chosen(start(client, PAPERS, crime="all"), "crime") == "all"


def test_only_what_the_paper_prints_is_asked(client: FlaskClient) -> None:
    here = {"crime": "hate-crime", "country": "LV"}
    asked = steps(client, start(client, PAPERS, paper="slip", **here))
    assert asked == ["begin", "choice:ch-way", "choice:ch-lamp", "topic:partners", "done"]
    leaf = start(client, PAPERS, paper="leaf", **here)
    assert steps(client, leaf) == ["begin", "topic:partners", "done"]  # the leaf decides about the lamp
    last = go_on(client, leaf, "proposals")
    assert "Knock twice." in printed(last)
    assert "Light the lamp" not in printed(last)
    assert "ch-lamp" not in answers(last)["choices"]


def test_blanks_of_another_paper_are_not_open(client: FlaskClient) -> None:
    here = {"crime": "hate-crime", "country": "LV"}
    slip = go_on(client, start(client, PAPERS, paper="slip", **here), "topic:document")
    assert slip.texts("label")[:1] == ["Keeper of the gate"]
    assert "text:b-emergency" not in slip.html
    leaf = go_on(client, start(client, PAPERS, paper="leaf", **here), "topic:document")
    assert "text:b-emergency" in leaf.html
    assert "text:b-keeper" not in leaf.html


def test_a_blank_in_a_field_for_one_crime_is_open_for_that_alone(client: FlaskClient) -> None:
    for crime, is_there in (("sexual-violence", True), ("all", True), ("hate-crime", False)):
        page = go_on(client, start(client, PAPERS, crime=crime), "topic:partners")
        assert ("text:b-porter" in page.html) is is_there, crime


def test_a_file_for_one_crime_has_only_what_applies(client: FlaskClient) -> None:
    of_all, of_home, of_hate = (as_is(client, crime=each)[0] for each in ("all", "domestic-violence", "hate-crime"))
    assert HOME in of_all
    assert HOME in of_home
    assert HOME not in of_hate
    assert [group for group in CRIME_GROUPS.values() if group in of_all] == [*CRIME_GROUPS.values()]
    assert [group for group in CRIME_GROUPS.values() if group in of_hate] == ["Hate crime"]
    assert "Light the lamp" not in of_hate
    assert "Ask the guest." in of_hate


def test_a_file_as_it_is_has_lines_to_write_on(client: FlaskClient) -> None:
    text, _name = as_is(client, "leaf")
    assert "{{" not in text
    assert "to be filled in" not in text
    assert "Draft" not in text


def test_without_a_paper_or_a_crime_it_is_the_first_paper_for_all_crimes(client: FlaskClient) -> None:
    first = client.get(f"{FILES}/as-is.docx")
    assert words(first.get_data()) == as_is(client)[0] == as_is(client, crime="nothing")[0]
    assert as_is(client, crime="nothing")[1] == "praxis-guest-papers-slip-en.docx"


@pytest.mark.parametrize("address", ["papers/nothing.docx", "papers/slip.exe", "papers/slip.html"])
def test_an_unknown_paper_or_format_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(f"{FILES}/{address}").status_code == 404
    assert client.get(f"/en/tools/gate-slip/{address}").status_code == 404


def test_the_name_of_a_file_says_what_it_is_and_a_paper_for_victims_not_which_crime(client: FlaskClient) -> None:
    assert as_is(client, crime="hate-crime")[1] == "praxis-guest-papers-slip-hate-crime-en.docx"
    assert as_is(client, crime="hate-crime", country="EE")[1] == "praxis-guest-papers-slip-hate-crime-ee-en.docx"
    assert as_is(client, "leaf", crime="hate-crime", country="EE")[1] == "praxis-guest-papers-leaf-ee-en.docx"


def test_what_victims_take_along_does_not_speak_of_us(client: FlaskClient) -> None:
    made = {}
    for paper in ("slip", "leaf"):
        page = go_on(client, start(client, PAPERS, paper=paper, crime="hate-crime", country="EE"), "proposals")
        made[paper] = sent(client, page, "html").get_data(as_text=True)
    assert "not reviewed by a lawyer" in made["slip"]
    assert "ersion 3" in made["slip"]
    assert "reviewed" not in made["leaf"]
    assert "ersion 3" not in made["leaf"]


def test_the_other_papers_come_with_the_same_answers(client: FlaskClient) -> None:
    page = start(client, PAPERS, paper="slip", crime="hate-crime", country="EE")
    page = enter(client, go_on(client, page, "topic:partners"), {"text:b-house": "Ąžuolas House"}, "done")
    assert "docx:leaf" in buttons(page)
    assert "docx:slip" not in buttons(page)
    response = sent(client, page, "docx:leaf")
    assert 'filename="praxis-guest-papers-leaf-ee-en.docx"' in response.headers["Content-Disposition"]
    assert "Ąžuolas House opens at any hour." in words(response.get_data())
    other = sent(client, page, "docx:nothing")
    assert 'filename="praxis-guest-papers-slip-hate-crime-ee-en.docx"' in other.headers["Content-Disposition"]


def test_choices_for_one_crime_leave_those_for_others(client: FlaskClient) -> None:
    page = go_on(client, start(client, PAPERS, country="EE"), crime="all")
    page = enter(client, page, {"choice:ch-way:g1": "b", "choice:ch-way:g2": "b"}, "begin")
    page = go_on(client, page, crime="hate-crime")
    assert step_of(page) == "choice:ch-way"
    page = enter(client, page, {"choice:ch-way:g6": "b"})
    kept = answers(page)["choices"]["ch-way"]
    assert {group for group, values in kept.items() if values == ["b"]} == {"g1", "g2", "g6"}
    page = go_on(client, go_on(client, page, "begin"), "proposals", crime="trafficking")
    assert answers(page)["choices"]["ch-way"] == kept | {"g5": ["a"]}


def test_the_rule_that_holds_for_the_crime_is_printed(client: FlaskClient) -> None:
    page = go_on(client, start(client, PAPERS, country="EE"), crime="all")
    page = enter(client, page, {"choice:ch-way:g1": "b"}, "done")
    assert "A key opens: Domestic and partner violence." in printed(page)
    page = go_on(client, go_on(client, page, "begin"), "proposals", crime="hate-crime")
    assert "A key opens" not in printed(page)


def test_a_tool_lists_its_papers_and_crimes_in_one_form(visit: Visit) -> None:
    page = visit("tools.show", record_id="guest-papers")
    (form,) = [each for each in page.elements("form") if each.get("action") == f"{FILES}/papers/slip.docx"]
    ways = [each.get("formaction") for each in form.iter("button")]
    assert ways == [f"{FILES}/papers/{paper}.{name}" for paper in ("slip", "leaf") for name in ("docx", "odt", "pdf")]
    crimes = [each.get("value") for each in page.by_id("crime").iter("option")]
    assert (crimes[0], crimes[-1], len(crimes)) == ("domestic-violence", "all", 10)
    assert [each.text for each in form.iter("h3")] == ["Slip to fill in", "Leaf for the guest"]
    assert "Name of the guest" in page.text  # fields of a row stand in the beginning of the document


def test_papers_that_are_not_translated_come_in_their_own_language(visit: Visit) -> None:
    page = visit("tools.show", record_id="guest-papers", language="lt")
    assert [each.get("value") for each in page.elements("input", name="in")] == ["en"]


def test_an_adaptation_of_one_document_asks_for_neither_paper_nor_country(client: FlaskClient) -> None:
    adapted = start(client, "/en/adaptations/gate-slip-ee/convert")
    assert adapted.elements("select", name="paper") == []
    assert adapted.elements("select", name="country") == []
    assert len(adapted.elements("select", name="crime")) == 1  # its choice is made for each group
