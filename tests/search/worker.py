"""Another process on the same index: one that writes and may be killed, or one that follows commits.

`python -m tests.search.worker write FOLDER FIRST LAST [FAULT SKIP]` commits versions and prints the number of each.
`python -m tests.search.worker build FOLDER FAULT` builds a new index of the first version.
`python -m tests.search.worker follow FOLDER` reopens the index until its input ends, then prints what it saw.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

from kb import fault_points
from kb.search.engine import SearchEngine
from kb.search.index.builder import build_index
from tests.search.samples import LANGUAGES, LAW, VOCABULARIES, Texts
from tests.search.states import changed_in, problems_of, removed_in, version_of


def an_engine(folder: Path) -> SearchEngine:
    """Open the index; the sentences that phrases match are the same in all versions."""
    return SearchEngine(folder, VOCABULARIES, LANGUAGES, law=LAW, texts=Texts(changed_in(0)))


def write(folder: Path, first: int, last: int) -> None:
    """Commit each of these versions."""
    engine = an_engine(folder)
    say("ready")
    for version in range(first, last + 1):
        engine.update(changed_in(version), removed_in(version))
        say(str(version))


def follow(folder: Path) -> None:
    """Reopen the index and check every answer, until the input ends."""
    engine = an_engine(folder)
    ended = threading.Event()
    threading.Thread(target=_wait_for_the_end, args=(ended,), daemon=True).start()
    say("ready")
    looks, problems, versions = 0, list[str](), set[int]()
    is_last = False
    while not is_last:
        is_last = ended.is_set()  # one more round sees everything committed before
        engine.reopen()
        view = engine.view()
        versions.add(version_of(view))
        problems += problems_of(view, looks)
        looks += 1
    say(json.dumps({"looks": looks, "problems": problems[:5], "versions": sorted(versions)}))


def _wait_for_the_end(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


def say(text: str) -> None:
    """Send a line to the test."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    """Run one task."""
    task, folder, *options = sys.argv[1:]
    if task == "write":
        first, last, *fault = options
        if fault:
            fault_points.arm(fault[0], skip=int(fault[1]))
        write(Path(folder), int(first), int(last))
    elif task == "build":
        fault_points.arm(options[0])
        build_index(Path(folder), changed_in(0), VOCABULARIES, LANGUAGES)
    else:
        follow(Path(folder))


if __name__ == "__main__":
    main()
