"""Routes of the printed documents of a workshop: list by language, format and size; each file, and one ZIP file.

All viewers of the workshop can download programme, handout and worksheets; the rest is for its trainers.
"""

from __future__ import annotations

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.documents.blocks import Document
from kb.documents.formats import FORMATS
from kb.errors import NotFound, Rejected
from kb.extensions import db
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.db_errors import needs_database
from kb.web.http.file_queue import attachment, make_file
from kb.web.http.robots_header import unlisted
from kb.web.workshops.file_names import download_name
from kb.web.workshops.public.handout_pack import LARGE, NORMAL, file_name, known_languages, make_pack, page_setting
from kb.web.workshops.public.handouts_page import (
    FORMAT_NAMES,
    handouts_page,
)
from kb.web.workshops.public.page import find_visible, may_build
from kb.workshops.handouts.registry import PAPERS, Paper, papers_of
from kb.workshops.model import Workshop
from kb.workshops.plan import access

bp = Blueprint("workshop_papers", __name__, url_prefix="/<language:language>")

_SIZE = f'<any("{NORMAL}", "{LARGE}"):size>'


@bp.get("/trainer/workshops/<workshop_id>/papers")
@permission_required(Permission.TEACH)
def show(workshop_id: str) -> ResponseReturnValue:
    """Show trainers all documents of a workshop."""
    return handouts_page(access.taught(db.session, signed_in(), workshop_id), workshop_id)


@bp.get(f"/trainer/workshops/<workshop_id>/papers/{_SIZE}.zip")
@permission_required(Permission.TEACH)
def pack(workshop_id: str, size: str) -> ResponseReturnValue:
    """Return all documents in the languages of the workshop as one ZIP file."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    data = make_pack(workshop, is_large=size == LARGE)
    return unlisted(attachment(data, download_name(workshop, f"{size}.zip"), "application/zip"))


@bp.get("/workshops/<key>/papers")
@needs_database()
def index(key: str) -> ResponseReturnValue:
    """Show viewers of a workshop the documents they can download."""
    return handouts_page(find_visible(key), key)


@bp.get(f"/workshops/<key>/papers/<code>/{_SIZE}/<paper>.<file_format>")
@needs_database()
def take(key: str, code: str, size: str, paper: str, file_format: str) -> ResponseReturnValue:
    """Return one document as a file."""
    if file_format not in FORMAT_NAMES:
        abort(404)
    workshop = find_visible(key)
    found, document = _make_paper(workshop, code, size, paper)
    try:
        data = make_file(document, file_format)
    except Rejected as error:
        return handouts_page(workshop, key, error.problems)
    name = download_name(workshop, f"{file_name(found, code, size)}.{file_format}")
    return unlisted(attachment(data, name, FORMATS[file_format].media_type))


def _make_paper(workshop: Workshop, code: str, size: str, name: str) -> tuple[Paper, Document]:
    """Return a document in a language and size, if this reader may see it. Raises `NotFound`."""
    if code not in known_languages(workshop):
        raise NotFound("paper")
    setting = page_setting(workshop, code, is_large=size == LARGE)
    paper = PAPERS.get(name) or papers_of(setting).get(name)
    if paper is None or not (paper.is_open or may_build(workshop)):
        raise NotFound("paper")
    return paper, paper.make(setting)
