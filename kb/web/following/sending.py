"""Send the e-mails that are due, as a job of the follower. Nothing says in a log to whom."""

from __future__ import annotations

import smtplib
from datetime import datetime
from email.errors import HeaderParseError

from flask import current_app

from kb.errors import NotFound, Unavailable
from kb.extensions import db
from kb.following.queue import DueEmail, claim_due, finish, put_off
from kb.following.subscriptions import day_of
from kb.i18n import DEFAULT
from kb.mail import Email
from kb.web.accounts.emails import post
from kb.web.following.letters import confirmation, digest
from kb.web.following.topics import changes_in, stored_topic
from kb.web.http import i18n

IN_A_ROW = 3  # after so many failures in a row the mail server is given a rest
# What concerns one address; anything else concerns the mail server.
_REFUSED = (smtplib.SMTPRecipientsRefused, HeaderParseError, ValueError)


def send_due(now: datetime) -> bool:
    """Send all e-mails that are due; return whether the mail server took them. Needs an application context."""
    failures = 0
    while failures < IN_A_ROW and (due := claim_due(db.session, now, key=_key())) is not None:
        try:
            _send(due, now)
        except Unavailable as error:  # of the mail server, whose message names nobody, or of the index
            current_app.logger.error("%s", error)
            put_off(db.session, due, is_refused=isinstance(error.__cause__, _REFUSED), now=now)
            failures += 1
        else:
            failures = 0
    return failures == 0


def _key() -> str:
    return str(current_app.config["SECRET_KEY"])


def _send(due: DueEmail, now: datetime) -> None:
    until = day_of(now)
    letter = _letter(due, until)
    if letter is not None and not post().send(letter, now):
        raise Unavailable("there is no mail server")
    finish(db.session, due, until=until, now=now)


def _letter(due: DueEmail, until: datetime) -> Email | None:
    """Return the e-mail, or `None` if nothing changed or the record is gone.

    It is written as an answer to a request for its page, so that words, dates and addresses are in its language.
    """
    known = {each.code for each in i18n.offered()}
    language = due.language if due.language in known else DEFAULT
    with current_app.test_request_context(f"/{language}/follow"):
        try:
            topic = stored_topic(due.what)
        except NotFound:
            return None
        if due.told is None:
            return confirmation(due, topic)
        changes = changes_in(topic, due.told, until)
        return digest(due, topic, changes) if changes else None
