"""How things are said in a language, for commands: from the catalogues of messages, without the application."""

from __future__ import annotations

from functools import cache

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from kb.cli.messages import catalogue
from kb.i18n import DEFAULT, split_context, without_context
from kb.speech import Speech


@cache
def speech(language: str) -> Speech:
    """Return how things are said in a language of the house; what has no translation is said in English."""
    if language == DEFAULT:
        return Speech(language, without_context, lambda one, more, number: one if number == 1 else more)
    with catalogue(language).open("rb") as file:
        catalog = read_po(file, locale=language)
    return Speech(
        language,
        lambda message: _found(catalog, message, 0) or without_context(message),
        lambda one, more, number: (
            _found(catalog, one, catalog.plural_func(number)) or (one if number == 1 else more)  # type: ignore[attr-defined]  # the stubs leave it out
        ),
    )


def _found(catalog: Catalog, message: str, form: int) -> str:
    context, words = split_context(message)
    entry = catalog.get(words, context or None)
    if entry is None:
        return ""
    found = entry.string or ""
    return found if isinstance(found, str) else found[form] if form < len(found) else ""
