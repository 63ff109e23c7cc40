from __future__ import annotations

import pytest

from kb.records.record import Record, State, Translation
from kb.records.segments import fingerprint
from tests.records.sample import FREE, ITALIAN, TEXT, a_note


def made(name: str, source: str, by: str = "machine", more: str = "") -> str:
    """Return the Italian translation with a line on where one segment comes from."""
    row = f"made_from:\n  {name}: {{source: {fingerprint(source)}, by: {by}{more}}}\n"
    return ITALIAN.replace("---\n##", f"{row}---\n##")


def test_the_source_language_is_read_as_it_was_written() -> None:
    reading = a_note({"it": ITALIAN}).reading("en")
    assert reading.states() == {State.ORIGINAL: 6}
    assert not reading.is_fallback
    assert (reading.title.text, reading.title.language) == ("Stone terraces", "en")
    assert (reading.id, reading.kind, reading.record.status) == ("one", "notes", "published")


def test_what_has_no_translation_is_shown_in_the_source_language() -> None:
    reading = a_note({"it": ITALIAN}).reading("it")
    shown = {name: (passage.language, passage.state) for name, passage in reading.passages.items()}
    assert shown == {
        "title": ("it", State.MACHINE),
        "summary": ("it", State.MACHINE),
        "rows.a.label": ("it", State.MACHINE),
        "rows.b.label": ("en", State.FALLBACK),
        "what": ("it", State.MACHINE),
        "how": ("en", State.FALLBACK),
    }
    assert [passage.text for passage in reading.sections()] == ["Muri senza malta.", "Stone upon stone."]


@pytest.mark.parametrize("language", ["lt", "it"])
def test_without_a_title_the_whole_record_falls_back(language: str) -> None:
    untitled = ITALIAN.replace("  title: Terrazze di pietra\n", "")
    reading = a_note({"it": untitled}).reading(language)
    assert reading.is_fallback
    assert reading.states() == {State.FALLBACK: 6}
    assert reading.title.language == "en"


def test_a_text_that_a_person_made_from_the_present_source_is_reviewed() -> None:
    text = made("what", "Walls without mortar.", "person", ", reviewed: 2026-11-25")
    passage = a_note({"it": text}).reading("it").passage("what")
    assert passage is not None
    assert (passage.state, passage.by, str(passage.reviewed)) == (State.REVIEWED, "person", "2026-11-25")


def test_a_text_whose_source_has_changed_is_stale() -> None:
    passage = a_note({"it": made("what", "Walls with mortar.", "person")}).reading("it").passage("what")
    assert passage is not None
    assert (passage.state, passage.by, passage.made_from) == (
        *(State.STALE, "person"),
        fingerprint("Walls with mortar."),
    )
    assert passage.text == "Muri senza malta."


def test_an_earlier_source_that_counts_as_equal_keeps_a_text_fresh() -> None:
    text = TEXT.replace("status:", f"same_as: {{what: [{fingerprint('Walls with mortar.')}]}}\nstatus:")
    passage = a_note({"it": made("what", "Walls with mortar.")}, text).reading("it").passage("what")
    assert passage is not None
    assert passage.state is State.MACHINE


def test_facts_never_make_a_text_stale() -> None:
    text = TEXT.replace("status:", "countries: [PT]\nstatus:").replace("year: 2020", "year: 2021")
    passage = a_note({"it": made("rows.a.label", "first")}, text).reading("it").passage("rows.a.label")
    assert passage is not None
    assert passage.state is State.MACHINE


def test_a_segment_that_is_gone_from_the_source_is_not_shown() -> None:
    text = TEXT.replace("## What it is {#what}\n\nWalls without mortar.\n\n", "")
    reading = a_note({"it": ITALIAN}, text).reading("it")
    assert reading.passage("what") is None
    assert reading.text("what") == ""
    assert [passage.name for passage in reading.sections()] == ["how"]


def test_sections_come_in_the_order_of_the_shape() -> None:
    what, how = TEXT.index("## What"), TEXT.index("## How")
    turned = TEXT[:what] + TEXT[how:] + "\n" + TEXT[what:how]
    assert [passage.name for passage in a_note(text=turned).reading("en").sections()] == ["what", "how"]


def test_where_sections_are_free_the_heading_belongs_to_the_segment() -> None:
    reading = a_note({"it": ITALIAN}, shape=FREE).reading("it")
    first, second = reading.sections()
    assert (first.heading, first.body) == ("Che cos'è", "Muri senza malta.")
    assert first.text == "## Che cos'è\n\nMuri senza malta."
    assert (second.heading, second.language, second.state) == ("How it works", "en", State.FALLBACK)
    assert a_note().reading("en").sections()[0].heading is None


def test_a_translation_knows_its_headings() -> None:
    translation: Translation = a_note({"it": ITALIAN}).translations["it"]
    assert translation.heading("what") == "Che cos'è"
    assert translation.heading("how") is None


def test_empty_words_of_a_translation_count_as_missing() -> None:
    bundle = a_note({"it": ITALIAN.replace("primo", "''")})
    passage = bundle.reading("it").passage("rows.a.label")
    assert passage is not None
    assert (passage.text, passage.state) == ("first", State.FALLBACK)


def test_a_record_is_machine_drafted_until_the_line_goes() -> None:
    facts = {"id": "one", "language": "en", "title": "T", "summary": "S"}
    assert not Record.model_validate(facts).is_machine_drafted
    assert Record.model_validate(facts | {"origin": "machine-drafted"}).is_machine_drafted
    assert Record.model_validate(facts).status == "draft"
