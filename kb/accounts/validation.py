"""What makes an e-mail address and a name good enough to be kept with an account."""

from __future__ import annotations

from kb.i18n import N_
from kb.problems import Problem

_LONGEST_NAME = 200
_LONGEST_EMAIL = 254
# With these a header of a letter would name several people, or somebody else.
_NOT_IN_EMAIL = frozenset(',;:<>()[]\\"')


def email_problems(email: str) -> tuple[Problem, ...]:
    """Return what is wrong with an e-mail address; whether somebody has it only a letter can tell."""
    before, at, after = email.partition("@")
    is_odd = any(mark.isspace() or not mark.isprintable() or mark in _NOT_IN_EMAIL for mark in email)
    if not (before and at and after) or "@" in after or len(email) > _LONGEST_EMAIL or is_odd:
        message = N_("Write an e-mail address, such as ana@example.org.")
        return (Problem("bad-email", message, ("email",)),)
    return ()


def plain_name(name: str) -> str:
    """Return a name with single spaces."""
    return " ".join(name.split())


def name_problems(name: str) -> tuple[Problem, ...]:
    """Return what is wrong with a name."""
    if not name:
        return (Problem("missing-name", N_("Write the name that others see beside the changes."), ("name",)),)
    if len(name) > _LONGEST_NAME:
        message = N_("The name is longer than %(limit)s characters; shorten it.")
        return (Problem("long-name", message, ("name",), params={"limit": _LONGEST_NAME}),)
    return ()


def taken(email: str) -> Problem:
    """Return the problem of an address that somebody has an account with."""
    message = N_("There is already an account with the address %(email)s.")
    return Problem("email-taken", message, ("email",), params={"email": email})
