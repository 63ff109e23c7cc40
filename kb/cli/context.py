"""What commands are given: where things are, and how to open them. Nothing is opened before a command needs it."""

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
from kb.problems import Problem, errors

NO_TABLES = (
    "The database has no tables yet, so there is nothing in it: kb serve makes them (KB_DATABASE says which it is)."
)


class Migrate(Protocol):
    """Bring the database to a revision of its schema."""

    def __call__(self, revision: str = ..., /) -> None:
        """Migrate; without a revision to the newest one."""


@dataclass
class House:
    """The parts of the house, as functions that open them.

    `sessions` and `migrate` need the database, `serve` and `link_address` the whole application; `content` and `data`
    are only paths. `migrate` goes to the newest schema unless it is told a revision, `downgrade` to an
    earlier one, `schema` tells it. `elsewhere` is a house with other
    folders. `secret` is the site's key, made if there is none; `known_secret` is empty then.
    `missing_database` is the file of a database that was there before. `four_eyes` says that a
    second person approves every text before it is published.
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
    elsewhere: Callable[[Path, Path], House]

    @cached_property
    def store(self) -> ContentStore:
        """The library of this content folder; opens no database of the application."""
        return ContentStore(self.content, self.data)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session of the application's database; a command ends with a word about one without tables."""
        with self.sessions() as session:
            try:
                yield session
            except DBAPIError:
                session.rollback()
                if not inspect(session.connection()).has_table(Change.__tablename__):
                    fail(NO_TABLES)
                raise


pass_house = click.make_pass_decorator(House)


def say(message: str = "") -> None:
    """Write a line for people."""
    click.echo(message)


def show_problems(problems: Iterable[Problem]) -> None:
    """Write problems, one per line, as path:line: message."""
    for problem in problems:
        mark = "" if problem in errors([problem]) else " (warning)"
        click.echo(f"{problem}{mark}")


def fail(message: str, *, code: int = 1) -> None:
    """Write why it did not work and what to do, and end."""
    click.echo(message, err=True)
    sys.exit(code)
