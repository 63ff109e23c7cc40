"""Routes of the editor: show and save a text as form or raw file, publish, send to review; retire a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission, require
from kb.editing.open_text import Opened, drafts_of, open_part, used_up
from kb.editing.quality.warnings import wrong_dates
from kb.errors import Conflict, Forbidden, NotFound, Rejected
from kb.extensions import db
from kb.i18n import N_
from kb.problems import Problem, Severity
from kb.publishing import actions
from kb.publishing.authorization import writing
from kb.publishing.review import submit
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile, is_record_id
from kb.web.editor.after_publish import redirect_after_publish
from kb.web.editor.forms import RAW, PostedEditor, finish_text, read_posted_editor, reorder
from kb.web.editor.merge.views import conflict_page
from kb.web.editor.new_source import with_new_source
from kb.web.editor.page import EditorPage, form_hindrances, page_hindrances, page_of, retire_page, show
from kb.web.editor.presence import note_absence, note_presence
from kb.web.editor.save_fallback import flash_saved_draft, save_as_draft, saving, unsaved_page
from kb.web.editor.status import is_minor, posted_reviewer
from kb.web.editor.translation.paging import PAGE
from kb.web.editor.translation.proposal import PROPOSE
from kb.web.editor.translation_actions import (
    ONWARD,
    ask_about_changes,
    ask_to_tick,
    go_on_unchanged,
    next_address,
    show_proposal,
)
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.db_errors import SaveError
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, store
from kb.web.parts.allowed_actions import four_eyes, may_here

_NOT_YOURS = Problem(
    "not-yours",
    N_(
        "You do not have permission to publish this text. The text is saved as a draft. Send the draft for review, so "
        "that someone with permission can publish it."
    ),
)
bp = Blueprint("editor", __name__, url_prefix="/<language:language>/editor")

_ROWS = ("add", "remove", "up", "down", "section-remove", "section-up", "section-down")


@bp.get("/<kind>/<record_id>/<part>")
@permission_required(Permission.EDIT, Permission.TRANSLATE)
def edit(kind: str, record_id: str, part: str) -> ResponseReturnValue:
    """Open the editor with a draft, or with the current text."""
    place = RecordFile(kind, record_id, part)
    draft, base = request.args.get("draft", type=int), request.args.get("base", type=int)
    opened = open_part(db.session, store(), signed_in(), place, draft_id=draft, base=base)
    if draft is None and not may_here(writing(place), place):
        raise Forbidden(place.record)  # before the user has written anything
    kept = drafts_of(db.session, signed_in(), place) if draft is None else []
    page = page_of(opened, raw=(raw := request.args.get("view") == RAW), minor=is_minor(opened))
    return show(page, problems=() if raw else _hindrances(page), kept=kept, company=note_presence(place))


@bp.post("/<kind>/<record_id>/<part>")
@permission_required(Permission.EDIT, Permission.TRANSLATE)
def edit_submit(kind: str, record_id: str, part: str) -> ResponseReturnValue:
    """Carry out the button's verb. The text is always either saved or shown again."""
    place = RecordFile(kind, record_id, part)
    if kind not in store().kinds or not place.is_text or not is_record_id(record_id):
        raise NotFound(place.record)
    require(signed_in(), writing(place))
    given = read_posted_editor(place)
    return _VERBS.get(given.verb, _show_again)(given)


def _show_again(given: PostedEditor) -> ResponseReturnValue:
    """Show the text in the other view, or after a row or section was moved, added or removed."""
    opened = reorder(given.opened, given.verb, given.argument(0), given.argument(1)) if given.verb in _ROWS else None
    raw = given.verb == RAW or (given.is_raw and given.verb != "form")
    page = page_of(opened or given.opened, raw=raw, minor=given.minor)
    return _show_page(page, () if raw else _hindrances(page))


def _preview(given: PostedEditor) -> ResponseReturnValue:
    # Excessively nested text would crash the Markdown library.
    nested = tuple(each for each in form_hindrances(given.opened) if each.code == "too-nested")
    preview = "" if nested else given.argument(0)
    page = page_of(given.opened, raw=given.is_raw, preview=preview, minor=given.minor)
    return _show_page(page, nested or (() if given.is_raw else _hindrances(page)))


def _show_page(page: EditorPage, problems: Sequence[Problem]) -> ResponseReturnValue:
    return show(page, problems=problems, status=422 if problems else 200)


def _hindrances(page: EditorPage) -> tuple[Problem, ...]:
    """Return why the form cannot show a text, or the unresolved names of a form."""
    return form_hindrances(page.opened) if page.view == RAW else page.unresolved()


def _publish(given: PostedEditor) -> ResponseReturnValue:
    if (question := ask_about_changes(given)) is not None:
        return question
    try:
        with saving(given.opened, Rejected, Conflict, Forbidden):
            opened = given.opened if given.is_raw else finish_text(given.opened)
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
        return _show_problems(given, given.opened, error.problems)
    except Conflict as error:
        return conflict_page(given.opened.place, error)
    except Forbidden:
        return _refuse_to_publish(given)
    except SaveError:
        return unsaved_page(given)
    note_absence(opened.place)
    return redirect_after_publish(opened.place)


def _save_and_go_on(given: PostedEditor) -> ResponseReturnValue:
    """Save a translation and show the next segment, unless nothing was ticked or changed."""
    return ask_to_tick(given) or go_on_unchanged(given) or _save(given)


