"""The files that new records start from."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.kinds.adaptation.model import ADAPTATION
from kb.kinds.adaptation.template import new_adaptation
from kb.kinds.register.model import REGISTER
from kb.kinds.register.template import new_register
from kb.kinds.tool.model import TOOL
from kb.kinds.tool.template import new_tool
from kb.records.bundle import read_source
from kb.records.record import Record, Shape

# Kept by the program, or put in when there is something to say.
LATER = {
    *("aliases", "successor", "origin", "keeper", "reviewed", "review_due", "same_as"),
    "made",
    "adoptions",
    "confirmed",
    "confirmed_parts",
}


@pytest.mark.parametrize(
    ("shape", "new", "missing"),
    [
        (TOOL, new_tool, {"title", "summary"}),
        (ADAPTATION, new_adaptation, {"title", "summary", "parent", "parent_version", "country"}),
        (REGISTER, new_register, {"title", "summary"}),
    ],
)
def test_a_template_lacks_nothing_but_words(shape: Shape, new: Callable[[str, str], str], missing: set[str]) -> None:
    _bundle, front, problems = read_source(shape, "new", new("new", "lt"))
    assert {(problem.code, problem.where[0]) for problem in problems} == {("missing-key", key) for key in missing}
    known: type[Record] = shape.model
    assert set(known.model_fields) - set(front.values) == LATER & set(known.model_fields)
