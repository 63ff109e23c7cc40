"""The form *Follow by email*. Apart because it is the only code here that takes an address from a request."""

from __future__ import annotations

from flask import current_app, request

from kb.errors import Rejected
from kb.extensions import db
from kb.following.subscriptions import SubscriptionRequest, network_mark, subscribe
from kb.i18n import N_
from kb.problems import Problem
from kb.web.following.page import has_mail
from kb.web.following.topics import read_topic
from kb.web.http import i18n
from kb.web.http.bot_check import robot_problems
from kb.web.http.rendering import now


def submit_subscription() -> None:
    """Ask for a subscription. Raises `Rejected` with every problem, or without a mail server."""
    if not has_mail():
        raise Rejected([Problem("no-mail", N_("This site sends no emails. Use the feed."))])
    asked = SubscriptionRequest(
        email=request.form.get("email", ""),
        language=i18n.current().code,
        what=read_topic(request.args).what,
        frequency=request.form.get("frequency", ""),
    )
    key = str(current_app.config["SECRET_KEY"])
    network = network_mark(request.remote_addr or "", key)
    subscribe(db.session, asked, problems=robot_problems(), network=network, key=key, now=now())
