"""Which URLs are checked and when, and which results reach the desk; no record is changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.editing.model import LinkCheck
from kb.editing.quality import link_checks
from kb.editing.quality.link_fetcher import FetchResult
from tests.house import ITALIAN, ITALIAN_TEXT, NOW, TEXT, TestHouse, a_house, publish_text

A, B, C = "https://a.example/1", "https://a.example/2", "https://b.example/"
TEXT_WITH_LINKS = TEXT.replace("Stone upon stone.", f"Stone [upon]({A}) stone, <{C}>, `[no](nothing)`.")


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestHouse]:
    made = a_house(tmp_path_factory.mktemp("house"))
    yield made
    made.close()


@pytest.fixture
def session(house: TestHouse) -> Iterator[Session]:
    with house.session() as session:
        yield session


@pytest.fixture
def store(house: TestHouse) -> Iterator[ContentStore]:
    store = house.store()
    yield store
    store.close()


def asked(
    session: Session, answers: dict[str, FetchResult], *, days: int = 0, named: list[str] | None = None
) -> list[str]:
    where = {address: ["pages/stone-terraces"] for address in named or answers}
    now = NOW + timedelta(days=days)
    waiting = link_checks.due(session, where, before=link_checks.long_ago(now, 30))
    done = link_checks.check(session, where, waiting, answers.__getitem__, lambda: now, pause=0)
    return [address for address, _answer in done]


def test_addresses_of_published_texts_are_found(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT_WITH_LINKS)
    assert link_checks.addresses(store.snapshot.bundles()) == {
        A: ["pages/stone-terraces"],
        C: ["pages/stone-terraces"],
    }


def test_those_that_stand_in_a_translation_alone_are_found_too(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT_WITH_LINKS)
    publish_text(session, store, ITALIAN_TEXT.replace("senza malta", f"[senza malta]({B})"), ITALIAN)
    named = link_checks.addresses(store.snapshot.bundles())
    assert named[B] == ["pages/stone-terraces"]
    assert set(named) == {A, B, C}


def test_an_address_is_asked_again_after_some_time_and_servers_take_turns(session: Session) -> None:
    good = dict.fromkeys((A, B, C), FetchResult(200))
    assert asked(session, good) == [A, C, B]
    assert asked(session, good, days=29) == []
    assert asked(session, good, days=31) == [A, C, B]


def test_a_server_is_left_a_pause(session: Session) -> None:
    waits: list[float] = []
    named = {each: ["x"] for each in (A, B, C)}
    list(
        link_checks.check(
            session, named, (A, B, C), lambda _: FetchResult(200), lambda: NOW, pause=2.0, sleep=waits.append
        )
    )
    assert len(waits) == 1  # between the two URLs of one server
    assert 1.5 < waits[0] <= 2.0


def test_what_is_gone_is_shown_at_once_and_what_is_silent_after_a_while(session: Session) -> None:
    answers = {A: FetchResult(404), B: FetchResult(0, "timed out"), C: FetchResult(200)}
    asked(session, answers)
    assert [each.address for each in link_checks.troubles(session)] == [A]
    for days in (31, 62):
        asked(session, answers, days=days)
    found = link_checks.troubles(session)
    assert [(each.address, each.is_gone, each.records) for each in found] == [
        (A, True, ("pages/stone-terraces",)),
        (B, False, ("pages/stone-terraces",)),
    ]
    asked(session, dict.fromkeys((A, B, C), FetchResult(200)), days=93)
    assert link_checks.troubles(session) == []


def test_addresses_that_nobody_names_any_more_are_forgotten(session: Session) -> None:
    asked(session, {A: FetchResult(404), C: FetchResult(200)})
    assert link_checks.forget(session, {C: ["x"]}) == 1
    assert [row.address for row in session.scalars(select(LinkCheck))] == [C]
