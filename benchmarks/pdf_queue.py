"""Measure how fast the home page of a running site is while many readers request PDFs at once.

`KB_DATA=DATA .venv/bin/kb serve --port 5033 --workers 1`, then
`python benchmarks/pdf_queue.py http://localhost:5033 [--requests 30] [--same]`. Each request is for another practice,
or with `--same` for the same one. The script prints the milliseconds of the home page before and during the requests,
and the results of the requests. It requests the home page like a reader who does not have it yet.
"""

from __future__ import annotations

import argparse
import http.client
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.timing import most

HOME = "/en/?at={moment}"  # an address with a query is rendered anew each time
QUIET_ROUNDS = 50
PAUSE, PATIENCE = 0.05, 180.0  # seconds


def asked(place: str, path: str) -> tuple[int, float, bytes]:
    """Return status, milliseconds and bytes of a response, through a connection of its own."""
    connection = http.client.HTTPConnection(place, timeout=PATIENCE)
    begun = time.perf_counter()
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        data = answer.read()
    finally:
        connection.close()
    return answer.status, (time.perf_counter() - begun) * 1000, data


def home(place: str, goes_on: Callable[[int], bool]) -> list[float]:
    """Return the milliseconds of the home page over repeated requests."""
    times: list[float] = []
    while goes_on(len(times)):
        times.append(asked(place, HOME.format(moment=time.monotonic_ns()))[1])
        time.sleep(PAUSE)
    return times


def addresses(place: str, wanted: int, *, same: bool) -> list[str]:
    """Return the addresses of the wanted number of PDFs."""
    found = sorted(set(re.findall(rb'href="/en/practices/([a-z0-9-]+)"', asked(place, "/en/practices")[2])))
    if not found:
        sys.exit("no practice is listed on /en/practices")
    names = [found[0 if same else number % len(found)].decode() for number in range(wanted)]
    languages = ("en", "it", "lt", "pt", "ro")
    rounds = [0 if same else number // len(found) % len(languages) for number in range(wanted)]
    return [f"/{languages[turn]}/take/practices/{name}.pdf" for turn, name in zip(rounds, names, strict=True)]


def told(name: str, times: Sequence[float]) -> str:
    """Return a line of the table."""
    return f"| {name} | {statistics.median(times):.0f} | {most(times):.0f} | {max(times):.0f} |"


def main() -> None:
    """Send the requests and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("site")
    options.add_argument("--requests", type=int, default=30)
    options.add_argument("--same", action="store_true")
    chosen = options.parse_args()
    place = urlsplit(chosen.site).netloc
    paths = addresses(place, chosen.requests, same=chosen.same)
    quiet = home(place, lambda count: count < QUIET_ROUNDS)
    with ThreadPoolExecutor(len(paths)) as readers:
        waiting = [readers.submit(asked, place, path) for path in paths]
        meanwhile = home(place, lambda count: not all(each.done() for each in waiting))
        answers = [each.result() for each in waiting]
    print("| home page, milliseconds | median | 95 % | most |\n|---|---|---|---|")
    print(told("nothing else asked for", quiet))
    print(told(f"meanwhile {len(paths)} PDFs", meanwhile))
    statuses = Counter(status for status, _took, _data in answers)
    for status, count in sorted(statuses.items()):
        times = [took / 1000 for code, took, _data in answers if code == status]
        print(f"{count} answered {status} after {min(times):.2f} to {max(times):.2f} s")


if __name__ == "__main__":
    main()
