"""Database migrations, separate from the application: serving needs no migration library (0.2 s, 15 MB).

`FLASK_APP=kb.migrations flask db …` has more commands than `kb migrate`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from alembic.util import CommandError
from flask import Flask
from flask_alembic import Alembic

from kb.app import create_app as create_site
from kb.config import ROOT, Settings
from kb.db import Base, render_type

alembic = Alembic(metadatas=Base.metadata)


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application with the commands for migrations."""
    app = create_site(settings, follow=False)
    _bind(app)
    return app


def _bind(app: Flask) -> None:
    """Bind `alembic` to the database of an application."""
    app.config.from_mapping(
        ALEMBIC={
            "script_location": str(ROOT / "migrations"),
            "file_template": "%%(year)d%%(month).2d%%(day).2d_%%(slug)s",
        },
        ALEMBIC_CONTEXT={"render_as_batch": True, "render_item": render_type},
    )
    alembic.init_app(app)


def upgrade(app: Flask, revision: str = "heads") -> None:
    """Migrate the database of an application to a revision of its schema, by default the newest."""
    with _bound(app):
        alembic.upgrade(revision)


def downgrade(app: Flask, revision: str) -> None:
    """Migrate the database back to an earlier revision. Raises `alembic.util.CommandError` for any other."""
    with _bound(app):
        found = alembic.script_directory.get_revision(revision)  # a bare number would mean a number of steps
        if found is None or not found.nextrev:
            message = f"{revision} is no earlier schema"
            raise CommandError(message)
        alembic.downgrade(found)


def current(app: Flask) -> str:
    """Return the current revision of the database schema, empty for a database without tables.

    Raises `alembic.util.CommandError` for a revision that this version does not know.
    """
    with _bound(app):
        return " ".join(each.revision for each in alembic.current())


@contextmanager
def _bound(app: Flask) -> Iterator[None]:
    if "alembic" not in app.extensions:
        _bind(app)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with app.app_context():
        yield
