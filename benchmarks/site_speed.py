"""Measure page speed on made-up records, compared with a plain Flask page of the same size and with MoinMoin 2.

`python benchmarks/corpus.py make FOLDER --records 10000`, then
`python benchmarks/site_speed.py FOLDER [--data DATA] [--seconds 8] [--pages 400] [--moin VENV]`. The first run makes
log, snapshot and index in DATA (next to FOLDER by default). The script needs `wrk` (apt-get install wrk), which shares
the processors with the server.

Rows. "in no cache": pages are requested in sequence through Flask's test client, each for the first time in the
process. The languages take turns; nothing else runs.

The other rows are requests per second, answered by granian with two workers and sixteen connections:

- cached practice pages (as many addresses as `--pages`);
- practice pages out of all records in all languages (most are rendered anew);
- unchanged pages that the reader has (304);
- a page of the same size that a plain Flask application returns as it is.

MoinMoin 2 repeatedly serves one page with the text of a practice, with the same server and number of workers. VENV is
an environment in which `pip install --pre moin` was run. Everything happens in one run. Responses with another status
are counted and reported.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402

from benchmarks.loading import load, open_app  # noqa: E402
from benchmarks.timing import most  # noqa: E402
from kb.i18n import LANGUAGES  # noqa: E402

PORT = 5091
WORKERS, CONNECTIONS = 2, 16
PATIENCE = 120.0  # seconds until a server answers
TARGETS = {"kept": 400.0, "unchanged": 1500.0, "in no cache": 25.0}
_PLAIN = """\
from pathlib import Path

from flask import Flask

app = Flask(__name__)
PAGE = Path({page!r}).read_text(encoding="utf-8")


@app.get("/")
def index():
    return PAGE
