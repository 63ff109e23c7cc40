"""How fast search is on a content folder of made-up records, beside SQLite FTS5 and tantivy, in one table from one run.

`python benchmarks/corpus.py make FOLDER --records 10000`, then
`python benchmarks/search_speed.py FOLDER [--data DATA] [--queries 300] [--seed 7] [--rebuild] [--only search]`. The
first run makes log, snapshot and index in DATA (beside FOLDER if not given) and the databases of the peers.

Rows and columns. Milliseconds, median and 95th percentile. "first" is the first time a query is asked in the process,
the others are the two rounds after it, when what is kept is kept. Ours does in each search what readers get: every word
counts as the beginning of others too, terms, countries and law are recognised, and all facets are counted. FTS5 is
asked for whole words (`fts5.py` says what else it is spared), so the row "the same plain words" is the like-for-like:
there ours is asked without recognised terms and beginnings, FTS5 and tantivy with the tokens of our analyzers, and
totals and the counts of every value of every facet are compared for each query. A result page is asked for through
Flask's test client, whose own share is about a millisecond. "did you mean" is the search for the nearest word alone;
"with a typo" is the whole search, in which the words are looked up twice.

Published changes go through `publish`, log and files and all, on a copy of the house; a second process follows as every
worker does. Targets are printed beside what does not meet them; from 20,000 records on they are five times as high.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402

from benchmarks.changes import publish_lines  # noqa: E402
from benchmarks.fts5 import Fts5  # noqa: E402
from benchmarks.loading import Rates, load, open_app  # noqa: E402
from benchmarks.peers import PeerQuery, PeerRecord, peer_query, peer_records, phrase_tokens  # noqa: E402
from benchmarks.progress import Progress  # noqa: E402
from benchmarks.searches import Searches, draw  # noqa: E402
from benchmarks.tantivy_peer import Tantivy  # noqa: E402
from benchmarks.timing import CLOCKS, Row, table, timed, use_clock  # noqa: E402
from benchmarks.workers import BORN  # noqa: E402
from kb.library.library import Library  # noqa: E402
from kb.search import scoring  # noqa: E402
from kb.search.analysis import fold, written_words  # noqa: E402
from kb.search.build import code_fingerprint  # noqa: E402
from kb.search.mending import nearest  # noqa: E402
from kb.search.query import SearchQuery  # noqa: E402
from kb.search.results import SearchResults  # noqa: E402
from kb.search.view import IndexView  # noqa: E402

MANY = 20_000  # records from which on targets are five times as high
TANTIVY_MOST = 100  # queries: it is for orientation


@dataclass
class Peers:
    """The other engines, built from the same records."""

    fts5: Fts5
    tantivy: Tantivy

    @classmethod
    def of(cls, library: Library, folder: Path) -> Peers:
        """Open them, or build them if the records or the analysis have changed since."""
        stamp = f"{library.snapshot.position()} {code_fingerprint()}"
        made = folder / "made-from"
        if not made.exists() or made.read_text(encoding="utf-8") != stamp:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            Fts5.build(folder / "fts5.sqlite", Tantivy.build(folder / "tantivy", _said(library)))
            made.write_text(stamp, encoding="utf-8")
        return cls(Fts5(folder / "fts5.sqlite"), Tantivy(folder / "tantivy"))


def _said(library: Library) -> Iterator[PeerRecord]:
    """Yield all records, saying how far it is."""
    with Progress("FTS5 and tantivy", len(library.current().catalog.columns)) as progress:
        for number, record in enumerate(peer_records(library), 1):
            progress.say(number)
            yield record


def plain(view: IndexView, query: SearchQuery) -> SearchQuery:
    """Return a query in which everything recognised is switched off."""
    while on := [each.term_id for each in view.find(query).recognised if not each.is_off]:
        query = replace(query, off=(*query.off, *on))
    return query


def _counts(results: SearchResults) -> dict[str, dict[str, int]]:
    counted = {facet.name: {value.id: value.count for value in facet.values if value.count} for facet in results.facets}
    return {name: values for name, values in counted.items() if values}


def plain_rows(view: IndexView, searches: Searches, peers: Peers) -> tuple[list[Row], str]:
    """Measure the same plain words in all engines, and say whether the answers are equal."""
    rows, said = [], []
    for name, queries in (("three", searches.three), ("three and two filters", searches.filtered)):
        ours = [plain(view, query) for query in queries]
        asked = [_peer(view.find(query), query) for query in ours]
        with patch.object(scoring, "HEADS_FROM", 10**6):  # no word is a beginning
            answers = [view.find(query) for query in ours]
            timing = timed([_find(view, query) for query in ours])
        found = [peers.fts5.find(each) for each in asked]
        equal = [
            (mine.total, _counts(mine)) == (total, {name: values for name, values in counts.items() if values})
            for mine, (total, _, counts) in zip(answers, found, strict=True)
        ]
        prepared = [peers.tantivy.prepared(each) for each in asked[:TANTIVY_MOST]]
        totals = [peers.tantivy.find(each)[0] for each in prepared]
        alike = [total == each[0] for total, each in zip(totals, found, strict=False)]
        fts5 = timed([_fts5(peers.fts5, each) for each in asked], 1)
        tantivy = timed([_tantivy(peers.tantivy, each) for each in prepared])
        rows.append(Row(f"{name}: the same plain words", timing, None, fts5, tantivy))
        median = statistics.median(each.total for each in answers)
        said.append(
            f"{name}: totals and all facet counts equal to FTS5's in {sum(equal)} of {len(equal)} queries, totals to "
            f"tantivy's in {sum(alike)} of {len(alike)}; median total {median:g}"
        )
    return rows, "\n".join(said)


def _peer(results: SearchResults, query: SearchQuery) -> PeerQuery:
    return peer_query(results.words, query.facets)


def _find(view: IndexView, query: SearchQuery) -> Callable[[], object]:
    return lambda: view.find(query)


def _fts5(engine: Fts5, query: PeerQuery) -> Callable[[], object]:
    return lambda: engine.find(query)


def _tantivy(engine: Tantivy, query: object) -> Callable[[], object]:
    return lambda: engine.find(query)  # type: ignore[arg-type]


def search_rows(view: IndexView, searches: Searches, peers: Peers) -> list[Row]:
    """Measure our engine, and FTS5 on whole words."""

    def row(name: str, queries: Sequence[SearchQuery], target: tuple[float, float] | None = None) -> Row:
        ours = timed([_find(view, query) for query in queries])
        asked = [_peer(view.find(query), query) for query in queries]
        return Row(name, ours, target, timed([_fts5(peers.fts5, each) for each in asked], 1))

    three = row("three words, all facets", searches.three, (2, 4))
    everything = [SearchQuery("", language) for language in ("en", "it", "lt", "pt", "ro")] * 20
    prefixes = [f'"{query.language}_{fold(query.text)}" *' for query in searches.prefix]
    phrases = ['"' + " ".join(phrase_tokens(query.text, query.language)) + '"' for query in searches.phrase]
    return [
        three,
        row("the same with two filters", searches.filtered, (2, 4)),
        row("one word", searches.one),
        row("everything", everything, (3, 0)),
        Row(
            "the beginning of a word",
            timed([_find(view, query) for query in searches.prefix]),
            None,
            timed([_expression(peers.fts5, each) for each in prefixes], 1),
        ),
        Row(
            "two words in quotes",
            timed([_find(view, query) for query in searches.phrase]),
            None,
            timed([_expression(peers.fts5, each) for each in phrases], 1),
        ),
    ]


def _expression(engine: Fts5, expression: str) -> Callable[[], object]:
    return lambda: engine.find_expression(expression)


def aid_rows(view: IndexView, searches: Searches, peers: Peers) -> tuple[list[Row], str]:
    """Measure suggestions, mended typos and similar records."""
    typed = [
        ([f"{language}_{fold(word)}" for word in written_words(text)], text, language)
        for text, language in searches.typed
    ]
    typed = [each for each in typed if each[0]]
    words = [_mistyped(was, now) for was, now in zip(searches.three, searches.typos, strict=True)]
    order = [(query.language, *view.languages) for query in searches.typos]
    found = [view.find(query) for query in searches.typos]
    mended = [each.suggestion for each in found]
    right = [
        fold(suggestion.lower()) == fold(query.text.lower())
        for suggestion, query in zip(mended, searches.three, strict=True)
        if suggestion is not None
    ]
    rows = [
        Row(
            "a suggestion (each keystroke)",
            timed([_suggest(view, text, language) for _, text, language in typed]),
            (3, 0),
            timed([_titles(peers.fts5, tokens) for tokens, _, _ in typed], 1),
        ),
        Row("did you mean", timed([_nearest(view, *each) for each in zip(words, order, strict=True)]), (3, 0)),
        Row("three words with a typo", timed([_find(view, query) for query in searches.typos])),
        Row("more like this", timed([_similar(view, *each) for each in searches.records])),
    ]
    return rows, f"typos: {len(right)} of {len(mended)} get a suggestion, {sum(right)} of those the word that was meant"


def _folded(text: str, language: str) -> list[str]:
    return [f"{language}_{fold(word)}" for word in written_words(text)]


def _mistyped(was: SearchQuery, now: SearchQuery) -> str:
    return next((new for old, new in zip(was.text.split(), now.text.split(), strict=True) if old != new), now.text)


def _suggest(view: IndexView, text: str, language: str) -> Callable[[], object]:
    return lambda: view.suggest(text, language)


def _titles(engine: Fts5, tokens: Sequence[str]) -> Callable[[], object]:
    return lambda: engine.suggest(tokens)


def _nearest(view: IndexView, word: str, order: Sequence[str]) -> Callable[[], object]:
    return lambda: nearest(word, order, view.segments)


def _similar(view: IndexView, kind: str, name: str, language: str) -> Callable[[], object]:
    return lambda: view.similar(kind, name, language)


def page_rows(app: Flask, searches: Searches) -> list[Row]:
    """Measure whole pages."""
    client = app.test_client()

    def page(query: SearchQuery) -> Callable[[], object]:
        def call() -> None:
            answer = client.get(f"/{query.language}/search", query_string=list(query.to_params()))
            if answer.status_code != 200:
                message = f"{answer.status} for {query}"
                raise RuntimeError(message)

        return call

    return [
        Row("result page, three words", timed([page(query) for query in searches.three], 1), (15, 0)),
        Row("result page with two filters", timed([page(query) for query in searches.filtered], 1), (15, 0)),
    ]


def start_line(folder: Path, data: Path) -> str:
    """Start a worker anew and say how it went."""
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
        f"files read into log and snapshot in {rates.read_seconds:.0f} s"
    )


def measure(folder: Path, data: Path, queries: int, seed: int, only: Sequence[str], *, rebuild: bool) -> None:
    """Measure and print."""
    library, rates = load(folder, data, rebuild=rebuild)
    library.engine.warm()
    view = library.engine.view()
    scale = 5 if view.records > MANY else 1
    begun = time.perf_counter()
    searches = draw(library, view, queries, seed)
    peers = Peers.of(library, data / "peers")
    print(f"queries and peers ready after {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    app = open_app(folder, data)
    library = app.extensions["library"]
    library.engine.warm()
    view = library.engine.view()  # a new one, which nothing has been asked
    rows: list[Row] = []
    lines = [
        f"{view.records} records, {view.documents} documents, {len(searches.three)} queries, seed {seed}; {_busy()}"
    ]
    if "search" in only:
        rows += search_rows(view, searches, peers)
        found, said = plain_rows(view, searches, peers)
        rows += found
        lines.append(said)
        found, said = aid_rows(view, searches, peers)
        rows += found
        lines.append(said)
    if "page" in only:
        rows += page_rows(app, searches)
    if rows:
        print(table(rows, scale))
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


PARTS = ("search", "page", "start", "publish")


def main() -> None:
    """Read the options and measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--data", type=Path, help="where log, snapshot and index are; beside FOLDER if not given")
    options.add_argument("--queries", type=int, default=300)
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
