"""Random kills and random two-editor histories under two workers; prints one line per violated invariant.

`python benchmarks/torture.py [--kills 1000] [--histories 1000] [--seed N]`. Each round forks two processes. They
publish, translate, restore, retire and write files from outside on the same records. In a round of the first kind
one is killed, at a named point or at a random moment. Then a third process starts as after a crash, and the
invariants of `tests/invariants.py` are checked against what the two had been answered.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy.orm import Session  # noqa: E402

from kb import faults  # noqa: E402
from kb.accounts.model import User  # noqa: E402
from kb.content.bundle import SOURCE, hash_bytes  # noqa: E402
from kb.content.files import Place  # noqa: E402
from kb.errors import Conflict, Rejected, Unavailable  # noqa: E402
from kb.history import log  # noqa: E402
from kb.history.log import Head  # noqa: E402
from kb.history.model import Change  # noqa: E402
from kb.library.library import Library  # noqa: E402
from kb.publishing.actions import Edit, publish, restore, retire  # noqa: E402
from kb.publishing.apply import catch_up  # noqa: E402
from kb.publishing.follow import Follower  # noqa: E402
from tests.house import NOW, TestHouse, a_curator, a_house  # noqa: E402
from tests.invariants import violations  # noqa: E402

ROUNDS_PER_HOUSE = 40  # a log that grows for ever would only measure how long its history is
RECORDS = ("stone-terraces", "wooden-terraces", "earth-terraces")
PLACES = [Place("pages", name, part) for name in RECORDS for part in (SOURCE, "it")]
Say = Callable[[str, str], None]
LOST_RACES = (Conflict, Rejected, Unavailable)


@dataclass
class Round:
    """What two workers were answered."""

    confirmed: list[str] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)


def a_text(place: Place, serial: str) -> str:
    """Return a valid text that occurs once in all the torture."""
    if place.part == SOURCE:
        return (
            f"---\nid: {place.id}\nlanguage: en\ntitle: Title {serial}\nsummary: Summary {serial}.\n"
            f"status: published\nlicence: CC-BY-4.0\n---\n## What {{#what}}\n\nText {serial}.\n"
        )
    return (
        f"---\nlanguage: it\nwords:\n  title: Titolo {serial}\n  summary: Sommario {serial}.\n---\n"
        f"## Che cosa {{#what}}\n\nTesto {serial}.\n"
    )


@dataclass
class Worker:
    """One process that does random things to random records and tells each answer."""

    name: str
    session: Session
    library: Library
    editor: User
    dice: random.Random
    say: Say
    follower: Follower

    def step(self, place: Place, serial: str) -> None:
        """Do one thing to one part of one record."""
        head = log.heads(self.session, place.record).get(place)
        self.session.rollback()
        kind = self.dice.choices(["publish", "restore", "retire", "outside", "catch-up"], [60, 12, 4, 12, 12])[0]
        if kind == "publish":
            self.publish(place, serial, head)
        elif kind == "restore" and head is not None and head.number > 1:
            number = self.dice.randint(1, head.number)
            self.confirm(restore(self.session, self.library, self.editor, place, number, note="", now=NOW), place)
        elif kind == "retire" and head is not None and place.part == SOURCE:
            change = retire(self.session, self.library, self.editor, place.record, successor=None, note="", now=NOW)
            self.confirm(change, place)
        elif kind == "outside" and self.name == "b" and self.is_known(place):
            self.write_outside(place, a_text(place, f"outside {serial}"))
        elif self.dice.random() < 0.5:
            catch_up(self.session, self.library, NOW, [place.record] if self.dice.random() < 0.5 else None)
        else:
            self.follower.walk()

    def publish(self, place: Place, serial: str, head: Head | None) -> None:
        """Publish a text, now and then after a moment in which the other one may have published."""
        if self.dice.random() < 0.4:
            time.sleep(self.dice.random() * 0.02)
        text = a_text(place, serial)
        edit = Edit(place, text, head.number if head else 0, head.fingerprint if head else "")
        minor = self.dice.random() < 0.3
        try:
            change = publish(self.session, self.library, self.editor, [edit], note="", minor=minor, now=NOW)
        except Conflict:
            self.say("rejected", text)
            raise
        parent = self.confirm(change, place)
        if parent != edit.base_number:
            self.say("crash", f"revision {parent + 1} was written by somebody who had only seen {edit.base_number}")

    def confirm(self, change: Change, place: Place) -> int:
        """Tell the text that a change put into the log, which is what the answer promised; return its parent."""
        revision = next(each for each in change.revisions if each.part == place.part)
        self.say("confirmed", revision.text or "")
        return revision.parent

    def is_known(self, place: Place) -> bool:
        """Say whether a file holds a text of the log: of two hands that write outside, the second overwrites."""
        data = self.library.content.read(place)
        known = data is not None and log.has_fingerprint(self.session, place, hash_bytes(data))
        self.session.rollback()
        return known

    def write_outside(self, place: Place, text: str) -> None:
        """Write the way Git and most editors do: a whole new file under the old name."""
        path = self.library.content.path(place)
        temporary = path.with_name(f"outside-{os.getpid()}~")
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
        self.say("outside", text)


def work(house: TestHouse, name: str, seed: int, say: Say, *, steps: int) -> None:
    """Do random things to random records."""
    dice = random.Random(seed * 2 + (name == "b"))
    with house.session() as session:
        library, editor = house.library(), a_curator(session, f"{name}@example.org")
        worker = Worker(name, session, library, editor, dice, say, Follower(library, house.session, now=lambda: NOW))
        for step in range(steps):
            with suppress(*LOST_RACES):
                worker.step(dice.choice(PLACES), f"{name} {seed} {step}")
            session.rollback()


def forked(task: Callable[[Say], None]) -> tuple[int, int]:
    """Run a task in a process of its own; return its id and the pipe on which it tells its answers."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.close(reading)

    def say(what: str, text: str) -> None:
        os.write(writing, (json.dumps([what, text]) + "\n").encode())

    code = 0
    try:
        task(say)
    except BaseException as error:
        say("crash", f"{type(error).__name__}: {error}")
        code = 1
    os._exit(code)


