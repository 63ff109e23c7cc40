"""Describes mismatches between a translation and its source in words."""

from __future__ import annotations

from dataclasses import dataclass

from kb.editing.translation.comparison_checks import Aspect, Mismatch
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _

# With many numbers, the first ones suffice to find the error.
_MOST = 12


@dataclass(frozen=True)
class MismatchLine:
    """One difference in a sentence."""

    words: str


def mismatch_line(found: Mismatch) -> MismatchLine:
    """Return a difference in words."""
    return MismatchLine(" ".join(filter(None, _sentences(found))))


def _sentences(found: Mismatch) -> tuple[str, ...]:
    missing, extra = _list_words(found.missing), _list_words(found.extra)
    match found.aspect:
        case Aspect.NUMBERS:
            return (
                _("Numbers missing from the translation: %(list)s.", list=missing) if missing else "",
                _("Numbers not in the original: %(list)s.", list=extra) if extra else "",
            )
        case Aspect.LINKS:
            return (
                _("Links missing from the translation: %(list)s.", list=missing) if missing else "",
                _("Links not in the original: %(list)s.", list=extra) if extra else "",
            )
        case Aspect.SOURCES:
            return (
                _("Sources missing from the translation: %(list)s.", list=missing) if missing else "",
                _("Sources not in the original: %(list)s.", list=extra) if extra else "",
            )
        case Aspect.PLACEHOLDERS:
            return (
                _("Fields missing from the translation: %(list)s.", list=missing) if missing else "",
                _("Fields not in the original: %(list)s.", list=extra) if extra else "",
            )
        case Aspect.UNTRANSLATED:
            return (_("The translation is the same as the original."),)
    return (_count_words(found),)


def _count_words(found: Mismatch) -> str:
    places = {"expected": i18n.number(found.expected), "found": i18n.number(found.found)}
    match found.aspect:
        case Aspect.LIST:
            return _("List items: %(expected)s in the original, %(found)s in the translation.", **places)
        case Aspect.HEADINGS:
            return _("Subheadings: %(expected)s in the original, %(found)s in the translation.", **places)
    return _("Emphasised words: %(expected)s in the original, %(found)s in the translation.", **places)


def _list_words(texts: tuple[str, ...]) -> str:
    shown = texts[:_MOST]
    return i18n.listing(shown if len(shown) == len(texts) else (*shown, "…")) if shown else ""
