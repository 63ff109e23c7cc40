from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from kb.records.record import Passage, State
from kb.web.parts.passages import marks, overdue, record_link, section_html, state_line


def passage(state: State = State.ORIGINAL, text: str = "Text.", **more: object) -> Passage:
    return Passage("what", text, "en", state, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "is_drafted", "words", "icon"),
    [
        (passage(), False, "Original", "original"),
        (passage(), True, "Original, drafted by AI", "machine"),
        (passage(State.REVIEWED), False, "Translated by a person", "person"),
        (
            passage(State.REVIEWED, reviewed=date(2026, 11, 25)),
            False,
            "Translation reviewed by a person on 25 November 2026",
            "person",
        ),
        (passage(State.MACHINE), True, "Translated by AI, not yet reviewed by a person", "machine"),
        (passage(State.STALE, by="person"), False, "Translated by a person, now out of date", "stale"),
        (passage(State.STALE, by="machine"), False, "Translated by AI, now out of date", "stale"),
        (passage(State.FALLBACK), False, "Not translated yet. Original language: English", "original"),
    ],
)
def test_each_state_has_words_and_an_icon(app: Flask, given: Passage, is_drafted: bool, words: str, icon: str) -> None:
    with app.test_request_context("/en/"):
        line = state_line((given,), is_drafted=is_drafted)
    assert (line.words, line.icon, line.state) == (words, icon, given.state)


def test_texts_together_are_as_good_as_the_worst(app: Flask) -> None:
    with app.test_request_context("/en/"):
        line = state_line((passage(), passage(State.STALE), passage(State.MACHINE)), is_drafted=False, original="/x")
    assert (line.state, line.original) == (State.STALE, "/x")


def test_the_original_is_named_only_where_it_moved_on(app: Flask) -> None:
    with app.test_request_context("/en/"):
        assert state_line((passage(State.MACHINE),), is_drafted=False, original="/x").original is None


def test_a_section_becomes_safe_html_with_numbered_sources(app: Flask) -> None:
    text = passage(text="One.[^s9] <script>alert(1)</script> [x](javascript:alert(1)) [y](practices/ask-first#what)")
    with app.test_request_context("/lt/"):
        html = section_html(text, {"s9": 4})
    assert '<a aria-label="Source 4" href="#source-s9" id="mark-what-s9" title="Source 4"' in html
    assert 'href="/lt/practices/ask-first#what"' in html
    assert "<script" not in html
    assert "javascript:" not in html


def test_html_is_made_once_for_each_language(app: Flask) -> None:
    text = passage(text="A [link](practices/ask-first).")
    for language in ("en", "lt"):
        with app.test_request_context(f"/{language}/"):
            assert section_html(text, {}) is section_html(text, {})
            assert f"/{language}/practices/ask-first" in section_html(text, {})


def test_a_link_to_an_unknown_kind_stays_as_it_was_written(app: Flask) -> None:
    with app.test_request_context("/en/"):
        assert record_link("stones/one") == "stones/one"


def test_each_source_knows_the_sections_that_cite_it() -> None:
    sections = (passage(text="a[^s1] b[^s1] c[^s2]"), Passage("how", "d[^s1]", "en", State.ORIGINAL))
    found = marks(sections, {"what": "What it is", "how": "How it works"})
    assert [(mark.id, mark.heading) for mark in found["s1"]] == [
        ("mark-what-s1", "What it is"),
        ("mark-how-s1", "How it works"),
    ]
    assert len(found["s2"]) == 1


def test_a_review_is_late_from_the_day_after() -> None:
    day = date(2026, 11, 25)
    assert overdue(date(2026, 11, 24), day)
    assert not overdue(day, day)
    assert not overdue(None, day)
