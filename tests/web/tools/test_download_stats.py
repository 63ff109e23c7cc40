from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from kb.conversion.download_counts import Download, count
from tests.house import NOW
from tests.page import Page, Visit, words

TOOL, ADAPTED = "tools/gate-slip", "adaptations/gate-slip-ee"


def add(session: Session, number: int, record: str = TOOL, country: str = "EE", *, days: int = 0) -> None:
    day = (NOW.date() - timedelta(days=days)).isoformat()
    count(session, {Download(day, record, country, "docx"): number})


def rows(page: Page) -> list[list[str]]:
    """Return the text of the table's cells, row by row."""
    (table,) = [each for each in page.elements("table") if "matrix" in (each.get("class") or "")]
    return [[words(cell) for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]


def test_without_a_download_the_page_says_so(visit: Visit) -> None:
    page = visit("downloads.index")
    assert page.heading == "Tool downloads"
    assert "No tools were downloaded in this period." in page.text
    assert "0 files were created from tools and downloaded." in page.text


def test_tools_and_countries_are_crossed_with_totals(visit: Visit, session: Session) -> None:
    add(session, 3)
    add(session, 2, country="")
    add(session, 1200, ADAPTED, days=29)
    add(session, 5, country="PT", days=30)
    page = visit("downloads.index")
    assert "1,210 files were created from tools" in page.text
    assert rows(page) == [
        ["", "total", "Estonia", "no country"],
        ["Papers for a guest", "0", "0", "0"],
        ["Slip for the gate", "5", "3", "2"],
        ["Slip for the gate in Estonia", "1,200", "1,200", "0"],
        ["total", "1,205", "1,203", "2"],
    ]
    assert page.link("Slip for the gate") == "/en/tools/gate-slip"
    everything = visit("downloads.index", period="all")
    assert rows(everything)[0] == ["", "total", "Estonia", "Portugal", "no country"]
    assert rows(everything)[-1] == ["total", "1,210", "1,203", "5", "2"]
    assert "Downloads by tool and country: November 2026" in visit("downloads.index", period="2026-11").text


def test_months_and_days_stand_below(visit: Visit, session: Session) -> None:
    add(session, 3)
    add(session, 4, days=30)
    page = visit("downloads.index")
    tables = [[words(cell) for cell in each.iter("td")] for each in page.elements("table")]
    heads = [words(each) for each in page.elements("th") if each.get("scope") == "row"]
    assert tables[1:] == [["3", "4"], ["3"]]
    assert heads[-3:] == ["November 2026", "October 2026", "25 November 2026"]


@pytest.mark.parametrize("period", ["2026-10", "yesterday", "x" * 3000, "<script>", "2026-13"])
def test_a_time_that_nobody_has_is_said(visit: Visit, session: Session, period: str) -> None:
    add(session, 3)
    page = visit("downloads.index", period=period)
    assert f"“{period[:40]}" in page.text
    assert "is not in the list. The default is shown instead." in page.text
    assert rows(page)[-1] == ["total", "3", "3"]


def test_a_record_that_is_gone_keeps_its_numbers(visit: Visit, session: Session) -> None:
    add(session, 7, "tools/once-there")
    page = visit("downloads.index")
    assert ["once-there", "7", "7"] in rows(page)
    assert "/tools/once-there" not in page.html


def test_the_file_has_every_number(client: FlaskClient, visit: Visit, session: Session) -> None:
    add(session, 3)
    add(session, 2, ADAPTED, "", days=200)
    response = client.get(visit("downloads.index").link("Download as CSV"))
    assert response.headers["Content-Disposition"] == "attachment; filename=praxis-downloads.csv"
    table = list(csv.reader(io.StringIO(response.get_data(as_text=True).removeprefix("\ufeff"))))
    assert table == [
        ["Day or month", "Tool", "Id", "Country", "Code", "Format", "Downloads"],
        ["2026-11-25", "Slip for the gate", TOOL, "Estonia", "EE", "docx", "3"],
        ["2026-05-09", "Slip for the gate in Estonia", ADAPTED, "", "", "docx", "2"],
    ]


def test_the_page_is_led_to_and_belongs_in_an_index_once(visit: Visit) -> None:
    assert visit("tools.index").link("How often tools are downloaded, by country") == "/en/downloads"
    for values, expected in (("", []), ("?period=all", ["noindex, follow"])):
        page = visit(f"/en/downloads{values}")
        assert [each.get("content") for each in page.elements("meta", name="robots")] == expected


def test_without_its_table_the_site_asks_to_try_again(app: Flask, client: FlaskClient, session: Session) -> None:
    session.execute(text("DROP TABLE download_total"))
    session.commit()
    for address in ("/en/downloads", "/en/downloads.csv"):
        response = client.get(address)
        assert response.status_code == 503
        assert "Try again in a minute" in response.get_data(as_text=True)
    assert client.get("/en/tools").status_code == 200
