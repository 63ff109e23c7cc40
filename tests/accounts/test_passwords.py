"""What makes a password good enough."""

from __future__ import annotations

import pytest

from kb.accounts.passwords import hash_password, is_right, password_problems


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("eleven lett", "short-password"),
        ("twelve letter", None),
        ("aaaaaaaaaaaa", None),
        ("ANA.costa@example.org", "guessable-password"),
        ("ana costa of lisbon", "guessable-password"),
        ("maria.quitéria", None),
        ("x" * 1001, "long-password"),
    ],
)
def test_length_is_the_only_rule_but_for_the_owners_name(password: str, code: str | None) -> None:
    found = password_problems(password, email="ana.costa@example.org", name="Ana Costa of Lisbon")
    assert [problem.code for problem in found] == ([code] if code else [])


def test_the_same_letters_typed_on_another_keyboard_are_the_same_password() -> None:
    composed, apart = "querida avó é boa", "querida avo\u0301 e\u0301 boa"
    assert is_right(apart, hash_password(composed))


def test_nobody_has_no_password_and_a_broken_hash_opens_nothing() -> None:
    assert not is_right("nobody has this password", None)
    assert not is_right("!", "!")
