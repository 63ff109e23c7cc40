"""Routes of the workshop builder: list the user's workshops, create one, change its outline and its programme."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.errors import NotFound, Rejected
from kb.extensions import db
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.problems import Problem
from kb.web.http import i18n
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.db_errors import save_or_show_again
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, render, store
from kb.web.lists.selection import NOTE_LIMIT, Selection, shorten
from kb.web.workshops.builder.added_language import fill_added_languages
from kb.web.workshops.builder.order import ADDING, BASKET, DONE, GONE, TOLD, VERBS
from kb.web.workshops.builder.page import build_page, lines, new_page, outline_page, record_from, selection_from
from kb.web.workshops.forms import edition_after, field, number, read_outline_form
from kb.workshops.model import Workshop
from kb.workshops.plan import access
from kb.workshops.plan.actions import Outline, change, create, outline_of

bp = Blueprint("workshop_builder", __name__, url_prefix="/<language:language>/trainer/workshops")


@bp.get("")
@permission_required(Permission.TEACH)
def index() -> ResponseReturnValue:
    """Show the workshops that the user teaches."""
    is_archive = "archive" in request.args
    mine = access.mine(db.session, signed_in(), archived=is_archive)
    total = i18n.ngettext("%(count)s workshop", "%(count)s workshops", len(mine))
    return render("workshops/builder/index.html", lines=lines(mine), is_archive=is_archive, total=total)


@bp.get("/new")
@permission_required(Permission.TEACH)
def new() -> ResponseReturnValue:
    """Show the form of a new workshop. A shared list, or a record, may fill its basket."""
    selection, code = selection_from(request.args), i18n.current().code
    return new_page(Outline({code: selection.title} if selection.title else {}, code), selection)


@bp.post("/new")
@permission_required(Permission.TEACH)
def new_submit() -> ResponseReturnValue:
    """Create a workshop, with the practices of a list in its basket and the notes on them."""
    outline, selection = read_outline_form(), selection_from(request.form)
    return save_or_show_again(
        lambda: _create(outline, selection),
        lambda problems, status: new_page(outline, selection, problems, status=status),
        there=_workshop_url,
        words=_("Workshop created. Plan its sessions, then add items from the basket."),
    )


def _create(outline: Outline, selection: Selection) -> Workshop:
    """Create a workshop with the practices of a list, and the given record, in its basket."""
    records = [*(f"{PRACTICE.name}/{each}" for each in selection.ids), *record_from(request.form)]
    notes = {f"{PRACTICE.name}/{each}": shorten(note, NOTE_LIMIT) for each, note in selection.notes.items()}
    return create(db.session, store(), signed_in(), outline, records=records, notes=notes, now=now())


@bp.get("/<workshop_id>")
@permission_required(Permission.TEACH)
def show(workshop_id: str) -> ResponseReturnValue:
    """Show the programme with all its actions."""
    return build_page(access.taught(db.session, signed_in(), workshop_id))


@bp.post("/<workshop_id>")
@permission_required(Permission.TEACH)
def submit(workshop_id: str) -> ResponseReturnValue:
    """Move, remove or add something, depending on the button."""
    access.taught(db.session, signed_in(), workshop_id)
    do, _colon, target = request.form.get("do", "").partition(":")
    try:
        anchor = VERBS[do](workshop_id, target) if do in VERBS else ""
    except Rejected as error:
        return _show_problems(workshop_id, do, error.problems)
    except NotFound:  # a slot or an item; the workshop was found above
        return _show_problems(workshop_id, do, [GONE])
    return _show_problems(workshop_id, do, ()) if anchor is None else _redirect_to(workshop_id, do, target, anchor)


def _show_problems(workshop_id: str, do: str, problems: Sequence[Problem]) -> ResponseReturnValue:
    """Show the programme with problems, or, if there are none, with records that match the typed words."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    return build_page(workshop, problems, typed=field("add") if do == "add" else "", is_told_in_basket=do in ADDING)


def _redirect_to(workshop_id: str, do: str, target: str, anchor: str) -> ResponseReturnValue:
    if do in DONE:
        flash(DONE[do](workshop_id, target), BASKET if anchor == TOLD else "good")
    return redirect(url_for("workshop_builder.show", workshop_id=workshop_id, _anchor=anchor or None), 303)


@bp.get("/<workshop_id>/outline")
@permission_required(Permission.TEACH)
def edit(workshop_id: str) -> ResponseReturnValue:
    """Show the form of a workshop's general data."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    return outline_page(workshop, outline_of(workshop), workshop.edition)


@bp.post("/<workshop_id>/outline")
@permission_required(Permission.TEACH)
def edit_submit(workshop_id: str) -> ResponseReturnValue:
    """Change the general data of a workshop."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    return _change(workshop_id, read_outline_form(outline_of(workshop)), number("edition"), workshop.languages)


def _change(workshop_id: str, outline: Outline, edition: int, before: Sequence[str]) -> ResponseReturnValue:
    """Save the outline. Fill in texts for languages that are not in `before`."""

    def again(problems: Sequence[Problem], status: int) -> ResponseReturnValue:
        found = access.taught(db.session, signed_in(), workshop_id)
        return outline_page(found, outline, edition_after(edition, found.edition, problems), problems, status=status)

    def save() -> Workshop:
        changed = change(db.session, signed_in(), workshop_id, outline, edition=edition, now=now())
        fill_added_languages(workshop_id, [code for code in changed.languages if code not in before])
        return changed

    return save_or_show_again(save, again, there=_workshop_url, words=_("Saved."))


def _workshop_url(workshop: Workshop) -> str:
    return url_for("workshop_builder.show", workshop_id=workshop.id)
