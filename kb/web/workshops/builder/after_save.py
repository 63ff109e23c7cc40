"""Save a form of a workshop, then redirect; or show the form again with everything that was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from kb.errors import Forbidden, NotFound, Rejected
from kb.problems import Problem
from kb.web.editor.save_fallback import NOT_SAVED
from kb.web.http.db_errors import SaveError, rollback_on_error

T = TypeVar("T")
# Renders the form again with the problems and the response status.
Again = Callable[[Sequence[Problem], int], ResponseReturnValue]


def save_or_show_again(
    save: Callable[[], T], again: Again, *, there: Callable[[T], str], words: str
) -> ResponseReturnValue:
    """Save, flash `words` and redirect to the URL of the saved object; show the form again if saving fails."""
    message = "something of a workshop could not be saved"
    try:
        with rollback_on_error(message, expected=(Rejected, NotFound, Forbidden)):
            address = there(save())
    except Rejected as error:
        return again(error.problems, 422)
    except SaveError:
        return again((NOT_SAVED,), 503)
    flash(words, "good")
    return redirect(address, 303)
