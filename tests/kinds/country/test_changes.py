"""Which rows of a country changed."""

from __future__ import annotations

from kb.kinds.country.changes import RowChange, row_changes
from kb.kinds.country.guidance import ReaderRole
from kb.records.front_matter import Value


def test_rows_are_added_changed_removed_or_only_checked() -> None:
    before: dict[str, Value] = {
        "guidance": [{"id": "a", "text": "x", "checked": "2026-01-01"}, {"id": "b", "roles": ["police"], "text": "x"}],
        "transposition": [{"id": "p8", "article": "8"}],
    }
    after: dict[str, Value] = {
        "guidance": [{"id": "a", "text": "x", "checked": "2026-02-01"}, {"id": "b", "roles": ["police"], "text": "y"}],
        "helplines": [{"id": "new"}],
    }
    found = {(row.table, row.id): row for row in row_changes(before, after)}
    assert {key: row.change for key, row in found.items()} == {
        ("guidance", "a"): RowChange.CHECKED,
        ("guidance", "b"): RowChange.CHANGED,
        ("helplines", "new"): RowChange.ADDED,
        ("transposition", "p8"): RowChange.REMOVED,
    }
    assert found["guidance", "a"].roles == tuple(ReaderRole)
    assert found["guidance", "b"].roles == (ReaderRole.POLICE,)
    assert found["transposition", "p8"].article == "8"


def test_equal_rows_did_not_change() -> None:
    facts: dict[str, Value] = {"facts": [{"id": "a", "text": "x"}]}
    assert not list(row_changes(facts, facts))
