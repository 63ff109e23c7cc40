"""Page of the documents of a workshop: each by language, size and format, the slides, and the ZIP file."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from flask.typing import ResponseReturnValue

from kb.documents.pdf import is_available
from kb.problems import Problem
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import render
from kb.web.parts.workshop_words import localize
from kb.web.workshops.forms import problem_lines
from kb.web.workshops.public.handout_pack import LARGE, NORMAL, known_languages, page_setting
from kb.web.workshops.public.page import may_build
from kb.workshops.handouts.registry import Paper, papers_of
from kb.workshops.handouts.worksheets import has_worksheets
from kb.workshops.model import Workshop

# Title of a document, its language, a remark, and its URLs by size and format.
_Line = tuple[str, str, str, list[tuple[str, list[tuple[str, str]]]]]


FORMAT_NAMES = {"pdf": "PDF", "docx": "Word", "odt": "OpenDocument"}


def handouts_page(workshop: Workshop, key: str, problems: Sequence[Problem] = ()) -> ResponseReturnValue:
    """Return the page of all documents that this user may download, by language, size and format."""
    builds = may_build(workshop)
    own = sorted(workshop.languages, key=lambda code: code != i18n.current().code)  # the reader's language first
    others = [code for code in known_languages(workshop) if code not in workshop.languages]
    return render(
        "workshops/public/papers.html",
        status=422 if problems else 200,
        is_kept=False,
        workshop=workshop,
        key=key,
        above=localize(workshop.title, workshop),
        own=[(code, _lines(workshop, key, code, is_open_only=not builds)) for code in own],
        others=[(code, _lines(workshop, key, code, is_open_only=True)) for code in others],
        slides=_slides(workshop, key),
        sizes=_packs(workshop),
        has_pdf=is_available(),
        may_build=builds,
        problems=problem_lines(problems),
    )


def _slides(workshop: Workshop, key: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return slides, and presenter notes for trainers: title, audience, and URLs by format."""
    formats = {"pdf": _("Slides as PDF"), "html": _("Slides as one file for a USB stick")}
    taken = [(words, url_for("workshop_slides.take", key=key, name=name)) for name, words in formats.items()]
    found = [(_("Slides"), "", taken if is_available() else taken[1:])]
    if may_build(workshop):
        written = [
            (words, url_for("workshop_notes.take", workshop_id=workshop.id, name=name))
            for name, words in FORMAT_NAMES.items()
            if name != "pdf" or is_available()
        ]
        found.append((_("Presenter’s notes"), _("not for participants"), written))
    return found


def _lines(workshop: Workshop, key: str, code: str, *, is_open_only: bool) -> list[_Line]:
    """Return the documents in a language, without worksheets if there are none."""
    setting = page_setting(workshop, code, is_large=False)
    papers = [paper for paper in papers_of(setting).values() if paper.is_open or not is_open_only]
    has_sheets = has_worksheets(setting)
    return [_line(paper, key, code) for paper in papers if has_sheets or paper.name != "worksheets"]


def _line(paper: Paper, key: str, code: str) -> _Line:
    """Return a document as a line of the page."""
    sizes = [
        (
            _(words),
            [
                (label, url_for(".take", key=key, code=code, size=size, paper=paper.name, file_format=name))
                for name, label in FORMAT_NAMES.items()
                if name != "pdf" or is_available()
            ],
        )
        for size, words in _sizes().items()
    ]
    if paper.is_tool:
        return paper.title, paper.language, _("for practice"), sizes
    return i18n.gettext(paper.title), "", "" if paper.is_open else _("not for participants"), sizes


def _sizes() -> dict[str, str]:
    return {NORMAL: _("A4"), LARGE: _("Large print")}


def _packs(workshop: Workshop) -> list[tuple[str, str]]:
    """Return the sizes of the ZIP file, the workshop's default size first."""
    sizes = list(_sizes().items())
    return sizes[::-1] if workshop.large_print else sizes
