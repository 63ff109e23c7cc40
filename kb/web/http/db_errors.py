"""Errors of the database and of saving: log, roll back, and show the form again with everything that was typed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from kb.errors import Forbidden, NotFound, Rejected, Unavailable
from kb.extensions import db
from kb.i18n import N_
from kb.problems import Problem

logger = logging.getLogger(__name__)

NOT_SAVED = Problem(
    "not-saved",
    N_("The form could not be saved. Nothing is lost: everything you typed is below. Try again in a minute."),
)
T = TypeVar("T")
# Renders the form again with the problems and the response status.
Again = Callable[[Sequence[Problem], int], ResponseReturnValue]


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


def save_or_show_again(
    save: Callable[[], T], again: Again, *, there: Callable[[T], str], words: str
) -> ResponseReturnValue:
    """Save, flash `words` and redirect to the URL of the saved object; show the form again if saving fails."""
    try:
        with rollback_on_error(
            "a form of %s could not be saved", request.endpoint, expected=(Rejected, NotFound, Forbidden)
        ):
            address = there(save())
    except Rejected as error:
        return again(error.problems, 422)
    except SaveError:
        return again((NOT_SAVED,), 503)
    flash(words, "good")
    return redirect(address, 303)
