"""Describes mismatches between a translation and its source in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.editing.translation.comparison_checks import Aspect, Mismatch
from kb.i18n import N_
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _

# What is compared by its values; the messages need a plural noun.
_LISTED: Mapping[Aspect, str] = {
    Aspect.NUMBERS: N_("Numbers"),
    Aspect.LINKS: N_("Links"),
    Aspect.SOURCES: N_("Sources"),
    Aspect.PLACEHOLDERS: N_("Fields"),
}
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
    if found.aspect in _LISTED:
        label, missing, extra = _(_LISTED[found.aspect]), _list_words(found.missing), _list_words(found.extra)
        return (
            _("%(label)s missing from the translation: %(list)s.", label=label, list=missing) if missing else "",
            _("%(label)s not in the original: %(list)s.", label=label, list=extra) if extra else "",
        )
    if found.aspect is Aspect.UNTRANSLATED:
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
