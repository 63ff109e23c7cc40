"""What is missing here, counted from the sample records."""

from __future__ import annotations

from flask import Flask

from tests.page import Page, Visit, words


def lines(page: Page) -> dict[str, str]:
    return {words(row.find("dt")): words(row.find("dd")) for row in page.elements("div") if row.find("dt") is not None}


def test_every_number_is_counted_from_the_records(visit: Visit) -> None:
    found = lines(visit("pages.missing"))
    assert found["Records that no person has signed off"] == "15 of 16"
    assert found["Not confirmed by the organisation"].endswith(" of 4")
    assert found["Countries without answers for all roles and crimes"] == "49 of 50"
    assert found["Countries without a national profile"] == "50 of 50"
    assert found["Not collected yet"] == "49 of 50"
    assert found["Answers to “Must you refer?” that are not known"] == "5 of 45"
    assert found["Answers whose check is overdue"] == "1 of 9"
    assert found["Checked more than a year ago"] == "1 of 3"
    assert found["Areas without a local service"] == "91 of 92"
    assert found["Services checked more than a year ago"] == "1 of 4"
    assert found["Entries not confirmed by the service"] == "3 of 4"


def test_a_number_is_that_of_the_search_to_which_it_leads(visit: Visit) -> None:
    page = visit("pages.missing")
    count = lines(page)["Effect not measured"].split()[0]
    assert visit(page.link("Effect not measured")).heading.split()[0] == count


def test_the_numbers_follow_the_records(app: Flask, visit: Visit) -> None:
    store = app.extensions["store"]
    store.derive((), [("countries", "ee")])
    store.refresh()
    found = lines(visit("pages.missing"))
    assert found["Not collected yet"] == "50 of 50"
    assert "Oldest check" not in found


def test_the_page_about_the_site_leads_to_it(visit: Visit) -> None:
    assert visit("pages.show", record_id="about").link("What is missing here") == "/en/about/missing"
