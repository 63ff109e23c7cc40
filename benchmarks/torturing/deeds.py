"""All actions of a worker with their frequencies, and the loop that runs them."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress

from benchmarks.torturing import drafts, erasing, pictures, publishing, readers, reviews, tables
from benchmarks.torturing.worker import REFUSALS, Say, Worker, moment
from kb.publishing.follower import Follower
from kb.publishing.scheduler import publish_due
from tests.house import TestHouse

DEEDS: dict[Callable[[Worker], None], int] = {
    publishing.publish: 14,
    publishing.publish_by_machine: 6,
    publishing.restore_earlier: 4,
    publishing.retire_record: 2,
    publishing.write_outside: 5,
    publishing.follow: 8,
    drafts.write: 22,
    drafts.hand_in: 14,
    drafts.take_back: 2,
    drafts.discard: 2,
    drafts.bring_together: 9,
    reviews.say_something: 1,
    reviews.hand_back: 3,
    reviews.approve_bytes: 24,
    reviews.publish_what_is_approved: 14,
    reviews.schedule_it: 14,
    readers.suggest: 5,
    readers.take_it_over: 3,
    readers.answer_it: 3,
    tables.bring_back_a_table: 4,
    tables.undo: 4,
    pictures.add: 4,
    pictures.remove: 3,
    erasing.erase_texts: 3,
    erasing.leave: 2,
}


def work(house: TestHouse, name: str, seed: int, say: Say, *, steps: int) -> None:
    """Do `steps` random actions. A refused action does not count as a step; the number of attempts is limited."""
    dice = random.Random(seed * 2 + (name == "b"))
    store = house.store()
    follower = Follower(store, house.session, jobs=[publish_due], now=moment)
    done = 0
    with house.session() as session:
        worker = Worker(name, seed, session, store, follower, dice, say)
        for _attempt in range(steps * 3):
            deed = dice.choices(list(DEEDS), list(DEEDS.values()))[0]
            described = f"{deed.__module__.rpartition('.')[2]}.{deed.__name__}"
            say("tried", f"{name} {described}", 1)
            with suppress(*REFUSALS):
                deed(worker)
                done += 1
                say("did", described, 1)
            session.rollback()
            session.expunge_all()  # as after each request
            if done == steps:
                break
