"""Editing: the form made from the schema, the raw view beside it, drafts, publishing, new records, retiring."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission, require
from kb.editing.open_text import Opened, drafts_of, has_parted, open_part, used_up
from kb.errors import Conflict, Forbidden, NotFound, Rejected
from kb.extensions import db
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing import actions
from kb.publishing.authorization import writing
from kb.publishing.review import submit
from kb.records.files.paths import RecordFile, is_record_id
from kb.records.record import Status
from kb.web.editor.after_publish import lead_to_readers
from kb.web.editor.forms import RAW, PostedEditor, finished, reordered, sent
from kb.web.editor.merge.views import conflict_page
from kb.web.editor.page import EditorPage, page_of, show, unshowable
from kb.web.editor.presence import joined, left
from kb.web.editor.save_fallback import keep, not_saved
from kb.web.editor.status import is_minor
from kb.web.editor.translation_actions import ONWARD, address_on, asked_about, refused, unchanged
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, now, render, store
from kb.web.http.review_policy import four_eyes
from kb.web.parts.allowed_actions import may_here

bp = Blueprint("editor", __name__, url_prefix="/<language:language>/editor")

_ROWS = ("add", "remove", "up", "down", "section-remove", "section-up", "section-down")


@bp.get("/<kind>/<record_id>/<part>")
@permission_required(Permission.EDIT, Permission.TRANSLATE)
def edit(kind: str, record_id: str, part: str) -> ResponseReturnValue:
    """Open the editor with a draft, or with the text as it stands."""
    place = RecordFile(kind, record_id, part)
    draft, base = request.args.get("draft", type=int), request.args.get("base", type=int)
    opened = open_part(db.session, store(), signed_in(), place, draft_id=draft, base=base)
    if draft is None and not may_here(writing(place), place):
        raise Forbidden(place.record)  # sooner than after everything is written
    kept = drafts_of(db.session, signed_in(), place) if draft is None else []
    page = page_of(opened, raw=(raw := request.args.get("view") == RAW), minor=is_minor(opened))
    return show(page, problems=() if raw else _hindrances(page), kept=kept, company=joined(place))


@bp.post("/<kind>/<record_id>/<part>")
@permission_required(Permission.EDIT, Permission.TRANSLATE)
def edit_submit(kind: str, record_id: str, part: str) -> ResponseReturnValue:
    """Do what the button says; whatever happens, the text is shown again or safe."""
    place = RecordFile(kind, record_id, part)
    if kind not in store().kinds or not place.is_text or not is_record_id(record_id):
        raise NotFound(place.record)
    require(signed_in(), writing(place))
    given = sent(place)
    if given.verb == "publish":
        return _publish(given)
    if given.verb == "review":
        return asked_about(given) or send(given)
    if given.verb in ("save", "evidence", "files"):
        return _save(given)
    if given.verb in ONWARD:
        return refused(given) or unchanged(given) or _save(given)
    if given.verb == "preview":
        return _preview(given)
    opened = reordered(given.opened, given.verb, given.argument(0), given.argument(1)) if given.verb in _ROWS else None
    raw = given.verb == RAW or (given.is_raw and given.verb != "form")
    page = page_of(opened or given.opened, raw=raw, minor=given.minor)
    return _shown(page, () if raw else _hindrances(page))


def _preview(given: PostedEditor) -> ResponseReturnValue:
    # What is nested beyond all measure must not reach the Markdown library, which would fall over it.
    nested = tuple(each for each in unshowable(given.opened) if each.code == "too-nested")
    preview = "" if nested else given.argument(0)
    page = page_of(given.opened, raw=given.is_raw, preview=preview, minor=given.minor)
    return _shown(page, nested or (() if given.is_raw else _hindrances(page)))


def _shown(page: EditorPage, problems: Sequence[Problem]) -> ResponseReturnValue:
    return show(page, problems=problems, status=422 if problems else 200)


def _hindrances(page: EditorPage) -> tuple[Problem, ...]:
    """Why a text is shown whole to somebody who asked for a form, and what in a form nobody has decided on yet."""
    return unshowable(page.opened) if page.view == RAW else page.unresolved()


def _publish(given: PostedEditor) -> ResponseReturnValue:
    if (asked := asked_about(given)) is not None:
        return asked
    try:
        opened = given.opened if given.is_raw else finished(given.opened)
        actions.publish(
            db.session,
            store(),
            signed_in(),
            [opened.edit()],
            note=opened.note,
            minor=given.minor,
            draft_id=used_up(db.session, signed_in(), opened),
            draft_fingerprint=opened.draft_fingerprint,
            four_eyes=four_eyes(),
            now=now(),
        )
    except Rejected as error:
        page = page_of(given.opened, raw=given.is_raw, minor=given.minor)
        return show(page, problems=error.problems, status=422)
    except Conflict as error:
        return conflict_page(given.opened.place, error)
    except Forbidden:
        return refuse_to_publish(given)
    except Exception as error:
        return not_saved(given, error)
    left(opened.place)
    return lead_to_readers(opened.place)


def _save(given: PostedEditor) -> ResponseReturnValue:
    opened = given.opened
    try:
        draft = keep(opened)
    except Rejected as error:
        return show(page_of(opened, raw=given.is_raw, minor=given.minor), problems=error.problems, status=422)
    except Forbidden:
        raise
    except Exception as error:
        return not_saved(given, error, is_draft=True)
    if has_parted(db.session, signed_in(), opened, draft):
        flash(_("Another window has saved this draft meanwhile; yours is kept as a draft of its own."))
    else:
        flash(_("The draft is saved. Only you see it."), "good")
    if given.verb == "evidence" and opened.place.kind == "practices":
        return redirect(url_for("assessing.show_dialogue", record_id=opened.place.id, draft=draft.id), 303)
    if given.verb == "files":
        return redirect(url_for("attachments.index", kind=opened.place.kind, record_id=opened.place.id), 303)
    return redirect(address_on(given, draft.id), 303)


@bp.get("/<kind>/<record_id>/retire")
@permission_required(Permission.RETIRE)
def retire(kind: str, record_id: str) -> ResponseReturnValue:
    """Ask for the successor and the reason of taking a record out of use."""
    return _retire_page(kind, record_id)


@bp.post("/<kind>/<record_id>/retire")
@permission_required(Permission.RETIRE)
def retire_submit(kind: str, record_id: str) -> ResponseReturnValue:
    """Take a record out of search and lists."""
    successor, note = request.form.get("successor", "").strip(), request.form.get("note", "").strip()
    record = f"{kind}/{record_id}"
    if kind not in store().kinds:
        raise NotFound(record)
    try:
        actions.retire(
            db.session,
            store(),
            signed_in(),
            record,
            successor=successor or None,
            note=note,
            four_eyes=four_eyes(),
            now=now(),
        )
    except Rejected as error:
        return _retire_page(kind, record_id, error, successor, note)
    flash(_("The record is retired. Its address tells readers so."), "good")
    return redirect(url_for("desk.record", kind=kind, record_id=record_id), 303)


def _retire_page(
    kind: str, record_id: str, error: Rejected | None = None, successor: str = "", note: str = ""
) -> ResponseReturnValue:
    catalog = generation().catalog
    entry = catalog.columns.get((kind, record_id))
    if entry is None or entry.status is Status.RETIRED:
        raise NotFound(record_id)
    problems = [(str(each.where[0]) if each.where else "", each.text(_)) for each in error.problems] if error else []
    return render(
        "editor/retire.html",
        status=422 if error else 200,
        entry=entry,
        successor=successor,
        note=note,
        problems=problems,
        others=[each for each in catalog.entries(kind) if each.id != record_id],
    )


_NOT_YOURS = Problem(
    "not-yours",
    N_("You may not publish this text yourself. It is kept as a draft: send it to review, and somebody who may will."),
)


def send(given: PostedEditor) -> ResponseReturnValue:
    """Keep the text as a draft, finished as for publication, and send that to review."""
    opened = given.opened if given.is_raw else finished(given.opened)
    try:
        draft = keep(opened)
        opened = opened.kept_as(draft)
        submit(db.session, store(), signed_in(), draft.id, minor=given.minor, now=now())
    except Rejected as error:
        return _refused(given, opened, error.problems)
    except Conflict as error:
        return conflict_page(opened.place, error)
    except Forbidden:
        raise
    except Exception as error:
        return not_saved(given, error)
    left(opened.place)
    flash(_("The draft is sent to review. The public text stays until it is published."), "good")
    return redirect(url_for("reviewing.show", draft_id=draft.id), 303)


def refuse_to_publish(given: PostedEditor) -> ResponseReturnValue:
    """Keep a text as a draft whose publication is not for this person, and say what to do. Raises `Forbidden`."""
    try:
        opened = given.opened.kept_as(keep(given.opened))
    except Rejected as error:
        return _refused(given, given.opened, error.problems)
    return _refused(given, opened, (_NOT_YOURS,))


def _refused(given: PostedEditor, opened: Opened, problems: tuple[Problem, ...]) -> ResponseReturnValue:
    page = page_of(opened, raw=given.is_raw, minor=given.minor)
    return show(page, problems=problems, status=422)
