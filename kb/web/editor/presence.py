"""Tracks who has the editor of a text open. Errors are logged and never interrupt the editor."""

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
    """Record that the signed-in user is present; return whether another user is too.

    If the record cannot be written, no presence is reported. The editor opens in any case.
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
    """Record that the signed-in user has closed a text, so that others no longer see them as a possible author."""
    try:
        be_gone(db.session, signed_in(), place)
    except SQLAlchemyError:
        logger.exception("that %s %s was left could not be noted", place.record, place.part)
        db.session.rollback()
