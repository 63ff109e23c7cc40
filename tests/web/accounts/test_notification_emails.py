"""Emails of notifications, sent to a real mail server: what they say, where they lead, and what cannot stop them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.content_store.store import ContentStore
from kb.history.drafts import get_draft
from kb.history.model import Draft
from kb.notifications.model import Notification
from kb.publishing.approved_drafts import publish_approved
from kb.publishing.review import approve, comment, return_draft
from kb.publishing.review_guards import mark_of
from kb.publishing.reviewers import assign
from kb.web.accounts.emails import Outbox
from kb.web.accounts.notification_emails import has_notifications, send_notifications
from tests.house import NOW, a_curator
from tests.page import Visit
from tests.postbox import Postbox, a_postbox
from tests.web.desk.test_review import in_review
from tests.web.forms import send
from tests.web.people import sign_in

pytestmark = pytest.mark.slow


@pytest.fixture
def box(app: Flask) -> Iterator[Postbox]:
    with a_postbox() as box:
        app.config["SMTP"] = box.address
        yield box


@pytest.fixture
def author(session: Session) -> User:
    user = a_curator(session, "author@example.org", Role.CONTRIBUTOR)
    user.name = "Ben Writer"
    session.commit()
    return user


@pytest.fixture
def reviewer(session: Session) -> User:
    user = a_curator(session, "reviewer@example.org", Role.PUBLISHER)
    user.name = "Cara Reads"
    session.commit()
    return user


def send_all(app: Flask, session: Session, now: datetime = NOW) -> None:
    """Send as the follower does."""
    session.rollback()
    with app.app_context():
        send_notifications(now)
    session.expire_all()


def to(box: Postbox, user: User) -> list[EmailMessage]:
    return [letter for letter in box.letters if letter["To"] == user.email]


def parts(letter: EmailMessage) -> tuple[str, str]:
    """Return the text and the HTML of an email."""
    text, html = letter.iter_parts()
    assert isinstance(text, EmailMessage)
    assert isinstance(html, EmailMessage)
    return text.get_content().replace("\r\n", "\n"), html.get_content()


def test_a_draft_that_is_returned_is_told_with_reason_link_and_way_out(
    app: Flask, box: Postbox, session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    number = in_review(session, store, author=author)
    return_draft(session, store, reviewer, number, reason="Shorter <please>\nand clearer", now=NOW)
    send_all(app, session)
    (letter,) = to(box, author)
    text, html = parts(letter)
    assert letter["Subject"] == "Praxis: draft returned: Stone terraces"
    assert "Hello Ben Writer," in text
    assert "Cara Reads returned your draft “Stone terraces”." in text
    assert "> Shorter <please>\n> and clearer" in text
    assert f"{app.config['PUBLIC_URL']}/en/review/{number}" in text
    assert "/en/account#h--emails" in text
    assert "Shorter &lt;please&gt;<br>and clearer" in html
    assert '<html lang="en">' in html


def test_the_language_is_that_of_the_person(
    app: Flask, box: Postbox, session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    author.language = "lt"
    session.commit()
    number = in_review(session, store, author=author)
    assign(session, store, reviewer, number, a_curator(session, "x@example.org", Role.CURATOR).id, now=NOW)
    approve(session, store, reviewer, number, seen=mark_of(get_draft(session, number)), now=NOW)
    publish_approved(session, store, reviewer, number, seen=mark_of(get_draft(session, number)), now=NOW)
    send_all(app, session)
    (letter,) = to(box, author)  # of the publication alone
    text, html = parts(letter)
    assert "/lt/practices/stone-terraces" in text
    assert '<html lang="lt">' in html


def test_the_digest_counts_and_names_what_waits(
    app: Flask, box: Postbox, session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    number = in_review(session, store, author=author)
    for title in ("Second", "Third"):
        in_review(session, store, title, author=author)
    comment(session, store, author, number, text="To all.", now=NOW)
    send_all(app, session)
    assert box.letters == []  # the accounts were made today
    send_all(app, session, NOW + timedelta(days=1))
    (letter,) = to(box, reviewer)
    text, html = parts(letter)
    assert letter["Subject"] == "Praxis: waiting for you"
    assert f"3 drafts to review:\n{app.config['PUBLIC_URL']}/en/desk#h--waiting\n- Stone terraces" in text
    assert "2 suggestions from readers" in text
    assert "/en/desk#h--waiting" in html
    assert to(box, author) == []
    send_all(app, session, NOW + timedelta(days=2))
    assert len(to(box, reviewer)) == 1


def test_a_dead_mail_server_stops_no_publication_and_the_email_follows(
    app: Flask, box: Postbox, session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    box.refuses = True
    number = in_review(session, store, author=author)
    approve(session, store, reviewer, number, seen=mark_of(get_draft(session, number)), now=NOW)
    publish_approved(session, store, reviewer, number, seen=mark_of(get_draft(session, number)), now=NOW)
    send_all(app, session)
    assert session.scalars(select(Draft)).all() == []
    assert box.letters == []
    box.refuses = False
    later = NOW + timedelta(minutes=5)
    send_all(app, session, later)
    assert [each["Subject"] for each in to(box, author)] == ["Praxis: draft published: Dry terraces"]


def test_the_job_sends_in_its_own_thread_and_only_with_a_server(
    app: Flask, box: Postbox, session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    number = in_review(session, store, author=author)
    comment(session, store, reviewer, number, text="Well?", now=NOW)
    job = Outbox(app, has_notifications, send_notifications)
    address, app.config["SMTP"] = app.config["SMTP"], ""
    job(session, store, NOW)
    job.wait()
    assert box.letters == []
    app.config["SMTP"] = address
    job(session, store, NOW)
    session.rollback()
    job.wait()
    assert len(to(box, author)) == 1
    session.expire_all()
    assert not has_notifications(session, NOW)
    assert session.scalars(select(Notification.mail_due)).all() == [None]


def test_emails_are_turned_off_in_the_account(
    app: Flask, box: Postbox, client: FlaskClient, visit: Visit, session: Session, store: ContentStore, reviewer: User
) -> None:
    user = session.get_one(User, sign_in(app, client, "ana@example.org", Role.CURATOR))
    page = visit("account.show")
    assert len(page.elements("input", name="emails", checked="")) == 5
    assert send(client, page, "/en/account/emails", {"emails": ["returned", "digest"]}).status_code == 303
    assert len(visit("account.show").elements("input", name="emails", checked="")) == 2
    session.rollback()
    number = in_review(session, store, author=user)
    comment(session, store, reviewer, number, text="Well?", now=NOW)
    send_all(app, session, NOW + timedelta(days=1))
    assert [each["Subject"] for each in to(box, user)] == ["Praxis: waiting for you"]
