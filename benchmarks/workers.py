"""Processes that the speed benchmark starts: a new worker, and one that follows the changes of another process.

`python benchmarks/workers.py start FOLDER DATA` prints how long it took and how much memory it has, as JSON.
`python benchmarks/workers.py follow FOLDER DATA` reads words, one per line, and prints the moment at which each was
first found.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

PREFIX = "KB_"  # prefix of the settings; not imported, because the imports of a worker are measured
BORN = "BENCH_BORN"  # variable with the moment at which the process was started
QUESTIONS = ("risk assessment police", "valutazione del rischio", "aukų teisės", "apoio à vítima", "evaluarea nevoilor")
SETTLED = 10.0  # seconds after which the follower has walked the files for the first time
POLL = 0.002


def memory() -> dict[str, float]:
    """Return the memory of this process in megabytes: resident, and the part of it that belongs to no file."""
    found = {}
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        name, _, value = line.partition(":")
        if name in ("VmRSS", "RssAnon"):
            found[name] = int(value.split()[0]) / 1024
    return found


def start(folder: Path, data: Path) -> None:
    """Start like a worker of the server, answer requests, and print the measured values."""
    born = float(os.environ[BORN])
    os.environ |= {f"{PREFIX}CONTENT": str(folder.absolute()), f"{PREFIX}DATA": str(data.absolute())}
    from wsgi import app

    told = {"ready": time.monotonic() - born}
    client = app.test_client()
    answers = [client.get("/en/search", query_string={"q": QUESTIONS[0]}).status_code]
    told["first"] = time.monotonic() - born
    app.extensions["store"].engine.warm()
    told["warm"] = time.monotonic() - born
    for _ in range(20):
        for language, text in zip(("en", "it", "lt", "pt", "ro"), QUESTIONS, strict=True):
            answers.append(client.get(f"/{language}/search", query_string={"q": text}).status_code)
    told |= {f"{name} after 100 pages": size for name, size in memory().items()}
    time.sleep(SETTLED)
    told |= memory()
    told["wrong answers"] = sum(status != 200 for status in answers)
    app.extensions["follower"].stop()
    print(json.dumps(told), flush=True)


def follow(folder: Path, data: Path) -> None:
    """Follow the changes of others, as every worker does, and print when each word is found."""
    from benchmarks.loading import settings_of
    from kb.app import create_app
    from kb.content_store.store import ContentStore
    from kb.search.query.search_query import SearchQuery

    app = create_app(settings_of(folder, data))
    store: ContentStore = app.extensions["store"]
    store.engine.warm()
    app.extensions["follower"].walk()
    app.extensions["follower"].start()
    print("ready", flush=True)
    for line in sys.stdin:
        seen = None
        while True:
            generation = store.current()
            if generation is not seen and generation.search is not None:
                seen = generation
                results = generation.search.find(SearchQuery(line.strip()))
                if results.total and not results.is_mended:
                    break
            time.sleep(POLL)
        print(time.monotonic(), flush=True)
    app.extensions["follower"].stop()


if __name__ == "__main__":
    {"start": start, "follow": follow}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
