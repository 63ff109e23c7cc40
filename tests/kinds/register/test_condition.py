from __future__ import annotations

import pytest

from kb.kinds.register.condition import Condition, Settled, read_condition

DECIDED = Settled(
    {
        "ch-model": {"g1": ("m4",), "g9": ("m2",)},
        "ch-record": {"g1": ("a",), "g9": ("b",)},
        "ch-length": {"": ("full",)},
    },
    {"b-law": "absent", "b-dpa": "filled"},
)


def condition(text: str) -> Condition:
    found = read_condition(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ch-model=m4", True),
        ("ch-model(g9)=m4", False),
        ("ch-model=m3", False),
        ("ch-model!=m4", True),  # g9 has another
        ("ch-model(g1)!=m4", False),
        ("ch-nothing!=a", False),  # nobody has chosen, so nothing holds
        ("b-law=absent", True),
        ("b-law!=absent", False),
        ("b-unknown=open", False),
        ("ch-model=m4 and b-law=absent", True),
        ("ch-model=m3 or b-law=absent", True),
        ("ch-model=m4 and ch-length=full", True),
        ("ch-model=m4 and ch-record=a", True),
        ("ch-model=m4 and ch-record=b", False),  # of different groups of crimes
    ],
)
def test_a_condition_holds(text: str, expected: bool) -> None:
    assert condition(text).holds(DECIDED) is expected


@pytest.mark.parametrize("text", ["", "ch-a", "ch-a=b and ch-c=d or ch-e=f", "b-law(g1)=open", "x=y", "ch-a==b"])
def test_what_is_no_condition_is_refused(text: str) -> None:
    assert read_condition(text) is None
