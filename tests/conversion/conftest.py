"""A house with its database for the tests of what is counted: SQLite, and PostgreSQL where one is found."""

from __future__ import annotations

from tests.publishing.conftest import house, session

__all__ = ("house", "session")
