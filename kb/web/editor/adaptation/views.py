"""An adaptation beside its tool: what the tool has changed since, part by part, and decisions that go into a draft."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission, require
from kb.editing.adaptation.inherit import Kin, decide, read_kin
from kb.editing.forms.form_values import Posted
from kb.editing.open_text import Opened, drafts_of, has_parted, open_part
from kb.errors import Forbidden, NotFound, Rejected
from kb.extensions import db
from kb.history.model import Draft
from kb.i18n import N_
from kb.problems import Problem, errors
from kb.publishing.authorization import writing
from kb.records.bundle import SOURCE, read_source
from kb.records.files.paths import RecordFile
from kb.web.editor.adaptation.forms import ASK, Given, given_in, problem_in
from kb.web.editor.adaptation.page import anchor_of, lineage_page
from kb.web.editor.forms import PostedEditor, sent
from kb.web.editor.page import page_of, show, unshowable
from kb.web.editor.save_fallback import keep, not_saved
from kb.web.editor.status import standing_of
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, render, store

bp = Blueprint("lineage", __name__, url_prefix="/<language:language>/editor/adaptations/<record_id>/source/lineage")

_KIND = "adaptations"


@bp.get("")
@permission_required(Permission.EDIT)
def show_lineage(record_id: str) -> ResponseReturnValue:
    """Show what the tool has changed since, as it stands in the draft or in the text."""
    place = RecordFile(_KIND, record_id, SOURCE)
    draft, base = request.args.get("draft", type=int), request.args.get("base", type=int)
    opened = open_part(db.session, store(), signed_in(), place, draft_id=draft, base=base)
    kept = drafts_of(db.session, signed_in(), place) if draft is None else []
    kin = _kin(opened)
    if kin is None:
        return _unreadable(opened)
    return _page(opened, kin, kept=kept)


@bp.post("")
@permission_required(Permission.EDIT)
def submit(record_id: str) -> ResponseReturnValue:
    """Carry out what the button says; whatever happens, what was typed is shown again or in the draft."""
    place = RecordFile(_KIND, record_id, SOURCE)
    require(signed_in(), writing(place))
    sending, posted = sent(place), Posted(dict(request.form.lists()))
    kin = _kin(sending.opened)
    if kin is None:
        return _unreadable(sending.opened, status=422)
    given = given_in(kin, posted, sending.verb, sending.argument(0))
    problem = problem_in(kin, posted, given)
    if problem is None:
        try:
            text = decide(kin, given.decision)
        except ValueError as error:
            message = N_("The file's facts cannot be changed by the program (%(reason)s); edit the whole file.")
            problem = Problem("cannot-write", message, params={"reason": str(error)})
    if problem is not None:
        return _page(sending.opened, kin, (problem,), posted=posted, asked=given if problem.code == ASK else None)
    opened = replace(sending.opened, text=text)
    if broken := errors(read_source(kin.file.shape, record_id, text)[2]):
        return _page(sending.opened, kin, broken, posted=posted)
    return _save(replace(sending, opened=opened), sending.opened, kin, given, posted)


def _save(sending: PostedEditor, before: Opened, kin: Kin, given: Given, posted: Posted) -> ResponseReturnValue:
    opened = sending.opened
    if opened.draft_id is None and opened.text == before.text:
        return _onward(opened, None, _next(kin, given))  # there is nothing to save
    try:
        draft = keep(opened)
    except Rejected as error:
        return _page(before, kin, error.problems, posted=posted)
    except Forbidden:
        raise
    except Exception as error:
        return not_saved(sending, error, is_draft=True)
    if has_parted(db.session, signed_in(), opened, draft):
        flash(_("Another window has saved this draft meanwhile; yours is kept as a draft of its own."))
    else:
        flash(_("The draft is saved. Only you see it."), "good")
    return _onward(opened, draft.id, _next(kin, given))


def _onward(opened: Opened, draft_id: int | None, anchor: str) -> ResponseReturnValue:
    address = url_for("lineage.show_lineage", record_id=opened.place.id, draft=draft_id, _anchor=anchor)
    return redirect(address, 303)


def _next(kin: Kin, given: Given) -> str:
    """Return where whoever decided goes on: at the next part that waits, or at the same one if nothing was decided."""
    waiting = [part for part in kin.parts if part.open]
    place = next((index for index, part in enumerate(waiting) if part.name == given.part), -1)
    if given.decision.verb is None:
        return "h--parts"
    following = [*waiting[place + 1 :], *waiting[:place]]
    return f"{anchor_of(following[0])}--label" if following else "h--parts"


def _kin(opened: Opened) -> Kin | None:
    """Return the adaptation beside its tool, or `None` where the form cannot show it."""
    try:
        return read_kin(store().kinds[_KIND], opened.place.id, opened.text, generation().catalog)
    except NotFound:
        return None


def _unreadable(opened: Opened, status: int = 200) -> ResponseReturnValue:
    """Show the editor instead, and why: the text cannot be read, or there is no such tool."""
    problems = unshowable(opened)
    if not problems:
        message = N_("There is no tool that it is made from; mend its id here.")
        problems = (Problem("no-such-tool", message, ("parent",)),)
    return show(page_of(opened), problems=problems, status=status)


def _page(
    opened: Opened,
    kin: Kin,
    problems: tuple[Problem, ...] = (),
    *,
    posted: Posted | None = None,
    asked: Given | None = None,
    kept: list[Draft] | None = None,
) -> ResponseReturnValue:
    page = lineage_page(kin, posted)
    at = {each.part.name: each for each in page.parts}
    placed = [
        (at[str(each.where[0])] if each.where and each.where[0] in at else None, each.text(_)) for each in problems
    ]
    return render(
        "editor/adaptation/show.html",
        status=422 if problems else 200,
        opened=opened,
        page=page,
        title=kin.adaptation.record.title,
        problems=[(f"{part.id}--label" if part else "", words) for part, words in placed],
        errors={part.part.name: words for part, words in placed if part},
        asked=asked.part if asked else "",
        asked_for=asked.decision.verb if asked else "",
        kept=kept or [],
        standing=standing_of(opened),
    )
