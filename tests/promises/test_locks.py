"""Lock files pin every installed package by hashes and contain no URLs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted(ROOT.glob("requirements*.lock"))


def test_there_are_locks_for_running_testing_and_the_original_whoosh() -> None:
    names = [path.name for path in LOCKS]
    assert names == ["requirements-dev.lock", "requirements-whoosh2.lock", "requirements.lock"]


def hashes(text: str) -> dict[str, int]:
    """Return every entry of a lock file, with the number of hashes below it."""
    entries = re.split(r"^(?=[^\s#])", text, flags=re.MULTILINE)[1:]
    return {entry.split("\n", 1)[0]: entry.count("--hash=sha256:") for entry in entries}


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_holds_hashes_and_no_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"https?://|find-links|index-url|trusted-host", text)
    entries = hashes(text)
    assert entries
    assert [each for each in entries if not re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==", each, re.IGNORECASE)] == []
    assert [each for each, number in entries.items() if not number] == []


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_package_that_is_asked_for_is_in_its_lock(path: Path) -> None:
    locked = path.read_text(encoding="utf-8").lower()
    lines = path.with_suffix(".in").read_text(encoding="utf-8").lower().splitlines()
    names = [re.split(r"[\[=<>~ ;]", line.strip())[0] for line in lines]
    wanted = [name for name in names if name and not name.startswith(("-", "#"))]
    assert wanted
    assert [name for name in wanted if not re.search(rf"^{re.escape(name)}(\[[a-z,]+\])?==", locked, re.M)] == []
