"""Routes of sharing a workshop: private, by link, public; a new link; co-trainers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.errors import Rejected
from kb.extensions import db
from kb.problems import Problem
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.embed_code import frame_code
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, render
from kb.web.labels.roles import person_name
from kb.web.parts.workshop_words import VISIBILITIES, localize
from kb.web.workshops.forms import field, number, problem_lines
from kb.web.workshops.urls import link, readable_address
from kb.workshops.model import Visibility, Workshop
from kb.workshops.plan import access
from kb.workshops.plan.sharing import add_trainer, people_of, remove_trainer, renew_link, share

bp = Blueprint("workshop_sharing", __name__, url_prefix="/<language:language>/trainer/workshops/<workshop_id>/sharing")


@bp.get("")
@permission_required(Permission.TEACH)
def show(workshop_id: str) -> ResponseReturnValue:
    """Show the visibility and the trainers of a workshop."""
    return _page(access.taught(db.session, signed_in(), workshop_id))


@bp.post("")
@permission_required(Permission.TEACH)
def submit(workshop_id: str) -> ResponseReturnValue:
    """Set the visibility, renew the link, add or remove a co-trainer, depending on the button."""
    access.taught(db.session, signed_in(), workshop_id)
    verb = _VERBS.get(request.form.get("do", ""))
    try:
        if verb is not None:
            flash(verb(workshop_id), "good")
    except Rejected as error:
        return _page(access.taught(db.session, signed_in(), workshop_id), error.problems)
    if verb is _leave:
        return redirect(url_for("workshop_builder.index"), 303)
    return redirect(url_for("workshop_sharing.show", workshop_id=workshop_id), 303)


def _share(workshop_id: str) -> str:
    share(db.session, signed_in(), workshop_id, request.form.get("visibility", ""), now=now())
    return _("Saved.")


def _renew(workshop_id: str) -> str:
    renew_link(db.session, signed_in(), workshop_id, now=now())
    return _("New link created. The previous link no longer works.")


def _add(workshop_id: str) -> str:
    add_trainer(db.session, signed_in(), workshop_id, field("email"), now=now())
    return _("Co-trainer added. You now teach the workshop together.")


def _remove(workshop_id: str) -> str:
    remove_trainer(db.session, signed_in(), workshop_id, number("person"), now=now())
    return _("Co-trainer removed.")


def _leave(workshop_id: str) -> str:
    remove_trainer(db.session, signed_in(), workshop_id, signed_in().id, now=now())
    return _("You have left this workshop.")


_VERBS: Mapping[str, Callable[[str], str]] = {
    "share": _share,
    "renew": _renew,
    "add": _add,
    "remove": _remove,
    "leave": _leave,
}


def _frame_code(workshop: Workshop) -> str:
    """Return the embed code for the card of a public workshop, or an empty text if no site may embed it."""
    return frame_code("embedding.workshop", localize(workshop.title, workshop).text, key=workshop.id)


def _page(workshop: Workshop, problems: Sequence[Problem] = ()) -> ResponseReturnValue:
    owner, others = people_of(db.session, workshop)
    return render(
        "workshops/builder/sharing.html",
        status=422 if problems else 200,
        workshop=workshop,
        above=localize(workshop.title, workshop),
        visibility=workshop.visibility,
        visibilities=[(value, _(name), _(what)) for value, (name, what) in VISIBILITIES.items()],
        link=link(workshop),
        short=readable_address(workshop),
        frame_code=_frame_code(workshop) if workshop.visibility == Visibility.PUBLIC else "",
        is_own=workshop.owner_id == signed_in().id,
        owner=person_name(owner) if owner is not None else "",
        others=[(each.id, person_name(each)) for each in others],
        email=request.form.get("email", ""),
        problems=problem_lines(problems),
    )
