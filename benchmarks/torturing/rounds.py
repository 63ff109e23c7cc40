"""A round: two processes at the same time, one of which may be killed, and a third that starts as after a crash."""

from __future__ import annotations

import gc
import json
import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from benchmarks.torturing.deeds import DEEDS, work
from benchmarks.torturing.publishing import publish
from benchmarks.torturing.worker import REFUSALS, Say, Worker, moment
from kb import fault_points
from kb.history.model import Change
from kb.publishing.catch_up import catch_up
from kb.publishing.follower import Follower
from kb.publishing.scheduler import publish_due
from tests.house import TestHouse, a_curator, a_house
from tests.recorded_answers import Told, broken

# When the victim is killed: at a named point, before or after the commit of a transaction, or at a random moment.
POINT, BEFORE_COMMIT, AFTER_COMMIT, MOMENT = "point", "before_commit", "after_commit", "moment"


def forked(task: Callable[[Say], None]) -> tuple[int, int]:
    """Run a task in a process of its own; return its id and the pipe to which it writes its answers."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.close(reading)

    def say(what: str, text: str, times: int) -> None:
        os.write(writing, (json.dumps([what, text, times]) + "\n").encode())

    code = 0
    try:
        task(say)
    except BaseException as error:
        say("wrong", f"{type(error).__name__}: {error}", 1)
        code = 1
    os._exit(code)


def collect(reading: int, into: Told) -> None:
    """Read the answers of a process until it ends."""
    with os.fdopen(reading, "r", encoding="utf-8") as pipe:
        for line in pipe:
            if line.endswith("\n"):  # otherwise it was killed while it wrote: it had not answered yet
                into.hear(*json.loads(line))


def kill_round(house: TestHouse, seed: int) -> Told:
    """Run two workers, and kill one of them."""
    dice = random.Random(seed)
    how = dice.choices((POINT, BEFORE_COMMIT, AFTER_COMMIT, MOMENT), (5, 1, 1, 2))[0]
    fault, skip = dice.choice(fault_points.POINTS), dice.choice((0, 0, 0, 1, 2, 5))

    def victim(say: Say) -> None:
        if how == POINT:
            fault_points.arm(fault, skip=skip)
        elif how != MOMENT:
            _arm_commits(how, dice.randrange(12))
        work(house, "a", seed, say, steps=5)

    result = Told()
    pid_a, pipe_a = forked(victim)
    pid_b, pipe_b = forked(lambda say: work(house, "b", seed, say, steps=4))
    if how == MOMENT:
        time.sleep(dice.random() * 0.4)
        os.kill(pid_a, signal.SIGKILL)
    collect(pipe_a, result)
    collect(pipe_b, result)
    os.waitpid(pid_a, 0)
    os.waitpid(pid_b, 0)
    return result


def _arm_commits(how: str, skip: int) -> None:
    """Kill this process at a commit, after letting some pass."""
    passed = 0

    def perhaps(_session: Session) -> None:
        nonlocal passed
        passed += 1
        if passed > skip:
            fault_points.kill()

    event.listen(Session, how, perhaps)


def history_round(house: TestHouse, seed: int) -> Told:
    """Run two editors at the same time, without a kill."""
    result = Told()
    workers = [forked(partial(_editor, house, name, seed)) for name in ("a", "b")]
    for pid, pipe in workers:
        collect(pipe, result)
        os.waitpid(pid, 0)
    return result


def _editor(house: TestHouse, name: str, seed: int, say: Say) -> None:
    work(house, name, seed, say, steps=5)


def check(house: TestHouse, told: Told, seed: int) -> Told:
    """Start as after a crash; return what is wrong, and what was published before the cleanup."""

    def task(say: Say) -> None:
        def hear(what: str, text: str, times: int) -> None:
            told.hear(what, text, times)
            say(what, text, times)

        store = house.store()
        with house.session() as session:
            follower = Follower(store, house.session, jobs=[publish_due], now=moment)
            if seed % 2:  # sometimes a publication comes before the cleanup
                with suppress(*REFUSALS):
                    publish(Worker("c", seed, session, store, follower, random.Random(seed), hear))
            catch_up(session, store, moment())
            follower.walk()
            if not store.engine.is_ready:
                store.rebuild_index()
            store.mend_index()
            session.rollback()
            session.expunge_all()
            for line in broken(session, store, told):
                say("wrong", line, 1)
            approved = select(func.count(Change.number)).where(Change.approved_by.is_not(None))
            say("approved", str(session.scalar(approved)), 1)

    found = Told()
    pid, pipe = forked(task)
    collect(pipe, found)
    os.waitpid(pid, 0)
    return found


def warm(folder: Path) -> None:
    """Load once what every process needs, so that forks share it: word lists, vocabularies, compiled queries."""
    house = a_house(folder)
    store = house.store()
    store.rebuild_index()
    told = Told()
    with house.session() as session:
        for name in ("a", "b"):
            a_curator(session, f"{name}@example.org")
        follower = Follower(store, house.session, now=moment)
        worker = Worker("w", 0, session, store, follower, random.Random(0), told.hear)
        for deed in DEEDS:
            with suppress(*REFUSALS):
                deed(worker)
            session.rollback()
        list(broken(session, store, told))
    store.close()
    house.close()
    gc.collect()
    gc.freeze()


def prepare(house: TestHouse) -> None:
    """Build the index once, in a process of its own, so that the workers share no open file."""

    def task(_say: Say) -> None:
        house.store().rebuild_index()
        with house.session() as session:
            for name in ("a", "b"):
                a_curator(session, f"{name}@example.org")

    house.close()
    pid, pipe = forked(task)
    collect(pipe, Told())
    os.waitpid(pid, 0)
