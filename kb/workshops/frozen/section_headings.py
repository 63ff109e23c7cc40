"""Headings of frozen sections: practices and themes use this site's headings, other kinds bring their own."""

from __future__ import annotations

from kb.kinds.practice.model import SECTION_TITLES as PRACTICE_TITLES
from kb.kinds.theme.model import SECTION_TITLES as THEME_TITLES
from kb.records.record import Passage
from kb.speech import Speech

_TITLES = {**THEME_TITLES, **PRACTICE_TITLES}


def heading_of(passage: Passage, speech: Speech) -> tuple[str, str]:
    """Return the heading of a section, and its language."""
    if passage.heading is None and passage.name in _TITLES:
        return speech.say(_TITLES[passage.name]), speech.code
    return passage.heading or passage.name, passage.language
