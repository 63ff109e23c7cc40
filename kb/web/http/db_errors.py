"""What needs the database: where it does not answer, a page says that a part of this site is not ready."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from kb.errors import Unavailable


@contextmanager
def needs_database() -> Iterator[None]:
    """Raise `Unavailable` where the database does not answer what is asked within; so also above a view."""
    try:
        yield
    except SQLAlchemyError as error:
        message = "the database does not answer"
        raise Unavailable(message) from error
