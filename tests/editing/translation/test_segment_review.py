""" "Still right", "read and found right", and copies of the source: who answers for a text afterwards."""

from __future__ import annotations

from kb.editing.forms.form_values import Posted
from kb.editing.open_text import new_translation
from kb.editing.translation.segment_review import COPY, PICKED, READ, STILL, names_meant, translated
from kb.editing.translation.translation_form import TranslationFile
from kb.records.record import State
from kb.records.segments import fingerprint
from tests.builders import a_translation_text
from tests.editing.conftest import named
from tests.editing.translation.test_translation_form import TODAY, made, opened, shown

OLD = "0" * 16
STALE = {
    "title": {"source": OLD, "by": "person", "reviewed": "2026-10-01"},
    "summary": {"source": OLD, "by": "machine"},
}
TITLE = fingerprint("Police ask before they refer")
SUMMARY = fingerprint("Officers ask each victim, and pass on the name only with a yes.")


def after(file: TranslationFile, verb: str, *names: str, **typed: str) -> str:
    given = shown(file) | {name.replace("__", "."): value for name, value in typed.items()} | {PICKED: list(names)}
    return translated(file, Posted(named(given)), verb, [], TODAY)


def test_a_persons_text_that_is_still_right_was_read_today_and_a_machines_stays_a_machines() -> None:
    rows = made(after(opened(a_translation_text(made_from=STALE)), STILL, "title", "summary"))
    assert rows["title"] == {"source": TITLE, "by": "person", "reviewed": "2026-11-25"}
    assert rows["summary"] == {"source": SUMMARY, "by": "machine"}


def test_of_a_fresh_text_nobody_says_that_it_is_still_right() -> None:
    fresh = {"title": {"source": TITLE, "by": "machine"}, "summary": {"source": SUMMARY, "by": "person"}}
    file = opened(a_translation_text(made_from=fresh))
    assert after(file, STILL, "title", "summary", "how", "no-such-text") == file.text


def test_a_text_that_was_read_is_from_then_on_a_persons() -> None:
    rows = made(after(opened(a_translation_text(made_from=STALE)), READ, "title", "summary"))
    assert rows["title"] == {"source": TITLE, "by": "person", "reviewed": "2026-11-25"}
    assert rows["summary"] == {"source": SUMMARY, "by": "person", "reviewed": "2026-11-25"}


def test_nothing_is_said_of_a_text_that_is_not_there() -> None:
    file = opened(new_translation("it"))
    assert after(file, READ, "title", "what") == after(file, STILL, "title", "what") == file.text


def test_a_text_that_was_changed_besides_is_a_persons_of_the_source_as_it_stands() -> None:
    rows = made(after(opened(a_translation_text(made_from=STALE)), STILL, "summary", w__summary="Nuovo riassunto."))
    assert rows["summary"] == {"source": SUMMARY, "by": "person"}


def test_the_source_is_copied_into_what_is_empty_and_never_over_a_text() -> None:
    file = opened(new_translation("it"))
    copied = opened(after(file, COPY, "title", "what", w__title="Chiedere prima"))
    texts = {each.name: each.text for each in copied.segments()}
    assert texts["title"] == "Chiedere prima"
    assert texts["what"] == "Officers ask every victim whether a service may call.[^s1]"
    assert texts["how"] == ""


def test_a_new_translation_is_made_of_the_source_as_it_stands() -> None:
    file = opened(new_translation("it"))
    assert {each.state for each in file.segments()} == {State.FALLBACK}
    rows = made(after(file, "save", w__title="Chiedere prima"))
    assert rows == {"title": {"source": TITLE, "by": "person"}}


def test_a_button_names_its_text_or_means_all_that_are_ticked() -> None:
    posted = Posted({PICKED: ["what", "how"]})
    assert names_meant(posted, ["title"]) == {"title"}
    assert names_meant(posted, []) == names_meant(posted, [""]) == {"what", "how"}
