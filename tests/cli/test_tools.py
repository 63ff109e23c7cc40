"""`kb tools` as somebody at the files uses it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_register_text, a_tool_text
from tests.cli.conftest import Run
from tests.house import TestHouse

ITALIAN = """---
language: it
words:
  title: Modulo
---
## Offerta {#offer}

Posso parlarle di {{b-service}}?[^s1]
"""


@pytest.fixture
def files(house: TestHouse) -> Path:
    written = {
        "tools/referral-form/tool.md": a_tool_text(),
        "tools/referral-form/tool.it.md": ITALIAN,
        "register/shared/register.md": a_register_text(),
    }
    for name, text in written.items():
        path = house.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return house.content / "adaptations" / "referral-form-pt"


def answers(folder: Path, name: str = "mine.json", **given: Any) -> str:
    facts = {"praxis": 1, "tool": "referral-form", "country": "PT", "language": "en"} | given
    path = folder / name
    path.write_text(json.dumps(facts), encoding="utf-8")
    return str(path)


def test_an_adaptation_is_written_checked_and_converted(kb: Run, files: Path, tmp_path: Path) -> None:
    given = answers(tmp_path, choices={"ch-model": {"g1": ["m2"]}}, blanks={"b-service": {"entries": ["Casa"]}})
    result = kb("tools", "adapt", "referral-form", "--answers", given, "--also", "it")
    assert result.exit_code == 0, result.output
    assert "adaptation.it.md (5 texts are not in it yet)" in result.output
    assert sorted(path.name for path in files.iterdir()) == ["adaptation.it.md", "adaptation.md"]
    assert "0 errors" in kb("content", "check").output
    assert "adaptations" not in kb("content", "format", "--check").output
    output = tmp_path / "form.md"
    made = kb("tools", "convert", "referral-form-pt", "--language", "it", "--to", "md", "--output", str(output))
    assert made.exit_code == 0, made.output
    assert "Posso parlarle di Casa?" in output.read_text(encoding="utf-8")


def test_what_is_there_is_never_written_over(kb: Run, files: Path, tmp_path: Path) -> None:
    given = answers(tmp_path)
    assert kb("tools", "adapt", "referral-form", "--answers", given).exit_code == 0
    path = files / "adaptation.md"
    path.write_text("mine", encoding="utf-8")
    again = kb("tools", "adapt", "referral-form", "--answers", given)
    assert again.exit_code == 1
    assert "already exists" in again.output
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("tool", "given", "said"),
    [
        ("nowhere", {"tool": "nowhere"}, "No published tool has the id nowhere."),
        ("referral-form", {"tool": "another"}, "This file belongs to another tool: another."),
        ("referral-form", {"country": None}, "Select a country first"),
        ("referral-form", {"victim": "Ana"}, "This file is damaged or was not saved on this site."),
        ("referral-form", {"country": "XX"}, "XX is not a European country code"),
        (
            "referral-form",
            {"texts": {"offer": {"text": "So it is.[^s9] {{b-emergency}}", "over": "0" * 16}}},
            "Source s9 is not in the list of sources. Add the source to the list or correct the reference.",
        ),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    kb: Run, files: Path, tmp_path: Path, tool: str, given: dict[str, Any], said: str
) -> None:
    result = kb("tools", "adapt", tool, "--answers", answers(tmp_path, **given))
    assert result.exit_code == 1
    assert said in result.output
    assert not files.parent.exists()


def test_answers_in_another_language_bring_ones_own_texts(kb: Run, files: Path, tmp_path: Path) -> None:
    own = {"offer": {"text": "Call {{b-service}}.", "over": "0" * 16}}
    italian = {"offer": {"text": "Chiami {{b-service}}.", "over": "0" * 16}}
    mine, theirs = answers(tmp_path, texts=own), answers(tmp_path, "it.json", language="it", texts=italian)
    result = kb("tools", "adapt", "referral-form", "--answers", mine, "--also-answers", theirs)
    assert result.exit_code == 0
    assert "Chiami {{b-service}}." in (files / "adaptation.it.md").read_text(encoding="utf-8")
