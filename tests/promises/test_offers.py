"""Pages offer only permitted actions: no link and no button on a page is refused for the user who sees it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from kb.accounts.model import Role, User
from kb.accounts.permissions import Permission, may
from kb.content_store.store import ContentStore
from kb.history import log
from kb.i18n import LANGUAGES
from kb.publishing.authorization import writing
from kb.publishing.drafts import save_draft
from kb.publishing.review import submit
from kb.records.files.paths import RecordFile, place_of
from tests.house import NOW, a_curator, an_edit, publish_text
from tests.page import Page, address_of
from tests.promises.test_permissions import EVERYONE, a_visitor, audience
from tests.promises.test_routes import readable
from tests.safety.walking import is_file

pytestmark = pytest.mark.slow  # it follows every link of every page

# These buttons require more permissions than the page that contains them.
BUTTONS: dict[str, Permission] = {
    "publish": Permission.PUBLISH,
    "approve": Permission.REVIEW,
    "return": Permission.REVIEW,
    "approve-and-publish": Permission.PUBLISH,
    "schedule": Permission.PUBLISH,
    "unschedule": Permission.PUBLISH,
}
# Pages whose addresses `readable` does not yield.
MORE = ("/en/editor/practices/stone-terraces/it", "/en/editor/practices/stone-terraces/lt?view=raw", "/en/desk/pages")


def something_to_decide(session: Session, store: ContentStore) -> list[str]:
    """Publish a second text and send a third one to review; return the pages that now offer more actions."""
    author, place = a_curator(session, "ben@example.org"), place_of("practices/stone-terraces", "source")
    head = log.find_head(session, place)
    assert head is not None
    publish_text(session, store, f"{head.text}\nA second text.\n", place)
    draft = save_draft(session, author, an_edit(session, f"{head.text}\nA third text.\n", place), now=NOW)
    submit(session, store, author, draft.id, now=NOW)
    session.commit()
    return [f"/en/review/{draft.id}", "/en/desk/changes/2"]


def pages(app: Flask, client: FlaskClient, more: Iterable[str]) -> list[Page]:
    """Return every page that the signed-in user can open."""
    found = []
    for address in sorted(
        {*(address_of(app, each, language="en", **values) for each, values in readable(app)), *MORE, *more}
    ):
        if is_file(address):
            continue  # files offer no actions
        response = client.get(address)
        if response.status_code == 200 and response.mimetype == "text/html":
            found.append(Page(response.get_data(as_text=True), address, dict(response.headers)))
    return found


def is_for_some(app: Flask, target: str) -> bool:
    """Return whether an address belongs to this site and is restricted to some users."""
    try:
        endpoint, _values = app.url_map.bind("localhost").match(urlsplit(target).path)
    except HTTPException:
        return False
    return endpoint not in ("static", "language.index") and audience(endpoint) != EVERYONE


def sort_of(app: Flask, target: str) -> tuple[object, ...]:
    """Return what decides who may follow a link: its endpoint, and the kind and part of the record.

    In this test no role is limited to countries, areas, languages or own records.
    """
    endpoint, values = app.url_map.bind("localhost").match(urlsplit(target).path)
    part = values.get("part")
    return endpoint, values.get("kind"), "a translation" if part in LANGUAGES else part


def allowed(app: Flask, user: User | None, action: str, method: str = "POST") -> bool:
    """Return whether a user may send a form, or fetch an address. Forms of a text require permission to write it."""
    path = urlsplit(action).path
    try:
        endpoint, values = app.url_map.bind("localhost").match(path, method=method)
    except HTTPException:
        return True  # a form with method GET
    if endpoint.startswith(("editor.edit", "autosaving.", "previewing.", "conflicts.", "desk.discard")):
        return may(user, writing(RecordFile("practices", "", str(values.get("part", "source")))))
    stated = audience(endpoint)
    return may(user, stated) if isinstance(stated, Permission) else True


@pytest.mark.parametrize("who", Role)
def test_no_page_offers_somebody_what_they_may_not_do(
    app: Flask, client: FlaskClient, session: Session, store: ContentStore, who: Role
) -> None:
    user, _token = a_visitor(app, client, session, who)
    more = something_to_decide(session, store)
    refused: dict[str, str] = {}
    known: dict[tuple[object, ...], bool] = {}
    found = pages(app, client, more)
    for page in found:  # pages that opened need not be requested again
        known[sort_of(app, page.address)] = True
    for page in found:
        for link in page.links():
            target = link.partition("#")[0]
            if not is_for_some(app, target):
                continue
            sort = sort_of(app, target)
            if sort not in known:
                known[sort] = (
                    allowed(app, user, target, "GET") if is_file(target) else client.get(target).status_code != 403
                )
            if not known[sort]:
                refused.setdefault(target, page.address)
        for form in page.elements("form", method="post"):
            if not allowed(app, user, form.get("action", "")):
                refused.setdefault(f"form {form.get('action')}", page.address)
            for button in form.iter("button"):
                wanted = BUTTONS.get(button.get("value", ""))
                if wanted is not None and not may(user, wanted):
                    refused.setdefault(f"button {button.get('value')}", page.address)
    assert not refused, "\n".join(f"{target} on {page}" for target, page in sorted(refused.items()))
