from __future__ import annotations

import pytest

from kb.i18n import LANGUAGES
from kb.kinds.practice.model import PRACTICE, SECTIONS, Practice
from kb.kinds.practice.template import HEADINGS, new_practice
from kb.problems import Severity
from kb.records.bundle import SOURCE, read_source
from kb.records.front_matter import cut, read_yaml, splice
from kb.records.segments import sections
from tests.builders import practice_facts
from tests.kinds.practice.checking import check_texts

GENERATED = {"evidence_level", "effect_direction", "transferability"}
# Set later, by a person or by the program, or seldom; the guide has them.
NOT_AT_THE_START = {
    "aliases",
    "successor",
    "origin",
    "keeper",
    "reviewed",
    "review_due",
    "same_as",
    "adoptions",
    "confirmed_parts",
} | GENERATED


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_with_a_new_practice_but_what_is_missing(language: str) -> None:
    _, _, problems = read_source(PRACTICE, "new-one", new_practice("new-one", language))
    assert {(problem.code, problem.where) for problem in problems} == {
        *(("missing-key", (key,)) for key in ("title", "summary", "countries", "areas")),
        *(("empty-section", ("body", section)) for section in SECTIONS),
    }


def test_every_key_that_a_curator_fills_in_is_there() -> None:
    parts = cut(new_practice("new-one", "en"))
    assert parts is not None
    front, problems = read_yaml(parts.yaml)
    assert problems == ()
    assert set(front.values) == set(Practice.model_fields) - NOT_AT_THE_START


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_headings_are_in_the_language_of_the_record(language: str) -> None:
    parts = cut(new_practice("new-one", language))
    assert parts is not None
    found, problems = sections(parts.body)
    assert problems == ()
    assert tuple(section.id for section in found) == SECTIONS
    assert tuple(section.heading for section in found) == HEADINGS[language]


def test_the_headings_of_another_language_are_english() -> None:
    assert "## The problem {#problem}" in new_practice("new-one", "de")


def test_a_template_that_is_filled_in_is_a_draft_with_only_reminders() -> None:
    facts = practice_facts()
    text = new_practice("new-one", "en")
    text = splice(text, {key: facts[key] for key in ("title", "summary", "countries", "areas")})
    parts = cut(text)
    assert parts is not None
    text = text.removesuffix(parts.body) + "## What it is {#what}\n\nA text.\n"
    problems = check_texts({SOURCE: text}, "new-one")
    assert {problem.code for problem in problems} == {"no-sources", "no-assessment"}
    assert {problem.severity for problem in problems} == {Severity.WARNING}


def test_the_comments_show_rows_that_can_be_read() -> None:
    lines = new_practice("new-one", "en").split("\n")
    rows = [line.removeprefix("# ").partition("   ")[0] for line in lines if line.startswith("# - {")]
    whole = [row for row in rows if row.endswith("}")]
    assert len(whole) == len(rows) - 2  # rows of assessments and of sources go on in the next line
    for row in whole:
        assert read_yaml(f"rows:\n{row}\n")[1] == ()
