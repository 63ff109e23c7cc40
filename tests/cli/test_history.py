"""`kb history`."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.cli.context import NO_TABLES
from kb.editing.suggestions.submit import Handed, suggest_correction
from kb.workshops.model import Item, Workshop
from tests.cli.conftest import Run
from tests.house import NOW, SOURCE_PLACE, TEXT, TestHouse


def test_show_lists_revisions_and_prints_one(kb: Run, house: TestHouse) -> None:
    kb("search", "rebuild")
    house.write(TEXT.replace("mortar", "cement"))
    kb("search", "rebuild")
    listed = kb("history", "show", "pages/stone-terraces").output.splitlines()
    assert len(listed) == 2
    assert "changed in the content folder" in listed[0]
    assert "mortar" in kb("history", "show", "pages/stone-terraces", "--part", "source", "--number", "1").output


def test_show_of_an_unknown_record_says_so(kb: Run) -> None:
    result = kb("history", "show", "pages/nothing")
    assert result.exit_code == 1
    assert "The log has no record pages/nothing" in result.output


def test_redact_blanks_and_keeps_the_reason(kb: Run, house: TestHouse) -> None:
    kb("search", "rebuild")
    house.write(TEXT.replace("mortar", "cement"))
    kb("search", "rebuild")
    done = kb("history", "redact", "pages/stone-terraces", "--containing", "mortar", "--reason", "asked for")
    assert done.output == "1 revisions and 0 drafts erased\n"
    assert "(erased)" in kb("history", "show", "pages/stone-terraces").output
    assert "mortar" not in kb("history", "show", "pages/stone-terraces", "--part", "source", "--number", "1").output


def test_redact_by_number_says_which_exercises_may_still_quote_it(kb: Run, house: TestHouse) -> None:
    kb("search", "rebuild")
    house.write(TEXT.replace("mortar", "cement"))
    kb("search", "rebuild")
    with house.session() as session:
        shop = Workshop(title={"en": "Walls"}, audience={}, aims={}, language="en", created=NOW, changed=NOW)
        made = Item(position=0, kind="case", made_from=SOURCE_PLACE.record, title={"en": "Case"}, text={"en": "mortar"})
        shop.items.append(made)
        session.add(shop)
        session.commit()
    done = kb("history", "redact", "pages/stone-terraces", "--part", "source", "--number", "1", "--reason", "asked for")
    assert "1 exercises in workshops were made from pages/stone-terraces and may still quote it" in done.output
    done = kb("history", "redact", "pages/stone-terraces", "--containing", "mortar", "--reason", "asked for")
    assert done.output.endswith("0 saved copies in workshops erased, 1 texts of trainers and participants changed\n")


def test_redact_refuses_what_readers_see(kb: Run) -> None:
    kb("search", "rebuild")
    result = kb("history", "redact", "pages/stone-terraces", "--containing", "mortar", "--reason", "asked for")
    assert result.exit_code == 1
    assert "First publish a version without the text to be erased." in result.output


def test_redact_reaches_what_readers_said(kb: Run, house: TestHouse) -> None:
    kb("search", "rebuild")
    with house.session() as session:
        said = Handed("", "Maria Rossi told me so.", "", "en")
        suggest_correction(session, SOURCE_PLACE, "how", said, network="here", now=NOW)
    done = kb("history", "redact", "pages/stone-terraces", "--containing", "Maria Rossi", "--reason", "asked for")
    assert done.output == "0 revisions and 0 drafts erased\n1 suggestions of readers erased\n"
    again = kb("history", "redact", "pages/stone-terraces", "--containing", "Maria Rossi", "--reason", "asked for")
    assert again.exit_code == 1
    assert "No matching text in pages/stone-terraces." in again.output


def test_redact_wants_to_know_what(kb: Run) -> None:
    assert kb("history", "redact", "pages/stone-terraces", "--reason", "asked for").exit_code == 1
    blank = kb("history", "redact", "pages/stone-terraces", "--containing", " ", "--reason", "asked for")
    assert "State what to erase" in blank.output
    assert kb("history", "redact", "pages/stone-terraces", "--number", "1", "--reason", "asked for").exit_code == 1


@pytest.mark.parametrize(
    "command",
    [
        ("history", "show", "pages/stone-terraces"),
        ("history", "redact", "pages/stone-terraces", "--containing", "mortar", "--reason", "asked for"),
        ("content", "accept-deletions"),
    ],
)
def test_a_database_that_was_never_set_up_is_told_in_words(
    kb: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("KB_DATABASE", f"sqlite:///{tmp_path / 'new.sqlite'}")
    result = kb(*command)
    assert (result.exit_code, result.output) == (1, f"{NO_TABLES}\n")
