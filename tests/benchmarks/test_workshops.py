"""A few edits of what a workshop has frozen, as the benchmark makes a thousand of them."""

from __future__ import annotations

import pytest

from benchmarks.freezing import BLANK, changed_by_edits, edited
from tests.house import ROOT

pytestmark = pytest.mark.slow


def test_a_few_edits_change_nothing_that_a_workshop_shows() -> None:
    found = changed_by_edits(ROOT / "content", 3)
    assert found.violations == ()
    assert found.noticed == found.items == 2
    assert found.pieces == 17


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('---\ntitle: "A"\nsummary: "B"\n---\nC\n', '---\ntitle: "7 A"\nsummary: "7 B"\n---\nC\n\nEdit 7.\n'),
        (f'- {{id: {BLANK}, label: "A"}}\n', f'- {{id: {BLANK}, label: "7 A"}}\n'),
    ],
)
def test_an_edit_changes_title_summary_and_text_or_the_name_of_a_blank(before: str, after: str) -> None:
    assert edited(before, 7) == after
