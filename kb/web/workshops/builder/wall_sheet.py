"""Route of the wall sheet of a workshop: its short URL as a QR code and in large letters."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from kb.accounts.permissions import Permission
from kb.documents.qr_codes import to_svg
from kb.extensions import db
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.rendering import render
from kb.web.parts.workshop_words import localize
from kb.web.workshops.urls import readable_address, short_address
from kb.workshops.model import Visibility, Workshop
from kb.workshops.plan import access

bp = Blueprint("workshop_wall", __name__, url_prefix="/<language:language>/trainer/workshops/<workshop_id>/wall")


@bp.get("")
@permission_required(Permission.TEACH)
def show(workshop_id: str) -> ResponseReturnValue:
    """Show the QR code for the projector. It contains the link, so only trainers may open this page."""
    return _page(access.taught(db.session, signed_in(), workshop_id))


def _page(workshop: Workshop) -> ResponseReturnValue:
    is_private = workshop.visibility == Visibility.PRIVATE
    to_feedback = workshop.feedback_open and request.args.get("to") == "feedback"
    address = short_address(workshop, to_feedback=to_feedback)
    before, typed = readable_address(workshop, to_feedback=to_feedback)
    return render(
        "workshops/builder/wall_sheet.html",
        workshop=workshop,
        above=localize(workshop.title, workshop),
        is_private=is_private,
        to_feedback=to_feedback,
        picture="" if is_private else Markup(to_svg(address, css_class="qr__picture")),  # noqa: S704 - a drawing, no words
        before=before,
        typed=typed,
    )
