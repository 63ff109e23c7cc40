from __future__ import annotations

from kb.records.difference import Difference, DiffRun, file_differences, word_runs, written
from tests.records.sample import ITALIAN, TEXT


def test_words_are_compared_one_by_one() -> None:
    assert word_runs("one two three", "one too three") == (
        *(DiffRun("same", "one "), DiffRun("removed", "two"), DiffRun("added", "too")),
        DiffRun("same", " three"),
    )
    assert word_runs("", "new") == (DiffRun("added", "new"),)
    assert word_runs("same", "same") == (DiffRun("same", "same"),)
    assert word_runs("", "") == ()


def test_the_runs_make_both_texts_again() -> None:
    before, after = "Officers ask, then call.\n\nNever twice.", "Officers always ask and call.\n\nTwice."
    runs = Difference("how", before, after).runs()
    assert "".join(run.text for run in runs if run.sign != "added") == before
    assert "".join(run.text for run in runs if run.sign != "removed") == after


def test_files_are_compared_by_key_and_section() -> None:
    after = TEXT.replace("Stone terraces", "Terraces").replace("Stone upon stone.", "Stone on stone.")
    assert file_differences(TEXT, after) == (
        Difference("title", "Stone terraces", "Terraces"),
        Difference("how", "Stone upon stone.", "Stone on stone."),
    )
    assert file_differences(TEXT, TEXT) == ()


def test_what_came_and_went_has_an_empty_side() -> None:
    after = TEXT.replace("status: published\n", "licence: CC0-1.0\n")
    assert file_differences(TEXT, after) == (
        Difference("status", "published", ""),
        Difference("licence", "", "CC0-1.0"),
    )
    assert [difference.before for difference in file_differences("", TEXT)] == [""] * 8


def test_the_words_of_a_translation_are_compared_by_path() -> None:
    after = ITALIAN.replace("primo", "prima")
    assert file_differences(ITALIAN, after) == (Difference("rows.a.label", "primo", "prima"),)


def test_files_that_cannot_be_read_are_compared_whole() -> None:
    assert file_differences("broken", "also broken") == (Difference("text", "broken", "also broken"),)
    assert {difference.name for difference in file_differences("---\na: [\n---\n", TEXT)} >= {"text", "title"}


def test_rows_are_written_as_a_person_reads_them() -> None:
    assert written("a") == "a"
    assert written(["a", "b"]) == "a, b"
    assert (
        written([{"id": "f1", "year": "2020"}, {"id": "f2", "in": {"a": "b"}}])
        == "id: f1, year: 2020\nid: f2, in: (a: b)"
    )
