"""Own texts of an adaptation: marked in the form, with a reason, while fingerprints stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kb.editing.forms.own_texts import Deviation, deviations
from kb.records.front_matter import cut, read_yaml
from tests.builders import a_tool_text, an_adaptation_text
from tests.editing.forms.test_source_form import opened, typed
from tests.house import SAMPLE

PARENT = "0" * 16
MADE = [
    {"id": "title", "parent": PARENT},
    {"id": "fields.a1.label", "parent": PARENT},
    {"id": "offer", "parent": PARENT},
    {"id": "note", "parent": PARENT, "own": "yes", "why": "Left out."},
]
FIELDS = [{"id": "a1", "part": "offer", "type": "text", "label": "Name"}]
TEXT = an_adaptation_text(made=MADE, fields=FIELDS)


def after(**changes: str | list[str]) -> list[Any]:
    """Return the lines of `made` after changes of some controls."""
    return made(typed(opened(TEXT, "adaptations"), **changes))


def made(text: str) -> list[Any]:
    parts = cut(text)
    assert parts is not None
    rows = read_yaml(parts.yaml)[0].values["made"]
    assert isinstance(rows, list)
    return rows


def test_nothing_changes_without_an_edit() -> None:
    file = opened(TEXT, "adaptations")
    assert typed(file) == TEXT
    reasons: dict[str, str | list[str]] = {f"why.{name}": each.why for name, each in deviations(file.values).items()}
    assert typed(file, **reasons) == TEXT


def test_a_changed_text_is_marked_as_own_and_keeps_where_it_comes_from() -> None:
    assert after(s__offer="Only this.")[2] == {"id": "offer", "parent": PARENT, "own": "yes"}
    assert after(h__offer="Another heading")[2] == {"id": "offer", "parent": PARENT, "own": "yes"}
    assert after(f__title="Another")[0] == {"id": "title", "parent": PARENT, "own": "yes"}
    assert after(f__fields__0__label="First name")[1] == {"id": "fields.a1.label", "parent": PARENT, "own": "yes"}
    assert after(s__offer="")[2] == {"id": "offer", "parent": PARENT, "own": "yes"}
    assert after(f__summary="Another")[0:3] == MADE[0:3]  # no line in `made` refers to the summary


def test_a_reason_is_kept_changed_and_taken_back() -> None:
    assert after(why__offer=" Shorter. ")[2] == {"id": "offer", "parent": PARENT, "why": "Shorter.", "own": "yes"}
    assert after(why__note="Because.")[3] == {"id": "note", "parent": PARENT, "own": "yes", "why": "Because."}
    assert after(why__note="")[3] == {"id": "note", "parent": PARENT, "own": "yes"}


def test_a_reason_of_a_field_has_its_place() -> None:
    rows = made(typed(opened(TEXT, "adaptations"), **{"why.fields.a1.label": "So we say."}))
    assert rows[1] == {"id": "fields.a1.label", "parent": PARENT, "why": "So we say.", "own": "yes"}


def test_only_adaptations_remember_and_broken_lines_stay() -> None:
    text = a_tool_text()
    assert "made" not in typed(opened(text, "tools"), s__offer="Only this.")
    broken = TEXT.replace("made:\n", "made:\n- nonsense\n")
    assert "- nonsense\n" in typed(opened(broken, "adaptations"), s__offer="Only this.")


def test_the_sample_says_what_it_changed() -> None:
    path = Path(SAMPLE / "adaptations/gate-slip-ee/adaptation.md")
    found = deviations(opened(path.read_text(encoding="utf-8"), "adaptations").values)
    assert found["say"] == Deviation(is_own=True, why="Nobody says good evening there.")
    assert found["adapter"] == Deviation(is_own=False, why="")
