"""Labels, hints and options for criteria in the editing form, and the words of their values on the self-check.

Apart because each kind of record with fields of its own has a module of labels.
"""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
from kb.kinds.country.situation import YesNo
from kb.kinds.criteria.model import Effort

EFFORTS: Mapping[Effort, str] = {
    Effort.WEEK: N_("this week"),
    Effort.MONTHS: N_("within three months"),
    Effort.YEAR: N_("within a year, or with a law"),
}
_YES_NO: Mapping[str, str] = {YesNo.YES: N_("yes"), YesNo.NO: N_("no")}
LABELS: Mapping[str, str] = {
    "area": N_("Practice area"),
    "topics": N_("Topics"),
    "topics.label": N_("Name of the topic"),
    "criteria": N_("Criteria"),
    "criteria.topic": N_("Topic"),
    "criteria.scopes": N_("Asked of"),
    "criteria.question": N_("Question for police units and support organisations"),
    "criteria.state_question": N_("Question for a State or region"),
    "criteria.find_out": N_("How to find out"),
    "criteria.first_step": N_("First step after a no"),
    "criteria.state_step": N_("First step for a State or region"),
    "criteria.effort": N_("Time for the first step"),
    "criteria.state_effort": N_("Time for the first step of a State or region"),
    "criteria.is_short": N_("Part of the short check"),
    "criteria.is_stop": N_("A no may endanger people"),
    "criteria.may_not_apply": N_("May not apply"),
    "criteria.tools": N_("Tools"),
    "criteria.practices": N_("Practices"),
    "criteria.law": N_("Law"),
    "criteria.sources": N_("Sources"),
}
HINTS: Mapping[str, str] = {
    "criteria.scopes": N_("One per line: police, support or state."),
    "criteria.question": N_("A question about today that yes, partly or no answers: “Do we …?”"),
    "criteria.state_question": N_("The same question about a law, a rule or a national service."),
    "criteria.find_out": N_("Whom to ask or what to open, so that the answer can be shown."),
    "criteria.law": N_("One article per line, for example vrd:8."),
}
OPTIONS: Mapping[str, Mapping[str, str]] = {
    "criteria.effort": {str(value): words for value, words in EFFORTS.items()},
    "criteria.state_effort": {str(value): words for value, words in EFFORTS.items()},
    "criteria.is_short": _YES_NO,
    "criteria.is_stop": _YES_NO,
    "criteria.may_not_apply": _YES_NO,
}
