"""Measure whether many workshops slow pages down, and check whether their frozen texts ever change.

`python benchmarks/corpus.py make FOLDER --records 1000`, then `python benchmarks/workshops.py FOLDER [--data DATA]
[--workshops 0 100 1000] [--pages 400] [--seconds 8] [--edits 1000] [--only reading]`. The first run makes log, snapshot
and index in DATA (next to FOLDER by default). The script needs `wrk` (apt-get install wrk), which shares the processors
with the server.

Reading. It runs on a copy of the site, with each number of public workshops. Each workshop has three slots in which a
practice is frozen. The measured pages are:

- cached practice pages (responses per second by granian with two workers and sixteen connections);
- practice pages in no cache and result pages (milliseconds through Flask's test client, each for the first time in the
  process, nothing else running);
- result pages by the server.

Freezing. A workshop freezes a practice and a tool of the real content. Then both get new texts in the log, `--edits`
times each, in English and Lithuanian. So does the name that the register gives to a blank of the tool. Ten times,
everything that the workshop shows of them is compared byte by byte with its earlier state: see `freezing.py`. The last
line is the number of violations. `--only freezing` needs no FOLDER.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import sys
import urllib.request
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402
from sqlalchemy import func, select  # noqa: E402

from benchmarks.changes import copied  # noqa: E402
from benchmarks.freezing import Subject, a_trainer, changed_by_edits  # noqa: E402
from benchmarks.loading import load, open_app  # noqa: E402
from benchmarks.progress import Progress  # noqa: E402
from benchmarks.searches import draw  # noqa: E402
from benchmarks.site_speed import WORKERS, granian, loaded, made_anew, served  # noqa: E402
from benchmarks.timing import most  # noqa: E402
from kb.content_store.store import ContentStore  # noqa: E402
from kb.extensions import db  # noqa: E402
from kb.i18n import LANGUAGES  # noqa: E402
from kb.kinds.exercise.work_methods import WorkMethod  # noqa: E402
from kb.workshops.model import Visibility, Workshop  # noqa: E402
from kb.workshops.plan.actions import Outline, create  # noqa: E402
from kb.workshops.plan.apply_template import begin_programme  # noqa: E402
from kb.workshops.plan.sharing import share  # noqa: E402
from kb.workshops.plan.slots import Plan  # noqa: E402

WARM = 60  # pages that are requested first, to load templates and word lists
SLOTS = 3


def add_workshops(app: Flask, wanted: int, dice: random.Random) -> None:
    """Add public workshops, named after practices, until there are `wanted` of them."""
    store: ContentStore = app.extensions["store"]
    entries = store.current().catalog.entries("practices")
    with app.app_context():
        ana = a_trainer(db.session)
        there = db.session.scalar(select(func.count()).select_from(Workshop)) or 0
        with Progress("teaching", max(wanted - there, 0), "workshops") as progress:
            for number in range(there, wanted):
                chosen, code, now = dice.sample(entries, SLOTS), dice.choice(tuple(LANGUAGES)), datetime.now(UTC)
                titles = [entry.title(code)[0] for entry in chosen]
                outline = Outline({code: titles[0]}, code, aims={code: " ".join(titles)})
                workshop = create(db.session, store, ana, outline, now=now)
                plans = [
                    (Plan({code: words}, 45, WorkMethod.TALK), [f"practices/{each.id}"])
                    for each, words in zip(chosen, titles, strict=True)
                ]
                begin_programme(db.session, store, ana, workshop.id, plans, now=now)
                share(db.session, ana, workshop.id, Visibility.PUBLIC, now=now)
                db.session.expunge_all()
                ana = a_trainer(db.session)
                progress.say(number + 1 - there)


def kept_row(root: str, addresses: Sequence[str], seconds: int) -> str:
    """Return the number of cached pages per second, once each worker has rendered each."""
    for address in list(addresses) * WORKERS * 2:
        urllib.request.urlopen(f"{root}{address}").read()  # noqa: S310 - on loopback
    return _rate(root, addresses, seconds)


def _rate(root: str, addresses: Sequence[str], seconds: int) -> str:
    found = loaded(root, addresses, seconds)
    return f"{found.rate:,.0f}{f' ({found.wrong} wrong)' if found.wrong else ''}"


def _times(app: Flask, addresses: Sequence[str]) -> str:
    times = made_anew(app, addresses)
    return f"{statistics.median(times):.1f} / {most(times):.1f}"


def showing(app: Flask, addresses: Sequence[str]) -> int:
    """Return how many result pages show workshops."""
    client = app.test_client()
    return sum(b'id="h--workshops"' in client.get(address).get_data() for address in addresses)


def reading(folder: Path, data: Path, counts: Sequence[int], *, pages: int, seconds: int, seed: int) -> None:
    """Print a table with a line for each number of workshops."""
    store, _rates = load(folder, data)
    view = store.current().search
    if view is None:
        sys.exit(f"{data}: there is no index")
    keys = [entry.id for entry in store.current().catalog.entries("practices")]
    asked = draw(store, view, pages, seed).three
    store.close()
    searches = [f"/{each.language}/search?{urlencode(each.to_params())}" for each in asked]
    dice = random.Random(seed)
    addresses = [f"/{code}/practices/{each}" for each in keys for code in LANGUAGES]
    dice.shuffle(addresses)
    addresses, warm = addresses[:pages], addresses[-WARM:] + searches[:WARM]
    content, var = copied(folder, data)
    print(f"\n{len(keys)} practices in {len(LANGUAGES)} languages; {len(addresses)} pages, {len(searches)} searches\n")
    print(
        "| public workshops | kept pages, a second | a page in no cache, ms, median / 95 % | a result page, ms | "
        "result pages, a second | of the searches find workshops |\n|--:|--:|--:|--:|--:|--:|"
    )
    for count in counts:
        app = open_app(content, var)
        add_workshops(app, count, dice)
        made_anew(app, warm)
        app.extensions["store"].close()
        app = open_app(content, var)  # in which no page is cached
        made_anew(app, warm[:1])
        anew, found = _times(app, addresses), _times(app, searches)
        finding = showing(app, searches)
        app.extensions["store"].close()
        house = {"KB_CONTENT": str(content.absolute()), "KB_DATA": str(var.absolute())}
        with served(granian("wsgi:app"), house, ROOT, "/en/") as root:
            kept, rate = kept_row(root, addresses, seconds), _rate(root, searches, seconds)
        print(f"| {count:,} | {kept} | {anew} | {found} | {rate} | {finding} |", flush=True)
    shutil.rmtree(content.parent, ignore_errors=True)


def freezing(edits: int) -> None:
    """Print the edits, the comparisons, and the number of violations."""
    found = changed_by_edits(ROOT / "content", edits, Subject())
    print(
        f"\n{found.edits} edits of a practice, a tool and a blank in {found.seconds:.0f} s; {found.pieces} pieces "
        f"compared; the builder says of {found.noticed} of {found.items} items that they changed since"
    )
    for line in found.violations:
        print(line)
    print(f"freezing: {len(found.violations)} violations")


def main() -> None:
    """Parse the options and measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?")
    options.add_argument("--data", type=Path)
    options.add_argument("--workshops", type=int, nargs="+", default=[0, 100, 1_000])
    options.add_argument("--pages", type=int, default=400, help="addresses that are asked for, and searches")
    options.add_argument("--seconds", type=int, default=8, help="for each rate")
    options.add_argument("--edits", type=int, default=1_000, help="of each record")
    options.add_argument("--only", choices=("reading", "freezing"))
    options.add_argument("--seed", type=int, default=7)
    chosen = options.parse_args()
    if chosen.only != "freezing":
        if chosen.folder is None:
            options.error("name a folder of records, or --only freezing")
        if shutil.which("wrk") is None:
            sys.exit("wrk is missing: apt-get install wrk")
        data = chosen.data or chosen.folder.with_name(f"{chosen.folder.name}-data")
        counts = sorted(chosen.workshops)
        reading(chosen.folder, data, counts, pages=chosen.pages, seconds=chosen.seconds, seed=chosen.seed)
    if chosen.only != "reading":
        freezing(chosen.edits)


if __name__ == "__main__":
    main()
