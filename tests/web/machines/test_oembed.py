"""The oEmbed 1.0 endpoint, which tells other sites how to embed a page."""

from __future__ import annotations

import socket
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from kb.workshops.model import Visibility, Workshop
from kb.workshops.plan import access
from tests.house import WORKSHOP, WORKSHOP_LINK
from tests.page import Page, Visit

SITE = "http://localhost:5000"
PRACTICE = f"{SITE}/it/practices/stone-terraces"
FOREIGN = (
    *("stone-terraces", "/it/practices/stone-terraces", "//localhost:5000/it/practices/stone-terraces"),
    *("http://praxis.invalid/it/practices/stone-terraces", "https://localhost:5000/it/practices/stone-terraces"),
    *("http://localhost/it/practices/stone-terraces", "http://localhost:50001/it/practices/stone-terraces"),
    *("http://localhost:5000@praxis.invalid/it/practices/stone-terraces", "http://a@localhost:5000/it/practices/x"),
    *("http://127.0.0.1:5000/it/practices/stone-terraces", "http://169.254.169.254/latest/meta-data/"),
    *("file:///etc/passwd", "javascript:alert(1)", "gopher://localhost:5000/x", "http://[::1", "http://[bad"),
    *("http://localhost:5000.praxis.invalid/it/practices/stone-terraces", "http:localhost:5000/it/practices/x"),
    *(f"{SITE}/it/practices/nowhere", f"{SITE}/en/practices/draft-idea", f"{SITE}/en/practices/night-bus"),
    *(f"{SITE}/en/", f"{SITE}/en/practices", f"{SITE}/en/account", f"{SITE}/en/practices/stone-terraces/cite", SITE),
    *(
        f"{SITE}/en/practices/stone-terraces%2F..",
        f"{SITE}/oembed?url={PRACTICE}",
        f"{SITE}/de/practices/stone-terraces",
    ),
    *(
        f"{SITE}/en/workshops/{WORKSHOP_LINK}",
        f"{SITE}/en/workshops/never-was",
        "http://localhost:5000\\@praxis.invalid/",
    ),
)


def ask(client: FlaskClient, **values: object) -> tuple[int, dict[str, Any]]:
    response = client.get("/oembed", query_string=values)
    assert response.mimetype == "application/json"
    assert response.headers["Cache-Control"] == "no-store"
    return response.status_code, response.get_json()


@pytest.fixture
def framed(app: Flask) -> None:
    app.config["EMBED_ORIGINS"] = ("https://learning.example.org",)


@pytest.mark.usefixtures("framed")
def test_a_practice_has_a_frame(client: FlaskClient) -> None:
    assert ask(client, url=PRACTICE, format="json") == (
        200,
        {
            "version": "1.0",
            "type": "rich",
            "title": "Terrazze di pietra",
            "provider_name": "Praxis",
            "provider_url": f"{SITE}/it/",
            "width": 600,
            "height": 450,
            "html": f'<iframe src="{SITE}/it/embed/practices/stone-terraces" title="Terrazze di pietra" width="600" '
            'height="450" loading="lazy"></iframe>',
        },
    )


@pytest.mark.usefixtures("framed")
@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/en/practices/stone-terraces#results", "Stone terraces"),
        ("/en/practices/stone-terraces?from=mail", "Stone terraces"),
        ("/p/stone-terraces", "Stone terraces"),
        ("/it/embed/practices/stone-terraces", "Terrazze di pietra"),
        (f"/lt/workshops/{WORKSHOP}", "Po audros"),
        (f"/en/embed/workshops/{WORKSHOP}", "After the storm"),
    ],
)
def test_pages_are_known_by_each_of_their_addresses(client: FlaskClient, path: str, title: str) -> None:
    status, said = ask(client, url=f"{SITE}{path}")
    assert (status, said["type"], said["title"]) == (200, "rich", title)
    source = said["html"].partition('src="')[2].partition('"')[0]
    assert client.get(urlsplit(source).path).status_code == 200


