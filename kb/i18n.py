"""Languages of the site, and markers for messages that the web and command-line layers translate."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """A language of the site.

    `babel` is the locale for dates, numbers and names: plain `pt` would give Brazilian country names.
    """

    code: str
    name: str
    babel: str
    direction: str = "ltr"

    @property
    def country(self) -> str:
        """The country whose form of the language is used, such as `PT`."""
        return self.babel.partition("_")[2]


LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language("en", "English", "en_GB"),
        Language("it", "Italiano", "it_IT"),
        Language("lt", "Lietuvių", "lt_LT"),
        Language("pt", "Português", "pt_PT"),
        Language("ro", "Română", "ro_RO"),
    )
}
DEFAULT = "en"


_BETWEEN = "\4"  # gettext also joins a context and its message with this character


def N_(message: str) -> str:  # noqa: N802 - gettext's own name, which the extractor looks for
    """Mark a message for translation where no translator is available."""
    return message


def NC_(context: str, message: str) -> str:  # noqa: N802 - as `N_`
    """Mark a message with a context for translators, because its words have another meaning elsewhere."""
    return f"{context}{_BETWEEN}{message}"


def split_context(message: str) -> tuple[str, str]:
    """Return the context of a message, empty if it has none, and its text."""
    context, _between, words = message.rpartition(_BETWEEN)
    return context, words


def without_context(message: str) -> str:
    """Return the text of a message without its context, for messages without a translation."""
    return split_context(message)[1]
