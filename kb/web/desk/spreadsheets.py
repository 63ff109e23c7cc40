"""Export of records as a table, and import of the edited table: upload, preview, and publish in one step.

Nothing is stored between preview and publication. The form carries the changed cells, with the fingerprints of the
files they were read from. The submitted cells are compared and checked again.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.editing.forms.schema_form import SchemaField
from kb.editing.review_queue.records import find_entries
from kb.errors import Conflict, Forbidden, NotFound, Rejected
from kb.exchange.import_table import Incoming
from kb.exchange.preview import compared, lines_of, preview, ticked_table
from kb.exchange.table import SheetTable, from_json
from kb.exchange.table_files import TableFormat, read, write
from kb.exchange.term_labels import Meaning
from kb.extensions import db
from kb.problems import Problem, errors
from kb.publishing.bulk_changes import publish_many
from kb.web.desk.record_list.page import records_page
from kb.web.desk.spreadsheets_page import columns, names_by_label, preview_view
from kb.web.editor.form.autocomplete import EditorSuggestions
from kb.web.editor.form.name_choices import choices_for
from kb.web.http import i18n
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.form_problems import field_problems
from kb.web.http.rendering import generation, now, render, store, today, with_cache_headers
from kb.web.labels.fields import choice_of
from kb.web.parts.allowed_actions import four_eyes
from kb.web.parts.record_filter import read_filter

bp = Blueprint("bulk", __name__, url_prefix="/<language:language>/desk/tables")

# The facts that a list sets in the ticked records.
_SET = ("keeper", "review_due")
_TYPES = {
    TableFormat.CSV: "text/csv; charset=utf-8",
    TableFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@bp.get("/<kind>/<any(csv, xlsx):table_format>")
@permission_required(Permission.SEE_DESK)
def download(kind: str, table_format: str) -> ResponseReturnValue:
    """Return the records of a list as a table, with the filter in the URL."""
    _require_kind(kind)
    chosen = TableFormat(table_format)
    found = find_entries(generation().catalog, kind, read_filter(kind).wanted)
    lines = lines_of(db.session, store(), kind, [entry.id for entry in found])
    response = Response(write(chosen, kind, lines), content_type=_TYPES[chosen])
    name = f"{kind}-{today().isoformat()}.{chosen}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return with_cache_headers(response)


@bp.get("/<kind>")
@permission_required(Permission.PUBLISH)
def index(kind: str) -> ResponseReturnValue:
    """Show how to download a table and where to upload it."""
    return _form(kind)


@bp.post("/<kind>")
@permission_required(Permission.PUBLISH)
def submit(kind: str) -> ResponseReturnValue:
    """Show what a table would change, or publish the previewed changes. One URL serves both, so every page has one."""
    _require_kind(kind)
    try:
        return {"publish": _publish, "ticked": _tick}.get(request.form.get("do", ""), _look)(kind)
    except Rejected as error:
        return _form(kind, error.problems, _note())


def _look(kind: str) -> ResponseReturnValue:
    """Show what a table would change; nothing is saved."""
    file = request.files.get("file")
    return _show(kind, _preview(kind, read(file.read() if file is not None else b"")), note=_note())


def _tick(kind: str) -> ResponseReturnValue:
    """Show what would change in the records that were ticked in a list; nothing is saved."""
    cells = {name: " ".join(request.form.get(f"set-{name}", "").split()) for name in _SET}
    try:
        table = ticked_table(db.session, kind, request.form.getlist("ticked"), cells)
    except Rejected as error:
        return records_page(kind, error.problems)
    return _show(kind, _preview(kind, table))


def _publish(kind: str) -> ResponseReturnValue:
    """Publish the previewed changes if all of them are still valid; else show the remaining ones."""
    note, table = _note(), from_json(request.form.get("rows", ""))
    incoming = compared(db.session, store(), kind, table, _meaning(kind))
    if errors(incoming.problems):
        return _show(kind, _preview(kind, table), note=note)
    edits = [each.edit for each in incoming.proposals]
    try:
        change = publish_many(db.session, store(), signed_in(), edits, note=note, four_eyes=four_eyes(), now=now())
    except (Conflict, Forbidden):  # the next preview shows what has changed since
        return _show(kind, _preview(kind, table), note=note)
    except Rejected as error:
        return _show_rejected(kind, table, error, note)
    count = len(edits)
    flash(i18n.ngettext("%(count)s record was changed.", "%(count)s records were changed.", count), "good")
    return redirect(url_for("changes.show", number=change.number), 303)


def _show_rejected(kind: str, table: SheetTable, error: Rejected, note: str) -> ResponseReturnValue:
    """Show the table again with the problems of the form, or with the records that would be rejected."""
    of_form = [problem for problem in error.problems if not problem.path]
    return _show(kind, _preview(kind, table), of_form, note=note)


def _note() -> str:
    """Return the note on the change. It is passed from page to page until publication."""
    return request.form.get("note", "").replace("\r\n", "\n").strip()


def _require_kind(kind: str) -> None:
    if kind not in store().kinds:
        raise NotFound(kind)


def _preview(kind: str, table: SheetTable) -> Incoming:
    return preview(db.session, store(), signed_in(), kind, table, _meaning(kind), now=now())


def _meaning(kind: str) -> Meaning:
    """Return how cells are parsed: like the form, with names in any language and labels of facts and choices."""
    suggestions = EditorSuggestions(store().vocabularies, generation().catalog, i18n.current().code)

    def doubt(field: SchemaField, text: str) -> Problem | None:
        found = choices_for(suggestions, field.suggested, text, field.path)
        return found.problem() if found is not None else None

    return Meaning(suggestions.resolve, choice_of, doubt, names_by_label(store().kinds[kind]))


def _form(kind: str, problems: Sequence[Problem] = (), note: str = "") -> Response:
    _require_kind(kind)
    return render(
        "desk/spreadsheets/index.html",
        status=422 if problems else 200,
        kind=kind,
        narrowed=read_filter(kind),
        columns=columns(store().kinds[kind]),
        problems=field_problems(problems),
        note=note,
        is_closed=four_eyes(),
    )


def _show(kind: str, incoming: Incoming, problems: Sequence[Problem] = (), *, note: str = "") -> Response:
    view = preview_view(store().kinds[kind], incoming)
    return render(
        "desk/spreadsheets/preview.html",
        status=422 if problems or view.has_errors else 200,
        kind=kind,
        is_ticked=bool(request.form.getlist("ticked")),
        view=view,
        problems=field_problems(problems),
        note=note,
        is_closed=four_eyes(),
    )
