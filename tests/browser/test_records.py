"""The test records are valid: with an invalid one, pages would show less than they should."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from kb.__main__ import cli
from tests.browser.serving import RECORDS, lay_out


def test_the_records_of_these_tests_pass_the_check(tmp_path: Path) -> None:
    lay_out(tmp_path)
    settings = {"KB_CONTENT": str(tmp_path / "content"), "KB_DATA": str(tmp_path / "var")}
    said = json.loads(CliRunner().invoke(cli, ["content", "check", "--json"], env=settings).stdout)
    wrong = {each["path"] for each in said["problems"] if each["severity"] == "error"}
    assert {path.rpartition("practices/")[2] for path in wrong} == {"broken-record/practice.md"}  # invalid on purpose
    assert said["records"] > len(list(RECORDS[1].glob("*/*")))