def _save(given: PostedEditor) -> ResponseReturnValue:
    opened = given.opened
    try:
        with saving(opened, Rejected, Forbidden):
            draft = save_as_draft(opened)
    except Rejected as error:
        return _show_problems(given, opened, error.problems)
    except SaveError:
        return unsaved_page(given, is_draft=True)
    flash_saved_draft(opened, draft)
    if given.verb == "evidence" and opened.place.kind == "practices":
        return redirect(url_for("assessing.show_dialogue", record_id=opened.place.id, draft=draft.id), 303)
    if given.verb == "files":
        return redirect(url_for("attachments.index", kind=opened.place.kind, record_id=opened.place.id), 303)
    return redirect(next_address(given, draft.id), 303)


def _send_to_review(given: PostedEditor) -> ResponseReturnValue:
    """Save the text as a draft, finalized as for publication, and send it to review."""
    if (question := ask_about_changes(given)) is not None:
        return question
    opened = given.opened if given.is_raw else finish_text(given.opened)
    try:
        with saving(given.opened, Rejected, Conflict, Forbidden):
            draft = save_as_draft(opened)
            opened = opened.kept_as(draft)
            _refuse_wrong_dates(opened)
            reviewer = posted_reviewer()
            submit(db.session, store(), signed_in(), draft.id, minor=given.minor, reviewer_id=reviewer, now=now())
    except Rejected as error:
        return _show_problems(given, opened, error.problems)
    except Conflict as error:
        return conflict_page(opened.place, error)
    except SaveError:
        return unsaved_page(given)
    note_absence(opened.place)
    flash(_("Draft sent for review. The public text will not change until the draft is published."), "good")
    return redirect(url_for("reviewing.show", draft_id=draft.id), 303)


def _refuse_wrong_dates(opened: Opened) -> None:
    """Raise `Rejected` for dates that cannot be read: a reviewer could not mend them."""
    place = opened.place
    if place.part == SOURCE and (found := wrong_dates(store().kinds[place.kind], opened.text)):
        raise Rejected([replace(each, severity=Severity.ERROR) for each in found])


def _refuse_to_publish(given: PostedEditor) -> ResponseReturnValue:
    """Save the text of a user who may not publish it as a draft, and say what to do. Raises `Forbidden`."""
    try:
        opened = given.opened.kept_as(save_as_draft(given.opened))
    except Rejected as error:
        return _show_problems(given, given.opened, error.problems)
    return _show_problems(given, opened, (_NOT_YOURS,))


def _show_problems(given: PostedEditor, opened: Opened, problems: tuple[Problem, ...]) -> ResponseReturnValue:
    page = page_of(opened, raw=given.is_raw, minor=given.minor, problems=problems)
    return show(page, problems=problems, status=422)


def _add_source(given: PostedEditor) -> ResponseReturnValue:
    """Show the text with another source, or with those that other records offer."""
    opened, found = with_new_source(given.opened, given.argument(0))
    page = replace(page_of(opened, minor=given.minor), found=found)
    return _show_page(page, _hindrances(page))


def _show_whole(given: PostedEditor) -> ResponseReturnValue:
    """Save the text as a draft, and show its page as readers will see it, or what keeps the page from being shown."""
    opened = given.opened
    try:
        with saving(opened, Rejected, Forbidden):
            draft = save_as_draft(opened)
    except Rejected as error:
        return _show_problems(given, opened, error.problems)
    except SaveError:
        return unsaved_page(given, is_draft=True)
    if missing := page_hindrances(opened):
        title = _("Draft saved. The page can be shown when the following is fixed.")
        page = page_of(opened.kept_as(draft), raw=given.is_raw, minor=given.minor)
        return show(page, problems=missing, title=title, status=422)
    return redirect(url_for("reviewing.preview", draft_id=draft.id), 303)


_VERBS: Mapping[str, Callable[[PostedEditor], ResponseReturnValue]] = {
    "publish": _publish,
    "review": _send_to_review,
    **dict.fromkeys(("save", "evidence", "files"), _save),
    **dict.fromkeys((*ONWARD, PAGE), _save_and_go_on),
    "preview": _preview,
    PROPOSE: show_proposal,
    "source": _add_source,
    "whole": _show_whole,
}


@bp.get("/<kind>/<record_id>/retire")
@permission_required(Permission.RETIRE)
def retire(kind: str, record_id: str) -> ResponseReturnValue:
    """Show the form with successor and reason for retiring a record."""
    return retire_page(kind, record_id)


@bp.post("/<kind>/<record_id>/retire")
@permission_required(Permission.RETIRE)
def retire_submit(kind: str, record_id: str) -> ResponseReturnValue:
    """Retire a record, which removes it from search and lists."""
    successor, note = request.form.get("successor", "").strip(), request.form.get("note", "").strip()
    if kind not in store().kinds:
        raise NotFound(f"{kind}/{record_id}")
    try:
        _retire(f"{kind}/{record_id}", successor, note)
    except Rejected as error:
        return retire_page(kind, record_id, successor=successor, note=note, problems=error.problems)
    flash(_("Record retired. Readers see a notice on its page."), "good")
    return redirect(url_for("desk.record", kind=kind, record_id=record_id), 303)


def _retire(record: str, successor: str, note: str) -> None:
    rule, by = four_eyes(), signed_in()
    actions.retire(db.session, store(), by, record, successor=successor or None, note=note, four_eyes=rule, now=now())
