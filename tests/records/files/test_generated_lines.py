from __future__ import annotations

from kb.kinds.practice.model import PRACTICE
from kb.records.bundle import read_translation
from kb.records.files.generated_lines import format_source, format_translation
from kb.records.record import State
from kb.records.segments import fingerprint
from tests.builders import a_practice_text, an_assessment
from tests.records.sample import ITALIAN, NOTE, TEXT, a_note


def test_a_generated_line_is_written_and_nothing_else_changes() -> None:
    formatted = format_source(NOTE, "one", TEXT)
    assert formatted == TEXT.replace("status: published\n", "status: published\ngrade: 2\n")
    assert format_source(NOTE, "one", formatted) == formatted


def test_a_generated_line_that_is_wrong_is_mended() -> None:
    wrong = TEXT.replace("status:", "grade: 7   # by hand\nstatus:")
    assert format_source(NOTE, "one", wrong) == TEXT.replace("status:", "grade: 2\nstatus:")


def test_a_generated_line_without_a_reason_goes() -> None:
    text = TEXT.replace("rows:\n- {id: a, label: first, year: 2020}\n- {id: b, label: second}\n", "grade: 2\n")
    assert "grade" not in format_source(NOTE, "one", text)


def test_a_practice_gets_its_ratings() -> None:
    bare = a_practice_text(
        evidence_level=None, effect_direction=None, transferability=None, assessments=[an_assessment()]
    )
    formatted = format_source(PRACTICE, "ask-before-referral", bare)
    assert formatted == a_practice_text(assessments=[an_assessment()])


def test_a_file_that_cannot_be_read_stays_as_it_is() -> None:
    for text in ("", "broken", TEXT.replace("id: one", "id: two")):
        assert format_source(NOTE, "one", text) == text
    assert format_translation(a_note(), "it", "broken") == "broken"


def test_a_translated_segment_gets_a_line_on_its_source() -> None:
    formatted = format_translation(a_note(), "it", ITALIAN)
    translation = read_translation(a_note(), "it", formatted)[0]
    assert translation is not None
    made = translation.facts.made_from
    assert list(made) == ["title", "summary", "rows.a.label", "what"]
    assert (made["what"].source, made["what"].by) == (fingerprint("Walls without mortar."), "machine")
    assert formatted.partition("made_from:")[0] == ITALIAN.partition("---\n##")[0]
    assert formatted.endswith("## Che cos'è {#what}\n\nMuri senza malta.\n")
    assert format_translation(a_note(), "it", formatted) == formatted


def test_a_line_that_is_there_is_kept_so_that_a_stale_text_stays_stale() -> None:
    formatted = format_translation(a_note(), "it", ITALIAN).replace("by: machine", "by: person")
    changed = a_note(text=TEXT.replace("without mortar", "with mortar"))
    again = format_translation(changed, "it", formatted)
    assert again == formatted
    reading = a_note({"it": again}, TEXT.replace("without mortar", "with mortar")).reading("it")
    assert {name: passage.state for name, passage in reading.passages.items()} == {
        **dict.fromkeys(("title", "summary", "rows.a.label"), State.REVIEWED),
        "what": State.STALE,
        "rows.b.label": State.FALLBACK,
        "how": State.FALLBACK,
    }


def test_a_line_of_a_segment_that_is_gone_goes() -> None:
    formatted = format_translation(a_note(), "it", ITALIAN)
    shorter = a_note(text=TEXT.replace("- {id: a, label: first, year: 2020}\n", ""))
    assert "rows.a.label: {" not in format_translation(shorter, "it", formatted)
