"""Route of the calendar file of a workshop: one event for each of its days."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from kb.errors import NotFound
from kb.web.http import i18n
from kb.web.http.db_errors import needs_database
from kb.web.http.layout import absolute
from kb.web.http.robots_header import unlisted
from kb.web.parts.workshop_words import localize
from kb.web.workshops.public.page import find_visible
from kb.workshops.model import Workshop
from kb.workshops.plan.calendar_file import CalendarWords, calendar_file

bp = Blueprint("workshop_calendar", __name__, url_prefix="/<language:language>/workshops")


@bp.get("/<key>/workshop.ics")
@needs_database()
def show(key: str) -> Response:
    """Return the calendar file. A workshop without a date has none."""
    text = _calendar_text(find_visible(key), key)
    if text is None:
        raise NotFound("date")
    response = Response(text, content_type="text/calendar; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename="workshop.ics")
    response.cache_control.no_store = True
    return unlisted(response, "noindex, nofollow")


def _calendar_text(workshop: Workshop, key: str) -> str | None:
    title = localize(workshop.title, workshop)
    slots = {slot.id: localize(slot.title, workshop).text for slot in workshop.slots}
    address = absolute(url_for("workshops.show", key=key, language=i18n.current().code))
    return calendar_file(workshop, CalendarWords(title.text, title.language, slots, address))
