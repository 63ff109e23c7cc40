"""Sites of earlier releases open unchanged: accounts, drafts, reviews, history, workshops, frozen texts, index.

`tests/releases` holds the content and data folders of such sites. The code of each release created them from the
sample records. They contain a published change, a draft, a text in review with a comment, a discarded draft, two
suggestions, and a workshop with a frozen practice.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from kb.app import create_app
from kb.content_store.reference_data import FOLDERS
from kb.editing.model import Suggestion
from kb.extensions import db
from kb.migrations import upgrade
from kb.publishing.catch_up import catch_up
from kb.workshops.model import Feedback
from tests.house import WORKSHOP_LINK
from tests.site import settings_of
from tests.web.people import PASSWORD

ROOT = Path(__file__).parents[2]
RELEASES = sorted((ROOT / "tests" / "releases").glob("*.tar.xz"))
TODAY = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.slow

Read = Callable[[str, str], str]
User = Callable[[str], FlaskClient]


@pytest.fixture(scope="module", params=RELEASES, ids=lambda path: path.name.removesuffix(".tar.xz"))
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The site of the earlier release, opened by the current code."""
    folder = tmp_path_factory.mktemp("release")
    with tarfile.open(request.param) as archive:
        archive.extractall(folder, filter="data")
    (made,) = folder.iterdir()
    for name in FOLDERS:
        (made / "content" / name).symlink_to(ROOT / "content" / name)
    app = create_app(settings_of(made), follow=False, now=lambda: TODAY)
    upgrade(app)
    with app.app_context():
        caught_up = catch_up(db.session, app.extensions["store"], TODAY, None)
        assert not caught_up.changed, "files and log were in step"
    if not app.extensions["store"].engine.status().is_current:
        app.extensions["store"].rebuild_index()  # as `kb serve` does if other code built the index
    yield app
    with app.app_context():
        db.engine.dispose()
    app.extensions["store"].close()


@pytest.fixture
def user(app: Flask) -> User:
    """Return a browser in which a user of the earlier release is signed in."""

    def sign_in(email: str) -> FlaskClient:
        client = app.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        signed_in = client.post("/en/sign-in", data={"email": email, "password": PASSWORD})
        assert signed_in.status_code == 303
        return client

    return sign_in


@pytest.fixture
def read(app: Flask, user: User) -> Read:
    """Return the page at an address, as a reader or a user of the earlier release gets it."""

    def fetch(address: str, email: str = "") -> str:
        client = user(email) if email else app.test_client()
        return page_at(client, address)

    return fetch


def page_at(client: FlaskClient, address: str) -> str:
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def hidden(page: str, name: str) -> str:
    """Return the value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


def test_there_is_one() -> None:
    assert RELEASES


def test_readers_see_what_was_published(read: Read) -> None:
    page = read("/en/practices/stone-terraces", "")
    assert "asks first." in page
    assert "asks first, always." not in page


def test_search_answers(read: Read) -> None:
    assert "/en/practices/stone-terraces" in read("/en/search?q=officer+walks", "")


def test_a_draft_is_where_its_author_left_it(read: Read) -> None:
    assert "Stone terraces" in read("/en/desk", "ana@example.org")
    page = read("/en/editor/practices/stone-terraces/source?draft=1", "ana@example.org")
    assert "asks first, always." in page


def test_a_text_in_review_has_its_comments_and_is_approved(user: User, read: Read) -> None:
    ben = user("ben@example.org")
    page = page_at(ben, "/en/review/2")
    for expected in ("Reviewed words.", "Please look.", "I read it tomorrow."):
        assert expected in page
    sent = {"csrf_token": hidden(page, "csrf_token"), "seen": hidden(page, "seen"), "do": "approve-and-publish"}
    assert ben.post("/en/review/2", data=sent).status_code == 303
    assert "Reviewed words." in read("/en/pages/about", "")


def test_a_discarded_draft_is_brought_back(user: User) -> None:
    ana = user("ana@example.org")
    desk = page_at(ana, "/en/desk")
    found = re.search(r"/en/desk/discarded/\d+/back", desk)
    assert found is not None
    assert ana.post(found[0], data={"csrf_token": hidden(desk, "csrf_token")}).status_code == 303
    assert "Discarded words." in page_at(ana, "/en/editor/practices/ask-first/source?draft=3")


def test_the_history_tells_each_change(read: Read) -> None:
    assert "Say who asks first." in read("/en/history/practices/stone-terraces", "ben@example.org")


def test_a_workshop_shows_the_text_that_was_frozen(read: Read) -> None:
    assert "asks first." in read(f"/en/workshops/{WORKSHOP_LINK}/items/{'c' * 24}", "")


def test_suggestions_and_feedback_are_there(app: Flask) -> None:
    with app.app_context():
        assert db.session.scalar(select(func.count(Suggestion.id))) == 2
        assert db.session.scalar(select(func.count(Feedback.id))) == 1
