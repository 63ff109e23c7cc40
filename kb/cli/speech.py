"""How things are said in a language, for commands: from the catalogues of messages, without the application."""

from __future__ import annotations

from functools import cache

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from kb.cli.messages import catalogue
from kb.i18n import DEFAULT
from kb.speech import Speech


@cache
def speech(language: str) -> Speech:
    """Return how things are said in a language of the house; what has no translation is said in English."""
    if language == DEFAULT:
        return Speech(language, str, lambda one, more, number: one if number == 1 else more)
    with catalogue(language).open("rb") as file:
        catalog = read_po(file, locale=language)
    return Speech(
        language,
        lambda message: _found(catalog, message, 0) or message,
        lambda one, more, number: (
            _found(catalog, one, catalog.plural_func(number)) or (one if number == 1 else more)  # type: ignore[attr-defined]  # the stubs leave it out
        ),
    )


def _found(catalog: Catalog, message: str, form: int) -> str:
    entry = catalog.get(message)
    if entry is None:
        return ""
    words = entry.string or ""
    return words if isinstance(words, str) else words[form] if form < len(words) else ""
