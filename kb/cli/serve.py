"""`kb serve`: migrates, synchronizes files and log, builds what is missing, and serves the site."""

from __future__ import annotations

import socket
import sqlite3
import time
from contextlib import suppress
from datetime import UTC, datetime
from threading import Thread

import click
from alembic.util import CommandError
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from kb.accounts.model import User
from kb.cli.context import Installation, fail, pass_house, say
from kb.cli.messages import compile_all
from kb.cli.migrate import NEWER
from kb.cli.search import build_with_progress
from kb.publishing.catch_up import catch_up

_PAUSE = 5  # seconds between two attempts to reach the database


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option("--port", type=click.IntRange(1, 65535), default=5000, show_default=True, help="Port to listen on.")
@click.option("--new", is_flag=True, help="Start with an empty database if that of this data folder is missing.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Number of worker processes.")
@pass_house
def serve(house: Installation, host: str, port: int, workers: int, *, new: bool) -> None:
    """Serve the site. The first start makes the secret key, the database and the index."""
    if _is_taken(host, port):
        fail(f"Port {port} is in use. Choose another: make run PORT=8080, or kb serve --port 8080.")
    if not new and (missing := house.missing_database()):
        fail(
            f"{missing} is missing, though this data folder had one: is everything mounted, is KB_DATA right? "
            "To restore it: kb restore. To start with an empty one: kb serve --new"
        )
    compile_all()
    store = house.store
    try:
        has_people = _with_database(house)
    except CommandError as error:
        fail(NEWER.format(reason=error))
        return
    except (DatabaseError, PoolTimeout) as error:
        reason = str(error.__cause__ or error).splitlines()[0]
        if isinstance(error.__cause__, sqlite3.Error):
            fail(f"The database cannot be read ({reason}). Move it away and restore a backup: docs/operating.md")
        has_people = True
        say(f"The database does not answer ({reason}).")
        say("Readers are served. Users can sign in as soon as the database answers.")
        Thread(target=_when_it_answers, args=(house,), name="database", daemon=True).start()
    if not store.engine.status().is_current:  # missing, damaged, or made before the vocabularies changed
        build_with_progress(store)
    elif any(store.stale_in_index()):
        with store.lock.held():
            store.mend_index()
    records = len(store.current().catalog.columns)
    store.close()
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::") else host  # noqa: S104 - only compared
    say(f"Praxis serves {records} records at http://{shown}:{port}/")
    if not has_people:
        say("No one can sign in yet. To create the first account: .venv/bin/kb users create")
    say("Stop with Ctrl+C.")
    house.serve(host, port, workers)


def _with_database(house: Installation) -> bool:
    """Update tables and files; return whether anyone can sign in. Raises the errors of the database."""
    house.migrate()
    with house.session() as session:
        result = catch_up(session, house.store, datetime.now(UTC))
        has_people = session.scalar(select(User.id).limit(1)) is not None
    for problem in result.problems:
        say(f"  {problem}")
    return has_people


def _when_it_answers(house: Installation) -> None:
    while True:
        time.sleep(_PAUSE)
        with suppress(DatabaseError, PoolTimeout):
            _with_database(house)
            say("The database answers.")
            return


def _is_taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False
