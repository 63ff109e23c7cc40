"""Labels for the kinds of record, and for the other pages that the search finds."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask

from kb.i18n import N_
from kb.kinds.kind import KindLabels
from kb.kinds.registry import KINDS_BY_NAME
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import has_pages

# Search results that are not records.
_OTHERS: Mapping[str, KindLabels] = {
    "help": KindLabels(N_("Numbers to call"), singular=N_("Numbers to call"), filter=N_("Numbers to call")),
    "answers": KindLabels(N_("Answers"), singular=N_("Answer"), filter=N_("Answers")),
    "workshops": KindLabels(N_("Workshops"), filter=N_("Workshops")),
}


def init_app(app: Flask) -> None:
    """Add `kind_name` and `has_pages` to the template globals."""
    app.jinja_env.globals.update(kind_name=kind_name, has_pages=has_pages)


def kind_name(kind: str) -> str:
    """Return the plural label of a kind, or the kind itself if it is unknown."""
    return _(_labels(kind).plural)


def singular_name(kind: str) -> str:
    """Return the label that a list shows in place of facts of a record, such as "Tool", or an empty text."""
    return _(words) if (words := _labels(kind).singular) else ""


def filter_name(kind: str) -> str:
    """Return the label of a kind of page in the search filters, or the kind itself."""
    return _(words) if (words := _labels(kind).filter) else kind


def suggestions_name(kind: str) -> str:
    """Return the heading for search suggestions of a kind."""
    return _(_labels(kind).suggestions) if _labels(kind).suggestions else kind_name(kind)


def _labels(kind: str) -> KindLabels:
    if kind in KINDS_BY_NAME:
        return KINDS_BY_NAME[kind].labels
    return _OTHERS.get(kind, KindLabels(kind))
