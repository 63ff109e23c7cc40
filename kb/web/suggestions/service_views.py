"""The sheet that a support service fills in by a link, without an account."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from kb.editing.suggestions.service_sheet import ServiceSheet
from kb.errors import Rejected
from kb.problems import Problem
from kb.web.http.bot_check import stamp
from kb.web.http.rendering import render
from kb.web.suggestions.service_form import known_sheet, sent_sheet, sheet_page, submit_sheet

# Below the address of all suggestions, which robots.txt excludes.
bp = Blueprint("service_sheet", __name__, url_prefix="/<language:language>/suggest/services")


@bp.get("/<record_id>", defaults={"service_id": ""})
@bp.get("/<record_id>/<service_id>")
def show(record_id: str, service_id: str) -> ResponseReturnValue:
    """Show the sheet of a service with what the directory has; of a new service, an empty one."""
    return _page(record_id, known_sheet(record_id, service_id))


@bp.post("/<record_id>", defaults={"service_id": ""})
@bp.post("/<record_id>/<service_id>")
def show_submit(record_id: str, service_id: str) -> ResponseReturnValue:
    """Send the sheet to the curators; after any error, nothing typed is lost."""
    known_sheet(record_id, service_id)
    sheet = sent_sheet(service_id)
    try:
        received = submit_sheet(record_id, sheet)
    except Rejected as error:
        return _page(record_id, sheet, error.problems)
    return redirect(url_for("suggest.track", token=received.token), 303)


def _page(record_id: str, sheet: ServiceSheet, problems: Sequence[Problem] = ()) -> ResponseReturnValue:
    page = sheet_page(record_id, sheet, problems)
    return render("suggestions/service.html", status=422 if problems else 200, is_kept=False, page=page, stamp=stamp())
