"""*We tried it*: an organisation tells what it took over, without an account."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from kb.errors import Rejected
from kb.web.http.bot_check import stamp
from kb.web.http.rendering import render
from kb.web.suggestions.adoption_form import adoption_page, posted_adoption, submit_adoption

# Below the address of all suggestions, which robots.txt excludes.
bp = Blueprint("adopted", __name__, url_prefix="/<language:language>/suggest/tried")


@bp.get("/<kind>/<record_id>")
def show(kind: str, record_id: str) -> ResponseReturnValue:
    """Show the empty form."""
    page = adoption_page(kind, record_id, {})
    return render("suggestions/adoption.html", is_kept=False, page=page, stamp=stamp())


@bp.post("/<kind>/<record_id>")
def show_submit(kind: str, record_id: str) -> ResponseReturnValue:
    """Send the form to the curators; after any error, nothing typed is lost."""
    told = posted_adoption()
    page = adoption_page(kind, record_id, told)
    try:
        received = submit_adoption(kind, record_id, told)
    except Rejected as error:
        page = adoption_page(kind, record_id, told, error.problems)
        return render("suggestions/adoption.html", status=422, is_kept=False, page=page, stamp=stamp())
    return redirect(url_for("suggest.track", token=received.token), 303)
