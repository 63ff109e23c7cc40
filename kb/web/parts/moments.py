"""Moments as a reader writes them: on the desk and in histories it matters which came first."""

from __future__ import annotations

from datetime import UTC, datetime

from babel.dates import format_datetime
from flask import Flask
from markupsafe import Markup

from kb.web.http import i18n


def init_app(app: Flask) -> None:
    """Let templates show moments."""
    app.jinja_env.globals.update(moment=moment)


def moment(at: datetime) -> Markup:
    """Return a moment to the minute, in UTC, as everybody who edits sees the same history."""
    at = at.astimezone(UTC)
    words = format_datetime(at, "medium", locale=i18n.locale()).rsplit(":", 1)[0]
    return Markup('<time datetime="{}">{} UTC</time>').format(at.isoformat(timespec="minutes"), words)
