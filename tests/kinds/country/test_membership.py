from __future__ import annotations

import pytest
from babel import Locale

from kb.kinds.country.emergency_number import is_112_answered
from kb.kinds.country.membership import EUROPE, MEMBERS, OTHERS, Bond, bond, code_of, is_bound, is_member
from kb.kinds.country.neighbours import neighbours


def test_there_are_27_member_states() -> None:
    assert len(MEMBERS) == 27
    assert not MEMBERS & OTHERS
    assert set(Locale("en").territories) >= EUROPE


def test_the_directive_binds_all_member_states_but_denmark() -> None:
    assert {code for code in EUROPE if is_bound(code)} == MEMBERS - {"DK"}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("PT", Bond.BOUND),
        ("IE", Bond.OPTED_IN),
        ("DK", Bond.NOT_BOUND),
        ("GB", Bond.LEFT),
        ("NO", Bond.OUTSIDE),
        ("UA", Bond.OUTSIDE),
    ],
)
def test_each_country_has_its_own_bond(code: str, expected: Bond) -> None:
    assert bond(code) is expected


@pytest.mark.parametrize("code", ["IS", "NO", "CH", "LI", "GB", "UA"])
def test_neighbours_of_the_union_are_no_members(code: str) -> None:
    assert not is_member(code)
    assert not is_bound(code)


@pytest.mark.parametrize(
    ("record_id", "code"), [("pt", "PT"), ("PT", "PT"), ("uk", "GB"), ("el", "GR"), ("zz", None), ("", None)]
)
def test_an_address_is_read_to_a_code(record_id: str, code: str | None) -> None:
    assert code_of(record_id) == code


def test_neighbours_are_beside_each_other() -> None:
    assert neighbours("PT") == ("ES",)
    assert neighbours("ZZ") == ()
    for code in EUROPE:
        assert set(neighbours(code)) <= EUROPE
        assert all(code in neighbours(each) for each in neighbours(code))
        assert neighbours(code), code


def test_112_is_answered_in_every_member_state_and_where_a_source_says_so() -> None:
    assert all(map(is_112_answered, MEMBERS))
    assert is_112_answered("NO")
    assert not is_112_answered("BY")
