"""Routes of the presenter notes, for trainers: time plan, trainers' notes, and texts left out of slides."""

from __future__ import annotations

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from kb.accounts.permissions import Permission
from kb.documents.blocks import Document
from kb.documents.formats import FORMATS
from kb.documents.html import body_html
from kb.documents.pdf import is_available
from kb.errors import Rejected
from kb.extensions import db
from kb.web.http import i18n
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.file_queue import attachment, make_file, not_made
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import render
from kb.web.http.robots_header import unlisted
from kb.web.parts.page_document import document
from kb.web.parts.workshop_words import localize
from kb.web.workshops.file_names import download_name
from kb.web.workshops.public.slides_page import deck_of
from kb.workshops.model import Workshop
from kb.workshops.plan import access
from kb.workshops.slides.presenter_notes import notes

bp = Blueprint("workshop_notes", __name__, url_prefix="/<language:language>/trainer/workshops")
bp.register_error_handler(Rejected, not_made("docx", "odt"))

_NAMES = ("pdf", "docx", "odt")


@bp.get("/<workshop_id>/notes")
@permission_required(Permission.TEACH)
def show(workshop_id: str) -> ResponseReturnValue:
    """Show the notes."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    written = _document(workshop)
    return render(
        "workshops/builder/notes.html",
        workshop=workshop,
        above=localize(workshop.title, workshop),
        written=written,
        body=Markup(body_html(written, prefix="n-")),  # noqa: S704 - the writer escapes every text
        names=[name for name in _NAMES if name != "pdf" or is_available()],
    )


@bp.get("/<workshop_id>/notes.<name>")
@permission_required(Permission.TEACH)
def take(workshop_id: str, name: str) -> ResponseReturnValue:
    """Return the notes as a file."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    if name not in _NAMES:
        abort(404)
    written = _document(workshop)
    data = make_file(written, name)
    return unlisted(
        attachment(data, download_name(workshop, f"notes-{written.language}.{name}"), FORMATS[name].media_type)
    )


def _document(workshop: Workshop) -> Document:
    """Return the notes in the reader's language if the workshop has it, else in its first language."""
    current = i18n.current().code
    code = current if current in workshop.languages else workshop.language
    found = deck_of(workshop, has_answers=True)
    title = workshop.title.get(code) or found.title
    blocks = notes(workshop, found, i18n.speech(code))
    return document(_("%(label)s: %(words)s", label=_("Notes"), words=title), blocks, language=code)
