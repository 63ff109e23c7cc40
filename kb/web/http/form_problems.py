"""Validation problems of a posted form in words, each with its field."""

from __future__ import annotations

from collections.abc import Iterable

from kb.problems import Problem
from kb.web.http.i18n import gettext as _


def field_problems(problems: Iterable[Problem]) -> tuple[tuple[str, str], ...]:
    """Return each problem as the id of its field (may be empty) and a message in the reader's language."""
    return tuple((str(each.where[0]) if each.where else "", each.text(_)) for each in problems)
