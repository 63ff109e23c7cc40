"""A few edits of what a workshop has frozen, as the benchmark makes a thousand of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.freezing import Subject, changed_by_edits, edited

pytestmark = pytest.mark.slow


SUBJECT = Subject("practices/stone-terraces", "tools/gate-slip", "register/shared", "b-keeper")


def test_a_few_edits_change_nothing_that_a_workshop_shows(made_sample: Path) -> None:
    found = changed_by_edits(made_sample / "content", 3, SUBJECT)
    assert found.violations == ()
    assert found.noticed == found.items == 2
    assert found.pieces == 11


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('---\ntitle: "A"\nsummary: "B"\n---\nC\n', '---\ntitle: "7 A"\nsummary: "7 B"\n---\nC\n\nEdit 7.\n'),
        ('- {id: b-keeper, label: "A"}\n', '- {id: b-keeper, label: "7 A"}\n'),
        ("- {id: b-keeper, label: A}\n", "- {id: b-keeper, label: 7 A}\n"),
    ],
)
def test_an_edit_changes_title_summary_and_text_or_the_name_of_a_blank(before: str, after: str) -> None:
    assert edited(before, SUBJECT.blank, 7) == after