def collect(reading: int, into: Round) -> None:
    """Read the answers of a process until it ends."""
    with os.fdopen(reading, "r", encoding="utf-8") as pipe:
        for line in pipe:
            if not line.endswith("\n"):
                continue  # killed while it spoke: it had not answered yet
            what, text = json.loads(line)
            {
                "confirmed": into.confirmed,
                "rejected": into.rejected,
                "outside": into.outside,
                "crash": into.crashes,
            }[what].append(text)


def kill_round(house: TestHouse, seed: int) -> Round:
    """Two workers, of which one is killed."""
    dice = random.Random(seed)
    point = dice.choice((*faults.POINTS, *[None] * 8))
    skip = dice.choice((0, 0, 0, 1, 2, 5))

    def victim(say: Say) -> None:
        faults.arm(point, skip=skip)
        work(house, "a", seed, say, steps=4)

    pid_a, pipe_a = forked(victim)
    pid_b, pipe_b = forked(lambda say: work(house, "b", seed, say, steps=3))
    if point is None:
        time.sleep(dice.random() * 0.25)
        os.kill(pid_a, signal.SIGKILL)
    result = Round()
    collect(pipe_a, result)
    collect(pipe_b, result)
    os.waitpid(pid_a, 0)
    os.waitpid(pid_b, 0)
    return result


def history_round(house: TestHouse, seed: int) -> Round:
    """Two editors at the same time, nobody killed."""
    result = Round()
    workers = [forked(partial(_editor, house, name, seed)) for name in ("a", "b")]
    for pid, pipe in workers:
        collect(pipe, result)
        os.waitpid(pid, 0)
    return result


def _editor(house: TestHouse, name: str, seed: int, say: Say) -> None:
    work(house, name, seed, say, steps=4)


def check(house: TestHouse, result: Round) -> list[str]:
    """Start as after a crash, and return what is violated."""

    def task(say: Say) -> None:
        library = house.library()
        with house.session() as session:
            if len(result.confirmed) % 2:  # now and then a publication comes before anything is swept
                with suppress(*LOST_RACES):
                    head = log.heads(session, PLACES[0].record).get(PLACES[0])
                    text = a_text(PLACES[0], f"check {len(result.confirmed)} {time.monotonic_ns()}")
                    edit = Edit(PLACES[0], text, head.number if head else 0, head.fingerprint if head else "")
                    publish(session, library, a_curator(session, "a@example.org"), [edit], note="", now=NOW)
            catch_up(session, library, NOW)
            if not library.engine.is_ready:
                library.rebuild_index()
            library.mend_index()
            for line in violations(session, library, result.confirmed, result.rejected, result.outside):
                say("crash", line)

    found = Round()
    pid, pipe = forked(task)
    collect(pipe, found)
    os.waitpid(pid, 0)
    return [*result.crashes, *found.crashes]


def torture(name: str, rounds: int, seed: int, one: Callable[[TestHouse, int], Round]) -> int:
    """Run the rounds, print violations, and return how many there were."""
    bad = confirmed = rejected = outside = 0
    begun = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="praxis-torture-"))
    try:
        for number in range(rounds):
            if number % ROUNDS_PER_HOUSE == 0:
                shutil.rmtree(folder, ignore_errors=True)
                house = a_house(folder)
                prepare(house)
                kept = Round()
            result = one(house, seed + number)
            confirmed += len(result.confirmed)
            rejected += len(result.rejected)
            outside += len(result.outside)
            kept.confirmed += result.confirmed
            kept.rejected += result.rejected
            kept.outside += result.outside
            for line in check(house, Round(kept.confirmed, kept.rejected, kept.outside, result.crashes)):
                bad += 1
                print(f"{name} {number} (seed {seed + number}): {line}", flush=True)
            if (number + 1) % 100 == 0:
                print(f"{name}: {number + 1} of {rounds}, {time.monotonic() - begun:.0f} s", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(
        f"{name}: {rounds} rounds, {confirmed} publications confirmed, {rejected} conflicts, "
        f"{outside} outside edits, {bad} violations"
    )
    return bad


def prepare(house: TestHouse) -> None:
    """Build the index once, in a process of its own, so that no open file is shared with the workers."""

    def task(_say: Say) -> None:
        library: Library = house.library()
        library.rebuild_index()
        with house.session() as session:
            for name in ("a", "b"):
                a_curator(session, f"{name}@example.org")

    house.close()
    pid, pipe = forked(task)
    collect(pipe, Round())
    os.waitpid(pid, 0)


def main() -> None:
    """Read the options and run both kinds of rounds."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=1000)
    options.add_argument("--histories", type=int, default=1000)
    options.add_argument("--seed", type=int, default=random.randrange(10**6))
    chosen = options.parse_args()
    print(f"seed {chosen.seed}", flush=True)
    bad = torture("kills", chosen.kills, chosen.seed, kill_round)
    bad += torture("histories", chosen.histories, chosen.seed, history_round)
    print(f"torture: {bad} violations")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
