"""Parse the URL of pages on the national situation: countries, theme, cell of the grid; invalid values are ignored."""

from __future__ import annotations

from flask import request

from kb.kinds.country.membership import code_of
from kb.kinds.country.questions import CELLS, THEMES
from kb.web.countries.profile.comparison import MOST


def asked_countries() -> tuple[str, ...]:
    """Return the countries of the URL, each once, at most five."""
    parts = (part for text in request.args.getlist("c") for part in text.split(","))
    found = (code for text in parts if (code := code_of(text.strip().lower())) is not None)
    return tuple(dict.fromkeys(found))[:MOST]


def asked_theme() -> str:
    """Return the theme of the URL; empty for all themes."""
    theme = request.args.get("theme", "")
    return theme if theme in THEMES else ""


def asked_cell() -> str:
    """Return the cell of the grid for theme and actor of the URL, else the first one."""
    theme, actor = request.args.get("theme", ""), request.args.get("actor", "")
    cell = f"{theme}-{actor}"
    return cell if cell in CELLS else next(iter(CELLS))
