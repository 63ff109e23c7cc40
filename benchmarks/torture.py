"""Random kills and random two-editor histories under two workers; prints one line per violated invariant.

`python benchmarks/torture.py [--kills 1000] [--histories 1000] [--seed N] [--minutes M] [--verbose]`. Each round forks
two processes. They do everything that changes a record (`benchmarks/torturing/deeds.py`), on the same few records and
as the same people. In a round of the first kind one process is killed: at a named point, at a commit or at a random
moment. Then a third process starts as after a crash. The answers that the two processes got must hold
(`tests/recorded_answers.py`).
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.progress import Progress  # noqa: E402
from benchmarks.torturing.rounds import check, history_round, kill_round, prepare, warm  # noqa: E402
from tests.house import TestHouse, a_house  # noqa: E402
from tests.recorded_answers import Told  # noqa: E402

ROUNDS_PER_HOUSE = 40  # with a log that grows for ever, the run would only measure the length of its history
COUNTED = {
    "confirmed": "texts published",
    "rejected": "lost a conflict",
    "outside": "written outside",
    "kept": "words kept in drafts and suggestions",
    "attached": "pictures",
    "erased": "texts erased",
}


@dataclass
class Torture:
    """Rounds of one kind, the answers recorded in all of them, and the number of violations."""

    name: str
    one: Callable[[TestHouse, int], Told]
    verbose: bool
    total: Told = field(default_factory=Told)
    done: int = 0
    approved: int = 0
    bad: int = 0

    def run(self, rounds: int, seed: int, until: float) -> None:
        """Run as many rounds as the time allows; from time to time they start with a new site."""
        with (
            tempfile.TemporaryDirectory(prefix="praxis-torture-") as name,
            Progress(self.name, rounds, "rounds") as progress,
        ):
            folder = Path(name)
            warm(folder / "first")
            while self.done < rounds and time.monotonic() < until:
                count = min(ROUNDS_PER_HOUSE, rounds - self.done)
                house = a_house(folder / str(self.done))
                prepare(house)
                self._in_a_house(house, range(seed + self.done, seed + self.done + count), until, progress)
                shutil.rmtree(house.root)
        deeds = sorted(self.total.said.get("did", {}).items())
        print(f"{self.name}: {', '.join(f'{deed} {times}' for deed, times in deeds)}")
        counts = ", ".join(f"{self.total.count(what)} {words}" for what, words in COUNTED.items())
        print(
            f"{self.name}: {self.done} rounds, {self.total.count('did')} deeds, {counts}, "
            f"{self.approved} published after a review, {self.bad} violations",
            flush=True,
        )

    def _in_a_house(self, house: TestHouse, seeds: range, until: float, progress: Progress) -> None:
        told, known, approved = Told(), set[str](), 0
        for seed in seeds:
            if time.monotonic() > until:
                break
            result = self.one(house, seed)
            told.add(result)
            found = check(house, told, seed)
            told.add(found)
            self.total.add(result)
            new = (result.all("wrong") | found.all("wrong")) - known
            known |= new
            if new:
                progress.step_aside()
                self._print(seed, new, told, result)
            approved = max(map(int, found.all("approved")), default=approved)
            self.done += 1
            progress.say(self.done)
        self.approved += approved

    def _print(self, seed: int, lines: Iterable[str], told: Told, last: Told) -> None:
        for line in sorted(lines):
            self.bad += 1
            print(f"{self.name} (seed {seed}): {line}", flush=True)
            if self.verbose:
                print(*(f"    {each}" for each in told.about(line)), sep="\n")
                print(
                    "    in the last round",
                    *(text for what, text, _ in last.trail if what == "tried"),
                    sep=", ",
                    flush=True,
                )


def main() -> None:
    """Parse the options and run both kinds of rounds."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=1000)
    options.add_argument("--histories", type=int, default=1000)
    options.add_argument("--seed", type=int, default=random.randrange(10**6))
    options.add_argument("--minutes", type=float, default=24 * 60, help="end after so many minutes, whatever is left")
    options.add_argument("--verbose", action="store_true", help="with each violation what was said about it")
    chosen = options.parse_args()
    print(f"seed {chosen.seed}", flush=True)
    begun, bad = time.monotonic(), 0
    kinds = ("kills", chosen.kills, kill_round), ("histories", chosen.histories, history_round)
    for number, (name, rounds, one) in enumerate(kinds, 1):
        torture = Torture(name, one, chosen.verbose)
        torture.run(rounds, chosen.seed, begun + chosen.minutes * 60 * number / len(kinds))
        bad += torture.bad
    print(f"torture: {bad} violations")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
