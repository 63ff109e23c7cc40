"""What is installed is pinned by hashes, and no lock file names an address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted(ROOT.glob("requirements*.lock"))


def test_there_are_locks_for_running_testing_and_the_original_whoosh() -> None:
    names = [path.name for path in LOCKS]
    assert names == ["requirements-dev.lock", "requirements-whoosh2.lock", "requirements.lock"]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_holds_hashes_and_no_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"https?://|find-links|index-url|trusted-host", text)
    pins = re.findall(r"^([a-z0-9._-]+(?:\[[a-z,]+\])?)==", text, re.MULTILINE | re.IGNORECASE)
    entries = text.count("==") - text.count("python_full_version ==")
    assert len(pins) > 3
    assert text.count("--hash=sha256:") >= len(pins)
    assert entries >= len(pins)


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_package_that_is_asked_for_is_in_its_lock(path: Path) -> None:
    locked = path.read_text(encoding="utf-8").lower()
    wanted = path.with_suffix(".in").read_text(encoding="utf-8").lower().splitlines()
    for line in wanted:
        name = re.split(r"[\[=<>~ ;]", line.strip())[0]
        if name and not name.startswith(("-", "#")):
            assert re.search(rf"^{re.escape(name)}(\[[a-z,]+\])?==", locked, re.MULTILINE), name
