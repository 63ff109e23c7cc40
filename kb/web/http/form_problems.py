"""Validation problems of a posted form in words, each with its field."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from kb.i18n import DEFAULT
from kb.problems import Problem
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _


def problem_text(problem: Problem) -> str:
    """Return the message of a problem in the reader's language.

    Messages about the format of files are only in English. On a page in another language they are markup that says so,
    for screen readers.
    """
    words = problem.text(_)
    if i18n.current().code == DEFAULT or _(problem.message) != problem.message:
        return words
    return Markup('<span lang="{}">{}</span>').format(DEFAULT, words)


def field_problems(problems: Iterable[Problem]) -> tuple[tuple[str, str], ...]:
    """Return each problem as the id of its field (may be empty) and a message in the reader's language."""
    return tuple((str(each.where[0]) if each.where else "", problem_text(each)) for each in problems)
