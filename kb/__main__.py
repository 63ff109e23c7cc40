"""The `kb` command: all groups, and the house they work on."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from sqlalchemy.orm import Session

from kb import __version__
from kb.cli.backup import backup, restore
from kb.cli.content import content
from kb.cli.context import House
from kb.cli.dev import dev
from kb.cli.doctor import doctor
from kb.cli.history import history
from kb.cli.keys import keys
from kb.cli.messages import messages
from kb.cli.migrate import migrate
from kb.cli.search import search
from kb.cli.serve import serve
from kb.cli.tables import export_table, import_table
from kb.cli.tools import tools
from kb.cli.users import users
from kb.cli.workshops import workshops
from kb.config import PREFIX, BadSettings, Settings
from kb.secret_key import SECRET_FILE

if TYPE_CHECKING:
    from flask import Flask

    from kb.accounts.one_time_links import OneTimeLink

# Threads of a worker that answer at the same time: more would only wait for each other.
THREADS = 8
# Connections that a worker keeps open, idle ones too: a browser holds six, and a workshop's room has thirty browsers.
CONNECTIONS = 512
HEAD_MILLISECONDS = 10_000  # for the head of a request
STOP_SECONDS = 10  # after which a worker that was told to end is ended: one that only just begins may not hear it
# How often the server is started again within so many seconds before whoever started it has to.
MOST_ENDS, ENDS_WITHIN = 5, 120.0


@click.group()
@click.version_option(__version__)
@click.pass_context
def cli(context: click.Context) -> None:
    """Praxis: a knowledge base of European practices in victims' support."""
    try:
        settings = Settings.from_environment()
    except BadSettings as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    context.obj = house_of(settings)


for command in (
    backup,
    content,
    dev,
    doctor,
    history,
    keys,
    messages,
    migrate,
    restore,
    search,
    serve,
    tools,
    users,
    workshops,
):
    cli.add_command(command)
for command in (export_table, import_table):
    content.add_command(command)


def house_of(settings: Settings) -> House:
    """Return the house that commands work on; the application is made when a command first needs the database."""
    made: list[Flask] = []

    def app() -> Flask:
        from kb.app import create_app  # imports Flask and all pages, which most commands do without

        if not made:
            made.append(create_app(settings, follow=False))
        return made[0]

    @contextmanager
    def sessions() -> Iterator[Session]:
        from kb.extensions import db

        with app().app_context():
            yield db.session

    def migrate(revision: str = "heads", /) -> None:
        from kb.migrations import upgrade

        upgrade(app(), revision)

    def downgrade(revision: str) -> None:
        from kb.migrations import downgrade

        downgrade(app(), revision)

    def schema() -> str:
        from kb.migrations import current

        return current(app())

    def elsewhere(content: Path, data: Path) -> House:
        return house_of(settings.model_copy(update={"content": content.absolute(), "data": data.absolute()}))

    def run(host: str, port: int, workers: int) -> None:
        from granian import Granian
        from granian.constants import Interfaces
        from granian.http import HTTP1Settings
        from granian.log import LogLevels

        # The workers read the settings anew; without an address of its own the site is where it is served.
        os.environ.setdefault(f"{PREFIX}URL", f"http://localhost:{port}")
        ends: list[float] = []
        while len(ends) < MOST_ENDS:
            server = Granian(
                "wsgi:app",
                address=host,
                port=port,
                interface=Interfaces.WSGI,
                workers=workers,
                blocking_threads=THREADS,
                backpressure=CONNECTIONS,
                http1_settings=HTTP1Settings(header_read_timeout=HEAD_MILLISECONDS),
                log_access=False,
                respawn_failed_workers=True,
                workers_kill_timeout=STOP_SECONDS,
                log_level=LogLevels.error,
            )
            try:
                server.serve()
            except SystemExit:  # it gives up where a worker ends twice within seconds
                if server.interrupt_signal:  # it was told to
                    raise
                ends = [*(each for each in ends if time.monotonic() - each < ENDS_WITHIN), time.monotonic()]
                click.echo("The server ended and is started again.", err=True)
            else:
                return
        sys.exit(1)

    def known_secret() -> str:
        """Return the site's key; nothing where there is none yet."""
        is_there = settings.secret_key is not None or (settings.data / SECRET_FILE).exists()
        return settings.secret() if is_there else ""

    def missing_database() -> str:
        """Return the file of the database if it is not there and once was, as what is made after it tells."""
        file = settings.data / "kb.sqlite"
        was_there = not settings.database and (settings.data / "applied.sqlite").exists()
        return str(file) if was_there and not file.exists() else ""

    def link_address(link: OneTimeLink) -> str:
        from kb.web.accounts.emails import address_of

        with app().app_context():
            return address_of(link)

    return House(
        content=settings.content,
        data=settings.data,
        url=settings.url,
        four_eyes=settings.four_eyes,
        sessions=sessions,
        migrate=migrate,
        downgrade=downgrade,
        schema=schema,
        serve=run,
        secret=settings.secret,
        known_secret=known_secret,
        missing_database=missing_database,
        settings=settings.described,
        link_address=link_address,
        elsewhere=elsewhere,
    )


def main() -> None:
    """Run the command line."""
    cli(prog_name="kb")


if __name__ == "__main__":
    main()
