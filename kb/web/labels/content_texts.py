"""Texts of the folder `content/texts` in the reader's language."""

from __future__ import annotations

from kb.kinds.country.questions import ACTORS, CELLS, KEY_FACT_TEXTS, THEMES
from kb.kinds.country.questions import QUESTION_TEXTS as COUNTRY_TEXTS
from kb.kinds.practice.guide import QUESTION_TEXTS as ASSESSMENT_TEXTS
from kb.kinds.practice.guide import SECTION_TEXTS
from kb.texts.model import TextIds
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import store


def country_question(question_id: str) -> str:
    """Return the words of a theme, an actor, the heading of a part, or a question in depth."""
    return _text(COUNTRY_TEXTS, question_id)


def theme_names() -> dict[str, str]:
    """Return the themes of a country profile by id."""
    return {theme: country_question(theme) for theme in THEMES}


def actor_names() -> dict[str, str]:
    """Return the actors of a country profile by id."""
    return {actor: country_question(actor) for actor in ACTORS}


def cell_name(cell_id: str) -> str:
    """Return the name of a grid cell: its theme and its actor."""
    theme, actor = CELLS[cell_id]
    return _("%(label)s: %(words)s", label=country_question(theme), words=country_question(actor))


def key_fact(fact: str) -> str:
    """Return the name of a key fact."""
    return _text(KEY_FACT_TEXTS, fact)


def section_questions() -> dict[str, str]:
    """Return the question that each section of a practice answers."""
    return {section: _text(SECTION_TEXTS, section) for section in SECTION_TEXTS.ids}


def assessment_question(code: str, part: str = "") -> str:
    """Return an assessment question, or with `part` its `MEANING` or `EXAMPLE`. The code is one such as `Q1`."""
    return _text(ASSESSMENT_TEXTS, f"{code.lower()}{part}")


def _text(ids: TextIds, text_id: str) -> str:
    return store().texts.get(ids, text_id, i18n.current().code)
