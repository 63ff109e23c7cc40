"""Answer cards: the verdict first, each line with source and day, gaps as lines of their own."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.country.guidance import ReaderRole
from kb.records.files.paths import RecordFile
from kb.web.answers.page import answer_page
from tests.house import SAMPLE, publish_text
from tests.page import Page, Visit, words


def card(visit: Visit, role: str = "police", crime: str = "domestic-violence", country: str = "ee") -> Page:
    return visit(f"/en/{country}/{role}/{crime}")


def line(page: Page, title: str) -> str:
    """Return the words of a line of the card."""
    return next(words(each) for each in page.elements("div") if words(each).startswith(title))


def test_a_card_says_first_whether_one_must_refer_and_by_which_law(visit: Visit) -> None:
    page = card(visit)
    assert page.heading == "Estonia, police: domestic and partner violence"
    assert page.texts("p", class_="verdict__word") == ["Yes. Inform the centre of every report.1"]
    assert "Law on the lamps" in page.text
    assert "The article is not known." in page.text
    assert "An official page says so; we did not read the law (2023)" in page.text


def test_a_verdict_with_its_article_says_no_gap(visit: Visit) -> None:
    page = card(visit, crime="other-crime")
    assert page.texts("p", class_="verdict__word") == [
        "Yes, if the person agrees. Pass on the name once the person agrees.1"
    ]
    assert "Law on the lamps, Article 9(3)" in page.text
    assert "The article is not known." not in page.text
    assert "We read the law (2021)" in page.text


def test_each_line_has_its_source_and_its_day(visit: Visit) -> None:
    page = card(visit)
    day = "Checked on 20 November 202620 Nov 2026"  # for screen readers, and in short
    assert line(page, "By when") == f"By when Partly known. On the next working day.1 {day}"
    assert {"tel:116006", "sms:3060"} <= set(page.links())
    assert page.elements("li", id="source-1")
    assert "Law on the doors, Article 2" in line(page, "Consent")
    verdict_of_the_same_day = card(visit, crime="hate-crime")
    assert "Checked on 20 November 2026" in verdict_of_the_same_day.text
    assert line(verdict_of_the_same_day, "By when") == "By when Partly known. On the next working day.1"


def test_no_card_shows_a_value_without_a_source(app: Flask) -> None:
    bare: list[str] = []
    for role in ReaderRole:
        for crime in CrimeGroup:
            with app.test_request_context(f"/en/ee/{role}/{crime.slug}"):
                page = answer_page("EE", role, crime)
            said = [page.verdict.said, page.say, *page.avoid, *page.ask, *(line.said for line in page.lines)]
            known = [each for each in said if each is not None and each.text is not None and each.gap != "Not known"]
            bare += [
                f"{role} {crime.slug}: {each.text.plain}"
                for each in known
                if each.text is not None and not each.marks and not (each is page.verdict.said and page.verdict.is_open)
            ]
    assert bare == []


def test_what_is_not_known_and_what_is_not_collected_are_lines_of_their_own(visit: Visit) -> None:
    page = card(visit, crime="hate-crime")
    assert page.texts("p", class_="verdict__word") == ["Not known. We found no rule on hate crime."]
    assert line(page, "Channel") == "Channel Not collected yet"


def test_a_row_whose_review_is_due_says_so(visit: Visit) -> None:
    assert "Due for review" in card(visit).text  # checked more than a year before
    assert "Due for review" not in card(visit, crime="other-crime").text


def test_a_lawyer_reads_of_the_duties_of_others_and_what_to_ask_for(visit: Visit) -> None:
    page = card(visit, role="lawyer")
    assert "Must the authorities refer your client?" in page.text
    assert "Yes, if your client agrees." in page.text
    assert "A review within ten days." in page.text
    assert "A review within ten days." not in card(visit).text


def test_a_lawyer_reads_how_the_right_to_support_became_national_law(
    session: Session, store: ContentStore, visit: Visit
) -> None:
    text = (SAMPLE / "countries" / "ee" / "country.md").read_text(encoding="utf-8")
    row = (
        '{id: p8, article: "8", law: Law on the doors, provision: "4", known: partly, note: Doors are open to all., '
        "confidence: medium, sources: [s2], checked: 2026-11-20}"
    )
    text = text.replace("sources:\n", f"transposition:\n  - {row}\nsources:\n", 1)
    publish_text(session, store, text, RecordFile("countries", "ee", "source"))
    session.close()
    right = "Directive 2012/29/EU, Article 8"
    assert "Partly known. Doors are open to all." in line(card(visit, role="lawyer"), right)
    assert "Law on the doors 4" in line(card(visit, role="lawyer"), right)
    assert right not in card(visit).text


def test_another_crime_or_role_is_one_tap_away(visit: Visit) -> None:
    links = set(card(visit).links())
    assert {f"/en/ee/police/{crime.slug}" for crime in CrimeGroup} <= links
    assert {f"/en/ee/{role}/domestic-violence" for role in ReaderRole} <= links


def test_the_choice_shows_each_crime_with_its_short_answer(visit: Visit) -> None:
    page = visit("answers.choose", record_id="ee", role="police")
    texts = {words(each) for each in page.elements("a")}
    assert "Domestic and partner violence Yes. Inform the centre of every report" in texts
    assert "Hate crime Not known. We found no rule on hate crime" in texts


def test_a_country_without_a_record_is_no_dead_end_and_no_result_of_search_engines(visit: Visit) -> None:
    page = card(visit, country="al")
    assert "We know nothing about this country yet." in page.text
    assert [each.get("content") for each in page.elements("meta", name="robots")] == ["noindex"]
    assert "/en/al/help" in page.links()


def test_the_three_choices_lead_to_the_card(client: FlaskClient, visit: Visit) -> None:
    response = client.get("/en/answers?country=EE&role=police&crime=hate-crime")
    assert (response.status_code, response.headers["Location"]) == (303, "/en/ee/police/hate-crime")
    page = visit("/en/answers?country=EE&role=police")
    assert "Choose a value in each of the three lists." in page.text
    for address in ("/en/answers", "/en/answers?role=police&crime=hate-crime"):
        assert "Choose a value" not in visit(address).text
    assert "/en/ee/lawyer" in page.links()


def test_several_countries_stand_side_by_side(visit: Visit) -> None:
    page = visit("/en/answers/police/domestic-violence?c=EE&c=LT")
    assert page.texts("dt")[:2] == ["Estonia", "Lithuania"]
    assert "Not collected yet" in page.text
    assert "Select two to five countries." in visit("/en/answers/police/domestic-violence?c=EE").text


@pytest.mark.parametrize("address", ["ee/nobody", "zz/police", "ee/police/parking", "answers/police/parking"])
def test_what_does_not_exist_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(f"/en/{address}").status_code == 404
