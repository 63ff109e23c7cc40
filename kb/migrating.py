"""Migrations of the database, apart from the application: who only serves does without the library (0.2 s, 15 MB).

`FLASK_APP=kb.migrating flask db …` has its commands.
"""

from __future__ import annotations

import logging

from flask import Flask
from flask_alembic import Alembic

from kb.app import create_app as create_site
from kb.config import ROOT, Settings
from kb.db import Base, render_type

alembic = Alembic(metadatas=Base.metadata)


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application with the commands for migrations."""
    app = create_site(settings, follow=False)
    bind(app)
    return app


def bind(app: Flask) -> None:
    """Let `alembic` work on the database of an application."""
    app.config.from_mapping(
        ALEMBIC={
            "script_location": str(ROOT / "migrations"),
            "file_template": "%%(year)d%%(month).2d%%(day).2d_%%(slug)s",
        },
        ALEMBIC_CONTEXT={"render_as_batch": True, "render_item": render_type},
    )
    alembic.init_app(app)


def upgrade(app: Flask, revision: str = "heads") -> None:
    """Bring the database of an application to a revision of its schema, the newest one if none is named."""
    if "alembic" not in app.extensions:
        bind(app)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with app.app_context():
        alembic.upgrade(revision)
