"""`kb content` as a curator on the command line uses it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kb.cli import content
from kb.records.files.paths import RecordFile, place_of
from tests.builders import a_practice_text, a_source
from tests.cli.conftest import Run
from tests.house import ITALIAN, ITALIAN_TEXT, ROOT, SAMPLE, SOURCE_PLACE, TEXT, TestHouse, catch_up_now, remove


def test_check_says_that_all_is_well(kb: Run) -> None:
    result = kb("content", "check")
    assert (result.exit_code, result.output) == (0, "1 records, 0 errors, 0 warnings\n")


def test_check_prints_every_problem_with_path_and_line_and_ends_with_1(kb: Run, house: TestHouse) -> None:
    house.write(TEXT.replace("licence:", "license:").replace("status: published", "status: ready"))
    result = kb("content", "check")
    assert result.exit_code == 1
    assert "content/pages/stone-terraces/page.md:6: ready is not in the list:" in result.output
    assert (
        "content/pages/stone-terraces/page.md:7: The key license does not exist here. Did you mean licence?"
        in result.output
    )


def test_check_speaks_json(kb: Run, house: TestHouse) -> None:
    house.write(TEXT.replace("licence:", "license:"))
    answer = json.loads(kb("content", "check", "--json").output)
    assert answer["records"] == 1
    assert [(each["code"], each["line"], each["path"]) for each in answer["problems"]] == [
        ("unknown-key", 7, "content/pages/stone-terraces/page.md")
    ]


def test_what_a_person_has_to_judge_is_counted_and_shown_when_asked_for(kb: Run, house: TestHouse) -> None:
    law = a_source("s1", kind="law", accessed="2026-11-20", year="1998")
    text = a_practice_text(sources=[law, a_source("s2")])
    house.write(text, place_of("practices/ask-before-referral", "source"))
    told = kb("content", "check")
    assert told.output == "2 records, 0 errors, 0 warnings\n1 more for a person to judge: kb content check --warnings\n"
    shown = kb("content", "check", "--warnings")
    assert (told.exit_code, shown.exit_code) == (0, 0)
    assert "practice.md:" in shown.output
    assert "This law was read in its text of 1998." in shown.output
    assert "2 records, 0 errors, 1 warnings" in shown.output


def test_check_remembers_what_passed_when_it_is_told_to(kb: Run, house: TestHouse) -> None:
    def looked_at(*options: str) -> int:
        return int(json.loads(kb("content", "check", "--json", *options).output)["looked_at"])

    house.write(ITALIAN_TEXT, ITALIAN)
    assert [looked_at("--remember"), looked_at()] == [1, 1]  # its generated lines are missing
    kb("content", "format")
    assert [looked_at(), looked_at("--remember"), looked_at(), looked_at("--all")] == [1, 1, 0, 1]
    assert kb("content", "format", "--check").exit_code == 0
    house.write(ITALIAN_TEXT, ITALIAN)
    assert looked_at() == 1
    assert kb("content", "format", "--check").exit_code == 1


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # the runner of the tests has threads, the command not
def test_a_large_folder_checks_its_papers_in_a_second_process(
    kb: Run, house: TestHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SAMPLE, house.content, dirs_exist_ok=True)
    shutil.rmtree(house.content / "practices" / "broken-record")
    tool = house.content / "tools" / "gate-slip" / "tool.md"
    text = tool.read_text("utf-8").replace("{id: key, when: ch-way=b and b-keeper!=absent, new_page: yes}", "{id: key}")
    tool.write_text(text.replace("Open and close the gate", "Open {{the gate"), "utf-8")
    alone = kb("content", "check")
    monkeypatch.setattr(content, "_MANY", 1)
    beside = kb("content", "check")
    assert "still has a place that nothing fills" in alone.output
    assert beside.output == alone.output


def test_check_needs_neither_database_nor_data_folder(house: TestHouse, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "KB_CONTENT": str(house.content),
        "KB_DATA": str(tmp_path / "nothing"),
        "KB_DATABASE": "postgresql+psycopg://nobody@127.0.0.1:1/nothing",
    }
    command = [sys.executable, "-m", "kb", "content", "check"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "nothing").exists()


def test_new_writes_a_file_of_which_only_the_texts_are_missing(kb: Run, house: TestHouse) -> None:
    assert kb("content", "new", "practice", "letters-in-plain-words").exit_code == 0
    answer = json.loads(kb("content", "check", "--json").output)
    assert {each["code"] for each in answer["problems"]} == {"missing-key", "empty-section"}
    again = kb("content", "new", "practice", "letters-in-plain-words")
    assert again.exit_code == 1
    assert "Choose another ID" in again.output


def test_new_refuses_an_id_that_is_none(kb: Run) -> None:
    result = kb("content", "new", "practice", "../Letters")
    assert result.exit_code == 1
    assert "lower-case letters and digits, joined by hyphens" in result.output


def test_format_writes_where_translated_segments_come_from_and_then_nothing_more(kb: Run, house: TestHouse) -> None:
    path = house.write(ITALIAN_TEXT, ITALIAN)
    assert kb("content", "format", "--check").exit_code == 1
    assert "made_from" not in path.read_text(encoding="utf-8")
    assert "1 files changed" in kb("content", "format").output
    assert path.read_text(encoding="utf-8").count("by: machine") == 3
    assert kb("content", "format", "--check").exit_code == 0


def test_schema_describes_a_practice(kb: Run) -> None:
    schema = json.loads(kb("content", "schema", "practice").output)
    assert {"title", "areas", "assessments", "sources"} <= schema["properties"].keys()


def test_accept_deletions_names_what_is_missing_and_waits_to_be_told(kb: Run, house: TestHouse) -> None:
    kb("search", "rebuild")
    remove(house.store_paths().path(SOURCE_PLACE).parent)
    shown = kb("content", "accept-deletions")
    assert "missing: content/pages/stone-terraces/page.md" in shown.output
    assert "1 deletions accepted" in kb("content", "accept-deletions", "pages/stone-terraces").output
    assert "No file is missing" in kb("content", "accept-deletions").output


def test_accept_deletions_deletes_what_a_running_site_has_put_back(kb: Run, house: TestHouse) -> None:
    kb("search", "rebuild")
    linking = SOURCE_PLACE.id.replace("stone", "other")
    text = TEXT.replace(SOURCE_PLACE.id, linking).replace("Walls w", f"[Walls]({SOURCE_PLACE.record}) w")
    house.write(text, RecordFile("pages", linking, "source"))
    remove(house.store_paths().path(SOURCE_PLACE))
    store = house.store()
    with house.session() as session:
        catch_up_now(session, store)  # as the site does within seconds
    assert "restored: content/pages/stone-terraces/page.md" in kb("content", "accept-deletions").output
    told = kb("content", "accept-deletions", SOURCE_PLACE.record)
    assert told.exit_code == 1
    assert "other-terraces/page.md:11: The record pages/stone-terraces does not exist." in told.output
    assert "1 deletions accepted" in kb("content", "accept-deletions", SOURCE_PLACE.record, "--yes").output
    assert not house.store_paths().path(SOURCE_PLACE).exists()
    assert "dangling-link" in {each.code for each in store.problems.of(f"pages/{linking}")}
    store.close()


def test_links_are_asked_by_command_and_our_own_network_is_not(house: TestHouse, kb: Run) -> None:
    path = house.write(
        TEXT.replace("Stone upon stone.", "See [here](http://127.0.0.1:1/), [there](http://localhost/).")
    )
    before = path.read_bytes()
    kb("search", "rebuild")
    result = kb("content", "links")
    assert result.exit_code == 0, result.output
    assert "2 of 2 addresses checked, 0 broken, 2 without a valid answer" in result.output
    assert result.output.count("not public") == 2
    assert path.read_bytes() == before
    assert "0 of 2 addresses checked" in kb("content", "links").output


def test_stats_counts_the_practices_and_what_they_lack(kb: Run, house: TestHouse) -> None:
    place = RecordFile("practices", "ask-before-referral", "source")
    house.write(a_practice_text(), place)
    shown = kb("content", "stats").output
    assert "1 published practices" in shown
    assert "Country\n  PT: 1\n" in shown
    assert "confirmed by the organisation: 0 (0 %)" in shown
    assert "References to law read in the official text: 0 of 1 (0 %)" in shown
    assert json.loads(kb("content", "stats", "--json").output)["countries"] == {"PT": 1}
