"""Forms of user management: parse what an administrator posted, and list the choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from kb.accounts.model import Role
from kb.accounts.queries import plain_email
from kb.accounts.role_scope import EVERYTHING, RESPECTS, Reach
from kb.accounts.validation import email_problems, name_problems, plain_name
from kb.i18n import DEFAULT, N_
from kb.kinds.country.membership import EUROPE
from kb.problems import Problem
from kb.publishing.role_scope_choices import UNION, areas
from kb.vocabulary.model import Vocabularies
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.labels.roles import ROLES


@dataclass(frozen=True)
class Checkbox:
    """A checkbox. `detail` is a code in small letters, `depth` the indentation."""

    value: str
    words: str
    detail: str
    is_chosen: bool
    depth: int = 0


@dataclass(frozen=True)
class Limit:
    """One kind of limit of a role, with its checkboxes. `chosen` are the names of the checked ones."""

    name: str
    title: str
    choices: tuple[Checkbox, ...]

    @property
    def chosen(self) -> tuple[str, ...]:
        """The names of the checked boxes."""
        return tuple(each.words for each in self.choices if each.is_chosen)


@dataclass(frozen=True)
class Invitation:
    """The content of the form of an invitation."""

    email: str = ""
    name: str = ""
    language: str = DEFAULT
    roles: tuple[str, ...] = ()
    reach: Reach = EVERYTHING

    @classmethod
    def from_form(cls, form: MultiDict[str, str]) -> Invitation:
        """Parse the form; unknown fields are ignored."""
        return cls(
            form.get("email", ""),
            form.get("name", ""),
            form.get("language", ""),
            tuple(form.getlist("role")),
            reach_from(form),
        )

    def given(self) -> Mapping[Role, Reach]:
        """Return the roles, all with the same limits."""
        return {role: self.reach for role in Role if role in self.roles}

    def problems(self) -> Iterator[Problem]:
        """Yield all problems, except that of an address already in use, which is not known here."""
        yield from email_problems(plain_email(self.email))
        yield from name_problems(plain_name(self.name))
        yield from unknown_roles(self.roles)


def reach_from(form: MultiDict[str, str]) -> Reach:
    """Return the chosen limits."""
    return Reach(*(tuple(dict.fromkeys(form.getlist(name))) for name in RESPECTS))


def unknown_roles(roles: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem if no role is chosen, or an unknown one."""
    if not roles or any(each not in set(Role) for each in roles):
        yield Problem("missing-role", N_("Select an entry from the list."), ("role",))


def role_choices(chosen: Sequence[str]) -> tuple[tuple[str, str, str, bool], ...]:
    """Return each role: its value, name, description, and whether it is chosen."""
    return tuple((role, _(name), _(what), role in chosen) for role, (name, what) in ROLES.items())


def limits(vocabularies: Vocabularies, reach: Reach) -> tuple[Limit, ...]:
    """Return the checkboxes for countries, areas and languages; chosen values are included even if they are gone."""
    code = i18n.current().code
    countries = sorted(((each, i18n.country_name(each)) for each in EUROPE | {UNION}), key=lambda each: each[1])
    terms = [(term.id, term.label(code)) for term in areas(vocabularies)]
    languages = [(each.code, i18n.language_name(each.code)) for each in i18n.offered()]
    depths = {each: len(vocabularies.broader_chain(each)) for each, _words in terms}
    return (
        _limit("countries", _("Only some countries"), countries, reach.countries),
        _limit("areas", _("Only some areas"), terms, reach.areas, depths, is_coded=False),
        _limit("languages", _("Only some languages"), languages, reach.languages),
    )


def _limit(
    name: str,
    title: str,
    offered: Sequence[tuple[str, str]],
    chosen: Sequence[str],
    depths: Mapping[str, int] | None = None,
    *,
    is_coded: bool = True,
) -> Limit:
    known = {value for value, _words in offered}
    rows = (*offered, *((each, each) for each in chosen if each not in known))
    return Limit(
        name,
        title,
        tuple(
            Checkbox(value, words, value if is_coded else "", value in chosen, (depths or {}).get(value, 0))
            for value, words in rows
        ),
    )
