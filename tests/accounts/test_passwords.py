"""What makes a password good enough."""

from __future__ import annotations

import pytest
from argon2 import Type

from kb.accounts.passwords import hash_password, is_right, password_problems
from tests.conftest import STRONG_HASHER


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("eleven lett", "short-password"),
        ("twelve grey letters", None),
        ("aaaaaaaaaaaa", "common-password"),
        ("password1234", "common-password"),
        ("123456789012", "common-password"),
        ("praxispraxis", "common-password"),
        ("qwertyuiop12", "common-password"),
        ("ANA.costa@example.org", "guessable-password"),
        ("ana costa of lisbon", "guessable-password"),
        ("maria.quitéria", None),
        ("x" * 1001, "long-password"),
    ],
)
def test_a_password_is_long_enough_and_not_among_those_tried_first(password: str, code: str | None) -> None:
    found = password_problems(password, email="ana.costa@example.org", name="Ana Costa of Lisbon")
    assert [problem.code for problem in found] == ([code] if code else [])


def test_the_same_letters_typed_on_another_keyboard_are_the_same_password() -> None:
    composed, apart = "querida avó é boa", "querida avo\u0301 e\u0301 boa"
    assert is_right(apart, hash_password(composed))


def test_nobody_has_no_password_and_a_broken_hash_opens_nothing() -> None:
    assert not is_right("nobody has this password", None)
    assert not is_right("!", "!")


def test_a_site_hashes_with_as_much_memory_as_owasp_asks_for_in_one_pass() -> None:
    """OWASP Password Storage Cheat Sheet: argon2id with m=47104 (46 MiB), t=1, p=1."""
    assert (STRONG_HASHER.type, STRONG_HASHER.parallelism) == (Type.ID, 1)
    assert STRONG_HASHER.memory_cost >= 47_104
    assert STRONG_HASHER.hash("stone upon stone").startswith("$argon2id$")
