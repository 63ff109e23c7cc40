"""Every setting has a description, and is documented in the operating guide."""

from __future__ import annotations

from pathlib import Path

from kb.config import PREFIX, Settings

OPERATING = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")


def test_every_setting_stands_in_the_operating_guide() -> None:
    missing = [name for name in Settings.model_fields if f"`{PREFIX}{name.upper()}`" not in OPERATING]
    assert not missing


def test_every_setting_has_a_description() -> None:
    assert all(field.description for field in Settings.model_fields.values())
