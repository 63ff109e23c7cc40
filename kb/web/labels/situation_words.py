"""Labels for the values of a national situation: extents, answer status, confidence, findings, units."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
from kb.kinds.country.situation import AnswerStatus, Confidence, Extent, FindingKind, Unit

EXTENTS: Mapping[Extent, str] = {
    Extent.SYSTEMATIC: N_("systematic"),
    Extent.PARTIAL: N_("partial"),
    Extent.AD_HOC: N_("ad hoc"),
    Extent.ABSENT: N_("absent"),
    Extent.NOT_KNOWN: N_("not known"),
}
KNOWN: Mapping[AnswerStatus, str] = {
    AnswerStatus.ANSWERED: N_("answered"),
    AnswerStatus.PARTLY: N_("answered in part"),
    AnswerStatus.NOT_KNOWN: N_("not known"),
    AnswerStatus.ABSENT: N_("does not exist, as a source says"),
}
CONFIDENCES: Mapping[Confidence, str] = {
    Confidence.HIGH: N_("high: law or official figure"),
    Confidence.MEDIUM: N_("medium: official page, or two sources"),
    Confidence.LOW: N_("low: one source, old or from the press"),
    Confidence.NONE: N_("none"),
}
FINDINGS: Mapping[FindingKind, str] = {
    FindingKind.LEGAL_GAP: N_("gap in the law"),
    FindingKind.PRACTICAL_GAP: N_("gap in practice"),
    FindingKind.LIMITATION: N_("limitation"),
    FindingKind.DRIVER: N_("what helps"),
    FindingKind.CHANGE: N_("what changed"),
    FindingKind.COMING: N_("what is coming"),
}
UNITS: Mapping[Unit, str] = {
    Unit.HOURS: N_("hours"),
    Unit.DAYS: N_("days"),
    Unit.WORKING_DAYS: N_("working days"),
    Unit.WEEKS: N_("weeks"),
    Unit.MONTHS: N_("months"),
    Unit.YEARS: N_("years"),
}
