"""Tables of the desk: downloaded with a filter, uploaded, previewed, published as one change, undone."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kb.accounts.model import User
from kb.content_store.store import ContentStore
from kb.documents.csv_text import to_csv
from kb.exchange.columns import FIXED
from kb.exchange.table_files import TableFormat, write
from kb.history import log
from kb.history.model import Change, Revision
from kb.publishing.actions import publish
from kb.records.files.paths import place_of
from tests.house import NOW, a_curator, an_edit
from tests.page import Page, Visit
from tests.site import use_catalogues
from tests.web.forms import find_form, page_of, send, values_of
from tests.web.people import sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own

INDEX = "/en/desk/tables/practices"
TERRACES, FIRST = "stone-terraces", "ask-first"


@pytest.fixture
def publisher(app: Flask, client: FlaskClient) -> int:
    return sign_in(app, client)


def table(client: FlaskClient, query: str = "") -> dict[str, dict[str, str]]:
    """Return the rows of the downloaded table by id."""
    response = client.get(f"{INDEX}/csv{query}")
    assert response.status_code == 200
    rows = csv.DictReader(io.StringIO(response.get_data().decode("utf-8-sig"), newline=""))
    return {row["id"]: row for row in rows}


def bring(
    client: FlaskClient, visit: Visit, rows: list[dict[str, str]] | bytes, name: str = "table.csv"
) -> TestResponse:
    """Upload a table."""
    data = rows
    if isinstance(data, list):
        assert isinstance(rows, list)
        data = to_csv([list(rows[0]), *(list(row.values()) for row in rows)]).encode()
    form = values_of(find_form(visit(INDEX), "/tables/practices"))
    return client.post(INDEX, data={"csrf_token": form["csrf_token"], "file": (io.BytesIO(data), name)})


def changed(client: FlaskClient, **changes: str) -> list[dict[str, str]]:
    """Return the rows of two records with one fact changed in both."""
    rows = table(client)
    return [{**rows[each], **changes} for each in (TERRACES, FIRST)]


def publish_page(client: FlaskClient, page: Page, changes: dict[str, str] | None = None) -> TestResponse:
    """Press the button that publishes the preview."""
    return send(client, page, INDEX, {"do": "publish", **(changes or {})})


def text_of(session: Session, record_id: str) -> str:
    session.rollback()
    head = log.find_head(session, place_of(f"practices/{record_id}", "source"))
    assert head is not None
    return head.text or ""


def checked(response: TestResponse, app: Flask) -> Page:
    page = page_of(response)
    assert not page.problems(app)
    return page


@pytest.mark.usefixtures("publisher")
def test_a_list_is_taken_along_with_its_filter_in_both_formats(client: FlaskClient, visit: Visit) -> None:
    page = visit("/en/desk/practices?q=terraces&status=published")
    address = page.link("Download as CSV")
    assert address == f"{INDEX}/csv?q=terraces&status=published"
    response = client.get(address)
    assert response.headers["Content-Disposition"] == "attachment; filename=practices-2026-11-25.csv"
    assert list(table(client, "?q=terraces&status=published")) == [TERRACES]
    assert list(table(client, "?country=RO")) == ["letters-home"]
    assert FIRST in table(client, "?area=support-needs-assessment")
    assert "draft-idea" in table(client, "?status=draft")
    sheet = load_workbook(io.BytesIO(client.get(f"{INDEX}/xlsx?q=terraces").get_data())).active
    assert sheet is not None
    assert [cell.value for cell in next(sheet.iter_rows())][:5] == ["id", "language", "fingerprint", "status", "title"]


@pytest.mark.usefixtures("publisher")
def test_a_table_is_looked_at_published_as_one_change_and_undone(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    before = {each: text_of(session, each) for each in (TERRACES, FIRST)}
    changes = session.scalar(select(func.count(Change.number)))
    page = checked(bring(client, visit, changed(client, names="Ana Maria Costa")), app)
    assert "2 records will change" in page.text
    assert {text_of(session, each) for each in before} == set(before.values())  # nothing is saved yet
    assert "Ana Maria Costa" in " ".join(page.texts("ins"))
    assert "STONE" in " ".join(page.texts("del"))

    response = publish_page(client, page, {"note": "Named both"})
    assert response.status_code == 303
    page = visit(response.headers["Location"])
    assert "2 records" in page.text
    session.rollback()
    assert session.scalar(select(func.count(Change.number))) == (changes or 0) + 1
    for record_id, text in before.items():
        now = text_of(session, record_id)
        assert "names: [Ana Maria Costa]" in now
        kept = [line for line in text.splitlines() if not line.startswith("names:")]
        assert [line for line in now.splitlines() if not line.startswith("names:")] == kept
        history = visit("revisions.index", kind="practices", record_id=record_id)
        assert "Changed together with 1 other record" in history.text
        assert "Named both" in history.text

    response = send(client, page, page.address)
    assert response.status_code == 303
    assert {each: text_of(session, each) for each in before} == before
    response = send(
        client, (page := visit(response.headers["Location"])), page.address
    )  # and once more: the change applies again
    assert response.status_code == 303
    assert "names: [Ana Maria Costa]" in text_of(session, FIRST)


@pytest.mark.usefixtures("publisher")
def test_what_moved_on_is_left_aside_and_the_rest_goes_on(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    rows = changed(client, names="Ana Maria Costa")
    looked_at = page_of(bring(client, visit, rows))
    place = place_of(f"practices/{TERRACES}", "source")
    theirs = text_of(session, TERRACES).replace("title: Stone terraces", "title: Dry terraces")
    edit = an_edit(session, theirs, place)
    publish(session, store, a_curator(session, "other@example.org"), [edit], note="", now=NOW)
    session.commit()
    response = publish_page(client, looked_at, {"note": "Named both"})
    assert response.status_code == 422
    page = checked(response, app)
    assert "stone-terraces has changed since you downloaded the table." in page.text
    assert "1 record will change" in page.text
    assert page.by_id("note").get("value") == "Named both"
    assert publish_page(client, page).status_code == 303
    assert "Ana Maria Costa" in text_of(session, FIRST)
    assert text_of(session, TERRACES) == theirs


@pytest.mark.usefixtures("publisher")
def test_an_undo_is_refused_if_a_record_moved_on(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    page = page_of(bring(client, visit, changed(client, names="Ana Maria Costa")))
    shown = visit(publish_page(client, page, {"note": "Both"}).headers["Location"])
    text = text_of(session, FIRST).replace("Ana Maria Costa", "Rui")
    edit = an_edit(session, text, place_of(f"practices/{FIRST}", "source"))
    publish(session, store, a_curator(session, "other@example.org"), [edit], note="", now=NOW)
    session.commit()
    response = send(client, shown, shown.address)
    assert response.status_code == 422
    page = checked(response, app)
    assert "practices/ask-first has newer changes, which would be lost." in page.text
    assert "Ana Maria Costa" in text_of(session, TERRACES)
    assert text_of(session, FIRST) == text


@pytest.mark.usefixtures("publisher")
def test_wrong_cells_are_named_by_row_and_column_and_nothing_is_published(
    app: Flask, client: FlaskClient, visit: Visit
) -> None:
    rows = [
        *changed(client, start_year="soon", title=""),
        {**changed(client)[0], "id": "nothing-here"},
    ]
    response = bring(client, visit, rows)
    assert response.status_code == 422
    page = checked(response, app)
    cells = [tuple(page.texts("td")[start : start + 2]) for start in range(0, len(page.texts("td")), 2)]
    assert ("Start year (start_year)", "Enter a year with four digits, for example 2010.") in cells
    assert ("Title (title)", "title is missing.") in cells
    assert page.texts("th", scope="row")[-1] == "Row 4nothing-here"
    assert "0 records will change" in page.text
    assert not page.elements("button", value="publish")


@pytest.mark.usefixtures("publisher")
def test_choices_are_understood_as_the_form_calls_them_and_unknown_names_are_told_in_its_words(
    client: FlaskClient, visit: Visit
) -> None:
    page = page_of(bring(client, visit, changed(client, prevalence="Common in Europe", actors="policcce")))
    assert "“policcce” was not found." in page.text
    assert page.texts("ins") == ["common", "common"]


@pytest.mark.usefixtures("publisher")
@pytest.mark.parametrize("table_format", TableFormat)
def test_columns_are_understood_as_the_form_calls_them_in_the_language_of_the_reader(
    app: Flask, client: FlaskClient, visit: Visit, tmp_path: Path, table_format: TableFormat
) -> None:
    catalogue = Catalog(locale="it")
    catalogue.add("Use in Europe", "Quanto è diffusa in Europa")
    catalogue.add("Common in Europe", "comune in Europa")
    (tmp_path / "it" / "LC_MESSAGES").mkdir(parents=True)
    with (tmp_path / "it" / "LC_MESSAGES" / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    use_catalogues(app, str(tmp_path))
    italian = INDEX.replace("/en/", "/it/")
    page = visit(italian)
    labels = dict(zip(page.texts("dt"), page.texts("dd"), strict=True))
    rows = changed(client, prevalence="Comune in Europa")
    header = [labels.get(name, name) if name not in FIXED else name for name in rows[0]]
    assert "Quanto è diffusa in Europa" in header
    data = write(table_format, "practices", [header, *(list(row.values()) for row in rows)])
    form = values_of(find_form(page, "/tables/practices"))
    table_file = (io.BytesIO(data), f"tabella.{table_format}")
    found = page_of(client.post(italian, data={"csrf_token": form["csrf_token"], "file": table_file}))
    assert found.texts("ins") == ["common", "common"]


@pytest.mark.usefixtures("publisher")
def test_a_note_is_asked_for_and_what_was_looked_at_stays(app: Flask, client: FlaskClient, visit: Visit) -> None:
    page = page_of(bring(client, visit, changed(client, names="Ana")))
    response = publish_page(client, page)
    assert response.status_code == 422
    again = checked(response, app)
    assert again.by_id("note").get("aria-invalid") == "true"
    assert values_of(find_form(again, INDEX))["rows"] == values_of(find_form(page, INDEX))["rows"]


@pytest.mark.usefixtures("publisher")
def test_a_note_is_not_lost_where_the_changes_did_not_arrive_nor_cut_where_it_is_long(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    page = page_of(bring(client, visit, changed(client, names="Ana")))
    again = checked(publish_page(client, page, {"note": "Named both", "rows": "["}), app)
    assert values_of(find_form(again, INDEX))["note"] == "Named both"
    form = find_form(again, INDEX)
    rows = changed(client, names="Ana")
    data = to_csv([list(rows[0]), *(list(row.values()) for row in rows)]).encode()
    values = {**values_of(form).to_dict(), "file": (io.BytesIO(data), "table.csv")}
    assert page_of(client.post(INDEX, data=values)).by_id("note").get("value") == "Named both"
    response = publish_page(client, page, {"note": "x" * 2001})
    assert response.status_code == 422
    assert "Enter at most 2000 characters." in checked(response, app).text
    assert page_of(response).by_id("note").get("value") == "x" * 2001
    assert "names: [Ana]" not in text_of(session, FIRST)


@pytest.mark.usefixtures("publisher")
def test_with_four_eyes_a_table_is_looked_at_and_never_published(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    looked_at = page_of(bring(client, visit, changed(client, names="Ana")))
    app.config["FOUR_EYES"] = True
    page = checked(bring(client, visit, changed(client, names="Ana")), app)
    assert "2 records will change" in page.text
    assert not page.elements("button", value="publish")
    response = publish_page(client, looked_at, {"note": "All"})
    assert response.status_code == 422
    assert "On this site, a second person reviews each text before publication." in page_of(response).text
    assert "names: [Ana]" not in text_of(session, FIRST)


@pytest.mark.usefixtures("publisher")
def test_with_four_eyes_a_change_is_undone_with_a_reason(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    looked_at = page_of(bring(client, visit, changed(client, names="Ana")))
    page = visit(publish_page(client, looked_at, {"note": "All"}).headers["Location"])
    app.config["FOUR_EYES"] = True
    response = send(client, page, page.address)
    assert response.status_code == 422
    again = checked(response, app)
    assert again.by_id("note").get("aria-invalid") == "true"
    assert "This change cannot be undone" not in again.text
    response = send(client, again, page.address, {"note": "Ana did not want it."})
    assert response.status_code == 303
    assert "Ana did not want it." in visit(response.headers["Location"]).text
    assert "names: [Ana]" not in text_of(session, FIRST)


@pytest.mark.usefixtures("publisher")
@pytest.mark.parametrize(
    "rows", ["", "[", "[[1]]", '[[2,{"id":5}]]', '[[2,{"id":"\\ud800"}]]', "{}", "[[1e9,{}]]", "7"]
)
def test_a_form_that_was_tampered_with_is_refused(
    client: FlaskClient, visit: Visit, session: Session, rows: str
) -> None:
    number = session.scalar(select(func.max(Revision.id)))
    page = page_of(bring(client, visit, changed(client, names="Ana")))
    assert publish_page(client, page, {"note": "All", "rows": rows}).status_code == 422
    session.rollback()
    assert session.scalar(select(func.max(Revision.id))) == number


@pytest.mark.usefixtures("publisher")
def test_a_form_carries_no_fact_that_a_table_does_not_have(client: FlaskClient, visit: Visit, session: Session) -> None:
    page = page_of(bring(client, visit, changed(client, names="Ana")))
    number, cells = json.loads(values_of(find_form(page, INDEX))["rows"])[0]
    cells |= {"status": "retired", "evidence_level": "ev-5-replicated", "sources": "", "same_as": "x"}
    response = publish_page(client, page, {"note": "All", "rows": json.dumps([[number, cells]])})
    assert response.status_code == 422  # a table cannot change the status
    del cells["status"]
    response = publish_page(client, page, {"note": "All", "rows": json.dumps([[number, cells]])})
    assert response.status_code == 303
    assert "ev-5-replicated" not in text_of(session, TERRACES)
    assert "status: published" in text_of(session, TERRACES)


@pytest.mark.usefixtures("publisher")
def test_files_that_are_no_table_or_too_large_are_refused(app: Flask, client: FlaskClient, visit: Visit) -> None:
    for data in (
        b"",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        b"PK\x03\x04 nothing",
        "id;título\n".encode("cp1252"),
        b"a,b\n1,2\n",
    ):
        response = bring(client, visit, data)
        assert response.status_code == 422, data
        assert checked(response, app).heading == "Upload an edited table"
    assert bring(client, visit, b"id,fingerprint\n" + b"x" * 10_000_000).status_code == 413


@pytest.mark.usefixtures("publisher")
def test_text_from_a_table_is_text_on_its_page(app: Flask, client: FlaskClient, visit: Visit) -> None:
    script = "<script>alert(1)</script>"
    rows = [
        {**row, script: "x", "id": row["id"] if number else script}
        for number, row in enumerate(changed(client, names=script))
    ]
    page = checked(bring(client, visit, rows), app)
    assert script in page.text
    assert "<script>alert" not in page.html


@pytest.mark.usefixtures("publisher")
def test_a_form_that_would_be_too_large_is_not_offered(
    client: FlaskClient, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.web.desk.spreadsheets_page.MAX_CARRIED", 10)
    page = page_of(bring(client, visit, changed(client, names="Ana")))
    assert "There are too many changes for one form." in page.text
    assert not page.elements("button", value="publish")


def test_who_may_publish_in_one_country_alone_publishes_there_alone(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    user = session.get_one(User, sign_in(app, client))
    user.grants[0].countries = "IT"  # the country of the terraces only
    session.commit()
    response = bring(client, visit, changed(client, names="Ana"))
    assert response.status_code == 422
    page = checked(response, app)
    assert "You do not have permission to change this record." in page.text
    assert publish_page(client, page, {"note": "Mine"}).status_code == 303
    assert "names: [Ana]" in text_of(session, TERRACES)
    assert "names: [Ana]" not in text_of(session, FIRST)
