"""The papers of a workshop: what can be taken away in which language, format and size; each file, and all in one.

Whoever may see the workshop is given programme, handout and worksheets; the rest is for those who teach it.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, abort, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.documents.formats import FORMATS
from kb.documents.pdf import is_available
from kb.errors import NotFound, Rejected
from kb.extensions import db
from kb.problems import Problem
from kb.web import i18n
from kb.web.auth import permission_required, signed_in
from kb.web.converting import attachment, made, made_by
from kb.web.database import needs_database
from kb.web.i18n import gettext as _
from kb.web.rendering import render
from kb.web.robots import unlisted
from kb.web.workshop_forms import shown
from kb.web.workshop_pack import LARGE, NORMAL, file_name, known_languages, packed, setting_of
from kb.web.workshop_words import said
from kb.web.workshops import find_shown, may_build
from kb.workshops import access
from kb.workshops.model import Workshop
from kb.workshops.papers.shelf import PAPERS, Paper
from kb.workshops.papers.worksheets import has_worksheets

bp = Blueprint("workshop_papers", __name__, url_prefix="/<language:language>")

_FORMATS = {"pdf": "PDF", "docx": "Word", "odt": "OpenDocument"}
_SIZE = f'<any("{NORMAL}", "{LARGE}"):size>'


@bp.get("/trainer/workshops/<workshop_id>/papers")
@permission_required(Permission.TEACH)
def show(workshop_id: str) -> ResponseReturnValue:
    """Show those who teach a workshop all that can be printed for it."""
    return _page(access.taught(db.session, signed_in(), workshop_id), workshop_id)


@bp.get(f"/trainer/workshops/<workshop_id>/papers/{_SIZE}.zip")
@permission_required(Permission.TEACH)
def pack(workshop_id: str, size: str) -> ResponseReturnValue:
    """Answer with everything in the languages of the workshop, in one file."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    data = made_by(lambda: packed(workshop, is_large=size == LARGE))
    if isinstance(data, Response):
        return data
    return unlisted(attachment(data, f"praxis-workshop-{size}.zip", "application/zip"))


@bp.get("/workshops/<key>/papers")
@needs_database()
def index(key: str) -> ResponseReturnValue:
    """Show whoever may see a workshop what of it can be taken away."""
    return _page(find_shown(key), key)


@bp.get(f"/workshops/<key>/papers/<code>/{_SIZE}/<paper>.<file_format>")
@needs_database()
def take(key: str, code: str, size: str, paper: str, file_format: str) -> ResponseReturnValue:
    """Answer with one paper as a file."""
    if file_format not in _FORMATS or paper not in PAPERS:
        abort(404)
    workshop, wanted = find_shown(key), PAPERS[paper]
    if code not in known_languages(workshop) or not (wanted.is_open or may_build(workshop)):
        raise NotFound("paper")
    document = wanted.make(setting_of(workshop, code, is_large=size == LARGE))
    try:
        data = made(document, file_format)
    except Rejected as error:
        return _page(workshop, key, error.problems)
    if isinstance(data, Response):
        return data
    name = f"praxis-{file_name(wanted, code, size)}.{file_format}"
    return unlisted(attachment(data, name, FORMATS[file_format].media_type))


def _page(workshop: Workshop, key: str, problems: Sequence[Problem] = ()) -> ResponseReturnValue:
    builds = may_build(workshop)
    papers = [paper for paper in PAPERS.values() if builds or paper.is_open]
    if not has_worksheets(setting_of(workshop, workshop.language, is_large=False)):
        papers.remove(PAPERS["worksheets"])
    own = [code for code in known_languages(workshop) if code in workshop.languages]
    own.sort(key=lambda code: code != i18n.current().code)  # the reader's own first
    others = [code for code in known_languages(workshop) if code not in workshop.languages]
    return render(
        "workshops/papers.html",
        status=422 if problems else 200,
        is_kept=False,
        workshop=workshop,
        key=key,
        above=said(workshop.title, workshop),
        own=[(code, [_line(paper, key, code) for paper in papers]) for code in own],
        others=[(code, [_line(paper, key, code) for paper in papers if paper.is_open]) for code in others],
        sizes=_packs(workshop),
        has_pdf=is_available(),
        may_build=builds,
        problems=shown(problems),
    )


def _line(paper: Paper, key: str, code: str) -> tuple[str, bool, list[tuple[str, list[tuple[str, str]]]]]:
    """Return what a paper is called, whether it is for those who teach alone, and its addresses by size and format."""
    sizes = [
        (
            _(words),
            [
                (label, url_for(".take", key=key, code=code, size=size, paper=paper.name, file_format=name))
                for name, label in _FORMATS.items()
                if name != "pdf" or is_available()
            ],
        )
        for size, words in _sizes().items()
    ]
    return i18n.gettext(paper.title), not paper.is_open, sizes


def _sizes() -> dict[str, str]:
    return {NORMAL: _("A4"), LARGE: _("Large print")}


def _packs(workshop: Workshop) -> list[tuple[str, str]]:
    """Return the sizes of the pack, the one that the workshop asks for first."""
    sizes = list(_sizes().items())
    return sizes[::-1] if workshop.large_print else sizes
