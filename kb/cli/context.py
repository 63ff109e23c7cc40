"""Context of commands: paths, and functions that open the database and the application only on demand."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import click
from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from kb.accounts.one_time_links import OneTimeLink
from kb.content_store.store import ContentStore
from kb.history.model import Change
from kb.kinds.registry import KINDS
from kb.problems import Problem, errors
from kb.records.files.paths import ContentFolder

NO_TABLES = "The database has no tables yet. kb serve makes them. KB_DATABASE sets which database is used."


class Migrate(Protocol):
    """Migrates the database to a revision of its schema."""

    def __call__(self, revision: str = ..., /) -> None:
        """Migrate; without a revision, to the newest one."""


@dataclass
class Installation:
    """The parts of the installation, as paths and functions that open them.

    `sessions` and `migrate` need the database, `serve` and `link_address` the whole application. `content` and `data`
    are only paths. `migrate` goes to the newest schema unless a revision is given, `downgrade` to an earlier one;
    `schema` returns the current one. `elsewhere` returns the installation with other folders. `secret` is the site's
    key, which is made if there is none. `known_secret` is empty in that case. `missing_database` is the file of a
    database that existed before. `four_eyes` says that a second person must approve every text before publication.
    """

    content: Path
    data: Path
    url: str
    four_eyes: bool
    sessions: Callable[[], AbstractContextManager[Session]]
    migrate: Migrate
    downgrade: Callable[[str], None]
    schema: Callable[[], str]
    serve: Callable[[str, int, int], None]
    secret: Callable[[], str]
    known_secret: Callable[[], str]
    missing_database: Callable[[], str]
    settings: Callable[[], Iterable[tuple[str, str, str]]]
    link_address: Callable[[OneTimeLink], str]
    elsewhere: Callable[[Path, Path], Installation]

    @cached_property
    def folder(self) -> ContentFolder:
        """The content folder, for commands that read its files."""
        return ContentFolder(self.content, {kind.shape.name: kind.shape for kind in KINDS})

    @cached_property
    def store(self) -> ContentStore:
        """The content store of this folder; opens no database of the application."""
        return ContentStore(self.content, self.data)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session of the application's database; end the command with a message if it has no tables."""
        with self.sessions() as session:
            try:
                yield session
            except DBAPIError:
                session.rollback()
                if not inspect(session.connection()).has_table(Change.__tablename__):
                    fail(NO_TABLES)
                raise


pass_house = click.make_pass_decorator(Installation)


def say(message: str = "") -> None:
    """Print a line."""
    click.echo(message)


def show_problems(problems: Iterable[Problem]) -> None:
    """Print problems, one per line, as path:line: message."""
    for problem in problems:
        mark = "" if problem in errors([problem]) else " (warning)"
        click.echo(f"{problem}{mark}")


def fail(message: str, *, code: int = 1) -> None:
    """Print what failed and what to do, and exit."""
    click.echo(message, err=True)
    sys.exit(code)
