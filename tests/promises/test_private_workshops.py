"""A workshop that is not public can be found nowhere, nor be inferred: every answer is that of a site without it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.web.kept import Kept
from kb.workshops.model import Visibility, Workshop
from tests.house import ITEM, NOW, WORKSHOP, WORKSHOP_LINK
from tests.page import address_of
from tests.promises.test_permissions import EVERYONE, audience
from tests.promises.test_routes import values_of

pytestmark = pytest.mark.slow  # each test walks the whole site three times
# What a workshop of the sample says of itself; where it takes place is no secret of its own.
ITS_WORDS = ("After the storm", "Po audros", WORKSHOP, WORKSHOP_LINK, ITEM)
SEARCHES = (
    *("q=storm", "q=After+the+storm", "q=audra", "q=masons", "q=walls", "q=slips", "q=%22after+the+storm%22"),
    *("kind=workshops", "kind=workshops&q=storm", "kind=workshops&kind=themes&q=storm", "q=storm&sort=newest"),
    *("q=storn", "q=mason&page=2", "q=Vilnius"),
)


def addresses(app: Flask) -> Iterator[str]:
    """Yield every address that answers a reader, and searches of all sorts that might find the workshop."""
    for rule in app.url_map.iter_rules():
        endpoint = rule.endpoint
        if "GET" in (rule.methods or ()) and endpoint != "static" and audience(endpoint) == EVERYONE:
            yield address_of(app, endpoint, language="en", **values_of(rule))
    for page in ("/en/search", "/lt/search", "/en/search.atom", "/en/search/values", "/en/search/suggest"):
        yield from (f"{page}?{search}&facet=kind" for search in SEARCHES)
    yield from (f"/en/terms?find={word}" for word in ("storm", "masons"))
    yield from (f"/{code}/workshops?lang={code}" for code in ("en", "lt", "it"))
    yield from (f"/lt/{page}" for page in ("", "workshops", "workshops/with/practices/stone-terraces"))
    site = app.config["PUBLIC_URL"]
    yield from (f"/oembed?url={site}/en/{page}{WORKSHOP}" for page in ("workshops/", "embed/workshops/"))


PRINTED = (".docx", ".odt", ".pdf", ".zip")  # they hold the moment at which they were made
Answers = dict[str, tuple[int, bytes]]


def answers(app: Flask, client: FlaskClient) -> Answers:
    """Return what a reader is answered everywhere, but for files for printing."""
    found: Answers = {}
    for address in addresses(app):
        if PurePath(address).suffix in PRINTED:
            continue
        response = client.get(address)
        if (response.mimetype or "").startswith("text/") or (response.mimetype or "").endswith(("json", "xml")):
            found[address] = response.status_code, response.data
    return found


def is_named(address: str) -> bool:
    """Whether an address ends with what only those know who were told."""
    return WORKSHOP in address or WORKSHOP_LINK in address


def put(session: Session, visibility: str, *, is_archived: bool = False) -> None:
    workshop = session.get_one(Workshop, WORKSHOP)
    workshop.visibility, workshop.archived = visibility, NOW if is_archived else None
    session.commit()


def differing(app: Flask, client: FlaskClient, session: Session) -> tuple[set[str], Answers]:
    """Return the addresses that answer something else without the workshop, and what they answer with it.

    Everything was asked for while it was public: what the site kept of that would be answered too.
    """
    with_it = answers(app, client)
    session.delete(session.get_one(Workshop, WORKSHOP))
    session.commit()
    app.extensions["kept"] = Kept()
    without = answers(app, client)
    return {address for address, answer in with_it.items() if answer != without[address]}, with_it


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.LINK])
def test_a_workshop_that_is_not_public_is_as_if_it_never_was(
    app: Flask, client: FlaskClient, session: Session, visibility: str
) -> None:
    answers(app, client)
    put(session, visibility)
    different, now = differing(app, client, session)
    # Whoever has the link is shown the workshop.
    by_link = {address for address in now if WORKSHOP_LINK in address and visibility == Visibility.LINK}
    assert different == by_link
    # Besides, what somebody typed herself is said again, in the field of the search and in its heading.
    pages = {address: data.decode() for address, (_status, data) in now.items() if "?" not in address}
    found = {address: [each for each in ITS_WORDS if each in text] for address, text in pages.items()}
    assert {address: words for address, words in found.items() if words and not is_named(address)} == {}


def test_one_in_the_archive_is_shown_by_its_address_alone(app: Flask, client: FlaskClient, session: Session) -> None:
    answers(app, client)
    put(session, Visibility.PUBLIC, is_archived=True)
    different, _now = differing(app, client, session)
    assert different
    assert all(is_named(address) for address in different)


def test_the_check_would_notice_a_public_one(app: Flask, client: FlaskClient, session: Session) -> None:
    different, _now = differing(app, client, session)
    assert {
        "/en/workshops",
        "/sitemap-workshops.xml",
        "/en/search?q=storm&facet=kind",
        "/lt/search?kind=workshops&facet=kind",
        "/lt/workshops/with/practices/stone-terraces",
        f"/en/embed/workshops/{WORKSHOP}",
        f"/oembed?url=http://localhost:5000/en/workshops/{WORKSHOP}",
    } <= different
    for records in ("/en/search.atom?q=storm&facet=kind", "/en/search/suggest?q=storm&facet=kind", "/sitemap.xml"):
        assert records not in different
