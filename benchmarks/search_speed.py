"""Measure search speed on made-up records, compared with SQLite FTS5 and tantivy, in one table from one run.

`python benchmarks/corpus.py make FOLDER --records 10000`, then
`python benchmarks/search_speed.py FOLDER [--data DATA] [--queries 150] [--seed 7] [--rebuild] [--only search]`. The
first run makes log, snapshot and index in DATA (next to FOLDER by default). It also makes the databases of the other
engines.

Rows and columns. The values are milliseconds, median and 95th percentile. "first" is the first time that a query runs
in the process. The others are the two rounds after it, when the caches are filled.

Each search of ours does what readers get. Every word also counts as a prefix of others. Terms, countries and law are
recognised, and all facets are counted. FTS5 searches whole words; `fts5.py` says what else it does not do. So the row
"the same plain words" is the like-for-like comparison. There our engine runs without recognised terms and prefixes.
FTS5 and tantivy run with the tokens of our analyzers. For each query the totals and the counts of every value of every
facet are compared.

A result page is requested through Flask's test client, which itself takes about a millisecond. "did you mean" is only
the search for the nearest word. "with a typo" is the whole search, which looks the words up twice.

Ten published changes go through `publish`, including log and files, on a copy of the site. A second process follows, as
every worker does, and merges small segments of the index. A row that misses its target shows the target. From 20,000
records on, targets are five times as high.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.changes import publish_lines  # noqa: E402
from benchmarks.engines import Peers, built_beside  # noqa: E402
from benchmarks.loading import Rates, load, open_app  # noqa: E402
from benchmarks.progress import Progress  # noqa: E402
from benchmarks.searches import draw  # noqa: E402
from benchmarks.speed_rows import PAGE_QUERIES, PEER_QUERIES, PHRASES, aid_rows, page_rows, plain_rows, search_rows  # noqa: E402
from benchmarks.timing import CLOCKS, Row, table, use_clock  # noqa: E402
from benchmarks.workers import BORN  # noqa: E402

MANY = 20_000  # from this number of records on, targets are five times as high
ROWS = {"search": 12, "page": 2}  # number of rows of each part of the table
PARTS = ("search", "page", "start", "publish")


def start_line(folder: Path, data: Path) -> str:
    """Start a new worker and return a line about its start."""
    environment = {**os.environ, BORN: str(time.monotonic())}
    command = [sys.executable, str(ROOT / "benchmarks" / "workers.py"), "start", str(folder), str(data)]
    told = json.loads(subprocess.run(command, env=environment, check=True, capture_output=True).stdout)
    missed = [
        text
        for text, is_met in (("target 2 s", told["ready"] <= 2), ("target 400 MB", told["VmRSS"] <= 400))
        if not is_met
    ]
    return (
        f"worker start: ready after {told['ready']:.2f} s, first page after {told['first']:.2f} s, word lists after "
        f"{told['warm']:.2f} s; memory after 100 pages {told['VmRSS after 100 pages']:.0f} MB, settled "
        f"{told['VmRSS']:.0f} MB, of which {told['RssAnon']:.0f} in no file; wrong answers {told['wrong answers']:.0f}"
        + "".join(f" ({each})" for each in missed)
    )


def _rate_line(rates: Rates) -> str:
    missed = "" if rates.index_rate_per_core >= 150 else " (target 150 a second and core)"
    return (
        f"index built from the snapshot: {rates.documents} documents in {rates.index_seconds:.0f} s, "
        f"{rates.index_rate:.0f} a second, {rates.index_rate_per_core:.0f} a second and core{missed}; "
        f"files read into log and snapshot: {rates.read_rate:.0f} records a second and core"
    )


def measure(folder: Path, data: Path, queries: int, seed: int, only: Sequence[str], *, rebuild: bool) -> None:
    """Measure and print."""
    store, rates = load(folder, data, rebuild=rebuild, beside=partial(built_beside, folder, data))
    store.engine.warm()
    searches = draw(store, store.engine.view(), queries, seed)
    store.close()
    peers = Peers.of(data)
    app = open_app(folder, data)
    store = app.extensions["store"]
    store.engine.warm()
    view = store.engine.view()  # a new view, on which no query has run
    found = {
        "search": chain(
            search_rows(view, searches, peers), plain_rows(view, searches, peers), aid_rows(view, searches, peers)
        ),
        "page": page_rows(app, searches),
    }
    rows: list[Row] = []
    lines = [
        f"{view.records} records, {view.documents} documents; {len(searches.three)} queries of each sort, seed {seed}, "
        f"of which FTS5 and tantivy are asked {PEER_QUERIES}; {PHRASES} phrases, {PAGE_QUERIES} of each "
        f"sort as whole pages; {_busy()}"
    ]
    parts = [part for part in found if part in only]
    with Progress("measuring", sum(ROWS[part] for part in parts), "rows") as progress:
        for each in chain.from_iterable(found[part] for part in parts):
            if isinstance(each, Row):
                rows.append(each)
                progress.say(len(rows))
            else:
                lines.append(each)
    if rows:
        print(table(rows, 5 if view.records > MANY else 1))
    lines.append(_rate_line(rates))
    if "start" in only:
        lines.append(start_line(folder, data))
    if "publish" in only:
        lines.append(publish_lines(folder, data, seed))
    ratios = [(row.name, row.fts5.median / row.ours.median) for row in rows if row.fts5 is not None]
    if ratios:
        lines.append(
            "times faster than FTS5 (target 10): " + ", ".join(f"{name} {ratio:.1f}" for name, ratio in ratios)
        )
    print("\n" + "\n".join(lines))


def _busy() -> str:
    load, processors = os.getloadavg()[0], os.cpu_count() or 1
    return f"load {load:.1f} on {processors} processors" + (": others use the machine" if load > processors else "")


def main() -> None:
    """Parse the options and measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--data", type=Path, help="where log, snapshot and index are; beside FOLDER if not given")
    options.add_argument("--queries", type=int, default=150)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--rebuild", action="store_true", help="build the index anew, to measure that too")
    options.add_argument("--only", choices=PARTS, nargs="+", default=PARTS)
    options.add_argument("--clock", choices=tuple(CLOCKS), default="wall", help="cpu on a machine that others use too")
    chosen = options.parse_args()
    use_clock(chosen.clock)
    data = chosen.data or chosen.folder.with_name(f"{chosen.folder.name}-data")
    measure(chosen.folder, data, chosen.queries, chosen.seed, chosen.only, rebuild=chosen.rebuild)


if __name__ == "__main__":
    main()
