"""A workshop that is not public can be neither found nor inferred: all responses equal those of a site without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.web.http.page_cache import PageCache
from kb.workshops.model import Visibility, Workshop
from kb.workshops.public_search.search_index import WorkshopIndex
from tests.house import ITEM, NOW, WORKSHOP, WORKSHOP_LINK
from tests.page import address_of
from tests.promises.test_permissions import EVERYONE, audience
from tests.promises.test_routes import values_of

pytestmark = pytest.mark.slow  # requests the whole site five times
# Texts of a sample workshop. Its place alone is not secret, so it is not listed.
ITS_WORDS = ("After the storm", "Po audros", WORKSHOP, WORKSHOP_LINK, ITEM)
SEARCHES = (
    *("q=storm", "q=After+the+storm", "q=audra", "q=masons", "q=walls", "q=slips", "q=%22after+the+storm%22"),
    *("kind=workshops", "kind=workshops&q=storm", "kind=workshops&kind=themes&q=storm", "q=storm&sort=newest"),
    *("q=storn", "q=mason&page=2", "q=Vilnius"),
)


def addresses(app: Flask) -> Iterator[str]:
    """Yield every URL that answers readers, and many kinds of searches that might find the workshop."""
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


SHOWN_WHILE_PUBLIC = {
    "/en/workshops",
    "/sitemap-workshops.xml",
    "/en/search?q=storm&facet=kind",
    "/lt/search?kind=workshops&facet=kind",
    "/lt/workshops/with/practices/stone-terraces",
    f"/en/embed/workshops/{WORKSHOP}",
    f"/oembed?url=http://localhost:5000/en/workshops/{WORKSHOP}",
}
OF_RECORDS_ALONE = {"/en/search.atom?q=storm&facet=kind", "/en/search/suggest?q=storm&facet=kind", "/sitemap.xml"}
PRINTED = (".docx", ".odt", ".pdf", ".zip")  # they contain the time of their creation
Answers = dict[str, tuple[int, bytes]]


def answers(app: Flask, client: FlaskClient, *, among: Iterable[str] = ()) -> Answers:
    """Return the response of every URL for readers, or of some of them, without files for printing."""
    found: Answers = {}
    for address in among or addresses(app):
        if PurePath(address).suffix in PRINTED:
            continue
        response = client.get(address)
        if (response.mimetype or "").startswith("text/") or (response.mimetype or "").endswith(("json", "xml")):
            found[address] = response.status_code, response.data
    return found


def is_named(address: str) -> bool:
    """Return whether a URL contains the secret id or link of the workshop."""
    return WORKSHOP in address or WORKSHOP_LINK in address


def put(session: Session, index: WorkshopIndex, visibility: str, *, is_archived: bool = False) -> None:
    workshop = session.get_one(Workshop, WORKSHOP)
    workshop.visibility, workshop.archived = visibility, NOW if is_archived else None
    session.commit()
    if visibility == Visibility.PUBLIC and not is_archived:
        index.refresh(session)  # as the follower does; a workshop that was hidden just now is still in the index


def differing(now: Answers, without: Answers) -> set[str]:
    """Return the URLs whose responses differ without the workshop."""
    return {address for address, answer in now.items() if answer != without[address]}


def test_a_workshop_that_is_not_public_is_as_if_it_never_was(app: Flask, client: FlaskClient, session: Session) -> None:
    """Each request is made first while the workshop is public: a cached response would show up later.

    Only responses that contain a public workshop can be cached with it: after the first time, only these are requested.
    """
    hidden: dict[str, Answers] = {}
    public: list[Answers] = []
    index: WorkshopIndex = app.extensions["public workshops"]
    for name, visibility, is_archived in (
        ("private", Visibility.PRIVATE, False),
        ("link", Visibility.LINK, False),
        ("archive", Visibility.PUBLIC, True),
    ):
        put(session, index, Visibility.PUBLIC)
        shown = sorted(differing(public[0], hidden["private"]) | OF_RECORDS_ALONE) if public else ()
        public.append(answers(app, client, among=shown))
        put(session, index, visibility, is_archived=is_archived)
        hidden[name] = answers(app, client)
    session.delete(session.get_one(Workshop, WORKSHOP))
    session.commit()
    app.extensions["kept"], app.extensions["kept searches"] = PageCache(), PageCache()
    without = answers(app, client)
    assert differing(hidden["private"], without) == set()
    # Readers with the link see the workshop.
    assert differing(hidden["link"], without) == {address for address in without if WORKSHOP_LINK in address}
    # An archived workshop is shown at its URL.
    by_address = differing(hidden["archive"], without)
    assert by_address
    assert all(is_named(address) for address in by_address)
    # Pages with a query string may repeat the typed text, so they are left out.
    for name in ("private", "link"):
        pages = {address: data.decode() for address, (_status, data) in hidden[name].items() if "?" not in address}
        found = {address: [each for each in ITS_WORDS if each in text] for address, text in pages.items()}
        assert {address: words for address, words in found.items() if words and not is_named(address)} == {}, name
    # The test can fail: a public workshop causes differences, the third time as well as the first.
    for each in public:
        different = differing(each, without)
        assert different >= SHOWN_WHILE_PUBLIC
        assert not different & OF_RECORDS_ALONE
