"""The desk lists dead links, with the records that contain them."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.editing.model import LinkCheck
from tests.house import NOW
from tests.page import Visit
from tests.web.people import sign_in


def test_the_desk_shows_links_that_are_gone(app: Flask, client: FlaskClient, session: Session, visit: Visit) -> None:
    sign_in(app, client)
    for address, status, failures in (("https://a.example/gone", 404, 1), ("https://b.example/slow", 0, 1)):
        record = "practices/stone-terraces practices/not-there-any-more"
        session.add(LinkCheck(address=address, at=NOW, status=status, failures=failures, records=record))
    session.commit()
    page = visit("desk.index")
    assert "https://a.example/gone" in page.text
    assert "page no longer exists: the server returned 404" in page.text
    assert "https://b.example/slow" not in page.text
    links = [each.get("href") or "" for each in page.elements("a")]
    assert any(each.endswith("/desk/practices/stone-terraces") for each in links)
    assert not any("not-there-any-more" in each for each in links)


def test_the_desk_names_services_checked_more_than_a_year_ago(app: Flask, client: FlaskClient, visit: Visit) -> None:
    sign_in(app, client)
    page = visit("desk.index")
    assert "Support services to check again 1" in page.text
    assert "1 service, checked on 3 August 2025" in page.text
    assert page.link("Form for the service") == "/en/suggest/services/lt-ku"
