"""What is new on the dashboard: what happened to the user's drafts since the last visit, and its number in the menu."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy.exc import SQLAlchemyError

from kb.accounts.permissions import Permission, may
from kb.editing.digest.news import NewsItem, news_since
from kb.extensions import db
from kb.history.model import ReviewAction
from kb.i18n import N_
from kb.notifications.preferences import count_unseen, last_visit, visit_dashboard
from kb.web.http.auth import signed_in
from kb.web.http.current_user import person
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import has_pages, now, store
from kb.web.labels.authors import authors
from kb.web.parts.draft_list import reason_words, title_of

logger = logging.getLogger(__name__)

# What was done to an own draft, and to another one.
_OWN: Mapping[str, str] = {
    ReviewAction.RETURNED: N_("%(name)s returned your draft"),
    ReviewAction.HANDED_BACK: N_("Your draft was returned automatically"),
    ReviewAction.COMMENTED: N_("%(name)s commented on your draft"),
    ReviewAction.APPROVED: N_("%(name)s approved your draft"),
    ReviewAction.PUBLISHED: N_("%(name)s published your draft"),
}
_OTHER: Mapping[str, str] = {
    ReviewAction.COMMENTED: N_("%(name)s commented on this draft too"),
    ReviewAction.ASSIGNED: N_("%(name)s asks you to review this draft"),
}
_SCHEDULED = N_("Your draft was published at the scheduled time")


@dataclass(frozen=True)
class NewsLine:
    """One step: what was done, the record, where to read it, when, and what was said."""

    words: str
    title: str
    address: str
    at: datetime
    said: str


def news_lines() -> tuple[NewsLine, ...]:
    """Return what is new since the user's last visit, newest first, and note this visit.

    If the visit cannot be noted, the same is shown next time. The dashboard opens in any case.
    """
    try:
        since = visit_dashboard(db.session, signed_in(), now())
    except SQLAlchemyError:
        logger.exception("the visit of a dashboard could not be noted")
        db.session.rollback()
        since = last_visit(db.session, signed_in())
    found = news_since(db.session, store(), signed_in(), since)
    names = authors(db.session, [each.note.author_id for each in found])
    return tuple(_line(each, names) for each in found)


def news_count() -> int:
    """Return how much happened since the signed-in user last opened the dashboard; for the menu."""
    user = person()
    return count_unseen(db.session, user) if user is not None and may(user, Permission.SEE_DESK) else 0


def _line(item: NewsItem, names: Mapping[int, str]) -> NewsLine:
    note = item.note
    words = (_OWN if item.is_own else _OTHER).get(note.deed, _OWN.get(note.deed, ""))
    if note.deed == ReviewAction.PUBLISHED and note.author_id is None:
        words = _SCHEDULED
    return NewsLine(
        words=_(words, name=names.get(note.author_id or 0, "")),
        title=title_of(item.place, item.draft.text if item.draft is not None else ""),
        address=_address(item),
        at=note.at,
        said="" if note.deed == ReviewAction.ASSIGNED else reason_words(note),
    )


def _address(item: NewsItem) -> str:
    place = item.place
    if item.draft is not None:
        return url_for("reviewing.show", draft_id=item.draft.id)
    if has_pages(place.kind):
        return url_for(f"{place.kind}.show", record_id=place.id)
    return url_for("desk.record", kind=place.kind, record_id=place.id)
