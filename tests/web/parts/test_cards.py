"""A record's card in a list, built from data in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from kb.content_store.store import ContentStore
from kb.records.record import State
from kb.web.parts.cards import RecordCard, find_hit, hits
from tests.builders import a_bundle, a_translation_text
from tests.house import SAMPLE

TERRACES = ("practices", "stone-terraces")
PUBLISHED = ("ask-first", "letters-home", "naktinis-autobusas", "stone-terraces")


@contextmanager
def reading(app: Flask, language: str) -> Iterator[None]:
    with app.test_request_context(f"/{language}/"):
        app.preprocess_request()
        yield


def hit(app: Flask, language: str, key: tuple[str, str] = TERRACES) -> RecordCard:
    with reading(app, language):
        found = find_hit(*key)
    assert found is not None
    return found


def test_a_practice_is_shown_with_its_facts_and_its_rating(app: Flask) -> None:
    found = hit(app, "en")
    assert (found.address, found.title, found.title_language) == (
        "/en/practices/stone-terraces",
        "Stone terraces",
        "en",
    )
    assert found.facts == ("Portugal and Italy", "2012 to 2024")
    assert found.rating is not None
    assert (found.rating.code, found.rating.direction, found.rating.transfer) == ("E3", "mix", 2)
    assert found.line is None
    assert found.overdue == ""


@pytest.mark.parametrize(
    ("language", "title", "state", "words"),
    [
        ("it", "Terrazze di pietra", None, ""),
        ("lt", "Akmeninės terasos", State.MACHINE, "Translated by AI, not yet reviewed by a person"),
        ("pt", "Stone terraces", State.FALLBACK, "Not translated yet"),
    ],
)
def test_a_translation_says_how_far_it_can_be_trusted(
    app: Flask, language: str, title: str, state: State | None, words: str
) -> None:
    found = hit(app, language)
    assert found.title == title
    assert found.title_language == found.summary_language == (language if state is not State.FALLBACK else "en")
    assert (found.line.state if found.line else None) is state
    assert words in (found.line.words if found.line else "")


def test_a_page_of_the_site_is_called_so(app: Flask) -> None:
    found = hit(app, "en", ("pages", "about"))
    assert (found.rating, found.facts) == (None, ("Page of this site",))


def test_what_readers_do_not_get_is_left_out(app: Flask) -> None:
    with reading(app, "en"):
        found = hits([("practices", name) for name in ("draft-idea", "night-bus", "unknown", "ask-first")])
    assert [each.address for each in found] == ["/en/practices/ask-first"]


def test_a_review_that_is_late_is_told(app: Flask, store: ContentStore) -> None:
    store.derive([a_bundle(id="late", review_due="2026-11-24"), a_bundle(id="in-time", review_due="2026-11-25")])
    store.refresh()
    assert hit(app, "en", ("practices", "late")).overdue == "Review overdue since 24 November 2026"
    assert hit(app, "en", ("practices", "in-time")).overdue == ""


def test_only_one_text_of_two_may_be_missing(app: Flask, store: ContentStore) -> None:
    store.derive([a_bundle({"it": a_translation_text(words={"summary": None})}, id="half")])
    store.refresh()
    found = hit(app, "it", ("practices", "half"))
    assert (found.title_language, found.summary_language) == ("it", "en")
    assert found.line is not None
    assert found.line.state is State.FALLBACK


def test_a_list_reads_no_record(app: Flask, store: ContentStore) -> None:
    store.close()
    for path in store.data.glob("snapshot.sqlite*"):
        path.unlink()
    assert len(list((SAMPLE / "practices").iterdir())) > len(PUBLISHED)
    with reading(app, "en"):
        assert len(hits(("practices", name) for name in PUBLISHED)) == len(PUBLISHED)
