"""URLs of a workshop for participants: page, link, and short URL. A private workshop has none."""

from __future__ import annotations

from flask import url_for

from kb.web.http import i18n
from kb.web.http.layout import absolute
from kb.workshops.model import Visibility, Workshop

_GROUP = 5


def language_of(workshop: Workshop) -> str:
    """Return a workshop's language for new visitors: its first if this site offers it, else the page's language."""
    offered = [each.code for each in i18n.offered()]
    return workshop.language if workshop.language in offered else i18n.current().code


def link(workshop: Workshop) -> str:
    """Return the link for participants."""
    return "" if workshop.visibility == Visibility.PRIVATE else _page(workshop, workshop.token)


def short_address(workshop: Workshop, *, to_feedback: bool = False) -> str:
    """Return the short URL for a QR code."""
    return "" if workshop.visibility == Visibility.PRIVATE else _short(workshop.token, to_feedback=to_feedback)


def readable_address(workshop: Workshop, *, to_feedback: bool = False) -> tuple[str, str]:
    """Return the short URL for people in two parts: host and path without `https://`, and the token in groups."""
    if workshop.visibility == Visibility.PRIVATE:
        return "", ""
    groups = "-".join(workshop.token[place : place + _GROUP] for place in range(0, len(workshop.token), _GROUP))
    before, typed, after = _short(groups, to_feedback=to_feedback).removeprefix("https://").partition(groups)
    return before, typed + after


def _page(workshop: Workshop, key: str) -> str:
    return absolute(url_for("workshops.show", key=key, language=language_of(workshop)))


def _short(key: str, *, to_feedback: bool) -> str:
    return absolute(url_for("workshop_short.feedback" if to_feedback else "workshop_short.show", key=key))
