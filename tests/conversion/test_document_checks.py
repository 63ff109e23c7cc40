"""What tools print is checked: no place stays open, and no victim reads what a profile says to professionals."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from kb.cli.messages import speech
from kb.conversion.document_checks import PaperCheck
from kb.kinds.registry import KINDS
from kb.records.files.paths import ContentFolder
from tests.house import SAMPLE

SHAPES = {kind.shape.name: kind.shape for kind in KINDS}
TOOL, COUNTRY = "tools/gate-slip/tool.md", "countries/ee/country.md"
ADAPTATION = "adaptations/gate-slip-ee/adaptation.md"
NOTE = "The rule for keepers was not seen by us"
PLAIN = "You may ask for money."
FACT = f'{{id: pay, fact: f-compensation, known: answered, text: "{NOTE}.", plain: "{PLAIN}"}}'


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The sample, with a note for professionals and plain words in the profile of a country."""
    shutil.copytree(SAMPLE, tmp_path / "content")
    change(tmp_path / "content", COUNTRY, "status: published", f"facts:\n  - {FACT}\nstatus: published")
    return tmp_path / "content"


def change(content: Path, path: str, old: str, new: str) -> None:
    text = (content / path).read_text(encoding="utf-8")
    assert old in text
    (content / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(content: Path) -> set[tuple[str, str, str]]:
    check = PaperCheck(ContentFolder(content, SHAPES), speech, date(2026, 11, 29))
    return {(each.code, each.path.partition("/")[2], str(each.params["found"])) for each in check.problems()}


def test_the_sample_has_no_problem(content: Path) -> None:
    assert problems(content) == set()


def test_a_note_for_professionals_is_not_said_to_a_victim(content: Path) -> None:
    change(content, TOOL, "{id: say, style: say, when: ch-way=a}", "{id: say, style: say}")
    change(content, TOOL, "Good evening.", f"Good evening. {NOTE}.")
    assert problems(content) == {("note-for-victims", TOOL, NOTE)}
    change(content, TOOL, "{id: say, style: say}", "{id: say}")
    assert problems(content) == set()  # nobody reads it to a victim


def test_a_leaflet_tells_what_a_profile_has_plain_words_for(content: Path) -> None:
    change(content, TOOL, "kind: form", "kind: leaflet")
    assert problems(content) == set()  # nothing is known of the country's situation
    change(content, COUNTRY, "facts:", "cells:\n  - {id: t1-police, extent: ad-hoc}\nfacts:")
    assert problems(content) == {("left-out-for-victims", TOOL, "f-compensation")}
    change(content, TOOL, "{id: key, when: ch-way=b and b-keeper!=absent, new_page: yes}", "{id: key}")
    change(content, TOOL, "Open and close the gate", f"{PLAIN} Open and close the gate")
    assert problems(content) == set()


def test_no_place_stays_open(content: Path) -> None:
    change(content, TOOL, "{id: key, when: ch-way=b and b-keeper!=absent, new_page: yes}", "{id: key}")
    change(content, TOOL, "Open and close the gate", "Open {{the gate")
    found = problems(content)
    assert {code for code, _path, _found in found} == {"unfilled-place"}
    assert all(text.startswith("{{the gate") for _code, _path, text in found)


def test_an_adaptation_fills_in_no_doubt(content: Path) -> None:
    change(content, ADAPTATION, 'text: "112"', 'text: "112, which we have not seen: check it"')
    assert problems(content) == {("doubt-for-victims", ADAPTATION, "112, which we have not seen: check it")}


def test_what_was_not_found_is_printed_nowhere_but_on_the_last_page(content: Path) -> None:
    change(content, COUNTRY, "facts:", "cells:\n  - {id: t1-police, extent: ad-hoc}\nfacts:")
    change(content, COUNTRY, f'text: "{NOTE}."', f'text: "A law.", not_found: "{NOTE}."')
    assert problems(content) == set()
    change(content, TOOL, "{id: key, when: ch-way=b and b-keeper!=absent, new_page: yes}", "{id: key}")
    change(content, TOOL, "Open and close the gate", "We found no rule. Open and close the gate")
    found = {(code, path) for code, path, found in problems(content) if "We found no rule" in found}
    assert found == {("research-printed", TOOL)}


def test_no_answer_empties_a_paper(content: Path) -> None:
    change(content, COUNTRY, "facts:", "cells:\n  - {id: t1-police, extent: ad-hoc}\nfacts:")
    change(content, TOOL, "{id: key, when: ch-way=b and b-keeper!=absent, new_page: yes}", "{id: key, when: ch-way=b}")
    change(content, TOOL, "Open and close the gate", "Open and close the gate " + "again " * 150)
    assert {(code, path) for code, path, _found in problems(content)} == {("no-text", TOOL)}
