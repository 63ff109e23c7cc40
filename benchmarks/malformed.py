"""Feed malformed inputs by hypothesis into every entry point that takes texts; print one line per violation.

`python benchmarks/malformed.py [--inputs 10000] [--seed N] [--minutes M]`. Each input goes into the form, the raw view,
the suggestion forms or a file on disk. `tests/safety/malformed.py` defines what must hold after each.
"""

from __future__ import annotations

import argparse
import logging
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: E402
from sqlalchemy import create_engine  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from benchmarks.progress import Progress  # noqa: E402
from kb.app import create_app  # noqa: E402
from kb.config import Settings  # noqa: E402
from kb.content_store.reference_data import FOLDERS, ReferenceData, load_knowledge  # noqa: E402
from kb.content_store.store import ContentStore  # noqa: E402
from kb.db import Base, configure  # noqa: E402
from kb.publishing.catch_up import catch_up  # noqa: E402
from tests.house import NOW  # noqa: E402
from tests.safety.inputs import INPUTS, Input, turned  # noqa: E402
from tests.safety.malformed import Site  # noqa: E402

PER_SITE = 500  # with a log that grows for ever, the run would only measure the length of its history


@contextmanager
def a_site(knowledge: ReferenceData) -> Iterator[Site]:
    """Create a site of the sample records in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="malformed-") as name:
        folder = Path(name)
        shutil.copytree(ROOT / "tests" / "sample", folder / "content")
        for each in FOLDERS:
            (folder / "content" / each).symlink_to(ROOT / "content" / each)
        values = {"content": folder / "content", "data": folder / "var", "secret_key": "k" * 40}
        chosen = Settings.model_validate(values)
        chosen.data.mkdir()
        engine = configure(create_engine(chosen.database_address))
        Base.metadata.create_all(engine)
        store = ContentStore(chosen.content, chosen.data, knowledge=knowledge)
        with Session(engine) as session:
            catch_up(session, store, NOW)
        store.rebuild_index()
        app = create_app(chosen, follow=False, store=store, now=lambda: NOW)
        try:
            yield Site(app, store, chosen.content)
        finally:
            store.close()
            engine.dispose()


@dataclass
class Run:
    """A run: number of inputs so far, time limit, and number of violations."""

    seed: int
    until: float
    progress: Progress
    done: int = 0
    bad: int = 0

    def into(self, site: Site, count: int) -> None:
        """Feed `count` more inputs, or as many as the time limit allows."""

        @seed(self.seed + self.done)
        @settings(
            max_examples=count,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(INPUTS)
        def take(given_input: Input) -> None:
            if time.monotonic() <= self.until:
                self._take(site, given_input)

        take()

    def _take(self, site: Site, given_input: Input) -> None:
        self.done += 1
        for each in site.tell(turned(given_input, self.seed + self.done)):
            self.bad += 1
            self.progress.step_aside()
            print(each, flush=True)
        self.progress.say(self.done)


def main() -> None:
    """Run, report progress, and exit with status 1 if there were violations."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--minutes", type=float, default=24 * 60, help="end after so many minutes, whatever is left")
    given_arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)  # errors in a file are logged once per file
    until, counts = time.monotonic() + given_arguments.minutes * 60, dict[str, int]()
    knowledge = load_knowledge(ROOT / "content")
    print(f"seed {given_arguments.seed}", flush=True)
    with Progress("malformed", given_arguments.inputs, "inputs") as progress:
        run = Run(given_arguments.seed, until, progress)
        while run.done < given_arguments.inputs and time.monotonic() < until:
            with a_site(knowledge) as site:
                run.into(site, min(PER_SITE, given_arguments.inputs - run.done))
                for what, number in site.counts.items():
                    counts[what] = counts.get(what, 0) + number
    print(", ".join(f"{what}: {number}" for what, number in sorted(counts.items())))
    print(f"{run.done} inputs, {run.bad} violations")
    sys.exit(1 if run.bad else 0)


if __name__ == "__main__":
    main()
