"""Workshops in words: ways of working, visibility, durations, and texts of trainers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from kb.i18n import N_
from kb.records.record import Passage, State
from kb.web.http import i18n
from kb.web.parts.passages import section_html
from kb.workshops.exercise_generator.markdown_writer import cut_title
from kb.workshops.model import ItemKind, Texts, Visibility, Workshop
from kb.workshops.plan import method_words
from kb.workshops.plan.dates import date_words
from kb.workshops.plan.trainer_texts import code_of

ITEM_KINDS: Mapping[str, str] = {
    ItemKind.RECORD: N_("From the collection"),
    ItemKind.TEXT: N_("Own text"),
    ItemKind.CASE: N_("Case"),
    ItemKind.WORKSHEET: N_("Worksheet"),
    ItemKind.COMPARISON: N_("Comparison task"),
    ItemKind.QUIZ: N_("Quiz"),
}
# The name and the meaning of each visibility.
VISIBILITIES: Mapping[str, tuple[str, str]] = {
    Visibility.PRIVATE: (N_("Private"), N_("Only the trainers of this workshop can see it.")),
    Visibility.LINK: (
        N_("By link"),
        N_(
            "Anyone with the link can see the programme and materials, but not your notes. The workshop does not "
            "appear in search results."
        ),
    ),
    Visibility.PUBLIC: (
        N_("Public"),
        N_("Everyone can see the programme and materials, and other trainers can copy them. Your notes stay private."),
    ),
}


@dataclass(frozen=True)
class LocalText:
    """A text with its language."""

    text: str
    language: str

    def __bool__(self) -> bool:
        return bool(self.text)


def localize(words: Texts, workshop: Workshop) -> LocalText:
    """Return a text in the reader's language, else in the first language that the workshop has it in."""
    code = code_of(words, (i18n.current().code, *workshop.languages)) or workshop.language
    return LocalText(words.get(code, ""), code)


def prose(text: LocalText, name: str) -> Markup:
    """Return a trainer's text as safe HTML; `name` keeps its ids apart from those of other texts on the page."""
    return section_html(Passage(name, text.text, text.language, State.ORIGINAL), {})


def copy_title(title: Texts) -> dict[str, str]:
    """Return the title of the copy of a workshop, in each language of its title."""
    words = N_("Copy of %(title)s")
    return {code: cut_title(i18n.speech(code).say(words, title=text)) for code, text in title.items() if text}


def duration(minutes: int) -> str:
    """Return a duration in words: 5 h 55 min."""
    return method_words.duration(minutes, i18n.speech())


def held_words(workshop: Workshop, day: int = 1) -> str:
    """Return the date of a day of a workshop, or an empty text where none is set."""
    return date_words(workshop, day, i18n.speech())


def languages_words(workshop: Workshop) -> str:
    """Return the one or two languages of a workshop in words."""
    return i18n.listing(i18n.language_name(code) for code in workshop.languages)
