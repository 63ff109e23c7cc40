"""Passwords: strength requirements and hashing (argon2id)."""

from __future__ import annotations

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kb.i18n import N_
from kb.problems import Problem

SHORTEST = 12
# Long enough for any sentence; hashing longer texts would only cost time.
LONGEST = 1000
LOOKED_AT, LEAST_SCORE = 20, 3  # letters; of the zxcvbn scores 0 to 4, 3 means safely unguessable

# 46 MiB in one pass on one core: of the equivalent OWASP settings, the one that leaves the other cores to readers.
_hasher = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)


def password_problems(password: str, *, email: str, name: str) -> tuple[Problem, ...]:
    """Return the problems of a new password: too short, too long, or easy to guess."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        message = N_("Choose a password of at least %(length)s characters. Several random words make a good password.")
        return (Problem("short-password", message, ("password",), params={"length": SHORTEST}),)
    if len(plain) > LONGEST:
        message = N_("Choose a password of at most %(length)s characters.")
        return (Problem("long-password", message, ("password",), params={"length": LONGEST}),)
    if plain.casefold() in {_plain(each).casefold() for each in (email, name, email.partition("@")[0])}:
        message = N_("The password is the same as the name or the email address. Choose another password.")
        return (Problem("guessable-password", message, ("password",)),)
    if _is_common(plain, email, name):
        message = N_("This password is very common or easy to guess. Choose a few unrelated words.")
        return (Problem("common-password", message, ("password",)),)
    return ()


def _is_common(password: str, *known: str) -> bool:
    """Return whether a password begins like common guesses: passwords, words, names, keyboard rows, repeats.

    Words of its owner and of the site count as known. For a long password the beginning is enough, and saves time.
    """
    from zxcvbn import zxcvbn  # loading its word lists takes a fifth of a second, which only new passwords need

    found = zxcvbn(password[:LOOKED_AT], user_inputs=[*known, "praxis", "victim", "support"])
    return int(found["score"]) < LEAST_SCORE


def hash_password(password: str) -> str:
    """Return the hash of a password."""
    return _hasher.hash(_plain(password))


def is_right(password: str, kept: str | None) -> bool:
    """Return whether the password matches the hash; `None` (unknown user) takes as long and returns `False`."""
    if len(password) > LONGEST:
        password = ""
    try:
        _hasher.verify(kept if kept is not None else _nobodys(), _plain(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Return whether the hash has outdated parameters, so that the password must be hashed again."""
    return _hasher.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")


def _plain(password: str) -> str:
    """Normalize a password (NFKC), so that it does not depend on how a keyboard composes letters."""
    return unicodedata.normalize("NFKC", password)
