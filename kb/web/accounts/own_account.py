"""A user's own data: choices about language, name and emails, export as a file, and erasure of the account."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.preferences import choose
from kb.editing.quality.named_keepers import kept_by
from kb.errors import Rejected
from kb.extensions import db
from kb.i18n import N_
from kb.notifications.model import NotificationKind
from kb.notifications.preferences import choose_kinds, muted_kinds
from kb.privacy.account_deletion import drafts_that_go, erase_own
from kb.privacy.data_export import hand_out
from kb.problems import Problem
from kb.web.accounts.second_factor import status_of
from kb.web.http.auth import end_sign_in, signed_in, signed_in_required
from kb.web.http.form_problems import field_problems
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import now, render
from kb.web.parts.record_links import record_links
from kb.workshops.plan.account_deletion import fates

bp = Blueprint("own_account", __name__, url_prefix="/<language:language>/account")


_EMAILS: Mapping[NotificationKind, str] = {
    NotificationKind.RETURNED: N_("A draft of mine is returned"),
    NotificationKind.COMMENTED: N_("Someone comments on a draft of mine, or on one that I commented on"),
    NotificationKind.DECIDED: N_("A draft of mine is approved or published"),
    NotificationKind.ASSIGNED: N_("Someone asks me to review a draft"),
    NotificationKind.DIGEST: N_("Once a day: what is waiting for me"),
}


@bp.post("/choices")
@signed_in_required
def choices_submit() -> ResponseReturnValue:
    """Save the language of mail, and whether readers may see the name."""
    user = signed_in()
    language, is_named = request.form.get("language", user.language), "is_named" in request.form
    try:
        choose(db.session, user, language=language, is_named=is_named, now=now())
    except Rejected as error:
        flash(error.problems[0].text(_), "error")  # a menu was tampered with: nothing typed is lost
    else:
        flash(_("Settings saved."), "good")
    return redirect(url_for("account.show"), 303)


@bp.post("/emails")
@signed_in_required
def emails_submit() -> ResponseReturnValue:
    """Save which emails the user wants."""
    choose_kinds(db.session, signed_in(), request.form.getlist("emails"))
    flash(_("Settings saved."), "good")
    return redirect(url_for("account.show"), 303)


def email_choices() -> tuple[tuple[str, str, bool], ...]:
    """Return the kinds of email that the user can turn off: name, words, and whether it is on."""
    muted = muted_kinds(db.session, signed_in())
    return tuple((kind.value, _(words), kind not in muted) for kind, words in _EMAILS.items())


@bp.post("/data")
@signed_in_required
def data_submit() -> Response:
    """Download all data about the user as a file."""
    text = json.dumps(hand_out(db.session, signed_in(), now=now()), ensure_ascii=False, indent=2)
    response = Response(f"{text}\n", content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="praxis-my-data.json"'
    return response


@bp.get("/erase")
@signed_in_required
def erase() -> Response:
    """Show what erasing the account will do."""
    return _erase_page()


@bp.post("/erase")
@signed_in_required
def erase_submit() -> Response:
    """Erase the user's own account."""
    try:
        erase_own(
            db.session, signed_in(), request.form.get("password", ""), address=request.remote_addr or "", now=now()
        )
    except Rejected as error:
        return _erase_page(error.problems)
    end_sign_in()
    return render("accounts/erased.html", is_kept=False)


def _erase_page(problems: tuple[Problem, ...] = ()) -> Response:
    count = drafts_that_go(db.session, signed_in())
    words = ngettext("One of your drafts will be deleted.", "%(count)s of your drafts will be deleted.", count)
    return render(
        "accounts/erase.html",
        status=status_of(problems),
        problems=field_problems(problems),
        drafts=words if count else _("You have no other drafts."),
        workshops=tuple(_workshops()),
        kept=record_links(kept_by(db.session, signed_in())),
    )


def _workshops() -> Iterator[str]:
    """Yield what will happen to the workshops that the user owns."""
    found = fates(db.session, signed_in())
    if found.go:
        yield ngettext(
            "One workshop that only you teach will be deleted, together with the feedback from participants.",
            "%(count)s workshops that only you teach will be deleted, together with the feedback from participants.",
            found.go,
        )
    if found.handed_over:
        yield ngettext(
            "One workshop will be handed over to its other trainers.",
            "%(count)s workshops will be handed over to their other trainers.",
            found.handed_over,
        )
    if found.stay:
        yield ngettext(
            "One public workshop will stay online without your name. Its feedback and its notes and answers for "
            "trainers will be deleted.",
            "%(count)s public workshops will stay online without your name. Their feedback and their notes and "
            "answers for trainers will be deleted.",
            found.stay,
        )
