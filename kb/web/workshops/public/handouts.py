"""The papers of a workshop: what can be taken away in which language, format and size; each file, and all in one.

Whoever may see the workshop is given programme, handout and worksheets; the rest is for those who teach it.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, abort, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.documents.blocks import Document
from kb.documents.formats import FORMATS
from kb.documents.pdf import is_available
from kb.errors import NotFound, Rejected
from kb.extensions import db
from kb.problems import Problem
from kb.web.http import i18n
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.db_errors import needs_database
from kb.web.http.file_queue import attachment, made
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import render
from kb.web.http.robots_header import unlisted
from kb.web.parts.workshop_words import said
from kb.web.workshops.file_names import download_name
from kb.web.workshops.forms import problem_lines
from kb.web.workshops.public.handout_pack import LARGE, NORMAL, file_name, known_languages, make_pack, page_setting
from kb.web.workshops.public.page import find_visible, may_build
from kb.workshops.handouts.registry import PAPERS, Paper, papers_of
from kb.workshops.handouts.worksheets import has_worksheets
from kb.workshops.model import Workshop
from kb.workshops.plan import access

bp = Blueprint("workshop_papers", __name__, url_prefix="/<language:language>")

# What a paper is called and in which language, what is said beside it, and its addresses by size and format.
_Line = tuple[str, str, str, list[tuple[str, list[tuple[str, str]]]]]
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
    data = make_pack(workshop, is_large=size == LARGE)
    return unlisted(attachment(data, download_name(workshop, f"{size}.zip"), "application/zip"))


@bp.get("/workshops/<key>/papers")
@needs_database()
def index(key: str) -> ResponseReturnValue:
    """Show whoever may see a workshop what of it can be taken away."""
    return _page(find_visible(key), key)


@bp.get(f"/workshops/<key>/papers/<code>/{_SIZE}/<paper>.<file_format>")
@needs_database()
def take(key: str, code: str, size: str, paper: str, file_format: str) -> ResponseReturnValue:
    """Answer with one paper as a file."""
    if file_format not in _FORMATS:
        abort(404)
    workshop = find_visible(key)
    found, document = _make_paper(workshop, code, size, paper)
    try:
        data = made(document, file_format)
    except Rejected as error:
        return _page(workshop, key, error.problems)
    name = download_name(workshop, f"{file_name(found, code, size)}.{file_format}")
    return unlisted(attachment(data, name, FORMATS[file_format].media_type))


def _make_paper(workshop: Workshop, code: str, size: str, name: str) -> tuple[Paper, Document]:
    """Return a paper in a language and size, if this reader may have it. Raises `NotFound`."""
    if code not in known_languages(workshop):
        raise NotFound("paper")
    setting = page_setting(workshop, code, is_large=size == LARGE)
    paper = PAPERS.get(name) or papers_of(setting).get(name)
    if paper is None or not (paper.is_open or may_build(workshop)):
        raise NotFound("paper")
    return paper, paper.make(setting)


def _page(workshop: Workshop, key: str, problems: Sequence[Problem] = ()) -> ResponseReturnValue:
    builds = may_build(workshop)
    own = sorted(workshop.languages, key=lambda code: code != i18n.current().code)  # the reader's own first
    others = [code for code in known_languages(workshop) if code not in workshop.languages]
    return render(
        "workshops/public/papers.html",
        status=422 if problems else 200,
        is_kept=False,
        workshop=workshop,
        key=key,
        above=said(workshop.title, workshop),
        own=[(code, _lines(workshop, key, code, is_open_only=not builds)) for code in own],
        others=[(code, _lines(workshop, key, code, is_open_only=True)) for code in others],
        slides=_slides(workshop, key),
        sizes=_packs(workshop),
        has_pdf=is_available(),
        may_build=builds,
        problems=problem_lines(problems),
    )


def _slides(workshop: Workshop, key: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return slides, and for those who teach notes to them: what they are called, for whom, addresses by format."""
    formats = {"pdf": _("Slides as PDF"), "html": _("Slides as one file for a memory stick")}
    taken = [(words, url_for("workshop_slides.take", key=key, name=name)) for name, words in formats.items()]
    found = [(_("Slides"), "", taken if is_available() else taken[1:])]
    if may_build(workshop):
        written = [
            (words, url_for("workshop_notes.take", workshop_id=workshop.id, name=name))
            for name, words in _FORMATS.items()
            if name != "pdf" or is_available()
        ]
        found.append((_("Presenter's notes"), _("not for participants"), written))
    return found


def _lines(workshop: Workshop, key: str, code: str, *, is_open_only: bool) -> list[_Line]:
    """Return the papers in a language, without worksheets where there are none."""
    setting = page_setting(workshop, code, is_large=False)
    papers = [paper for paper in papers_of(setting).values() if paper.is_open or not is_open_only]
    has_sheets = has_worksheets(setting)
    return [_line(paper, key, code) for paper in papers if has_sheets or paper.name != "worksheets"]


def _line(paper: Paper, key: str, code: str) -> _Line:
    """Return a paper as the page shows it."""
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
    if paper.is_tool:
        return paper.title, paper.language, _("to practise with"), sizes
    return i18n.gettext(paper.title), "", "" if paper.is_open else _("not for participants"), sizes


def _sizes() -> dict[str, str]:
    return {NORMAL: _("A4"), LARGE: _("Large print")}


def _packs(workshop: Workshop) -> list[tuple[str, str]]:
    """Return the sizes of the pack, the one that the workshop asks for first."""
    sizes = list(_sizes().items())
    return sizes[::-1] if workshop.large_print else sizes
