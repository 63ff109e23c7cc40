"""Threads that search while another writes: the race that a shared reader loses in every version of Whoosh."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from collections.abc import Iterator

import pytest

from kb.search.document import IndexDocument
from kb.search.query import SearchQuery
from kb.search.view import IndexView
from tests.search.conftest import EngineOf
from tests.search.samples import a_record


def found(view: IndexView, text: str) -> list[str]:
    return [hit.id for hit in view.find(SearchQuery(text, per_page=100)).hits]


@pytest.fixture
def frequent_switches() -> Iterator[None]:
    """Let threads take turns every microsecond; at the usual interval a shared reader hardly ever shows its race."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("frequent_switches")
def test_threads_find_the_right_records_while_another_updates(engine_of: EngineOf) -> None:
    """Each view holds every record once, all of one version, and finds by cold and warm postings what it should."""
    records, versions, threads = 30, 12, 4

    def of_version(version: int) -> list[IndexDocument]:
        return [
            document
            for number in range(records)
            for document in a_record(
                f"r{number}",
                dict.fromkeys(("en", "lt"), f"version{version} stable n{number}"),
                body=f"w{number % 7} " * 9,
            )
        ]

    engine = engine_of(of_version(0))
    wrong: list[str] = []
    done = threading.Event()

    def search(seed: int) -> None:
        turn = seed
        while not done.is_set():
            turn += 1
            view = engine.view()
            stable = Counter(found(view, "stable"))
            if len(stable) != records or max(stable.values()) > 1:
                wrong.append(f"stable: {stable}")
            seen = [len(found(view, f"version{version}")) for version in range(versions)]
            if sorted(seen) != [0] * (versions - 1) + [records]:
                wrong.append(f"versions: {seen}")
            one = turn * 7 % records
            if found(view, f"n{one} w{one % 7}") != [f"r{one}"]:
                wrong.append(f"n{one}: {found(view, f'n{one}')}")

    def guarded(seed: int) -> None:
        try:
            search(seed)
        except Exception as error:
            wrong.append(repr(error))

    searching = [threading.Thread(target=guarded, args=(seed,)) for seed in range(threads)]
    for thread in searching:
        thread.start()
    for version in range(1, versions):
        engine.update(of_version(version))
    done.set()
    for thread in searching:
        thread.join()
    assert wrong == []
