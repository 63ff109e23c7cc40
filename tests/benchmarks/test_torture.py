"""A few rounds of the torture: everything that changes a record, two at a time, one of them killed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.house import ROOT

pytestmark = pytest.mark.slow


@pytest.mark.long
def test_a_few_rounds_violate_nothing() -> None:
    command = [sys.executable, "benchmarks/torture.py", "--kills", "3", "--histories", "2", "--seed", "1", "--verbose"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.stdout.endswith("torture: 0 violations\n"), done.stdout + done.stderr
    assert "kills: 3 rounds" in done.stdout
    assert "histories: 2 rounds" in done.stdout
