"""The `kb` command: lazy loading of command groups, and the context that they work on."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb import __version__

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

    from kb.accounts.one_time_links import OneTimeLink
    from kb.cli.context import Installation
    from kb.config import Settings

# Maps each command to its module and its text in `kb --help`, so that the help imports no module.
COMMANDS = {
    "backup": ("kb.cli.backup", "Write content, log, accounts and drafts into one FILE, while the site runs."),
    "content": ("kb.cli.content", "Check, create and format the records in the content folder."),
    "dev": ("kb.cli.dev", "List the modules of the program."),
    "doctor": ("kb.cli.doctor", "Check the installation: report what is missing and which features that disables."),
    "following": ("kb.cli.following", "Delete the address of a reader who follows something by email."),
    "history": ("kb.cli.history", "Show the history of records, and erase texts from it."),
    "keys": ("kb.cli.keys", "Replace the secret key of the site."),
    "messages": ("kb.cli.messages", "Extract, update, compile and check the messages of the interface."),
    "migrate": ("kb.cli.migrate", "Migrate the database to the newest schema, or back to an earlier one."),
    "restore": ("kb.cli.backup", "Restore a backup FILE into an empty FOLDER and verify it."),
    "search": ("kb.cli.search", "Build and query the search index."),
    "serve": ("kb.cli.serve", "Serve the site."),
    "tools": ("kb.cli.tools", "List tools, and adapt them to a country."),
    "users": (
        "kb.cli.users",
        "Create, close, reopen and erase accounts; grant roles; make links; reset two-step verification.",
    ),
    "workshops": ("kb.cli.workshops", "Make public workshops private."),
}
# Threads per worker: more threads would only wait for each other.
THREADS = 8
# Open connections per worker, including idle ones: a browser holds six, and a workshop's room has thirty browsers.
CONNECTIONS = 512
HEAD_MILLISECONDS = 10_000  # time limit for the head of a request
STOP_SECONDS = 10  # time limit before a stopping worker is killed; a starting worker may not notice the signal
# The maximum number of automatic restarts of the server within this many seconds; after that the command exits.
MOST_ENDS, ENDS_WITHIN = 5, 120.0


class LazyGroup(click.Group):
    """A group of commands that imports each command on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _help = COMMANDS[cmd_name]
        found: click.Command = getattr(import_module(module), cmd_name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_module, text) in sorted(COMMANDS.items())])


@click.group(cls=LazyGroup)
@click.version_option(__version__)
@click.pass_context
def cli(context: click.Context) -> None:
    """Praxis: a knowledge base of European practices in victim support."""
    from kb.config import BadSettings, Settings

    try:
        settings = Settings.from_environment()
    except BadSettings as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    context.obj = _open_installation(settings)


def _open_installation(settings: Settings) -> Installation:
    """Return the context of commands; the application is created when a command first needs the database."""
    from kb.cli.context import Installation
    from kb.config import PREFIX
    from kb.secret_key import SECRET_FILE

    made: list[Flask] = []

    def app() -> Flask:
        from kb.app import create_app  # imports Flask and all pages, which most commands do not need

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

    def elsewhere(content: Path, data: Path) -> Installation:
        return _open_installation(settings.model_copy(update={"content": content.absolute(), "data": data.absolute()}))

    def run(host: str, port: int, workers: int) -> None:
        from granian import Granian
        from granian.constants import Interfaces
        from granian.http import HTTP1Settings
        from granian.log import LogLevels

        # The workers read the settings again. Without a configured URL, the site uses the address where it is served.
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
            except SystemExit:  # raised if a worker ends twice within seconds
                if server.interrupt_signal:  # it received a signal to stop
                    raise
                ends = [*(each for each in ends if time.monotonic() - each < ENDS_WITHIN), time.monotonic()]
                click.echo("The server ended and is started again.", err=True)
            else:
                return
        sys.exit(1)

    def known_secret() -> str:
        """Return the site's key; empty if there is none yet."""
        is_there = settings.secret_key is not None or (settings.data / SECRET_FILE).exists()
        return settings.secret() if is_there else ""

    def missing_database() -> str:
        """Return the database file if it is missing but existed before, which a file created after it shows."""
        file = settings.data / "kb.sqlite"
        was_there = not settings.database and (settings.data / "applied.sqlite").exists()
        return str(file) if was_there and not file.exists() else ""

    def link_address(link: OneTimeLink) -> str:
        from kb.web.accounts.emails import address_of

        with app().app_context():
            return address_of(link)

    return Installation(
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
