"""Validation of e-mail addresses and names of accounts."""

from __future__ import annotations

from kb.i18n import N_
from kb.problems import Problem

_LONGEST_NAME = 200
_LONGEST_EMAIL = 254
# With these characters an e-mail header would name several recipients, or another one.
_NOT_IN_EMAIL = frozenset(',;:<>()[]\\"')


def email_problems(email: str) -> tuple[Problem, ...]:
    """Return the problems of an e-mail address; only an e-mail can show whether the address exists."""
    before, at, after = email.partition("@")
    is_odd = any(mark.isspace() or not mark.isprintable() or mark in _NOT_IN_EMAIL for mark in email)
    if not (before and at and after) or "@" in after or len(email) > _LONGEST_EMAIL or is_odd:
        message = N_("Enter an email address, for example ana@example.org.")
        return (Problem("bad-email", message, ("email",)),)
    return ()


def plain_name(name: str) -> str:
    """Return a name with single spaces."""
    return " ".join(name.split())


def name_problems(name: str) -> tuple[Problem, ...]:
    """Return the problems of a name."""
    if not name:
        return (Problem("missing-name", N_("Enter the name that others will see next to changes."), ("name",)),)
    if len(name) > _LONGEST_NAME:
        message = N_("Enter at most %(limit)s characters.")
        return (Problem("long-name", message, ("name",), params={"limit": _LONGEST_NAME}),)
    return ()


def taken(email: str) -> Problem:
    """Return the problem of an address that already has an account."""
    message = N_("An account with the email address %(email)s already exists.")
    return Problem("email-taken", message, ("email",), params={"email": email})
