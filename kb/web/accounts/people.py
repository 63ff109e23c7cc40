"""Routes of user management: list people, invite, show one, change roles, close accounts, send links."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts import actions
from kb.accounts.directory import get_person
from kb.accounts.model import Role, User
from kb.accounts.one_time_links import OneTimeLink, make_link
from kb.accounts.one_time_links import invite as invite_person
from kb.accounts.permissions import Permission, may
from kb.accounts.role_scope import Reach, reach_of
from kb.accounts.second_factor import reset as reset_second_factor
from kb.errors import Rejected
from kb.extensions import db
from kb.publishing.role_scope_choices import unknown_limits
from kb.web.accounts.emails import Delivery, deliver
from kb.web.accounts.people_forms import Invitation, reach_from, unknown_roles
from kb.web.accounts.people_page import (
    invitation_page,
    people_page,
    person_page,
)
from kb.web.http import i18n
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, store
from kb.web.labels.roles import role_name, role_words

bp = Blueprint("people", __name__, url_prefix="/<language:language>/people")


@bp.get("")
@permission_required(Permission.MANAGE_PEOPLE)
def index() -> ResponseReturnValue:
    """Show all accounts."""
    return people_page(*(request.args.get(name, "") for name in ("q", "role", "state")))


@bp.get("/invite")
@permission_required(Permission.MANAGE_PEOPLE)
def invite() -> ResponseReturnValue:
    """Show the form of an invitation."""
    return invitation_page(Invitation(language=i18n.current().code))


@bp.post("/invite")
@permission_required(Permission.MANAGE_PEOPLE)
def invite_submit() -> ResponseReturnValue:
    """Create an account and send its owner the link."""
    asked = Invitation.from_form(request.form)
    try:
        link = _send_invitation(asked)
    except Rejected as error:
        return invitation_page(asked, error.problems)
    return _deliver_link(link)


def _send_invitation(asked: Invitation) -> OneTimeLink:
    """Create the account and its link. Raises `Rejected`."""
    if problems := (*asked.problems(), *unknown_limits(asked.reach, store().vocabularies)):
        raise Rejected(problems)
    return invite_person(
        db.session,
        email=asked.email,
        name=asked.name,
        roles=asked.given(),
        language=asked.language,
        by=signed_in(),
        now=now(),
    )


@bp.get("/<int:person_id>")
@permission_required(Permission.MANAGE_PEOPLE)
def show(person_id: int) -> ResponseReturnValue:
    """Show one person."""
    user, role = get_person(db.session, person_id), request.args.get("role", "")
    reach = next((reach_of(grant) for grant in user.grants if grant.role == role), Reach())
    return person_page(user, role=role, reach=reach)


@bp.post("/<int:person_id>")
@permission_required(Permission.MANAGE_PEOPLE)
def submit(person_id: int) -> ResponseReturnValue:
    """Change roles, close or open the account, create a link, or reset a second factor, by the button."""
    user, do = get_person(db.session, person_id), request.form.get("do", "")
    verbs = {"grant": _grant, "revoke": _revoke, "close": _close, "reopen": _reopen, "link": _link, "factor": _factor}
    try:
        if do in verbs and (answer := verbs[do](user)) is not None:
            return answer
    except Rejected as error:
        return person_page(user, error.problems, role=request.form.get("role", ""), reach=reach_from(request.form))
    if not may(signed_in(), Permission.MANAGE_PEOPLE):  # the user removed their own role or closed their own account
        return redirect(url_for("account.show"), 303)
    return redirect(url_for("people.show", person_id=person_id), 303)


def _grant(user: User) -> ResponseReturnValue | None:
    role, reach = request.form.get("role", ""), reach_from(request.form)
    if problems := (*unknown_roles([role]), *unknown_limits(reach, store().vocabularies)):
        raise Rejected(problems)
    actions.grant(db.session, user, Role(role), reach=reach, by=signed_in(), now=now())
    flash(_("%(name)s now has this role: %(role)s.", name=user.name, role=role_words(role, reach)), "good")
    return None


def _revoke(user: User) -> ResponseReturnValue | None:
    role = request.form.get("role", "")
    if problems := tuple(unknown_roles([role])):
        raise Rejected(problems)
    actions.revoke(db.session, user, Role(role), by=signed_in(), now=now())
    flash(_("Role removed: %(role)s.", role=role_name(role)), "good")
    return None


def _close(user: User) -> ResponseReturnValue | None:
    actions.deactivate(db.session, user, by=signed_in(), now=now())
    flash(_("Account closed. The person has been signed out on all devices."), "good")
    return None


def _reopen(user: User) -> ResponseReturnValue | None:
    actions.reopen(db.session, user, by=signed_in(), now=now())
    flash(_("Account reopened."), "good")
    return None


def _factor(user: User) -> ResponseReturnValue | None:
    reset_second_factor(db.session, user, by=signed_in(), now=now())
    flash(_("Two-step verification turned off. The person has been signed out on all devices."), "good")
    return None


def _link(user: User) -> ResponseReturnValue | None:
    return _deliver_link(make_link(db.session, user, by=signed_in(), now=now()))


def _deliver_link(link: OneTimeLink) -> ResponseReturnValue:
    """Send a link. If it cannot be mailed, this response shows it; it is not stored, also not in a cookie."""
    delivery = deliver(link, now())
    if delivery is not Delivery.SENT:
        return person_page(link.user, role="", reach=Reach(), link=link, has_failed=delivery is Delivery.FAILED)
    flash(_("We have sent a link by email to %(email)s.", email=link.user.email), "good")
    return redirect(url_for("people.show", person_id=link.user.id), 303)
