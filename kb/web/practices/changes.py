"""Changes of a practice in words: one sentence for each event, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kb.i18n import N_
from kb.kinds.practice import evidence
from kb.kinds.practice.changes import RATINGS, ChangeEvent, What
from kb.kinds.practice.model import SECTION_TITLES
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import store
from kb.web.labels.fields import LABELS
from kb.web.parts.ratings import UNRATED

# The sentences for raised, for lowered, and for a rating that begins or ends; a direction has no order.
_RATED: Mapping[What, tuple[str, str, str]] = {
    What.LEVEL: (
        N_("Evidence level raised from %(before)s to %(after)s"),
        N_("Evidence level lowered from %(before)s to %(after)s"),
        N_("Evidence level changed from %(before)s to %(after)s"),
    ),
    What.DIRECTION: ("", "", N_("Effect changed from %(before)s to %(after)s")),
    What.TRANSFER: (
        N_("Transferability raised from %(before)s to %(after)s"),
        N_("Transferability lowered from %(before)s to %(after)s"),
        N_("Transferability changed from %(before)s to %(after)s"),
    ),
}
_ORDERS: Mapping[What, tuple[str, ...]] = {What.LEVEL: evidence.LEVELS, What.TRANSFER: evidence.TRANSFERABILITY}
_PLAIN: Mapping[What, str] = {
    What.PUBLISHED: N_("First published here"),
    What.AGAIN: N_("Published again"),
    What.RETIRED: N_("Retired"),
    What.ERASED: N_("The text of this version was erased on request"),
    What.RESPONSIBLE: N_("Text signed off by a person"),
}
_NAMED: Mapping[What, str] = {
    What.TEXT: N_("Text revised"),
    What.MINOR: N_("Minor corrections to the text"),
    What.FACTS: N_("Facts revised"),
    What.TRANSLATED: N_("Translated into"),
    What.TRANSLATION_REVISED: N_("Translation revised"),
    What.TRANSLATION_READ: N_("Translation reviewed by a person"),
    What.TRANSLATION_GONE: N_("Translation removed"),
}
_IN_LANGUAGES = frozenset(
    {What.TRANSLATED, What.TRANSLATION_REVISED, What.TRANSLATION_READ, What.TRANSLATION_GONE},
)


def describe_event(event: ChangeEvent) -> str:
    """Return an event as a sentence without a full stop."""
    if event.what in RATINGS:
        return _rating_words(event)
    if event.what in _PLAIN:
        return _(_PLAIN[event.what])
    if event.what in _NAMED and event.names:
        return _("%(label)s: %(words)s", label=_(_NAMED[event.what]), words=", ".join(_names(event)))
    return _count_words(event)


def _count_words(event: ChangeEvent) -> str:
    count, day = event.count, i18n.date_words(event.on) if event.on else ""
    match event.what:
        case What.REVIEWED:
            return _("Reviewed by a person on %(date)s", date=day)
        case What.ASSESSED:
            return _("Assessed again on %(date)s, ratings unchanged", date=day)
        case What.FIGURES_NEW:
            return ngettext("%(count)s new figure", "%(count)s new figures", count)
        case What.FIGURES_CHANGED:
            return ngettext("%(count)s figure changed", "%(count)s figures changed", count)
        case What.FIGURES_GONE:
            return ngettext("%(count)s figure removed", "%(count)s figures removed", count)
        case What.SOURCES_NEW:
            return ngettext("%(count)s new source", "%(count)s new sources", count)
        case What.SOURCES_GONE:
            return ngettext("%(count)s source removed", "%(count)s sources removed", count)
        case _:
            return _("Text revised")


def _rating_words(event: ChangeEvent) -> str:
    words = _(_RATED[event.what][_direction(event)], before=_term(event.before), after=_term(event.after))
    if event.on is None:
        return words
    reason = _("after an assessment on %(date)s", date=i18n.date_words(event.on))
    return _("%(first)s, %(second)s", first=words, second=reason)


def _direction(event: ChangeEvent) -> int:
    """Return 0 for raised, 1 for lowered, 2 for neither."""
    order = _ORDERS.get(event.what, ())
    if event.before not in order or event.after not in order:
        return 2
    return int(order.index(event.after) < order.index(event.before))


def _term(term_id: str | None) -> str:
    term = store().vocabularies.find_term(term_id) if term_id else None
    if term is None:
        return _(UNRATED)
    label = term.label(i18n.current().code)
    return f"{term.notation} {label}" if term.notation else label


def _names(event: ChangeEvent) -> Iterable[str]:
    if event.what in _IN_LANGUAGES:
        return map(i18n.language_name, event.names)
    labels = {**LABELS, **SECTION_TITLES}
    return [_(labels[name]) if name in labels else name.replace("_", " ") for name in event.names]
