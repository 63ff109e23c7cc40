"""The desk finds records and drafts of any status by title and id."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.accounts.model import Role
from tests.page import Visit
from tests.web.desk.test_views import NEW, a_new_record
from tests.web.people import EMAIL, sign_in


@pytest.mark.usefixtures("session")
def test_a_record_is_found_without_accents_and_leads_to_its_editor(
    app: Flask, client: FlaskClient, visit: Visit
) -> None:
    sign_in(app, client)
    page = visit("/en/desk/find?q=TERRÂCES+stone")
    assert page.link("Stone terraces") == "/en/desk/practices/stone-terraces"
    assert page.link("Edit: Stone terraces") == "/en/editor/practices/stone-terraces/source"
    assert "Retired" in visit("/en/desk/find?q=night-bus").text
    assert "0 results" in visit("/en/desk/find?q=zzz").text
    assert "result" not in visit("/en/desk/find?q=").text


def test_a_draft_of_a_new_record_is_found_by_its_title(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    sign_in(app, client)
    draft = a_new_record(session)
    assert visit("/en/desk/find?q=rope+ladder").link("Rope ladders").endswith(f"/source?draft={draft.id}")
    sign_in(app, client, "other@example.org", Role.CONTRIBUTOR)
    page = visit("/en/desk/find?q=rope+ladder")
    assert f"Rope ladders {NEW.record}, original" in page.text
    assert "By Ana Costa" in page.text
    assert not [each for each in page.links() if f"draft={draft.id}" in each]  # title and author, not the text
    assert EMAIL not in page.text
