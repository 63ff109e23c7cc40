"""E-mails with single-use links: build their addresses and send them. Addresses begin with `KB_URL`, not the request.

E-mails that an administrator triggers are sent at once, so that the administrator sees the result. E-mails that a
reader requests are sent by a background thread. Neither the response nor the follower waits for the mail server.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from threading import Thread

from flask import Flask, current_app
from sqlalchemy.orm import Session

from kb.accounts.emails import letter
from kb.accounts.one_time_links import OneTimeLink, claim_asked, give_back, has_asked
from kb.content_store.store import ContentStore
from kb.errors import Unavailable
from kb.extensions import db
from kb.i18n import DEFAULT
from kb.mail import Post
from kb.web.http import i18n
from kb.web.http.layout import absolute

# The pause after an e-mail that the server did not accept.
PAUSE = timedelta(minutes=1)


class Delivery(StrEnum):
    """The result of sending an e-mail."""

    SENT = "sent"
    NO_SERVER = "no-server"
    FAILED = "failed"


def post() -> Post:
    """Return the connection to the mail server of the settings."""
    return Post(str(current_app.config["SMTP"]), str(current_app.config["MAIL_FROM"]))


def address_of(link: OneTimeLink) -> str:
    """Return the absolute address of a link for e-mail; its page is in the user's language."""
    router = current_app.url_map.bind("localhost")  # the host name is not part of the address built here
    return absolute(router.build("tickets.redeem", {"language": _language(link), "token": link.token}))


def deliver(link: OneTimeLink, at: datetime) -> Delivery:
    """Send a link to its user by e-mail."""
    site = absolute(f"/{_language(link)}/")
    words = letter(link, address_of(link), site, i18n.translator(_language(link)))
    try:
        return Delivery.SENT if post().send(words, at) else Delivery.NO_SERVER
    except Unavailable as error:
        current_app.logger.error("%s", error)  # without the causes, which name the person
        return Delivery.FAILED


def _language(link: OneTimeLink) -> str:
    return link.user.language if link.user.language in {each.code for each in i18n.offered()} else DEFAULT


def send_asked(now: datetime) -> bool:
    """Send the requested links; stop at the first that cannot be sent, which is kept for later."""
    while (link := claim_asked(db.session, now)) is not None:
        if deliver(link, now) is not Delivery.SENT:
            give_back(db.session, link)
            return False
    return True


class Outbox:
    """Job of the follower that sends e-mails: it starts a thread if any wait, and never waits itself.

    By default it sends requested links. `send` returns whether it could send all, `is_waiting` whether there are any.
    """

    def __init__(
        self,
        app: Flask,
        send: Callable[[datetime], bool] = send_asked,
        is_waiting: Callable[[Session, datetime], bool] = has_asked,
    ) -> None:
        self._app, self._send_all, self._is_waiting = app, send, is_waiting
        self._thread: Thread | None = None
        self._not_before: datetime | None = None

    def __call__(self, session: Session, _store: ContentStore, now: datetime) -> None:
        """Start sending if e-mails wait."""
        is_busy = self._thread is not None and self._thread.is_alive()
        is_pausing = self._not_before is not None and now < self._not_before
        if is_busy or is_pausing or not self._app.config["SMTP"] or not self._is_waiting(session, now):
            return
        self._thread = Thread(target=self._send, args=(now,), name="outbox", daemon=True)
        self._thread.start()

    def _send(self, now: datetime) -> None:
        with self._app.app_context():
            try:
                is_done = self._send_all(now)
            except Exception as error:  # the message of a database error may contain values of a row
                self._app.logger.error("letters could not be sent: %s", type(error).__name__)
                is_done = False
        self._not_before = None if is_done else now + PAUSE

    def wait(self) -> None:
        """Wait until everything being sent is sent; for tests."""
        if self._thread is not None:
            self._thread.join()
