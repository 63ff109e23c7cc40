"""The list of records: its filters and order, and changes of ticked records."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.history import log
from kb.publishing.catch_up import catch_up
from tests.house import NOW
from tests.page import Page, Visit
from tests.web.desk.test_views import PLACE
from tests.web.forms import page_of, send
from tests.web.people import sign_in

pytestmark = pytest.mark.slow
TABLES, ASKED = "/desk/tables/practices", "ask-first"


@pytest.fixture(autouse=True)
def publisher(app: Flask, client: FlaskClient) -> int:
    return sign_in(app, client)


def ids(page: Page) -> list[str]:
    return [each.get("value", "") for each in page.elements("input", name="ticked")]


def test_a_list_is_filtered_by_origin_keeper_and_review_and_sorted(visit: Visit) -> None:
    everything = ids(visit("/en/desk/practices"))
    assert everything == sorted(everything)
    drafted, signed = (ids(visit(f"/en/desk/practices?origin={each}")) for each in ("drafted", "signed"))
    assert drafted
    assert sorted((*drafted, *signed)) == everything
    kept = visit("/en/desk/practices?keeper=-")
    assert "No maintainer yet" in kept.texts("tbody")[0]
    assert "letters-home" in ids(visit("/en/desk/practices?review=overdue"))
    assert "letters-home" not in ids(visit("/en/desk/practices?review=none"))
    assert ids(visit("/en/desk/practices?sort=due"))[0] == "letters-home"
    titles = [each[8:] for each in visit("/en/desk/practices?sort=title").texts("label") if each.startswith("Select: ")]
    assert titles == sorted(titles, key=str.casefold)
    assert sorted(ids(visit("/en/desk/practices?sort=changed&page=x"))) == everything


def test_ticked_records_get_a_keeper_and_a_date_after_a_preview_in_one_change(
    client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    catch_up(session, store, NOW)
    page = visit("/en/desk/practices?q=e")
    nothing = page_of(send(client, page, TABLES, {"do": "ticked", "ticked": PLACE.id}))
    assert "Fill in at least one field." in nothing.text
    typed: dict[str, str | list[str]] = {
        "do": "ticked",
        "ticked": [PLACE.id, ASKED],
        "set-keeper": " Mona  Keeper",
        "set-review_due": "2027-05-01",
    }
    nobody = page_of(send(client, page, TABLES, {**typed, "ticked": []}))
    assert "Select at least one record." in nobody.text
    assert nobody.by_id("set-keeper").get("value") == " Mona  Keeper"
    preview = page_of(send(client, page, TABLES, typed))
    assert "2 records will change" in preview.text
    # What AI drafted gets a keeper by being signed off; the rest of the change is offered.
    assert "keeper refers to a person, but the record is marked as drafted by AI." in preview.text
    assert "Upload" not in preview.text
    before = log.last_number(session)
    response = send(client, preview, TABLES, {"do": "publish", "note": "Mona keeps these."})
    assert response.status_code == 303
    session.rollback()
    assert log.last_number(session) == before + 1
    kept, drafted = (store.current().catalog.columns[PLACE.kind, each] for each in (ASKED, PLACE.id))
    assert (kept.keeper, str(kept.review_due)) == ("Mona Keeper", "2027-05-01")
    assert (drafted.keeper, str(drafted.review_due)) == ("", "2027-05-01")
    assert ids(visit("/en/desk/practices?keeper=Mona+Keeper&sort=changed")) == [ASKED]
