"""Completeness of a record; the required fields are those that the checks require."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.content_store.reference_data import ReferenceData
from kb.content_store.validation import read_and_check
from kb.editing.forms.body_sections import replace_body
from kb.editing.forms.source_form import SourceFile, read_source_file
from kb.editing.forms.splice_facts import splice_in_order
from kb.editing.quality.completeness import Importance, completeness_of, needed_names
from kb.kinds.registry import KINDS
from kb.problems import errors
from tests.house import SAMPLE

BY_NAME = {kind.shape.name: kind for kind in KINDS}
WRITTEN_SHORT = {"ask-first", "letters-home", "naktinis-autobusas", "stone-terraces"}
TERRACES = (SAMPLE / "practices/stone-terraces/practice.md").read_text(encoding="utf-8")


def opened(text: str, kind: str = "practices") -> SourceFile:
    file = read_source_file(BY_NAME[kind], text)
    assert file is not None
    return file


def missing(text: str, knowledge: ReferenceData, group: Importance, kind: str = "practices") -> set[str]:
    found = completeness_of(opened(text, kind), knowledge.vocabularies)
    return {f"#{item.name}" if item.is_section else item.name for item in found.missing(group)}


def kind_of(path: Path) -> str:
    return path.parts[-3]


def test_a_beginning_misses_what_is_not_there(knowledge: ReferenceData) -> None:
    text = "---\nid: x\nlanguage: en\ntitle: X\ncountries: [PT]\nareas: [signposting]\n---\n## What {#what}\n\nText.\n"
    assert missing(text, knowledge, Importance.NEEDED) == {
        *("summary", "victim_groups", "organisations", "assessments", "sources", "#problem", "#how", "#mechanism"),
    }
    found = completeness_of(opened(text), knowledge.vocabularies)
    assert (found.there(Importance.NEEDED), len(found.of(Importance.NEEDED))) == (4, 12)


def test_an_empty_section_and_a_row_of_nothing_but_its_id_are_not_there(knowledge: ReferenceData) -> None:
    text = TERRACES.replace(
        "Three terraces, a service on each.[^s1] See also [letters](practices/letters-home#what).", ""
    )
    assert "#what" in missing(text, knowledge, Importance.NEEDED)
    text = splice_in_order(TERRACES, {"sources": [{"id": "s1"}]}, ())
    assert "sources" in missing(text, knowledge, Importance.NEEDED)


def test_what_is_expected_depends_on_the_area(knowledge: ReferenceData) -> None:
    bare = "---\nid: x\nlanguage: en\nareas: [%s]\n---\n"
    assert "time_limits" in missing(bare % "warm-referral", knowledge, Importance.EXPECTED)
    secure = missing(bare % "secure-email", knowledge, Importance.EXPECTED)
    assert "secure_channel" in secure
    assert "time_limits" not in secure
    assert "materials" in missing(bare % "risk-assessment", knowledge, Importance.EXPECTED)
    assert "time_limits" in missing(bare % "no-such-area", knowledge, Importance.WELCOME)


@pytest.mark.parametrize("name", sorted(each for each in needed_names(BY_NAME["practices"]) if each[0] != "#"))
def test_a_practice_without_a_needed_fact_is_not_published(name: str, knowledge: ReferenceData) -> None:
    kind = BY_NAME["practices"]
    text = splice_in_order(TERRACES, {name: None}, ())
    _, _, problems = read_and_check(kind, "stone-terraces", {"source": text}, knowledge.vocabularies, knowledge.law)
    # Only question Q1, which a person answers, asks for target group and responsible body.
    assert bool(errors(problems)) is (name not in ("victim_groups", "organisations"))


def test_of_what_the_sample_has_published_only_what_is_written_short_misses_something(knowledge: ReferenceData) -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in SAMPLE.glob("*/*/*.md") if path.name.count(".") == 1}
    published = {path: text for path, text in texts.items() if "\nstatus: published\n" in text}
    short = {
        path.parent.name
        for path, text in published.items()
        if missing(text, knowledge, Importance.NEEDED, kind_of(path))
    }
    assert {kind_of(path) for path in published} == set(BY_NAME)
    assert short == WRITTEN_SHORT


def test_sections_of_free_choice_are_expected_where_somebody_put_a_heading(knowledge: ReferenceData) -> None:
    text = "---\nid: x\nlanguage: en\ntitle: X\nsummary: X\n---\n"
    assert missing(text, knowledge, Importance.EXPECTED, "pages") == set()
    text = replace_body(text, "## One {#one}\n\n## Two {#two}\n\nText.\n")
    assert missing(text, knowledge, Importance.EXPECTED, "pages") == {"#one"}


def test_a_tool_misses_its_parts_and_nobody_misses_what_it_declares_alone(knowledge: ReferenceData) -> None:
    text = "---\nid: x\nlanguage: en\ntitle: X\nsummary: X\n---\n"
    assert missing(text, knowledge, Importance.NEEDED, "tools") == {"kind"}
    assert {"parts", "uses", "choices_used"} <= missing(text, knowledge, Importance.EXPECTED, "tools")
    assert "own_blanks" not in missing(text, knowledge, Importance.WELCOME, "tools")
    assert missing(text, knowledge, Importance.NEEDED, "adaptations") == {"kind", "parent", "parent_version", "country"}
    assert {"cells", "facts"} <= missing(text, knowledge, Importance.EXPECTED, "countries")
