"""Labels for roles, their limits and account states; tells templates what the signed-in user may do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import Flask

from kb.accounts.directory import AccountStatus
from kb.accounts.model import Role, User
from kb.accounts.permissions import Permission, may
from kb.accounts.role_scope import Reach
from kb.i18n import N_, NC_
from kb.speech import lower_first
from kb.web.http import i18n
from kb.web.http.current_user import person
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import store

# Name and description of each role.
ROLES: Mapping[str, tuple[str, str]] = {
    Role.TRAINER: (N_("Trainer"), N_("Plans workshops using content from this site.")),
    Role.CONTRIBUTOR: (N_("Contributor"), N_("Drafts records for others to review.")),
    Role.TRANSLATOR: (N_("Translator"), N_("Drafts translations for others to review.")),
    Role.CURATOR: (
        N_("Curator"),
        N_("Edits and translates records, reviews other people’s drafts and answers suggestions."),
    ),
    Role.PUBLISHER: (
        NC_("role", "Publisher"),
        N_("Does everything a curator does, and also publishes, restores and retires records."),
    ),
    Role.ADMINISTRATOR: (
        N_("Administrator"),
        N_("Can do everything, including inviting people and viewing the audit log."),
    ),
}
STANDINGS: Mapping[str, str] = {
    AccountStatus.INVITED: N_("invited"),
    AccountStatus.ACTIVE: N_("active"),
    AccountStatus.CLOSED: N_("closed"),
    AccountStatus.ERASED: NC_("account", "erased"),
}


def init_app(app: Flask) -> None:
    """Add `role_name` to the template globals, and `may_do` for the permissions of the signed-in user."""
    app.jinja_env.globals.update(role_name=role_name, may_do=lambda name: may(person(), Permission(name)))


def person_name(user: User) -> str:
    """Return the display name of a user; erased accounts are "former curator"."""
    return user.name or _("former curator")


def role_name(role: str) -> str:
    """Return the name of a role."""
    return _(ROLES[role][0]) if role in ROLES else role


def role_words(role: str, reach: Reach) -> str:
    """Return a role with its limits, such as "Curator (countries: Portugal and Romania)"."""
    if not reach.is_limited:
        return role_name(role)
    return _("%(label)s (%(words)s)", label=role_name(role), words=_reach_words(reach))


def _reach_words(reach: Reach) -> str:
    """Return the limits of a role as text, empty if there are none."""
    limits = []
    if reach.countries:
        limits.append(_limit(_("Countries"), map(i18n.country_name, reach.countries)))
    if reach.areas:
        limits.append(_limit(_("Practice areas"), map(_area_name, reach.areas)))
    if reach.languages:
        limits.append(_limit(_("Languages"), map(i18n.language_name, reach.languages)))
    return "; ".join(limits)


def _limit(label: str, names: Iterable[str]) -> str:
    return _("%(label)s: %(words)s", label=lower_first(label), words=i18n.listing(names))


def _area_name(area: str) -> str:
    term = store().vocabularies.find_term(area)
    return term.label(i18n.current().code) if term is not None else area
