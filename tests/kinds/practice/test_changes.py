from __future__ import annotations

from datetime import date
from typing import Any

from kb.kinds.practice.changes import (
    ChangeEvent,
    PracticeVersion,
    What,
    put_together,
    source_events,
    text_of,
    translation_events,
)
from tests.builders import PRACTICE_SECTIONS, a_practice_text, a_source, a_translation_text, an_assessment

RECORD = "ask-before-referral"


def text(**changes: Any) -> PracticeVersion:
    return text_of(RECORD, a_practice_text(**changes))


def events(
    before: PracticeVersion | None, after: PracticeVersion, *, is_minor: bool = False
) -> dict[What, ChangeEvent]:
    return {event.what: event for event in source_events(before, after, is_minor=is_minor)}


def test_the_first_published_text_says_so_and_nothing_else() -> None:
    assert source_events(None, text()) == (ChangeEvent(What.PUBLISHED),)


def test_a_draft_is_no_event_and_a_retired_text_one() -> None:
    assert source_events(text(), text(status="draft")) == ()
    assert source_events(text(), text(status="retired")) == (ChangeEvent(What.RETIRED),)
    assert source_events(None, text(status="retired")) == ()


def test_a_rating_that_follows_from_new_answers_is_raised_with_their_day() -> None:
    evaluated = {**dict.fromkeys(("Q3", "Q4", "Q5", "D3", "D4"), "yes"), "Q6": "no"}
    later = an_assessment("a1", **evaluated) | {"on": "2026-12-01"}
    found = events(text(), text(assessments=[later]))
    assert found[What.LEVEL] == ChangeEvent(
        What.LEVEL, before="ev-2-monitored", after="ev-3-evaluated", on=date(2026, 12, 1)
    )
    assert found[What.DIRECTION].after == "effect-positive"
    assert What.TRANSFER not in found


def test_a_rating_falls_with_the_assessment_that_was_taken_out() -> None:
    found = events(text(), text(assessments=None))
    assert (found[What.LEVEL].before, found[What.LEVEL].after, found[What.LEVEL].on) == ("ev-2-monitored", None, None)


def test_new_answers_that_change_no_rating_are_told_all_the_same() -> None:
    later = an_assessment() | {"on": "2026-12-01"}
    assert source_events(text(), text(assessments=[later])) == (ChangeEvent(What.ASSESSED, on=date(2026, 12, 1)),)


def test_the_generated_lines_are_not_believed() -> None:
    assert What.LEVEL not in events(text(), text(evidence_level="ev-5-replicated"))


def test_figures_and_sources_are_counted() -> None:
    figure = {"id": "f1", "value": "130", "label": "people referred", "year": "2024", "source": "s1"}
    found = events(
        text(),
        text(figures=[figure, figure | {"id": "f2"}], sources=[a_source("s1"), a_source("s3"), a_source("s4")]),
    )
    counts = {what: event.count for what, event in found.items()}
    assert counts == {
        What.FIGURES_NEW: 1,
        What.FIGURES_CHANGED: 1,
        What.SOURCES_NEW: 2,
        What.SOURCES_GONE: 1,
    }


def test_texts_are_named_in_the_order_of_the_page() -> None:
    after = text(title="Police ask first", sections=PRACTICE_SECTIONS | {"how": "1. The officer asks."})
    assert source_events(text(), after) == (ChangeEvent(What.TEXT, ("title", "how")),)
    assert source_events(text(), after, is_minor=True) == (ChangeEvent(What.MINOR, ("title", "how")),)


def test_a_person_who_takes_responsibility_is_told_without_a_name() -> None:
    after = text(origin=None, keeper="Maria Exemplo", reviewed="2026-12-01")
    found = source_events(text(), after)
    assert found == (ChangeEvent(What.RESPONSIBLE), ChangeEvent(What.REVIEWED, on=date(2026, 12, 1)))


def test_other_facts_are_named() -> None:
    assert source_events(text(), text(countries=["PT", "ES"])) == (ChangeEvent(What.FACTS, ("countries",)),)


def test_what_cannot_be_compared_is_revised() -> None:
    assert source_events(PracticeVersion("", None), text()) == (ChangeEvent(What.TEXT),)


def test_a_translation_comes_changes_is_read_and_goes() -> None:
    first = a_translation_text()
    revised = a_translation_text(words={"title": "La polizia chiede"})
    machine = {"title": {"source": "a" * 16, "by": "machine"}}
    person = {"title": {"source": "a" * 16, "by": "person", "reviewed": "2026-12-01"}}
    assert translation_events("it", None, first) == (ChangeEvent(What.TRANSLATED, ("it",)),)
    assert translation_events("it", first, revised) == (ChangeEvent(What.TRANSLATION_REVISED, ("it",)),)
    assert translation_events("it", a_translation_text(made_from=machine), a_translation_text(made_from=person)) == (
        ChangeEvent(What.TRANSLATION_READ, ("it",)),
    )
    assert translation_events("it", first, a_translation_text(made_from=machine)) == ()
    assert translation_events("it", first, None) == (ChangeEvent(What.TRANSLATION_GONE, ("it",)),)


def test_languages_of_one_change_stand_together() -> None:
    both = put_together(
        [ChangeEvent(What.TRANSLATED, ("it",)), ChangeEvent(What.TEXT, ("how",)), ChangeEvent(What.TRANSLATED, ("lt",))]
    )
    assert both == (ChangeEvent(What.TRANSLATED, ("it", "lt")), ChangeEvent(What.TEXT, ("how",)))
