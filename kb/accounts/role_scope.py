"""Limits of a role: countries, areas and languages; and their text in the audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.accounts.model import Grant, Role
from kb.i18n import N_
from kb.problems import Problem

RESPECTS = ("countries", "areas", "languages")


@dataclass(frozen=True)
class Reach:
    """The limits of a role; empty means unlimited. `countries` are codes, `areas` ids of practice areas."""

    countries: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def is_limited(self) -> bool:
        """Whether there is any limit."""
        return any(self.values().values())

    def values(self) -> Mapping[str, tuple[str, ...]]:
        """Return the limits by property."""
        return {name: getattr(self, name) for name in RESPECTS}

    def columns(self) -> Mapping[str, str]:
        """Return the limits as the columns of a grant, sorted."""
        return {name: " ".join(sorted(set(values))) for name, values in self.values().items()}


EVERYTHING = Reach()


def reach_of(grant: Grant) -> Reach:
    """Return the limits of a grant."""
    return Reach(*(tuple(getattr(grant, name).split()) for name in RESPECTS))


def reach_problems(role: Role, reach: Reach) -> tuple[Problem, ...]:
    """Return the problems of limiting a role, for any limits."""
    if role is Role.ADMINISTRATOR and reach.is_limited:
        message = N_("The administrator role cannot be limited. Administrators can give themselves every other role.")
        return (Problem("limited-administrator", message, ("role",)),)
    return ()


def written(role: Role, reach: Reach) -> str:
    """Return a role with its limits as text for the audit: `curator; countries: PT RO; languages: lt`."""
    return "; ".join([role.value, *(f"{name}: {values}" for name, values in reach.columns().items() if values)])


def read(detail: str) -> tuple[str, Reach]:
    """Parse role and limits from the text in the audit; unknown parts are left out."""
    role, *limits = detail.split("; ")
    found = dict(each.split(": ", 1) for each in limits if ": " in each)
    return role, Reach(*(tuple(found.get(name, "").split()) for name in RESPECTS))
