"""Labels for the status of translated segments (word, icon, sentence), and the filters by status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.editing.translation.earlier_source import MOST, PastText
from kb.editing.translation.translation_form import TranslationSegment
from kb.extensions import db
from kb.i18n import N_
from kb.records.record import State
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.labels.authors import authors

MISSING, STALE, MACHINE, FRESH, REVIEWED = "missing", "stale", "machine", "fresh", "reviewed"
OPEN = "open"
# The filters of a translation; the empty filter shows everything.
SHOWN: Mapping[str, str] = {
    "": N_("All texts"),
    OPEN: N_("To do"),
    MISSING: N_("Missing"),
    STALE: N_("Out of date"),
    MACHINE: N_("Translated by AI"),
    FRESH: N_("Translated by a person"),
    REVIEWED: N_("Reviewed by a person"),
}
_ICONS = {MISSING: "plus", STALE: "stale", MACHINE: "machine", FRESH: "person", REVIEWED: "check"}


@dataclass(frozen=True)
class SegmentState:
    """One of the five states of a segment: value, icon, word, and an explaining sentence."""

    value: str
    icon: str
    word: str
    words: str
    line: State


def _value_of(segment: TranslationSegment) -> str:
    """Return which of the five states a segment has."""
    match segment.state:
        case State.FALLBACK:
            return MISSING
        case State.STALE:
            return STALE
        case State.MACHINE:
            return MACHINE
    return REVIEWED if segment.made is not None and segment.made.reviewed else FRESH


def matches(segment: TranslationSegment, shown: str) -> bool:
    """Whether a segment passes a filter."""
    return not shown or _value_of(segment) == shown or (shown == OPEN and segment.is_open)


def state_of(segment: TranslationSegment, source_language: str) -> SegmentState:
    """Return the state of a segment with its labels."""
    value = _value_of(segment)
    return SegmentState(value, _ICONS[value], word_of(value), _words(segment, value, source_language), segment.state)


def word_of(value: str) -> str:
    """Return the word for one of the five states."""
    return {
        MISSING: _("Missing"),
        STALE: _("Out of date"),
        MACHINE: _("Translated by AI"),
        FRESH: _("Up to date"),
        REVIEWED: _("Reviewed"),
    }[value]


def _words(segment: TranslationSegment, value: str, source_language: str) -> str:
    made = segment.made
    match value:
        case "missing":
            return _("Readers see the original in %(language)s.", language=i18n.language_name(source_language))
        case "stale" if made is not None and made.by == "person":
            return _("Translated by a person")
        case "stale":
            return _("Translated by AI")
        case "machine":
            return _("Not yet reviewed by a person")
        case "reviewed" if made is not None and made.reviewed is not None:
            return _("By a person on %(date)s", date=i18n.date_words(made.reviewed))
    return _("Translated by a person")


def past_words(past: PastText | None) -> str:
    """Return when, by whom and why the source of a stale text changed, or that this is not known."""
    if past is None:
        return _(
            "The original text that was translated is not among the latest %(count)s versions.",
            count=i18n.number(MOST),
        )
    return ended_words(past)


def ended_words(past: PastText) -> str:
    """Return when, by whom and why an earlier text was changed; empty if it is still current."""
    if past.changed_by is None:
        return ""
    change = past.changed_by.change
    names = authors(db.session, [change.author_id])
    date, name = i18n.date_words(change.at.date()), names.get(change.author_id or 0, "")
    said = _("Changed on %(date)s by %(name)s.", date=date, name=name) if name else _("Changed on %(date)s.", date=date)
    note = _("Note: “%(note)s”", note=change.note) if change.note else ""
    return f"{said} {note}".rstrip()
