"""People: who has an account, what each may do, invitations and new links; for those who manage people."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts import actions, audit_log
from kb.accounts.directory import AccountStatus, get_person, last_sign_in, list_people, standing_of
from kb.accounts.model import Purpose, Role, User
from kb.accounts.one_time_links import OneTimeLink, make_link
from kb.accounts.one_time_links import invite as invite_person
from kb.accounts.permissions import Permission, may
from kb.accounts.role_scope import RESPECTS, Reach, reach_of
from kb.accounts.second_factor import has_second_factor
from kb.accounts.second_factor import reset as reset_second_factor
from kb.editing.quality.named_keepers import kept_by
from kb.errors import Rejected
from kb.extensions import db
from kb.problems import Problem
from kb.publishing.role_scope_choices import unknown_limits
from kb.web.accounts.emails import Delivery, address_of, deliver
from kb.web.accounts.people_forms import Invitation, limits, reach_from, role_choices, unknown_roles
from kb.web.audit.labels import account_words
from kb.web.http import i18n
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, render, store
from kb.web.labels.authors import authors
from kb.web.labels.roles import ROLES, STANDINGS, person_name, role_name, role_words
from kb.web.parts.record_links import record_links

bp = Blueprint("people", __name__, url_prefix="/<language:language>/people")

_DEEDS = 20
_FIELDS = ("role", *RESPECTS)


@bp.get("")
@permission_required(Permission.MANAGE_PEOPLE)
def index() -> ResponseReturnValue:
    """Show everybody."""
    text, role, standing = (request.args.get(name, "") for name in ("q", "role", "state"))
    found = list_people(
        db.session,
        text=text,
        role=Role(role) if role in set(Role) else None,
        standing=AccountStatus(standing) if standing in set(AccountStatus) else None,
    )
    return render(
        "accounts/people/index.html",
        lines=found,
        text=text,
        role=role,
        standing=standing,
        roles=tuple((each, role_name(each)) for each in ROLES),
        standings=tuple((each, _(words)) for each, words in STANDINGS.items()),
        grants_of=_grants,
        person_name=person_name,
        total=i18n.ngettext("%(count)s person", "%(count)s people", len(found)),
    )


@bp.get("/invite")
@permission_required(Permission.MANAGE_PEOPLE)
def invite() -> ResponseReturnValue:
    """Show the form of an invitation."""
    return _invite(Invitation(language=i18n.current().code))


@bp.post("/invite")
@permission_required(Permission.MANAGE_PEOPLE)
def invite_submit() -> ResponseReturnValue:
    """Make an account and send its owner the link."""
    asked = Invitation.from_form(request.form)
    problems = (*asked.problems(), *unknown_limits(asked.reach, store().vocabularies))
    try:
        if problems:
            raise Rejected(problems)
        link = invite_person(
            db.session,
            email=asked.email,
            name=asked.name,
            roles=asked.given(),
            language=asked.language,
            by=signed_in(),
            now=now(),
        )
    except Rejected as error:
        return _invite(asked, error.problems)
    return _sent(link)


@bp.get("/<int:person_id>")
@permission_required(Permission.MANAGE_PEOPLE)
def show(person_id: int) -> ResponseReturnValue:
    """Show one person."""
    user, role = get_person(db.session, person_id), request.args.get("role", "")
    reach = next((reach_of(grant) for grant in user.grants if grant.role == role), Reach())
    return _show(user, role=role, reach=reach)


@bp.post("/<int:person_id>")
@permission_required(Permission.MANAGE_PEOPLE)
def submit(person_id: int) -> ResponseReturnValue:
    """Give or take a role, close or open the account, make a link, reset a second factor, as the button says."""
    user, do = get_person(db.session, person_id), request.form.get("do", "")
    verbs = {"grant": _grant, "revoke": _revoke, "close": _close, "reopen": _reopen, "link": _link, "factor": _factor}
    try:
        if do in verbs and (answer := verbs[do](user)) is not None:
            return answer
    except Rejected as error:
        return _show(user, error.problems, role=request.form.get("role", ""), reach=reach_from(request.form))
    if not may(signed_in(), Permission.MANAGE_PEOPLE):  # one's own role, taken away or closed
        return redirect(url_for("account.show"), 303)
    return redirect(url_for("people.show", person_id=person_id), 303)


def _grant(user: User) -> ResponseReturnValue | None:
    role, reach = request.form.get("role", ""), reach_from(request.form)
    if problems := (*unknown_roles([role]), *unknown_limits(reach, store().vocabularies)):
        raise Rejected(problems)
    actions.grant(db.session, user, Role(role), reach=reach, by=signed_in(), now=now())
    flash(_("%(name)s has the role: %(role)s.", name=user.name, role=role_words(role, reach)), "good")
    return None


def _revoke(user: User) -> ResponseReturnValue | None:
    role = request.form.get("role", "")
    if problems := tuple(unknown_roles([role])):
        raise Rejected(problems)
    actions.revoke(db.session, user, Role(role), by=signed_in(), now=now())
    flash(_("The role was taken away: %(role)s.", role=role_name(role)), "good")
    return None


def _close(user: User) -> ResponseReturnValue | None:
    actions.deactivate(db.session, user, by=signed_in(), now=now())
    flash(_("The account is closed, and all its sign-ins have ended."), "good")
    return None


def _reopen(user: User) -> ResponseReturnValue | None:
    actions.reopen(db.session, user, by=signed_in(), now=now())
    flash(_("The account is open again."), "good")
    return None


def _factor(user: User) -> ResponseReturnValue | None:
    reset_second_factor(db.session, user, by=signed_in(), now=now())
    flash(_("The second factor is switched off, and all sign-ins have ended."), "good")
    return None


def _link(user: User) -> ResponseReturnValue | None:
    return _sent(make_link(db.session, user, by=signed_in(), now=now()))


def _sent(link: OneTimeLink) -> ResponseReturnValue:
    """Send a link. Where no mail brings it, this answer shows it: it is kept nowhere, and in no cookie."""
    delivery = deliver(link, now())
    if delivery is not Delivery.SENT:
        return _show(link.user, role="", reach=Reach(), link=link, has_failed=delivery is Delivery.FAILED)
    flash(_("A letter with a link was sent to %(email)s.", email=link.user.email), "good")
    return redirect(url_for("people.show", person_id=link.user.id), 303)


def _invite(asked: Invitation, problems: tuple[Problem, ...] = ()) -> ResponseReturnValue:
    return render(
        "accounts/people/invite.html",
        status=422 if problems else 200,
        asked=asked,
        problems=_shown(problems, (*_FIELDS, "email", "name", "language")),
        roles=role_choices(asked.roles),
        limits=limits(store().vocabularies, asked.reach),
        languages=i18n.offered(),
    )


def _show(
    user: User,
    problems: tuple[Problem, ...] = (),
    *,
    role: str,
    reach: Reach,
    link: OneTimeLink | None = None,
    has_failed: bool = False,
) -> ResponseReturnValue:
    entries = audit_log.entries(db.session, user, limit=_DEEDS)
    actors = authors(db.session, (entry.actor_id for entry in entries))
    return render(
        "accounts/people/show.html",
        status=422 if problems else 200,
        user=user,
        name=person_name(user),
        has_second_factor=has_second_factor(user),
        standing=standing_of(user),
        standing_words=_(STANDINGS[standing_of(user)]),
        last=last_sign_in(db.session, user),
        grants=_grants(user),
        role=role,
        roles=role_choices((role,)),
        limits=limits(store().vocabularies, reach),
        problems=_shown(problems, _FIELDS),
        kept=record_links(kept_by(db.session, user)),
        link=address_of(link) if link is not None else "",
        is_invitation=link is not None and link.purpose is Purpose.INVITATION,
        has_failed=has_failed,
        deeds=tuple((entry.at, actors.get(entry.actor_id or 0, ""), account_words(entry)) for entry in entries),
    )


def _grants(user: User) -> tuple[tuple[str, str], ...]:
    """Return each role of a person, and how it is called with its limits; in the order of the roles."""
    kept = {grant.role: grant for grant in user.grants}
    return tuple((role, role_words(role, reach_of(kept[role]))) for role in ROLES if role in kept)


def _shown(problems: tuple[Problem, ...], fields: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return each problem as the id of its field, if the page has it, and words."""
    named = ((str(problem.where[0]) if problem.where else "", problem) for problem in problems)
    return tuple((name if name in fields else "", problem.text(_)) for name, problem in named)
