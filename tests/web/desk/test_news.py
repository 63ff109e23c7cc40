"""What is new on the dashboard, naming a reviewer, and comments on a part of a text."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.content_store.store import ContentStore
from kb.history.drafts import get_draft
from kb.history.model import Draft
from kb.publishing.review import comment
from tests.house import NOW, a_curator
from tests.page import Visit
from tests.web.desk.test_review import AUTHOR, EDITOR, PUBLISHER, REVIEWER, As, as_, in_review, review
from tests.web.forms import send

__all__ = ["as_"]
pytestmark = pytest.mark.slow  # every test has a site of its own


def test_what_happened_to_a_draft_is_new_until_it_was_seen(
    as_: As, visit: Visit, session: Session, store: ContentStore
) -> None:
    author = session.get_one(User, as_(AUTHOR, Role.CONTRIBUTOR))
    number = in_review(session, store, author=author)
    comment(session, store, a_curator(session), number, text="Which mortar?", now=NOW)
    assert any("1 new" in each for each in visit("account.show").texts("summary"))
    page = visit("desk.index")
    assert "New since your last visit" in page.text
    assert "Curator commented on your draft: Stone terraces" in page.text
    assert "Which mortar?" in page.text
    assert not any("1 new" in each for each in visit("account.show").texts("summary"))


def test_a_reviewer_is_named_in_the_editor_and_changed_in_the_review(
    as_: As, client: FlaskClient, visit: Visit, session: Session
) -> None:
    publisher, reviewer = as_(PUBLISHER, Role.PUBLISHER), as_(REVIEWER, Role.CURATOR)
    author = as_(AUTHOR, Role.CONTRIBUTOR)
    editor = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")
    changes = {"do": "review", "f.title": "Dry terraces", "reviewer": str(author)}
    refused = send(client, editor, EDITOR, changes)
    assert refused.status_code == 422
    assert "This person cannot review this text." in refused.get_data(as_text=True)
    response = send(client, editor, EDITOR, {**changes, "reviewer": str(reviewer)})
    assert response.status_code == 303
    number = int(response.headers["Location"].rpartition("/")[2])
    page = visit("reviewing.show", draft_id=number)
    assert "Ana Costa asked Ana Costa to review the draft" in page.text
    assert not page.elements("select", name="reviewer")
    as_(REVIEWER)
    assert "asks you to review this draft" in visit("desk.index").text
    review(client, visit, number, "assign", reviewer=str(publisher))
    session.rollback()
    assert get_draft(session, number).reviewer_id == publisher


def test_a_comment_is_shown_at_the_part_that_it_is_about(
    as_: As, client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    number = in_review(session, store)
    as_(REVIEWER, Role.CURATOR)
    page = visit("reviewing.show", draft_id=number)
    (link,) = [each for each in page.elements("a") if "about=title" in each.get("href", "")]
    page = visit(link.get("href", ""))
    assert [each.get("value") for each in page.elements("option", selected="")] == ["title"]
    refused = send(client, page, f"/review/{number}", {"do": "comment", "text": "", "about": "title"})
    assert refused.status_code == 422
    review(client, visit, number, "comment", text="Too dry?", about="title")
    page = visit("reviewing.show", draft_id=number)
    assert page.text.count("Too dry?") == 2
    assert "commented (Title)" in page.text
    assert session.scalars(select(Draft.reviewer_id)).all() == [None]
