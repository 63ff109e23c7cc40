"""What the torture says of its deeds is what was done: else it would find violations where there are none."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.torturing import reviews
from benchmarks.torturing.worker import Worker, moment
from kb.editing.suggestions.submit import Handed, suggest_correction
from kb.errors import Conflict
from kb.history.drafts import get_draft
from kb.publishing.follower import Follower
from kb.publishing.review_guards import mark_of
from tests.house import ITALIAN, ITALIAN_TEXT, NOW, TEXT, TestHouse, a_house, publish_text
from tests.recorded_answers import Told, broken

HANDED = Handed("Muri a secco, senza malta.", "I saw it.", "", "it")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[TestHouse]:
    house = a_house(tmp_path)
    yield house
    house.close()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def worker(house: TestHouse, told: Told) -> Iterator[Worker]:
    store = house.store()
    store.rebuild_index()
    with house.session() as session:
        publish_text(session, store, TEXT)
        publish_text(session, store, ITALIAN_TEXT, ITALIAN)
        follower = Follower(store, house.session, now=moment)
        yield Worker("a", 1, session, store, follower, random.Random(1), told.hear)  # noqa: S311 - dice
    store.close()


def a_readers_text(worker: Worker) -> str:
    """Hand in another text of a section; return its fingerprint."""
    received = suggest_correction(worker.session, ITALIAN, "what", HANDED, network="n", now=NOW)
    assert received.suggestion.draft_id is not None
    return mark_of(get_draft(worker.session, received.suggestion.draft_id))


def test_a_readers_text_is_approved_with_the_facts_of_a_source_that_was_written_outside_meanwhile(
    house: TestHouse, worker: Worker, told: Told
) -> None:
    seen = a_readers_text(worker)
    house.write(TEXT.replace("Walls without mortar.", "Walls of stone alone."))  # nobody has met it yet
    mark = get_draft(worker.session, reviews.approve_as_seen(worker)).approved_fingerprint
    assert mark != seen
    assert told.all("approving") == {seen, mark}
    reviews.publish_what_is_approved(worker)
    assert not [line for line in broken(worker.session, worker.store, told) if "approved" in line]


def test_a_readers_text_is_not_approved_where_the_public_one_was_written_outside_meanwhile(
    house: TestHouse, worker: Worker, told: Told
) -> None:
    a_readers_text(worker)
    house.write(ITALIAN_TEXT.replace("Muri senza malta.", "Muri di pietra."), ITALIAN)
    with pytest.raises(Conflict):
        reviews.approve_as_seen(worker)
    assert not told.all("approving")
