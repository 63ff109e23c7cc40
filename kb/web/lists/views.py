"""Views of lists by link: practices in an order with notes, to print and share; the server stores nothing.

The address of a list holds all of it. The form answers with the next address. It uses POST, not GET: a text too long
for an address would never arrive, and here it comes back with what to do.
"""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from kb.web.http.rendering import render
from kb.web.lists.files import file_response, to_markdown, to_table
from kb.web.lists.forms import PostedList, find_problems, list_form
from kb.web.lists.page import list_page, selection_of

bp = Blueprint("lists", __name__)


@bp.get("/<language:language>/list")
def show() -> Response:
    """Show the list in the URL."""
    selection = selection_of(request.args)
    return render("lists/show.html", page=list_page(selection), is_kept=not selection.is_written_by_a_reader)


@bp.get("/<language:language>/list/edit")
def edit() -> Response:
    """Show the form that changes a list."""
    form = list_form(selection_of(request.args))
    return render("lists/edit.html", form=form, status=form.status, is_kept=False)


@bp.post("/<language:language>/list/edit")
def edit_submit() -> Response:
    """Redirect to the address of the changed list, or show the form where something is open or invalid."""
    sent = PostedList.from_form(request.form)
    if sent.open_words or find_problems(sent.selection):
        form = list_form(sent.selection, sent.open_words)
        return render("lists/edit.html", form=form, status=form.status, is_kept=False)
    return redirect(sent.address, 303)


@bp.get("/<language:language>/list.md")
def markdown() -> Response:
    """Download a list as a text file."""
    return file_response(to_markdown(list_page(selection_of(request.args))), "text/markdown", "list.md")


@bp.get("/<language:language>/list.csv")
def table() -> Response:
    """Download a list as a table."""
    return file_response(to_table(list_page(selection_of(request.args))), "text/csv", "list.csv")
