"""The gap map: each number equals the number of search results behind it, and no parameter causes an error."""

from __future__ import annotations

import csv
import io
from io import StringIO
from itertools import combinations
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from kb.search.query.search_query import SearchQuery
from kb.web.gap_map.dimensions import COUNTINGS, DIMENSIONS
from tests.page import Page, Visit, words

PAIRS = list(combinations(DIMENSIONS, 2))
FEW = [pytest.param(*pair, marks=() if number % 3 == 0 else pytest.mark.long) for number, pair in enumerate(PAIRS)]


def cells(page: Page) -> list[tuple[int, str, str]]:
    """Return number, URL and class of every cell."""
    found = [each for each in page.elements("a") if "cell" in each.get("class", "").split()]
    return [(int((each.text or "").replace(",", "")), each.get("href", ""), each.get("class", "")) for each in found]


def found_by(app: Flask, address: str) -> int:
    params = MultiDict(
        [(name, value) for name, values in parse_qs(urlsplit(address).query).items() for value in values]
    )
    total: int = app.extensions["store"].current().search.find(SearchQuery.from_params(params, "en")).total
    return total


@pytest.mark.slow
@pytest.mark.parametrize(("rows", "columns"), FEW)
def test_every_cell_is_what_the_search_behind_it_finds(
    app: Flask, client: FlaskClient, visit: Visit, rows: str, columns: str
) -> None:
    asked = {"rows": rows, "columns": columns, "narrower": "yes"}
    found = cells(visit(f"/en/gaps?{urlencode(asked)}"))
    table = client.get("/en/gaps.csv", query_string=asked).get_data(as_text=True).removeprefix("\ufeff")
    numbers = [int(cell) for _head, *cells_of_row in list(csv.reader(StringIO(table)))[1:] for cell in cells_of_row]
    assert [count for count, _address, _class in found] == numbers
    for count, address, _class in [*(each for each in found if each[0]), *found[:40]]:
        assert count == found_by(app, address), address


@pytest.mark.slow
@pytest.mark.parametrize("only", COUNTINGS)
@pytest.mark.parametrize(("rows", "columns"), [("evidence", "area"), ("area", "evidence"), ("country", "group")])
def test_filters_hold_for_every_cell(app: Flask, visit: Visit, rows: str, columns: str, only: str) -> None:
    for count, address, _class in cells(visit("gaps.index", rows=rows, columns=columns, only=only)):
        assert count == found_by(app, address), address


def test_empty_cells_are_counted_and_dotted(visit: Visit) -> None:
    page = visit("gaps.index", rows="area", columns="evidence")
    inner = [each for each in cells(page) if "cell--sum" not in each[2]]
    empty = [each for each in inner if each[0] == 0]
    assert len(inner) == 4 * 5
    assert f"We know of no practice for {len(empty)} of 20 combinations." in page.text
    assert all("cell--0" in each[2] for each in empty)
    assert all("cell--0" not in each[2] for each in inner if each[0])


def test_what_is_missing_is_said_before_the_table(visit: Visit) -> None:
    page = visit("gaps.index", rows="evidence", columns="area")
    assert page.text.index("Where practices are missing") < page.text.index("Practices by evidence level")
    empty = [each for each in cells(page) if each[0] == 0 and "cell--sum" not in each[2]]
    counts = [each.split()[3] for each in page.texts("span", class_="drawer__value") if each.startswith("none known")]
    assert sum(map(int, counts)) == len(empty)


def test_narrower_terms_are_shown_on_request(visit: Visit) -> None:
    page = visit("gaps.index", rows="area", columns="evidence")
    assert "opt-in referral" not in page.texts("th")
    more = visit(page.link("Show narrower terms"))
    assert "opt-in referral" in more.texts("th")
    assert more.link("Hide narrower terms") == "/en/gaps?rows=area&columns=evidence"


def test_rows_and_columns_can_be_swapped(visit: Visit) -> None:
    page = visit(visit("gaps.index", rows="country", columns="area").link("Swap rows and columns"))
    assert "Practices by practice area and country" in page.text


def test_the_table_has_a_caption_and_scopes_and_a_region_that_takes_the_focus(visit: Visit) -> None:
    page = visit("gaps.index")
    (region,) = [each for each in page.elements("div") if each.get("role") == "region"]
    assert region.get("tabindex") == "0"
    assert all(each.get("scope") in ("row", "col") for each in page.elements("th"))
    assert len(page.elements("caption")) == 1


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"rows": "area", "columns": "area"}, "Rows and columns must be different."),
        ({"rows": "group", "columns": "group"}, "Rows and columns must be different."),
        ({"rows": "weather"}, "“weather” is not in the list. The default is shown instead."),
        ({"columns": "x" * 5000}, "“xxxx"),
        ({"only": "<script>"}, "“<script>” is not in the list. The default is shown instead."),
    ],
)
def test_what_makes_no_sense_is_said_and_a_table_shown(visit: Visit, params: dict[str, Any], said: str) -> None:
    page = visit("gaps.index", **params)
    assert said in page.text
    assert cells(page)


def test_choosing_what_the_columns_show_anyway_is_no_mistake(visit: Visit) -> None:
    page = visit("gaps.index", rows="group")
    assert "Rows and columns must be different." not in page.text
    assert "Practices by victim group and practice area" in page.text


def test_a_map_that_was_asked_for_belongs_in_no_index(visit: Visit) -> None:
    def robots(page: Page) -> list[str | None]:
        return [each.get("content") for each in page.elements("meta") if each.get("name") == "robots"]

    assert robots(visit("gaps.index")) == []
    assert robots(visit("gaps.index", rows="country", columns="area")) == ["noindex, follow"]


def test_the_file_has_the_same_numbers(client: FlaskClient, visit: Visit) -> None:
    page = visit("gaps.index", rows="country", columns="area")
    response = client.get(page.link("Download as CSV"))
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == "attachment; filename=praxis-gaps-country-area.csv"
    text = response.get_data(as_text=True)
    assert text.startswith("\ufeff")
    table = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert table[0][:3] == ["Country by practice area", "total", "referral"]
    assert [int(cell) for row in table[1:] for cell in row[1:]] == [each[0] for each in cells(page)]
    assert [row[0] for row in table[1:]] == [words(each) for each in page.elements("th") if each.get("scope") == "row"]


def test_the_file_can_be_asked_for_anything(client: FlaskClient) -> None:
    assert client.get("/lt/gaps.csv?rows=%3Dcmd&columns=&only=9").status_code == 200


def test_without_an_index_the_page_says_so(
    app: Flask, client: FlaskClient, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("page", "views"):
        monkeypatch.setattr(f"kb.web.gap_map.{module}.find_map", lambda asked: None)
    assert "The numbers are not ready yet." in visit("gaps.index", rows="area").text
    assert client.get("/en/gaps.csv").status_code == 503
