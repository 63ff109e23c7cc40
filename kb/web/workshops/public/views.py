"""Routes of workshops for readers: list public ones, show one by its id or its link, and each of its items."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from kb.errors import NotFound
from kb.web.http.db_errors import needs_database
from kb.web.http.rendering import generation, has_pages
from kb.web.workshops.public.page import (
    find_visible,
    index_page,
    item_page,
    using_page,
    workshop_page,
)

bp = Blueprint("workshops", __name__, url_prefix="/<language:language>/workshops")


@bp.get("")
@needs_database()
def index() -> Response:
    """Show the public workshops, all or those in one language."""
    return index_page(request.args.get("lang", ""))


@bp.get("/with/<kind>/<record_id>")
@needs_database()
def using(kind: str, record_id: str) -> Response:
    """Show the workshops that use a record: public ones, and those that the user teaches.

    This page is separate and rendered for each reader. The cached page of the record is the same for all readers.
    """
    if not has_pages(kind) or generation().catalog.find(kind, record_id) is None:
        raise NotFound(f"{kind}/{record_id}")
    return using_page(kind, record_id)


@bp.get("/<key>")
@needs_database()
def show(key: str) -> Response:
    """Show a workshop by its id, or by its link: programme and materials, never trainers' notes."""
    return workshop_page(find_visible(key), key)


@bp.get("/<key>/items/<item_id>")
@needs_database()
def item(key: str, item_id: str) -> Response:
    """Show an item of a workshop: a record as it was frozen, or the trainer's text."""
    return item_page(find_visible(key), key, item_id)
