"""Modules are named by what they hold; their sizes are told by `kb dev modules --long`."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
NO_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "core",
    "base",
    "data",
    "info",
    "manager",
    "service",
}
MODULES = sorted((ROOT / "kb").rglob("*.py"))


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_module_is_called_by_a_name_that_says_nothing() -> None:
    assert len(MODULES) > 500
    assert not [path for path in MODULES if path.stem in NO_NAMES or path.parent.name in NO_NAMES]


def test_the_shared_fixtures_stay_short() -> None:
    assert lines(ROOT / "tests" / "conftest.py") <= 200
