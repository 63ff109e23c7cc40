"""Routes to add a record to a workshop from the record's page, with the workshops that use it already."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.content_store.catalog import CatalogEntry
from kb.errors import NotFound, Rejected
from kb.extensions import db
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.problems import Problem
from kb.web.http import i18n
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, has_pages, now, render, store
from kb.web.workshops.builder.order import BASKET, TOLD
from kb.web.workshops.builder.page import lines
from kb.web.workshops.forms import problem_lines
from kb.workshops.plan import access
from kb.workshops.plan.items import add_records

bp = Blueprint("workshop_taking", __name__, url_prefix="/<language:language>/trainer/workshops/take")


@bp.get("/<kind>/<record_id>")
@permission_required(Permission.TEACH)
def show(kind: str, record_id: str) -> ResponseReturnValue:
    """Show the form to choose a workshop for a record."""
    return _page(_entry(kind, record_id))


@bp.post("/<kind>/<record_id>")
@permission_required(Permission.TEACH)
def submit(kind: str, record_id: str) -> ResponseReturnValue:
    """Add a record to the basket of a workshop, frozen as it is now."""
    entry, workshop_id = _entry(kind, record_id), request.form.get("workshop", "")
    if not workshop_id:
        return redirect(url_for("workshop_taking.show", kind=kind, record_id=record_id), 303)
    try:
        add_records(db.session, store(), signed_in(), workshop_id, [f"{kind}/{entry.id}"], now=now())
    except Rejected as error:
        return _page(entry, error.problems)
    flash(_("Added to the basket as a copy of the current text."), BASKET)
    return redirect(url_for("workshop_builder.show", workshop_id=workshop_id, _anchor=TOLD), 303)


def _entry(kind: str, record_id: str) -> CatalogEntry:
    found = generation().catalog.find(kind, record_id) if has_pages(kind) else None
    if found is None:
        raise NotFound(f"{kind}/{record_id}")
    return found


def _page(entry: CatalogEntry, problems: Sequence[Problem] = ()) -> ResponseReturnValue:
    record = f"{entry.kind}/{entry.id}"
    used = access.using(db.session, signed_in(), record)
    return render(
        "workshops/builder/add_record.html",
        status=422 if problems else 200,
        entry=entry,
        title=entry.title(i18n.current().code),
        address=url_for(f"{entry.kind}.show", record_id=entry.id),
        lines=lines(access.mine(db.session, signed_in())),
        used=lines(used),
        own={each.id for each in used if access.teaches(signed_in(), each)},
        begin=url_for(
            "workshop_builder.new",
            ids=entry.id if entry.kind == PRACTICE.name else None,
            record=None if entry.kind == PRACTICE.name else record,
        ),
        problems=problem_lines(problems, fields=()),
    )
