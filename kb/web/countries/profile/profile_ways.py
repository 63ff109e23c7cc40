"""Where a country's answer leads on to: the practices of its theme, and the tools converted to this country."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import url_for

from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import store
from kb.web.labels.practice_facts import Value
from kb.web.tools.page import tool_entries

# The practice area of each theme of the profiles.
AREAS: Mapping[str, str] = {
    "t1": "referral",
    "t2": "secure-communication",
    "t3a": "needs-assessment",
    "t3b": "support-needs-assessment",
    "t4": "information",
}


def practices_of(theme: str) -> Value:
    """Return the way to the practices of a theme."""
    area = AREAS[theme]
    name = store().vocabularies.term(area).label(i18n.current().code)
    return Value(_("Practices: %(area)s", area=name), url_for("themes.show", record_id=area))


def tools_for(code: str, theme: str | None = None) -> Iterator[Value]:
    """Yield the ways to the tools, converted to this country: all of them, or those of one theme."""
    language = i18n.current().code
    for entry in tool_entries():
        if theme is None or AREAS[theme] in entry.facets.get("area", ()):
            title, spoken = entry.title(language)
            yield Value(
                title, url_for("converting.begin", kind="tools", record_id=entry.id, country=code), language=spoken
            )
