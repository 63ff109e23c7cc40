"""The languages of the house, and the marker for words that the doors translate."""

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


def N_(message: str) -> str:  # noqa: N802 - gettext's own name, which the extractor looks for
    """Mark a message for translation where no translator is at hand."""
    return message
