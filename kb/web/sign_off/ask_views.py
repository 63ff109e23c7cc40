"""*Ask the owner*, for curators: make a link for an organisation, take its letter, see which links are open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.documents.formats import FORMATS
from kb.editing.suggestions.confirmation import ask_owner, is_open, requests_about, withdraw_request
from kb.errors import NotFound, Rejected
from kb.extensions import db
from kb.i18n import DEFAULT
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.problems import Problem
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.web.http import i18n
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.file_queue import attachment, build_and_make, not_made
from kb.web.http.form_problems import field_problems
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, now, render, store
from kb.web.labels.authors import authors
from kb.web.sign_off.letter import owner_letter

bp = Blueprint("asking", __name__, url_prefix="/<language:language>/desk/ask")
bp.register_error_handler(Rejected, not_made("docx", "odt"))


_FORMATS = ("docx", "odt", "pdf")


@dataclass(frozen=True)
class RequestLine:
    """A link that was sent: to whom, by whom, when, and what became of it."""

    id: int
    recipient: str
    by: str
    asked: date
    state: str


@dataclass(frozen=True)
class AskPage:
    """The form, and the links that were made before; `problems` are pairs of a field and a message."""

    kind: str
    record_id: str
    title: tuple[str, str]
    recipient: str
    language: str
    languages: tuple[tuple[str, str], ...]
    lines: tuple[RequestLine, ...]
    problems: tuple[tuple[str, str], ...]


@bp.get("/<kind>/<record_id>")
@permission_required(Permission.REVIEW)
def show(kind: str, record_id: str) -> ResponseReturnValue:
    """Show the form, and the links about this record."""
    return render("sign_off/ask.html", page=_page(kind, record_id))


@bp.post("/<kind>/<record_id>")
@permission_required(Permission.REVIEW)
def show_submit(kind: str, record_id: str) -> ResponseReturnValue:
    """Make a link, and lead to its letter."""
    recipient, language = " ".join(request.form.get("recipient", "").split()), request.form.get("letter", DEFAULT)
    if kind not in store().kinds or language not in {each.code for each in i18n.offered()}:
        raise NotFound(f"{kind}/{record_id}")
    place = RecordFile(kind, record_id, SOURCE)
    try:
        asked = ask_owner(db.session, store(), signed_in(), place, recipient, language, now=now())
    except Rejected as error:
        page = _page(kind, record_id, recipient, language, error.problems)
        return render("sign_off/ask.html", status=422, page=page)
    return redirect(url_for("asking.letter", token=asked.token), 303)


@bp.post("/withdraw/<int:number>")
@permission_required(Permission.REVIEW)
def withdraw_submit(number: int) -> ResponseReturnValue:
    """Delete a link, so that it opens nothing."""
    kind, _slash, record_id = withdraw_request(db.session, store(), signed_in(), number).partition("/")
    flash(_("The link opens nothing now."), "good")
    return redirect(url_for("asking.show", kind=kind, record_id=record_id), 303)


@bp.get("/letter/<token>")
@permission_required(Permission.REVIEW)
def letter(token: str) -> ResponseReturnValue:
    """Show the letter with its link, for the person who made it."""
    return render("sign_off/letter.html", letter=owner_letter(token))


@bp.get("/letter/<token>.<name>")
@permission_required(Permission.REVIEW)
def take(token: str, name: str) -> Response:
    """Return the letter as a document."""
    found = owner_letter(token)
    if name not in _FORMATS:
        raise NotFound(name)
    return attachment(build_and_make(found.document, name), f"praxis-letter.{name}", FORMATS[name].media_type)


def _page(
    kind: str, record_id: str, recipient: str = "", language: str = "", problems: Sequence[Problem] = ()
) -> AskPage:
    """Return the form. The organisation and its language are proposed from the facts of the record."""
    entry = generation().catalog.columns.get((kind, record_id))
    if entry is None:
        raise NotFound(f"{kind}/{record_id}")
    listed = requests_about(db.session, f"{kind}/{record_id}")
    names = authors(db.session, [each.asked_by for each in listed])
    offered = tuple((each.code, i18n.language_name(each.code)) for each in i18n.offered())
    return AskPage(
        kind=kind,
        record_id=record_id,
        title=entry.title(i18n.current().code),
        recipient=recipient or (_owner(record_id) if kind == PRACTICE.name and not problems else ""),
        language=language or entry.language,
        languages=offered,
        lines=tuple(
            RequestLine(
                each.id,
                each.recipient,
                names.get(each.asked_by or 0, ""),
                each.asked.date(),
                _("answered") if each.answered else _("waits for an answer") if is_open(each, now()) else _("expired"),
            )
            for each in listed
        ),
        problems=field_problems(problems),
    )


def _owner(record_id: str) -> str:
    practice = generation().catalog.bundle(PRACTICE, record_id).record
    if practice.contact is not None:
        return practice.contact.name
    return practice.organisations[0].name if practice.organisations else ""
