"""*Ask the owner*, for the organisation: its link opens the record, and its answer becomes a suggestion."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from kb.errors import Rejected
from kb.web.http.rendering import render
from kb.web.http.robots_header import unlisted
from kb.web.sign_off.owner_page import owner_page, posted_reply, submit_reply

# Below the address of all suggestions, which robots.txt excludes.
bp = Blueprint("confirming", __name__, url_prefix="/<language:language>/suggest/confirm")


@bp.get("/<token>")
def show(token: str) -> ResponseReturnValue:
    """Show the parts of the record, each with the question whether it is right."""
    return unlisted(render("sign_off/owner.html", is_kept=False, page=owner_page(token)))


@bp.post("/<token>")
def show_submit(token: str) -> ResponseReturnValue:
    """Send the answer; after any error, nothing typed is lost."""
    sent = posted_reply()
    try:
        received = submit_reply(token, sent)
    except Rejected as error:
        page = owner_page(token, sent, error.problems)
        return unlisted(render("sign_off/owner.html", status=422, is_kept=False, page=page))
    return redirect(url_for("suggest.track", token=received.token), 303)
