"""Editing: the form made from the schema, the raw view beside it, drafts, publishing, new records, retiring."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission, require
from kb.content.bundle import SOURCE
from kb.content.files import Place
from kb.content.record import Status
from kb.curation.opening import Opened, begin_record, drafts_of, has_parted, open_part, used_up
from kb.errors import Conflict, Forbidden, NotFound, Rejected
from kb.extensions import db
from kb.problems import Problem, Where
from kb.publishing import actions
from kb.publishing.subjects import writing
from kb.web.auth import permission_required, signed_in
from kb.web.conflicts import conflict_page
from kb.web.editing import RAW, Sent, finished, reordered, sent
from kb.web.editor_page import Page, page_of, show, unshowable
from kb.web.i18n import gettext as _
from kb.web.i18n import offered
from kb.web.keeping import NOT_SAVED, keep, not_ready, not_saved
from kb.web.rendering import generation, library, now, render
from kb.web.translating import ONWARD, address_on, asked_about, refused, unchanged

logger = logging.getLogger(__name__)

bp = Blueprint("editor", __name__, url_prefix="/<language:language>/editor")

_NEW_FIELDS: Mapping[Where, str] = {("id",): "id", ("language",): "in"}
_ROWS = ("add", "remove", "up", "down", "section-remove", "section-up", "section-down")


@bp.get("/<kind>/<record_id>/<part>")
@permission_required(Permission.EDIT, Permission.TRANSLATE)
def edit(kind: str, record_id: str, part: str) -> ResponseReturnValue:
    """Open the editor with a draft, or with the text as it stands."""
    place = Place(kind, record_id, part)
    draft, base = request.args.get("draft", type=int), request.args.get("base", type=int)
    opened = open_part(db.session, library(), signed_in(), place, draft_id=draft, base=base)
    kept = drafts_of(db.session, signed_in(), place) if draft is None else []
    page = page_of(opened, raw=(raw := request.args.get("view") == RAW))
    return show(page, problems=() if raw else _hindrances(page), kept=kept)


@bp.post("/<kind>/<record_id>/<part>")
@permission_required(Permission.EDIT, Permission.TRANSLATE)
def edit_submit(kind: str, record_id: str, part: str) -> ResponseReturnValue:
    """Do what the button says; whatever happens, the text is shown again or safe."""
    place = Place(kind, record_id, part)
    if kind not in library().kinds or not place.is_text:
        raise NotFound(place.record)
    require(signed_in(), writing(place))
    given = sent(place)
    if given.verb == "publish":
        return _publish(given)
    if given.verb == "save":
        return _save(given)
    if given.verb in ONWARD:
        return refused(given) or unchanged(given) or _save(given)
    if given.verb == "preview":
        return _preview(given)
    opened = reordered(given.opened, given.verb, given.argument(0), given.argument(1)) if given.verb in _ROWS else None
    raw = given.verb == RAW or (given.is_raw and given.verb != "form")
    page = page_of(opened or given.opened, raw=raw, minor=given.minor)
    return _shown(page, () if raw else _hindrances(page))


def _preview(given: Sent) -> ResponseReturnValue:
    # What is nested beyond all measure must not reach the Markdown library, which would fall over it.
    nested = tuple(each for each in unshowable(given.opened) if each.code == "too-nested")
    preview = "" if nested else given.argument(0)
    page = page_of(given.opened, raw=given.is_raw, preview=preview, minor=given.minor)
    return _shown(page, nested or (() if given.is_raw else _hindrances(page)))


def _shown(page: Page, problems: Sequence[Problem]) -> ResponseReturnValue:
    return show(page, problems=problems, status=422 if problems else 200)


def _hindrances(page: Page) -> tuple[Problem, ...]:
    """Why a text is shown whole to somebody who asked for a form."""
    return unshowable(page.opened) if page.view == RAW else ()


def _publish(given: Sent) -> ResponseReturnValue:
    if (asked := asked_about(given)) is not None:
        return asked
    try:
        opened = given.opened if given.is_raw else finished(given.opened)
        actions.publish(
            db.session,
            library(),
            signed_in(),
            [opened.edit()],
            note=opened.note,
            minor=given.minor,
            draft_id=used_up(db.session, signed_in(), opened),
            draft_fingerprint=opened.draft_fingerprint,
            now=now(),
        )
    except Rejected as error:
        page = page_of(given.opened, raw=given.is_raw, minor=given.minor)
        return show(page, problems=error.problems, status=422)
    except Conflict as error:
        return conflict_page(given.opened.place, error)
    except Forbidden:
        raise
    except Exception as error:
        return not_saved(given, error)
    return _published(opened)


def _published(opened: Opened) -> ResponseReturnValue:
    """Lead to the page that readers see, or back to the desk if they see none."""
    place = opened.place
    entry = library().current().catalog.columns.get((place.kind, place.id))
    if entry is None or entry.status is not Status.PUBLISHED:
        flash(_("The text is saved. Readers do not see this record."), "good")
        return redirect(url_for("desk.record", kind=place.kind, record_id=place.id), 303)
    flash(_("Published. Readers see it now."), "good")
    language = entry.language if place.part == SOURCE else place.part
    return redirect(url_for(f"{place.kind}.show", record_id=place.id, language=language), 303)


def _save(given: Sent) -> ResponseReturnValue:
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
    return redirect(address_on(given, draft.id), 303)


@bp.get("/new/<kind>")
@permission_required(Permission.EDIT)
def new(kind: str) -> ResponseReturnValue:
    """Ask for the id and the language of a new record."""
    return _new_page(kind)


@bp.post("/new/<kind>")
@permission_required(Permission.EDIT)
def new_submit(kind: str) -> ResponseReturnValue:
    """Begin a record as a draft."""
    record_id, language = request.form.get("id", "").strip(), request.form.get("in", "")
    try:
        draft = begin_record(db.session, library(), signed_in(), kind, record_id, language, now=now())
    except Rejected as error:
        return _new_page(kind, error.problems, record_id, language)
    except (NotFound, Forbidden):
        raise
    except Exception:
        logger.exception("%s %s could not be begun", kind, record_id)
        db.session.rollback()
        return _new_page(kind, (NOT_SAVED,), record_id, language, status=503)
    there = url_for("editor.edit", kind=kind, record_id=record_id, part=SOURCE, draft=draft.id)
    return redirect(there, 303)


def _new_page(
    kind: str, problems: Sequence[Problem] = (), record_id: str = "", chosen: str = "", *, status: int = 422
) -> ResponseReturnValue:
    if kind not in library().kinds:
        raise NotFound(kind)
    return render(
        "editor/new.html",
        status=status if problems else 200,
        kind=kind,
        record_id=record_id,
        chosen=chosen,
        languages=offered(),
        problems=[(_NEW_FIELDS.get(each.where, ""), each.text(_)) for each in problems],
        title=not_ready() if status == 503 else "",
    )


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
    if kind not in library().kinds:
        raise NotFound(record)
    try:
        actions.retire(db.session, library(), signed_in(), record, successor=successor or None, note=note, now=now())
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
    problems = (
        [("successor" if each.where == ("successor",) else "", each.text(_)) for each in error.problems]
        if error
        else []
    )
    return render(
        "editor/retire.html",
        status=422 if error else 200,
        entry=entry,
        successor=successor,
        note=note,
        problems=problems,
        others=[each for each in catalog.entries(kind) if each.id != record_id],
    )
