"""Pages of user management: the list of people, one person, the form of an invitation."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response

from kb.accounts import audit_log
from kb.accounts.directory import AccountStatus, last_sign_in, list_people, standing_of
from kb.accounts.model import Purpose, Role, User
from kb.accounts.one_time_links import OneTimeLink
from kb.accounts.role_scope import RESPECTS, Reach, reach_of
from kb.accounts.second_factor import has_second_factor
from kb.editing.quality.named_keepers import kept_by
from kb.extensions import db
from kb.problems import Problem
from kb.web.accounts.emails import address_of
from kb.web.accounts.people_forms import Invitation, limits, role_choices
from kb.web.audit.labels import account_words
from kb.web.http import i18n
from kb.web.http.form_problems import field_problems
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import render, store
from kb.web.labels.authors import authors
from kb.web.labels.roles import ROLES, STANDINGS, person_name, role_name, role_words
from kb.web.parts.record_links import record_links

_DEEDS = 20
_FIELDS = ("role", *RESPECTS)


def people_page(text: str, role: str, standing: str) -> Response:
    """Return the accounts that match a text, a role and a state, each of which may be empty."""
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
        grants_of=_role_grants,
        person_name=person_name,
        total=i18n.ngettext("%(count)s person", "%(count)s people", len(found)),
    )


def invitation_page(asked: Invitation, problems: tuple[Problem, ...] = ()) -> Response:
    """Return the form of an invitation."""
    return render(
        "accounts/people/invite.html",
        status=422 if problems else 200,
        asked=asked,
        problems=_field_problems(problems, (*_FIELDS, "email", "name", "language")),
        roles=role_choices(asked.roles),
        limits=limits(store().vocabularies, asked.reach),
        languages=i18n.offered(),
    )


def person_page(
    user: User,
    problems: tuple[Problem, ...] = (),
    *,
    role: str,
    reach: Reach,
    link: OneTimeLink | None = None,
    has_failed: bool = False,
) -> Response:
    """Return the page of a person. `role` and `reach` fill the form for roles; `link` is one that was not mailed."""
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
        grants=_role_grants(user),
        role=role,
        roles=role_choices((role,)),
        limits=limits(store().vocabularies, reach),
        problems=_field_problems(problems, _FIELDS),
        kept=record_links(kept_by(db.session, user)),
        link=address_of(link) if link is not None else "",
        is_invitation=link is not None and link.purpose is Purpose.INVITATION,
        has_failed=has_failed,
        deeds=tuple((entry.at, actors.get(entry.actor_id or 0, ""), account_words(entry)) for entry in entries),
    )


def _role_grants(user: User) -> tuple[tuple[str, str], ...]:
    """Return each role of a person with its name and limits, in the order of the roles."""
    kept = {grant.role: grant for grant in user.grants}
    return tuple((role, role_words(role, reach_of(kept[role]))) for role in ROLES if role in kept)


def _field_problems(problems: tuple[Problem, ...], fields: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return each problem as the id of its field, if the page has it, and a message."""
    return tuple((name if name in fields else "", words) for name, words in field_problems(problems))
