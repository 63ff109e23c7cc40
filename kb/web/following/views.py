"""Follow by feed or e-mail, without an account. Links in e-mails open pages with one button; a GET changes nothing.

A mail program may also stop with one request and without a page (RFC 8058). `http/security.py` lets only that through.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from kb.errors import NotFound, Rejected
from kb.extensions import db
from kb.following.subscriptions import confirm, stop
from kb.problems import Problem
from kb.web.following.forms import submit_subscription
from kb.web.following.page import follow_page, subscription_page
from kb.web.http.bot_check import stamp
from kb.web.http.rendering import now, render
from kb.web.http.robots_header import unlisted

bp = Blueprint("follow", __name__, url_prefix="/<language:language>/follow")


@bp.get("")
def show() -> ResponseReturnValue:
    """Show the address of the feed, and the form for e-mail."""
    return _page()


@bp.post("")
def show_submit() -> ResponseReturnValue:
    """Ask for a subscription; the answer is the same whether the address is known or not."""
    try:
        submit_subscription()
    except Rejected as error:
        return _page(error.problems)
    return redirect(url_for("follow.asked"), 303)


@bp.get("/asked")
def asked() -> ResponseReturnValue:
    """Say that an e-mail follows, to be confirmed."""
    return unlisted(render("following/asked.html", is_kept=False))


@bp.get("/confirm/<token>")
def confirm_page(token: str) -> ResponseReturnValue:
    """Show the button that confirms a subscription; mail scanners open links, so this changes nothing."""
    page = subscription_page(token)
    return unlisted(render("following/confirm.html", status=200 if page else 404, is_kept=False, page=page))


@bp.post("/confirm/<token>")
def confirm_submit(token: str) -> ResponseReturnValue:
    """Confirm a subscription; its page then says so, or that the link is too old."""
    try:
        confirm(db.session, token, now())
    except NotFound:
        return unlisted(render("following/confirm.html", status=404, is_kept=False, page=None))
    return redirect(url_for("follow.confirm_page", token=token), 303)


@bp.get("/off/<token>")
def off(token: str) -> ResponseReturnValue:
    """Show the button that stops a subscription."""
    return unlisted(render("following/off.html", is_kept=False, page=subscription_page(token)))


@bp.post("/off/<token>")
def off_submit(token: str) -> ResponseReturnValue:
    """Delete a subscription with its address, for a reader or her mail program, which follows no redirect."""
    stop(db.session, token)
    return unlisted(render("following/off.html", is_kept=False, page=None))


def _page(problems: Sequence[Problem] = ()) -> ResponseReturnValue:
    page, status = follow_page(problems), 422 if problems else 200
    return unlisted(render("following/show.html", status=status, is_kept=False, page=page, stamp=stamp()))
