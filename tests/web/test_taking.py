from __future__ import annotations

import io
import zipfile

import pytest
from flask.testing import FlaskClient

from tests.pango import needs_pango


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
