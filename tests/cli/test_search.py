"""`kb search`: build, look, ask."""

from __future__ import annotations

import json
import re

from tests.cli.conftest import Run


def test_before_the_first_build_the_commands_say_what_to_do(kb: Run) -> None:
    for command in (["search", "status"], ["search", "find", "stone"]):
        result = kb(*command)
        assert result.exit_code == 1
        assert "kb search rebuild" in result.output


def test_rebuild_tells_what_it_built_and_status_agrees(kb: Run) -> None:
    built = kb("search", "rebuild").output
    assert re.search(r"Index \S+: 1 documents of 1 records", built)
    status = kb("search", "status")
    assert status.exit_code == 0
    assert "missing or old  0" in status.output


def test_find_prints_what_was_found(kb: Run) -> None:
    kb("search", "rebuild")
    result = kb("search", "find", "stone")
    assert "pages/stone-terraces  Stone terraces" in result.output
    assert "1 found" in result.output


def test_find_speaks_json(kb: Run) -> None:
    kb("search", "rebuild")
    answer = json.loads(kb("search", "find", "terraces", "--language", "it", "--json").output)
    assert answer["total"] == 1
    hit = answer["hits"][0]
    assert (hit["kind"], hit["id"], hit["title"]) == ("pages", "stone-terraces", "Stone terraces")
    assert hit["address"] == "http://localhost:5000/it/pages/stone-terraces"
    assert hit["countries"] == hit["terms"] == []
    assert {"kind", "country", "area", "evidence", "law", "translation"} <= set(answer["facets"])
    assert answer["suggestion"] is None
    assert answer["recognised"] == []
    assert 0 < answer["took"] < 60
