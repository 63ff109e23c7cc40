from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient

from kb.documents.csv_text import unguard_formulas

LIST = {
    "ids": "stone-terraces,letters-home,nothing-here",
    "title": "# A *list*",
    "note.stone-terraces": '=HYPERLINK("https://evil.example")',
    "note.letters-home": "1. not a list\n- nor this, <b>nor</b> [a](b)",
}


def text(client: FlaskClient, name: str, **values: str) -> str:
    response = client.get(f"/en/list.{name}", query_string={**LIST, **values})
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == f'attachment; filename="list.{name}"'
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Cache-Control"] == "no-store"
    return response.get_data(as_text=True)


def test_a_list_is_taken_along_as_text(client: FlaskClient) -> None:
    lines = text(client, "md").split("\n")
    assert lines[0] == r"# \# A \*list\*"
    assert "## 1. Stone terraces" in lines
    assert "E3 evaluated · mixed effects · transferable under conditions · Portugal and Italy · 2012 to 2024" in lines
    assert "*Original, drafted by AI*" in lines
    assert "<http://localhost:5000/en/practices/stone-terraces>" in lines
    assert "This practice is not in the collection. It may have been removed." in lines
    assert "Downloaded from Praxis on 25 November 2026" in lines


def test_a_note_in_a_text_is_text(client: FlaskClient) -> None:
    lines = [line.rstrip() for line in text(client, "md").split("\n")]
    assert r"> \=HYPERLINK(" '"https://evil.example")' in lines
    assert r"> 1\. not a list" in lines
    assert r"> \- nor this, \<b\>nor\</b\> \[a\](b)" in lines


def test_a_list_is_taken_along_as_a_table(client: FlaskClient) -> None:
    data = text(client, "csv")
    assert data.startswith("\ufeffRow,Title,")
    rows = list(csv.DictReader(io.StringIO(data.removeprefix("\ufeff"), newline="")))
    assert [row["Title"] for row in rows] == ["Stone terraces", "Letters to the home address", "nothing-here"]
    assert rows[0]["Strength of evidence"] == "E3 evaluated"
    assert rows[0]["Address"] == "http://localhost:5000/en/practices/stone-terraces"
    assert unguard_formulas(rows[1]["Note"]) == LIST["note.letters-home"]
    assert rows[2]["Address"] == ""


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
def test_no_spreadsheet_calculates_what_somebody_typed(client: FlaskClient, sign: str) -> None:
    data = text(client, "csv", **{"note.stone-terraces": f"{sign}1+1"})
    (row, *_rest) = csv.DictReader(io.StringIO(data.removeprefix("\ufeff"), newline=""))
    assert row["Note"] == f"'{sign}1+1"


def test_an_empty_list_is_an_empty_table(client: FlaskClient) -> None:
    assert client.get("/en/list.csv").get_data(as_text=True).count("\n") == 1
