"""Routes for new records: the short form of a practice, id and title of other kinds, and copies of a record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.content_store.catalog import CatalogEntry
from kb.editing.forms.copy_record import begin_from
from kb.editing.forms.new_record import begin_record
from kb.errors import Forbidden, NotFound
from kb.extensions import db
from kb.history.model import Draft
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing.authorization import may_begin
from kb.records.bundle import SOURCE
from kb.web.editor.new_record.forms import NewRecordForm, sent_form, shown_problems
from kb.web.editor.page import suggestions
from kb.web.editor.save_fallback import not_ready
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.db_errors import Again, save_or_show_again
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, now, render, store
from kb.web.labels.content_texts import section_questions

_NO_ORIGIN = N_("“%(text)s” was not found. Select a record from the list that opens as you type.")

bp = Blueprint("beginning", __name__, url_prefix="/<language:language>/editor/new")


@bp.get("/<kind>")
@permission_required(Permission.EDIT)
def new(kind: str) -> ResponseReturnValue:
    """Show the form of a new record. If the request names another record, redirect to the form for a copy."""
    form = sent_form(kind)
    if not form["from"]:
        return _new_page(form)
    origin = suggestions().resolve(kind, form["from"])
    if (kind, origin) in generation().catalog.columns:
        return redirect(url_for("beginning.like", kind=kind, record_id=origin), 303)
    return _new_page(form, (Problem("unknown-origin", _NO_ORIGIN, ("from",), params={"text": form["from"]}),))


@bp.post("/<kind>")
@permission_required(Permission.EDIT)
def new_submit(kind: str) -> ResponseReturnValue:
    """Create a record as a draft, or propose its id."""
    form = sent_form(kind)
    if form.verb == "propose":
        return _new_page(form.with_proposal())
    form = form.with_id()
    problems, beginning = form.problems(), form.beginning()
    return _begin(
        lambda: begin_record(db.session, store(), signed_in(), kind, beginning, problems=problems, now=now()),
        lambda found, status: _new_page(form, found, status=status),
    )


@bp.get("/<kind>/from/<record_id>")
@permission_required(Permission.EDIT)
def like(kind: str, record_id: str) -> ResponseReturnValue:
    """Show the form for a copy of another record."""
    return _like_page(_origin(kind, record_id), sent_form(kind))


@bp.post("/<kind>/from/<record_id>")
@permission_required(Permission.EDIT)
def like_submit(kind: str, record_id: str) -> ResponseReturnValue:
    """Create a record as a copy of another one, in full or as a pattern."""
    origin, form = _origin(kind, record_id), sent_form(kind)
    if form.verb == "propose":
        return _like_page(origin, form.with_proposal(origin.title(origin.language)[0]))
    form = form.with_id(origin.title(origin.language)[0])
    begin = partial(begin_from, problems=form.similar_problems(), now=now())
    return _begin(
        lambda: begin(db.session, store(), signed_in(), kind, record_id, form.way, form.titled()),
        lambda found, status: _like_page(origin, form, found, status=status),
    )


def _begin(begin: Callable[[], Draft], again: Again) -> ResponseReturnValue:
    """Redirect to the editor with the new draft, or show the form again with everything that was typed."""
    words = _("Draft started. Fill in what is missing, then send the draft for review.")
    return save_or_show_again(begin, again, there=_draft_url, words=words)


def _draft_url(draft: Draft) -> str:
    kind, _slash, record_id = draft.record.partition("/")
    return url_for("editor.edit", kind=kind, record_id=record_id, part=SOURCE, draft=draft.id)


def _new_page(form: NewRecordForm, problems: Sequence[Problem] = (), *, status: int = 422) -> ResponseReturnValue:
    if form.kind not in store().kinds:
        raise NotFound(form.kind)
    if not may_begin(signed_in(), store().kinds[form.kind].shape):
        raise Forbidden(form.kind)
    return render(
        "editor/new_record/new.html",
        status=status if problems else 200,
        form=form,
        origins=generation().catalog.entries(form.kind),
        questions=section_questions(),
        problems=shown_problems(problems),
        title=not_ready() if status == 503 else "",
    )


def _origin(kind: str, record_id: str) -> CatalogEntry:
    entry = generation().catalog.columns.get((kind, record_id)) if kind in store().kinds else None
    if entry is None:
        raise NotFound(record_id)
    return entry


def _like_page(
    origin: CatalogEntry, form: NewRecordForm, problems: Sequence[Problem] = (), *, status: int = 422
) -> ResponseReturnValue:
    return render(
        "editor/new_record/like.html",
        status=status if problems else 200,
        form=form,
        origin=origin,
        problems=shown_problems(problems),
        title=not_ready() if status == 503 else "",
    )
