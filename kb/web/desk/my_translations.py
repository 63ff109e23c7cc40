"""Pending translations for the signed-in user: the first ones by name, and links to all of them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from kb.accounts.permissions import Permission, may
from kb.editing.translation.to_do import ToDo, languages_of, to_do
from kb.web.desk.translation_matrix_page import counts_words, site_languages, words_left
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.rendering import generation, store

# The matrix is better suited to search a longer list.
_FIRST = 5


@dataclass(frozen=True)
class ToDoLine:
    """A pending translation: the title in the reader's language, the language, the task, and the URL."""

    title: str
    title_language: str
    language: str
    counts: str
    address: str


@dataclass(frozen=True)
class LanguageToDo:
    """A language with its number of pending translations and words left, and the URL of all of them."""

    name: str
    number: str
    address: str
    words: str = ""


@dataclass(frozen=True)
class MyTranslations:
    """All pending translations of a user: their number, the first ones by name, and where to find all of them."""

    lines: tuple[ToDoLine, ...]
    number: int
    languages: tuple[LanguageToDo, ...]

    @property
    def address(self) -> str:
        """The address of the list: with a single language that of its matrix, otherwise the place on the dashboard."""
        return self.languages[0].address if len(self.languages) == 1 else "#h--translations"


def my_translations() -> MyTranslations | None:
    """Return the pending translations that the user may do, or `None` for a user who may translate nothing."""
    user = signed_in()
    if not may(user, Permission.TRANSLATE):
        return None
    languages = languages_of(user, site_languages())
    found = to_do(generation().catalog, user, languages, store().vocabularies)
    counts = {code: sum(1 for each in found if each.language == code) for code in languages}
    return MyTranslations(
        lines=tuple(map(_line, found[:_FIRST])),
        number=len(found),
        languages=tuple(
            LanguageToDo(
                i18n.language_name(code),
                i18n.number(count),
                _address_in(code),
                words_left(sum(each.work.words for each in found if each.language == code)),
            )
            for code, count in counts.items()
            if count
        ),
    )


def _address_in(language: str) -> str:
    given = {"in": language, "state": "open"}
    return url_for("matrix.index", **given)  # type: ignore[arg-type]  # names of parameters are plain words


def _line(each: ToDo) -> ToDoLine:
    title, language = each.entry.title(i18n.current().code)
    kind, record_id = each.entry.key
    return ToDoLine(
        title=title,
        title_language=language,
        language=i18n.language_name(each.language),
        counts=", ".join(filter(None, (counts_words(each.progress, each.work.ready), words_left(each.work.words)))),
        address=url_for("editor.edit", kind=kind, record_id=record_id, part=each.language, show="open"),
    )
