"""Labels for the state of an adaptation against its tool: what changed in a part, and why it cannot be adopted yet."""

from __future__ import annotations

from collections.abc import Mapping

from kb.editing.adaptation.inherit import Kin
from kb.editing.translation.earlier_source import MOST, PastText
from kb.i18n import N_
from kb.kinds.adaptation.lineage import Descent, LineageState, PartDescent
from kb.records.record import State
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.labels.segment_status import ended_words

_STANDINGS: Mapping[LineageState, str] = {
    LineageState.CHANGED: N_("Changed in the tool"),
    LineageState.NEW: N_("New in the tool"),
    LineageState.GONE: N_("No longer in the tool"),
    LineageState.UNTOLD: N_("Not compared with the tool yet"),
}
_OFFERED: Mapping[State, str] = {
    State.REVIEWED: N_("Translated by a person"),
    State.MACHINE: N_("Translated by AI, not yet reviewed by a person"),
    State.STALE: N_("Out of date"),
}


def standing_words(part: PartDescent) -> str:
    """Return the label of what the tool did to a part."""
    return _(_STANDINGS[standing_of(part)])


def standing_of(part: PartDescent) -> LineageState:
    """Return the state of a part: the state shared by all its texts, else "changed"."""
    found = {each.standing for each in part.open}
    return found.pop() if len(found) == 1 else LineageState.CHANGED


def offered_words(state: State) -> str:
    """Return how reliable the tool's text in the adaptation's language is."""
    return _(_OFFERED[state]) if state in _OFFERED else ""


def waiting_words(kin: Kin, part: PartDescent) -> str:
    """Return why the tool's text cannot be adopted yet, or an empty text."""
    if kin.can_take(part):
        return ""
    language = i18n.language_name(kin.adaptation.record.language)
    states = {kin.offers[each.name].state for each in part.open if each.parent is not None}
    if State.FALLBACK in states:
        return _(
            "The tool’s text has not been translated into %(language)s yet. Enter the text here.", language=language
        )
    return _("The tool’s translation into %(language)s is out of date. Enter the text here.", language=language)


def past_words(text: Descent, past: PastText | None) -> str:
    """Return when, by whom and why the tool changed a text; or that its earlier text is unknown."""
    if text.standing not in (LineageState.CHANGED, LineageState.GONE):
        return ""
    if past is not None:
        return ended_words(past)
    return _(
        "The tool’s latest %(count)s versions do not contain the text that this adaptation is based on.",
        count=i18n.number(MOST),
    )
