"""The matrix of translations: page, filters and table; and the translation tasks on the desk."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import Grant, Role
from kb.content_store.store import ContentStore
from kb.editing.translation.to_do import subject_of_entry
from kb.history import log
from kb.publishing.authorization import subject_of
from kb.records.files.paths import RecordFile
from tests.page import Page, Visit, words
from tests.web.people import sign_in


@pytest.fixture
def translator(app: Flask, client: FlaskClient) -> int:
    return sign_in(app, client, "translator@example.org", Role.TRANSLATOR)


def rows(page: Page) -> dict[str, list[str]]:
    found = [[words(cell) for cell in row] for row in page.elements("tr")]
    return {row[0]: row[1:] for row in found}


@pytest.mark.usefixtures("translator")
def test_each_cell_says_how_a_record_stands_and_leads_to_its_translation(visit: Visit) -> None:
    page = visit("matrix.index", kind="practices", q="terraces")
    cells = next(cells for head, cells in rows(page).items() if head.startswith("Stone terraces"))
    assert cells[0] == "Original"  # no link to the original for users who may only translate
    assert cells[1].startswith("Out of date, Italian: Stone terraces 2 missing, 1 out of date, ")
    assert cells[3].startswith("Missing, Portuguese: Stone terraces")
    assert "/en/editor/practices/stone-terraces/it" in page.links()
    assert "/en/editor/practices/stone-terraces/source" not in page.links()
    assert rows(page)["Totals for all these records"][1].startswith("2 missing, 1 out of date, ")


def test_who_writes_originals_alone_is_led_to_them_and_to_no_translation(
    app: Flask, client: FlaskClient, visit: Visit
) -> None:
    sign_in(app, client, "editor@example.org", Role.CONTRIBUTOR)
    links = visit("matrix.index", kind="practices", q="terraces").links()
    assert "/en/editor/practices/stone-terraces/source" in links
    assert "/en/editor/practices/stone-terraces/it" not in links


@pytest.mark.usefixtures("translator")
def test_drafts_are_there_and_retired_records_are_not(visit: Visit) -> None:
    page = visit("matrix.index", kind="practices")
    assert any(head.endswith("Practices, draft") for head in rows(page))
    assert not any("leaflet" in head.lower() for head in rows(page))


@pytest.mark.usefixtures("translator")
@pytest.mark.parametrize(
    "query",
    ["kind=nothing", "in=xx&state=yy", "country=%00", "area=police&page=999", "page=-1&q=%F0%9F%98%80", "q=zzzzz"],
)
def test_whatever_the_address_says_there_is_an_answer(visit: Visit, query: str) -> None:
    visit(f"/en/desk/translations?{query}")
    visit(f"/lt/desk/translations?{query}")


@pytest.mark.usefixtures("translator")
def test_a_wider_area_has_the_records_of_narrower_ones(visit: Visit) -> None:
    assert any(head.startswith("Stone terraces") for head in rows(visit("matrix.index", area="referral")))
    assert not any(head.startswith("Stone terraces") for head in rows(visit("matrix.index", area="evidence-diary")))


@pytest.mark.usefixtures("translator")
def test_the_table_has_a_row_for_each_record_and_language_and_the_same_filters(client: FlaskClient) -> None:
    response = client.get("/en/desk/translations.csv?kind=practices&q=terraces")
    assert response.content_type == "text/csv; charset=utf-8"
    table = list(csv.DictReader(io.StringIO(response.get_data().decode("utf-8-sig"))))
    assert {row["id"] for row in table} == {"stone-terraces"}
    italian = next(row for row in table if row["language"] == "it")
    assert (italian["standing"], italian["missing"], italian["stale"]) == ("stale", "2", "1")
    assert client.get("/en/desk/translations.csv?kind=practices&page=2&in=lt").get_data().count(b"\r\n") > 1


def test_who_may_not_see_the_desk_sees_neither(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client, "trainer@example.org", Role.TRAINER)
    assert client.get("/en/desk/translations").status_code == 403
    assert client.get("/en/desk/translations.csv").status_code == 403


def test_the_desk_names_what_waits_in_the_languages_of_a_translator(
    client: FlaskClient, translator: int, session: Session, visit: Visit
) -> None:
    grant = session.scalars(select(Grant).where(Grant.user_id == translator)).one()
    grant.languages = "it"
    session.commit()
    page = visit("desk.index")
    assert "Translations needed in your languages" in page.text
    assert "Stone terraces" in page.text
    assert "/en/desk/translations?in=it&state=open" in page.links()
    assert not any("in=lt" in link for link in page.links())


def test_who_translates_nothing_is_not_told_of_translations(app: Flask, client: FlaskClient, visit: Visit) -> None:
    sign_in(app, client, "contributor@example.org", Role.CONTRIBUTOR)
    assert "Translations needed in your languages" not in visit("desk.index").text


def test_the_columns_say_of_a_record_what_its_file_says(session: Session, store: ContentStore) -> None:
    for entry in store.current().catalog.columns.values():
        place = RecordFile(entry.kind, entry.id, "it")
        head = log.find_head(session, RecordFile(entry.kind, entry.id, "source"))
        assert head is not None
        expected = subject_of(place, head.text or "", store.vocabularies)
        assert subject_of_entry(entry, "it", store.vocabularies) == expected, place
