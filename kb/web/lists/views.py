"""Lists by link: practices in an order with notes, to be printed and sent on; nothing of them is kept here.

The address of a list holds all of it. It is changed in a form that answers with the next address. The form is posted
and not got: a text that is too long for an address would never arrive, and here it comes back with what to do.
"""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from kb.web.http.rendering import render
from kb.web.http.robots_header import unlisted
from kb.web.lists.files import to_markdown, to_table
from kb.web.lists.forms import PostedList, complaints, form_address, offers
from kb.web.lists.page import list_page, selection_of
from kb.web.lists.selection import NOTE_LIMIT, TITLE_LIMIT, Selection

bp = Blueprint("lists", __name__)


@bp.get("/<language:language>/list")
def show() -> Response:
    """Show a list as its address describes it."""
    selection = selection_of(request.args)
    return render("lists/show.html", page=list_page(selection), is_kept=not selection.is_written_by_a_reader)


@bp.get("/<language:language>/list/edit")
def edit() -> Response:
    """Show the form that changes a list."""
    return _form(selection_of(request.args), "")


@bp.post("/<language:language>/list/edit")
def edit_submit() -> Response:
    """Answer with the address of the changed list, or with the form where something is open or has to be mended."""
    sent = PostedList.from_form(request.form)
    if sent.open_words or complaints(sent.selection):
        return _form(sent.selection, sent.open_words)
    return redirect(sent.address, 303)


@bp.get("/<language:language>/list.md")
def markdown() -> Response:
    """Answer with a list as a text file."""
    return _file(to_markdown(list_page(selection_of(request.args))), "text/markdown", "list.md")


@bp.get("/<language:language>/list.csv")
def table() -> Response:
    """Answer with a list as a table."""
    return _file(to_table(list_page(selection_of(request.args))), "text/csv", "list.csv")


def _form(selection: Selection, typed: str) -> Response:
    found = complaints(selection)
    return render(
        "lists/edit.html",
        page=list_page(selection, is_whole=True),
        offers=offers(selection, typed),
        problems=found,
        action=form_address(),
        title_limit=TITLE_LIMIT,
        note_limit=NOTE_LIMIT,
        status=422 if found else 200,
        is_kept=False,
    )


def _file(text: str, mimetype: str, name: str) -> Response:
    """Return a file to be taken along; it belongs in no index, and no copy of it in a browser."""
    response = Response(text, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.cache_control.no_store = True
    return unlisted(response)
