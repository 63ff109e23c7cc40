from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import pytest
from flask.testing import FlaskClient

from tests.pango import needs_pango


def paragraphs(client: FlaskClient, address: str) -> list[str]:
    return [each.text for each in docx.Document(io.BytesIO(client.get(address).get_data())).paragraphs]


def words(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "attachment" in response.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(response.get_data())) as archive:
        return archive.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/en/take/practices/stone-terraces.docx", "Stone terraces"),
        ("/en/take/countries/ee.docx", "Estonia"),
        ("/en/take/side-by-side.docx?c=EE&c=PT", "Referral"),
        ("/en/take/compare.docx?ids=stone-terraces,letters-home", "letters-home"),
        ("/en/take/list.docx?ids=stone-terraces&note.stone-terraces=Mine", "Mine"),
        ("/en/take/search.docx?q=terraces", "Stone terraces"),
    ],
)
def test_a_page_is_taken_away(client: FlaskClient, address: str, expected: str) -> None:
    assert expected.replace("letters-home", "practices compared") in words(client, address)


def test_a_search_names_the_question_the_day_and_how_much_was_found(client: FlaskClient) -> None:
    title, subtitle = paragraphs(client, "/en/take/search.docx?q=terraces&country=PT")[:2]
    assert title == "Search: terraces · Portugal"
    assert re.fullmatch(r"\d+ results? for “terraces”, \d+ \w+ \d{4}", subtitle)
    assert paragraphs(client, "/en/take/search.docx")[0] == "Search results"


@pytest.mark.parametrize(
    ("address", "heads"),
    [
        ("compare.docx?ids=stone-terraces,letters-home", ["", "A Stone terraces", "B Letters to the home address"]),
        ("side-by-side.docx?c=EE&c=PT", ["Question", "Estonia", "Portugal"]),
    ],
)
def test_what_stands_side_by_side_lies_on_its_side_in_columns_of_equal_width(
    client: FlaskClient, address: str, heads: list[str]
) -> None:
    file: Any = docx.Document(io.BytesIO(client.get(f"/en/take/{address}").get_data()))
    assert file.sections[0].page_width > file.sections[0].page_height
    words = [each.text for each in file.paragraphs]
    for table in file.tables:
        first, *others = (column.width for column in table.columns)
        assert [cell.text for cell in table.rows[0].cells] == heads
        assert len(set(others)) == 1
        assert first < others[0]
    headings = [each.text for each in file.paragraphs if each.style.name == "Heading 1"]
    assert all(words.count(each) == 1 for each in headings)


@needs_pango
def test_a_practice_is_taken_away_as_pdf(client: FlaskClient) -> None:
    assert client.get("/it/take/practices/stone-terraces.pdf").get_data().startswith(b"%PDF")


@pytest.mark.parametrize(
    "address",
    [
        "/en/take/practices/nothing.docx",
        "/en/take/countries/xx.docx",
        "/en/take/practices/stone-terraces.exe",
    ],
)
def test_what_is_not_there_cannot_be_taken(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/en/take/side-by-side.docx?c=EE", "/en/take/compare.docx?ids=stone-terraces"])
def test_too_few_to_compare_leads_to_where_they_are_chosen(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 303
