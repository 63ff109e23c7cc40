from __future__ import annotations

import pytest

from kb.search.analysis.compounds import is_joined, joined_words


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Co-located with e-mail", ["colocated", "email"]),
        ("multi‑agency follow‐up", ["multiagency", "followup"]),
        ("state-of-the-art", []),
        ("dar-lhe est-ce s-au", []),
        ("2018-2022 116-006 covid-19", []),
        ("multidisciplinary-team", []),  # the first part is long
        ("- -a a- --", []),
        ("x" * 1000 + "-team", []),
    ],
)
def test_short_first_parts_are_joined_with_what_follows_a_hyphen(text: str, joined: list[str]) -> None:
    assert sorted(joined_words(text)) == sorted(joined)


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [("e", "justice", True), ("n", "avait", False), ("on", "line", True), ("on", "la", False), ("a1", "team", False)],
)
def test_clitics_and_single_letters_stay_apart(first: str, second: str, *, joined: bool) -> None:
    assert is_joined(first, second) is joined
