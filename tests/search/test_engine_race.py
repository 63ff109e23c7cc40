"""Threads and processes use one index while it changes: each answer is of one commit, and a kill loses no commit."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.search.engine import SearchEngine
from kb.search.index.builder import build_index
from tests.search.samples import LANGUAGES, VOCABULARIES
from tests.search.states import changed_in, problems_of, removed_in, version_of
from tests.search.worker import an_engine

ROOT = Path(__file__).parents[2]


@pytest.fixture
def frequent_switches() -> Iterator[None]:
    """Switch threads every microsecond; at the default interval a race on a shared reader almost never shows."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.fixture
def engine(folder: Path) -> SearchEngine:
    """The index at version 0."""
    build_index(folder, changed_in(0), VOCABULARIES, LANGUAGES)
    return an_engine(folder)


def start(task: str, folder: Path, *options: object) -> subprocess.Popen[str]:
    """Start another process and wait until it has opened the index."""
    command = [sys.executable, "-m", "tests.search.worker", task, str(folder), *map(str, options)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    if task != "build":
        assert process.stdout.readline() == "ready\n"
    return process


def update(engine: SearchEngine, version: int) -> None:
    engine.update(changed_in(version), removed_in(version))


def update_to(engine: SearchEngine, last: int) -> None:
    for version in range(1, last + 1):
        update(engine, version)


def search_while(engine: SearchEngine, is_done: threading.Event, problems: list[str]) -> list[threading.Thread]:
    """Start four threads that check every answer until `is_done` is set."""

    def search(seed: int) -> None:
        turn = seed
        try:
            while not is_done.is_set():
                problems.extend(problems_of(engine.view(), turn))
                turn += 1
        except Exception as error:
            problems.append(repr(error))

    threads = [threading.Thread(target=search, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    return threads


def test_what_is_expected_is_found_when_nothing_else_happens(engine: SearchEngine) -> None:
    for version in range(12):
        if version:
            update(engine, version)
        assert version_of(engine.view()) == version
        assert problems_of(engine.view(), version) == []


def test_a_mixture_of_two_versions_is_noticed(engine: SearchEngine) -> None:
    update(engine, 1)
    engine.update(changed_in(2)[:4])
    assert problems_of(engine.view(), 0)


@pytest.mark.usefixtures("frequent_switches")
def test_threads_find_the_right_records_while_another_updates(engine: SearchEngine) -> None:
    problems: list[str] = []
    is_done = threading.Event()
    threads = search_while(engine, is_done, problems)
    update_to(engine, 8)
    is_done.set()
    for thread in threads:
        thread.join()
    assert problems[:3] == []


@pytest.mark.slow
@pytest.mark.usefixtures("frequent_switches")
@pytest.mark.parametrize("last", [5, pytest.param(60, marks=pytest.mark.long)])
def test_threads_and_another_process_get_no_wrong_answer_under_load(
    folder: Path, engine: SearchEngine, last: int
) -> None:
    """Four threads search, one writes many commits, and another process follows them."""
    follower = start("follow", folder)
    problems: list[str] = []
    is_done = threading.Event()
    threads = search_while(engine, is_done, problems)
    writer = threading.Thread(target=update_to, args=(engine, last))
    writer.start()
    writer.join()
    is_done.set()
    for thread in threads:
        thread.join()
    told, _ = follower.communicate()
    seen = json.loads(told)
    assert problems[:3] == []
    assert (seen["problems"], follower.returncode) == ([], 0)
    assert seen["versions"][-1] == last
    assert len(seen["versions"]) > (2 if last > 12 else 1)  # with few commits the follower may miss all but the last
    assert version_of(engine.view()) == last


@pytest.mark.slow
def test_two_processes_that_write_wait_for_each_other_and_lose_nothing(folder: Path, engine: SearchEngine) -> None:
    other = start("write", folder, 1, 10)
    for number in range(10):
        engine.update([], [("practices", f"never-there{number}")])
    told, _ = other.communicate()
    assert told.split() == [str(version) for version in range(1, 11)]
    engine.reopen()
    assert version_of(engine.view()) == 10
    assert problems_of(engine.view(), 1) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "left"), [("index-before-write", 1), ("index-before-commit", 1), ("index-after-commit", 2)]
)
def test_a_kill_around_a_commit_leaves_all_of_it_or_nothing(
    folder: Path, engine: SearchEngine, fault: str, left: int
) -> None:
    """The first version is committed; the process is killed in the second."""
    process = start("write", folder, 1, 3, fault, 1)
    told, _ = process.communicate()
    assert (process.returncode, told.split()) == (-signal.SIGKILL, ["1"])
    check_and_go_on(folder, {left})


@pytest.mark.slow
@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(4, 24))])
def test_a_kill_at_any_moment_leaves_one_version(folder: Path, engine: SearchEngine, seed: int) -> None:
    process = start("write", folder, 1, 1000)
    assert process.stdout is not None
    drawn = random.Random(seed)  # noqa: S311
    for _ in range(drawn.randint(1, 8)):
        confirmed = int(process.stdout.readline())
    time.sleep(drawn.random() * 0.1)
    process.kill()
    told, _ = process.communicate()
    confirmed = max([confirmed, *map(int, told.split())])
    check_and_go_on(folder, {confirmed, confirmed + 1})


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["build-before-swap", "build-after-swap"])
def test_a_kill_while_an_index_is_built_leaves_the_old_or_the_new_one(
    folder: Path, engine: SearchEngine, fault: str
) -> None:
    update(engine, 1)
    process = start("build", folder, fault)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    check_and_go_on(folder, {0} if fault == "build-after-swap" else {1})


def check_and_go_on(folder: Path, versions: set[int]) -> None:
    """Check after a kill that the index opens, belongs to one version, and accepts the next one."""
    engine = an_engine(folder)
    assert engine.status().reason == ""
    version = version_of(engine.view())
    assert version in versions
    assert problems_of(engine.view(), version) == []
    update(engine, version + 1)
    assert version_of(engine.view()) == version + 1
    assert problems_of(engine.view(), version) == []
    assert problems_of(an_engine(folder).view(), version) == []
