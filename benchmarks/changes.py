"""Measure how long a published change takes until search finds it, in the publishing process and in a follower.

Changes go through `publish`, including log and files, on a copy of the site.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.loading import open_app
from kb.accounts.model import Grant, Role, User
from kb.content_store.store import ContentStore
from kb.extensions import db
from kb.history import log
from kb.publishing.actions import Edit, publish
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.search.query.search_query import SearchQuery

ROOT = Path(__file__).parents[1]
CHANGES = 10
Follower = tuple[IO[str], IO[str]]  # the follower's input and output


def copied(folder: Path, data: Path) -> tuple[Path, Path]:
    """Return a copy of a site that may be changed. It has hard links, because files are only replaced."""
    home = data.with_name(f"{data.name}-copy")
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(folder, home / "content", copy_function=os.link)
    shutil.copytree(data, home / "var", ignore=shutil.ignore_patterns("peers", "replaced"))
    return home / "content", home / "var"


def publish_lines(folder: Path, data: Path, seed: int) -> str:
    """Publish single changes and return how long they took to be found, in this process and in a follower."""
    content, var = copied(folder, data)
    app = open_app(content, var)
    here: list[float] = []
    there: list[float] = []
    with _follower(content, var) as ask, app.app_context():
        for took, followed in _published(app.extensions["store"], ask, random.Random(seed)):
            here.append(took)
            there.append(followed)
    shutil.rmtree(content.parent, ignore_errors=True)
    return "\n".join(
        f"published change {text}: median {statistics.median(times) * 1000:.0f} ms, slowest {max(times) * 1000:.0f} ms"
        + ("" if statistics.median(times) <= target else f" (target {target * 1000:.0f} ms)")
        for text, times, target in (
            ("visible in the process that took it", here, 0.3),
            ("visible in a process that follows", there, 1.0),
        )
    )


@contextmanager
def _follower(content: Path, var: Path) -> Iterator[Follower]:
    """Run a follower process. It reads a word and then prints the moment at which it found it."""
    command = [sys.executable, str(ROOT / "benchmarks" / "workers.py"), "follow", str(content), str(var)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError(command)
        process.stdout.readline()  # the follower is ready
        yield process.stdin, process.stdout
        process.stdin.close()


def _published(store: ContentStore, follower: Follower, dice: random.Random) -> Iterator[tuple[float, float]]:
    """Publish some changes and yield the seconds until each was found in both processes."""
    store.engine.warm()
    editor = _editor(db.session)
    names = sorted(name for kind, name in store.current().catalog.columns if kind == "practices")
    for name in dice.sample(names, CHANGES):
        word = "zq" + "".join(dice.choices("bcdfghjklmnp", k=12))
        edit = _edit(db.session, store, RecordFile("practices", name, SOURCE), word)
        time.sleep(dice.random())  # so that the follower is not always at the same point of its cycle
        follower[0].write(word + "\n")
        follower[0].flush()
        begun = time.monotonic()
        publish(db.session, store, editor, [edit], note="", now=datetime.now(UTC))
        _find(store, word)
        took = time.monotonic() - begun
        yield took, float(follower[1].readline()) - begun
        db.session.rollback()


def _editor(session: Session) -> User:
    user = session.scalar(select(User).where(User.email == "bench@example.org"))
    if user is None:
        now = datetime.now(UTC)
        user = User(email="bench@example.org", name="Bench", password_hash="!", sign_in_key="bench", created=now)  # noqa: S106
        user.grants = [Grant(role=Role.PUBLISHER, at=now)]
        session.add(user)
        session.commit()
    return user


def _edit(session: Session, store: ContentStore, place: RecordFile, word: str) -> Edit:
    data = store.content.read(place) or b""
    head = log.heads(session, place.record)[place]
    session.rollback()
    text = data.decode().replace('\nsummary: "', f'\nsummary: "{word} ', 1)
    return Edit(place, text, head.number, head.fingerprint)


def _find(store: ContentStore, word: str) -> None:
    view = store.current().search
    results = view.find(SearchQuery(word)) if view is not None else None
    if results is None or results.total != 1 or results.is_mended:
        message = f"{word} was published and is not found"
        raise RuntimeError(message)
