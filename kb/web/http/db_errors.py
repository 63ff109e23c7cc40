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
    """Saving failed for an unforeseen reason. It is logged, and the transaction is rolled back."""


@contextmanager
def needs_database() -> Iterator[None]:
    """Raise `Unavailable` where the database does not answer inside the block. Also works as a decorator of a view."""
    try:
        yield
    except SQLAlchemyError as error:
        message = "the database does not answer"
        raise Unavailable(message) from error


@contextmanager
def rollback_on_error(message: str, *values: object, expected: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Log an unforeseen error as `message` with its `values`, roll back, and raise `SaveError`.

    Errors of the `expected` classes pass through unchanged: the view handles each of them.
    """
    try:
        yield
    except expected:
        raise
    except Exception as error:
        logger.exception(message, *values)
        db.session.rollback()
        raise SaveError from error
