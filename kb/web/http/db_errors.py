"""Context managers for errors of the database and of saving: roll back, log, and raise one error for the view."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from kb.errors import Unavailable
from kb.extensions import db

logger = logging.getLogger(__name__)


class SaveError(Exception):
    """Something could not be saved for a reason nobody foresaw. It is logged, and the transaction is rolled back."""


@contextmanager
def needs_database() -> Iterator[None]:
    """Raise `Unavailable` where the database does not answer what is asked within; so also above a view."""
    try:
        yield
    except SQLAlchemyError as error:
        message = "the database does not answer"
        raise Unavailable(message) from error


@contextmanager
def rollback_on_error(message: str, *values: object, expected: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Log an unforeseen error as `message` with its `values`, roll back, and raise `SaveError`.

    Errors of the `expected` classes pass through as they are: the view has an answer of its own for each.
    """
    try:
        yield
    except expected:
        raise
    except Exception as error:
        logger.exception(message, *values)
        db.session.rollback()
        raise SaveError from error
