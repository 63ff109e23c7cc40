"""What follows a form of a workshop: on to where it is shown, or back to the form with everything that was typed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from kb.errors import Forbidden, NotFound, Rejected
from kb.extensions import db
from kb.problems import Problem
from kb.web.editor.save_fallback import NOT_SAVED

logger = logging.getLogger(__name__)

T = TypeVar("T")
# The form once more, with what is wrong and the status of the answer.
Again = Callable[[Sequence[Problem], int], ResponseReturnValue]


def saved(save: Callable[[], T], again: Again, *, there: Callable[[T], str], words: str) -> ResponseReturnValue:
    """Do what is asked, say `words`, and lead to the address of what was saved; where it cannot be done, ask again."""
    try:
        address = there(save())
    except Rejected as error:
        return again(error.problems, 422)
    except (NotFound, Forbidden):
        raise
    except Exception:
        logger.exception("something of a workshop could not be saved")
        db.session.rollback()
        return again((NOT_SAVED,), 503)
    flash(words, "good")
    return redirect(address, 303)