"""
_LUA = """\
local paths = {{ {paths} }}
local at = {start}
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
"""


@dataclass(frozen=True)
class Load:
    """The result of wrk: responses per second, 99th percentile in milliseconds, and number of failed responses."""

    rate: float
    slowest: float
    wrong: int


def made_anew(app: Flask, addresses: Sequence[str]) -> list[float]:
    """Return the milliseconds of each page, requested for the first time in this process."""
    client, times = app.test_client(), []
    for address in addresses:
        begun = time.perf_counter()
        response = client.get(address)
        times.append((time.perf_counter() - begun) * 1000)
        if response.status_code != 200:
            message = f"{address} is answered {response.status_code}"
            raise RuntimeError(message)
    return times


@contextmanager
def served(command: Sequence[str], environment: Mapping[str, str], folder: Path, address: str) -> Iterator[str]:
    """Run a server until the block ends; it is ready when the address answers."""
    process = subprocess.Popen(
        command, cwd=folder, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    root = f"http://127.0.0.1:{PORT}"
    try:
        _wait(f"{root}{address}", process)
        yield root
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - on loopback
                return
        except OSError:
            time.sleep(0.2)
    message = f"no server at {address}"
    raise RuntimeError(message)


def granian(target: str, python: str = sys.executable) -> list[str]:
    """Return the command that serves an application."""
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(PORT), "--workers", str(WORKERS)]
    return [str(Path(python).with_name("granian")), *options, "--no-access-log", "--log-level", "warning", target]


def loaded(root: str, addresses: Sequence[str], seconds: int, headers: Mapping[str, str] | None = None) -> Load:
    """Request the addresses in turn over all connections; return the result of wrk, after a second of warm-up."""
    shown = ", ".join(f'"{address}"' for address in addresses)
    with tempfile.NamedTemporaryFile("w", suffix=".lua", encoding="utf-8") as script:
        script.write(_LUA.format(paths=shown, start=random.Random(1).randrange(len(addresses))))
        script.flush()
        more = [part for name, value in (headers or {}).items() for part in ("-H", f"{name}: {value}")]
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", "--latency", "-s", script.name, *more]
        subprocess.run([*command, "-d1s", root], check=True, capture_output=True)
        told = subprocess.run([*command, f"-d{seconds}s", root], check=True, capture_output=True, text=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    slowest = re.search(r"99%\s+([\d.]+)(us|ms|s)", told)
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    if rate is None or slowest is None:
        raise RuntimeError(told)
    unit = {"us": 0.001, "ms": 1.0, "s": 1000.0}[slowest[2]]
    return Load(float(rate[1]), float(slowest[1]) * unit, int(wrong[1]) if wrong else 0)


def etag(address: str) -> str:
    """Return the ETag of a page."""
    with urllib.request.urlopen(address) as response:  # noqa: S310 - on loopback
        return str(response.headers["ETag"])


def plain_page(folder: Path, page: str) -> str:
    """Write a Flask application that returns this page as it is, and return its name for the server."""
    (folder / "page.html").write_text(page, encoding="utf-8")
    (folder / "plain.py").write_text(_PLAIN.format(page=str(folder / "page.html")), encoding="utf-8")
    return "plain:app"


def moin(venv: Path, text: str, seconds: int) -> Load:
    """Create a wiki with one page and measure how fast it is served."""
    python = venv / "bin" / "python"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run = [str(venv / "bin" / "moin")]
        subprocess.run([*run, "create-instance", "--full"], cwd=folder, check=True, capture_output=True)
        (folder / "text.md").write_text(text, encoding="utf-8")
        (folder / "meta.json").write_text(json.dumps(_moin_facts(text)), encoding="utf-8")
        put = [*run, "item-put", "--meta", "meta.json", "--data", "text.md", "--overwrite"]
        subprocess.run(put, cwd=folder, check=True, capture_output=True)
        (folder / "served.py").write_text("from moin.app import create_app\n\napp = create_app('wikiconfig.py')\n")
        with served(granian("served:app", str(python)), {}, folder, "/Practice") as root:
            return loaded(root, ["/Practice"], seconds)


def _moin_facts(text: str) -> dict[str, object]:
    """Return the metadata that MoinMoin requires for a page."""
    return {
        "name": ["Practice"],
        "contenttype": "text/x-markdown;charset=utf-8",
        "action": "SAVE",
        "itemid": uuid.uuid4().hex,
        "itemtype": "default",
        "mtime": int(time.time()),
        "namespace": "",
        "rev_number": 1,
        "size": len(text.encode()),
    }


def row(name: str, found: Load, target: str = "") -> str:
    """Return a line of the table."""
    wrong = f", {found.wrong} wrong" if found.wrong else ""
    missed = f" (target {TARGETS[target]:,.0f})" if target and found.rate < TARGETS[target] else ""
    return f"| {name} | {found.rate:,.0f} a second{missed}{wrong} | {found.slowest:.1f} |"


def main() -> None:
    """Measure everything and print one table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--seconds", type=int, default=8, help="for each row")
    parser.add_argument("--pages", type=int, default=400, help="addresses that are asked for again and again")
    parser.add_argument("--moin", type=Path, help="environment in which MoinMoin 2 is installed")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing: apt-get install wrk")
    data = given.data or given.folder.with_name(f"{given.folder.name}-data")
    store, _rates = load(given.folder, data)
    keys = [entry.id for entry in store.current().catalog.entries("practices")]
    store.close()
    chance = random.Random(given.seed)
    addresses = [f"/{code}/practices/{each}" for each in keys for code in LANGUAGES]
    chance.shuffle(addresses)

    app = open_app(given.folder, data)
    first = app.test_client().get(addresses[-1])  # loads templates and word lists
    times = made_anew(app, addresses[: given.pages])
    page = first.get_data(as_text=True)
    median, slow = statistics.median(times), most(times)
    app.extensions["store"].close()
    missed = f" (target {TARGETS['in no cache']:g})" if slow > TARGETS["in no cache"] else ""

    print(f"\n{len(keys)} practices in {len(LANGUAGES)} languages; a page has {len(page.encode()) / 1000:.0f} kB\n")
    print("| | | slowest 1 %, ms |\n|---|--:|--:|")
    slowest = sorted(times)[-max(1, len(times) // 100)]
    print(f"| a page in no cache, median / 95 % | {median:.1f} / {slow:.1f} ms{missed} | {slowest:.1f} |", flush=True)
    house = {"KB_CONTENT": str(given.folder.absolute()), "KB_DATA": str(data.absolute())}
    with served(granian("wsgi:app"), house, ROOT, "/en/") as root:
        kept = addresses[: given.pages]
        for address in kept * WORKERS * 2:  # each worker has rendered each
            urllib.request.urlopen(f"{root}{address}").read()  # noqa: S310 - on loopback
        print(row(f"{len(kept)} practice pages, kept", loaded(root, kept, given.seconds), "kept"), flush=True)
        gzip = {"Accept-Encoding": "gzip"}
        print(row("the same, compressed", loaded(root, kept, given.seconds, gzip), "kept"), flush=True)
        print(row("any practice page, most made anew", loaded(root, addresses, given.seconds)), flush=True)
        english = [each for each in addresses if each.startswith("/en/")]
        mark = {"If-None-Match": etag(f"{root}{english[0]}")}
        print(row("unchanged pages (304)", loaded(root, english, given.seconds, mark), "unchanged"), flush=True)
    with tempfile.TemporaryDirectory() as name:
        target = plain_page(Path(name), page)
        with served(granian(target), {}, Path(name), "/") as root:
            print(row("plain Flask, the same page", loaded(root, ["/"], given.seconds)), flush=True)
    if given.moin:
        text = (given.folder / "practices" / keys[0] / "practice.md").read_text(encoding="utf-8").split("---\n", 2)[2]
        print(row("MoinMoin 2, one page", moin(given.moin.absolute(), text, given.seconds)), flush=True)


if __name__ == "__main__":
    main()