@pytest.mark.usefixtures("framed")
@pytest.mark.parametrize(
    ("given", "size"),
    [
        ({"maxwidth": 320, "maxheight": 240}, (320, 240)),
        ({"maxwidth": 5000, "maxheight": 5000}, (600, 450)),
        ({"maxwidth": 1, "maxheight": 0}, (200, 200)),
        ({"maxwidth": "wide", "maxheight": "-3"}, (600, 450)),
        ({"maxwidth": "٣٢٠", "maxheight": "9" * 5000}, (600, 450)),
    ],
)
def test_it_is_no_larger_than_asked_for(client: FlaskClient, given: dict[str, object], size: tuple[int, int]) -> None:
    _status, said = ask(client, url=PRACTICE, **given)
    assert (said["width"], said["height"]) == size
    assert f'width="{size[0]}" height="{size[1]}"' in said["html"]


def test_where_no_site_may_show_a_card_there_is_a_link(client: FlaskClient) -> None:
    """A frame that stays empty would be worse."""
    status, said = ask(client, url=PRACTICE)
    assert (status, said["type"], said["title"]) == (200, "link", "Terrazze di pietra")
    assert "html" not in said


@pytest.mark.parametrize("address", FOREIGN)
def test_any_other_address_means_nothing_and_nobody_is_asked(
    client: FlaskClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_more: object) -> None:
        pytest.fail("something was fetched")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    status, said = ask(client, url=address)
    assert status == 404
    assert said == {"error": "Set “url” to the full address of a practice or public workshop on this site."}


def test_a_workshop_that_is_not_public_looks_as_if_it_never_was(client: FlaskClient, session: Session) -> None:
    never = ask(client, url=f"{SITE}/en/workshops/never-was")
    for visibility in (Visibility.LINK, Visibility.PRIVATE):
        session.get_one(Workshop, WORKSHOP).visibility = visibility
        session.commit()
        for key in (WORKSHOP, WORKSHOP_LINK):
            assert ask(client, url=f"{SITE}/en/workshops/{key}") == never


def test_without_an_address_it_says_what_to_send(client: FlaskClient) -> None:
    status, said = ask(client)
    assert status == 422
    assert "“url”" in said["error"]


def test_other_formats_are_not_offered(client: FlaskClient) -> None:
    assert ask(client, url=PRACTICE, format="xml")[0] == 501  # the status that oEmbed specifies
    assert ask(client, url=PRACTICE, format="yaml")[0] == 422


@pytest.mark.usefixtures("framed")
def test_a_title_is_never_markup(client: FlaskClient, session: Session) -> None:
    session.get_one(Workshop, WORKSHOP).title = {"en": '"><script>alert(1)</script>'}
    session.commit()
    _status, said = ask(client, url=f"{SITE}/en/workshops/{WORKSHOP}")
    assert "<script" not in said["html"]
    assert 'title="&#34;&gt;&lt;script&gt;' in said["html"]


def test_a_site_below_a_path_knows_its_addresses(app: Flask, client: FlaskClient) -> None:
    app.config["PUBLIC_URL"] = "https://example.org/praxis/"
    assert ask(client, url="https://example.org/praxis/en/practices/stone-terraces")[0] == 200
    assert ask(client, url="https://example.org/en/practices/stone-terraces")[0] == 404


def test_a_silent_database_is_said(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        message = "no connection"
        raise OperationalError(message, None, Exception())

    monkeypatch.setattr(access, "public", broken)
    assert ask(client, url=f"{SITE}/en/workshops/{WORKSHOP}")[0] == 503


def discovery(page: Page) -> list[str]:
    return [each.get("href", "") for each in page.elements("link", type="application/json+oembed")]


def test_pages_tell_where_to_ask(visit: Visit, client: FlaskClient, session: Session) -> None:
    for address, title in (
        ("/it/practices/stone-terraces", "Terrazze di pietra"),
        ("/ro/practices/stone-terraces", "Stone terraces"),
        (f"/lt/workshops/{WORKSHOP}", "Po audros"),
    ):
        (found,) = discovery(visit(address))
        assert client.get(found.removeprefix(SITE)).get_json()["title"] == title
    session.get_one(Workshop, WORKSHOP).visibility = Visibility.LINK
    session.commit()
    for address in (
        f"/en/workshops/{WORKSHOP_LINK}",
        "/en/practices/stone-terraces/versions/1",
        "/en/practices/stone-terraces/cite",
    ):
        assert discovery(visit(address)) == []
