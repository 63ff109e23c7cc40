"""Building a workshop: one's own, a new one, what it says of itself, its programme with all that can be done there."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from kb.accounts.permissions import Permission
from kb.errors import NotFound, Rejected
from kb.extensions import db
from kb.problems import Problem
from kb.web.editor.save_fallback import not_ready
from kb.web.http import i18n
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, render, store
from kb.web.lists.page import selection_of
from kb.web.lists.selection import NOTE_LIMIT, Selection, shorten
from kb.web.parts.record_links import record_links
from kb.web.parts.selected_practices import KIND, choose, missing
from kb.web.workshops.builder.added_language import give_texts
from kb.web.workshops.builder.after_save import saved
from kb.web.workshops.builder.order import ADDING, BASKET, DONE, GONE, TOLD, VERBS
from kb.web.workshops.builder.page import build_page, lines
from kb.web.workshops.builder.record_picker import named
from kb.web.workshops.forms import edition_after, field, has_conflict, held_said, number, sent_outline, shown
from kb.workshops.model import Workshop
from kb.workshops.plan import access
from kb.workshops.plan.actions import Outline, change, create, outline_of

bp = Blueprint("workshop_builder", __name__, url_prefix="/<language:language>/trainer/workshops")


@bp.get("")
@permission_required(Permission.TEACH)
def index() -> ResponseReturnValue:
    """Show the workshops that somebody teaches."""
    is_archive = "archive" in request.args
    mine = access.mine(db.session, signed_in(), archived=is_archive)
    total = i18n.ngettext("%(count)s workshop", "%(count)s workshops", len(mine))
    return render("workshops/builder/index.html", lines=lines(mine), is_archive=is_archive, total=total)


@bp.get("/new")
@permission_required(Permission.TEACH)
def new() -> ResponseReturnValue:
    """Ask what a new workshop is about; a list by link, or a record, may bring what it works with."""
    selection, code = _selection(request.args), i18n.current().code
    return _new_page(Outline({code: selection.title} if selection.title else {}, code), selection)


@bp.post("/new")
@permission_required(Permission.TEACH)
def new_submit() -> ResponseReturnValue:
    """Begin a workshop, with the practices of a list in its basket and their notes beside them."""
    outline, selection = sent_outline(), _selection(request.form)

    def begin() -> Workshop:
        records = [*(f"{KIND}/{each}" for each in selection.ids), *_record(request.form)]
        notes = {f"{KIND}/{each}": shorten(note, NOTE_LIMIT) for each, note in selection.notes.items()}
        return create(db.session, store(), signed_in(), outline, records=records, notes=notes, now=now())

    def again(problems: Sequence[Problem], status: int) -> ResponseReturnValue:
        return _new_page(outline, selection, problems, status=status)

    words = _("Your workshop is begun. Plan its slots, then put into them what is in the basket.")
    return saved(begin, again, there=_there, words=words)


@bp.get("/<workshop_id>")
@permission_required(Permission.TEACH)
def show(workshop_id: str) -> ResponseReturnValue:
    """Show the programme with everything that can be done."""
    return build_page(access.taught(db.session, signed_in(), workshop_id))


@bp.post("/<workshop_id>")
@permission_required(Permission.TEACH)
def submit(workshop_id: str) -> ResponseReturnValue:
    """Move, put, take out or add, as the button says."""
    access.taught(db.session, signed_in(), workshop_id)
    do, _colon, target = request.form.get("do", "").partition(":")
    problems: Sequence[Problem] = ()
    try:
        anchor = VERBS[do](workshop_id, target) if do in VERBS else ""
    except Rejected as error:
        anchor, problems = None, error.problems
    except NotFound:  # not the workshop, which was found above: a slot or an item
        anchor, problems = None, [GONE]
    if anchor is None:
        workshop = access.taught(db.session, signed_in(), workshop_id)
        typed = field("add") if do == "add" else ""
        return build_page(workshop, problems, typed=typed, is_told_in_basket=do in ADDING)
    if do in DONE:
        flash(DONE[do](workshop_id, target), BASKET if anchor == TOLD else "good")
    return redirect(url_for("workshop_builder.show", workshop_id=workshop_id, _anchor=anchor or None), 303)


@bp.get("/<workshop_id>/outline")
@permission_required(Permission.TEACH)
def edit(workshop_id: str) -> ResponseReturnValue:
    """Show the form of what a workshop says of itself."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    return _outline_page(workshop, outline_of(workshop), workshop.edition)


@bp.post("/<workshop_id>/outline")
@permission_required(Permission.TEACH)
def edit_submit(workshop_id: str) -> ResponseReturnValue:
    """Change what a workshop says of itself."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    outline, edition = sent_outline(outline_of(workshop)), number("edition")
    before = workshop.languages

    def again(problems: Sequence[Problem], status: int) -> ResponseReturnValue:
        found = access.taught(db.session, signed_in(), workshop_id)
        return _outline_page(found, outline, edition_after(edition, found.edition, problems), problems, status=status)

    def save() -> Workshop:
        changed = change(db.session, signed_in(), workshop_id, outline, edition=edition, now=now())
        give_texts(workshop_id, [code for code in changed.languages if code not in before])
        return changed

    return saved(save, again, there=_there, words=_("Saved."))


def _there(workshop: Workshop) -> str:
    return url_for("workshop_builder.show", workshop_id=workshop.id)


def _selection(params: MultiDict[str, str]) -> Selection:
    """Return a list by link with those of its practices that readers are given."""
    selection = selection_of(params)
    for each in missing(choose(selection.ids)):
        selection = selection.without(each.id)
    return selection


def _record(params: MultiDict[str, str]) -> tuple[str, ...]:
    """Return the record of another kind from whose page a workshop is begun."""
    name = params.get("record", "")
    return named(name) if "/" in name else ()


def _new_page(
    outline: Outline, selection: Selection, problems: Sequence[Problem] = (), *, status: int = 422
) -> ResponseReturnValue:
    record = _record(request.values)
    return render(
        "workshops/builder/new.html",
        status=status if problems else 200,
        outline=outline,
        held_said=held_said(outline),
        codes=[next(iter(outline.title), i18n.current().code)],
        selection=selection,
        record=next(iter(record), ""),
        link=next(iter(record_links(record)), None),
        languages=i18n.offered(),
        problems=shown(problems),
        left_out=[each.title for each in missing(choose(selection_of(request.values).ids))],
        title=not_ready() if status == 503 else "",
    )


def _outline_page(
    workshop: Workshop, outline: Outline, edition: int, problems: Sequence[Problem] = (), *, status: int = 422
) -> ResponseReturnValue:
    known = [each.code for each in i18n.offered()]
    return render(
        "workshops/builder/outline.html",
        status=status if problems else 200,
        workshop=workshop,
        outline=outline,
        held_said=held_said(outline),
        codes=[code for code in dict.fromkeys((outline.language, outline.second_language)) if code in known],
        edition=edition,
        is_conflict=has_conflict(problems),
        languages=i18n.offered(),
        problems=shown(problems),
        title=not_ready() if status == 503 else "",
    )
