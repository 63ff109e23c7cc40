"""Note who has the editor of a text open; errors here are logged and never stop the editor."""

from __future__ import annotations

import logging

from sqlalchemy.exc import SQLAlchemyError

from kb.editing.forms.presence import be_gone, be_present, others
from kb.extensions import db
from kb.records.files.paths import RecordFile
from kb.web.http.auth import signed_in
from kb.web.http.rendering import now

logger = logging.getLogger(__name__)


def note_presence(place: RecordFile) -> bool:
    """Note that the person signed in is here, and say whether somebody else is too.

    Where that cannot be noted just now, nobody is told of anybody: an editor opens all the same.
    """
    try:
        user = signed_in()
        be_present(db.session, user, place, now())
        return bool(others(db.session, user, place, now()))
    except SQLAlchemyError:
        logger.exception("who has %s %s open could not be noted", place.record, place.part)
        db.session.rollback()
        return False


def note_absence(place: RecordFile) -> None:
    """Note that the person signed in is done with a text: others are not told any more that she may be writing."""
    try:
        be_gone(db.session, signed_in(), place)
    except SQLAlchemyError:
        logger.exception("that %s %s was left could not be noted", place.record, place.part)
        db.session.rollback()
