"""Words of the self-check: whom it is for, answers, differences. Apart because pages and documents share them."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
from kb.self_check.answers import CheckAnswer, CheckedUnit, CheckLength
from kb.self_check.result import AnswerDifference

UNITS: Mapping[CheckedUnit, str] = {
    CheckedUnit.POLICE: N_("Police station or other authority"),
    CheckedUnit.SUPPORT: N_("Support organisation"),
    CheckedUnit.PARTNERSHIP: N_("Police and support organisations together"),
    CheckedUnit.STATE: N_("State or region"),
}
LENGTHS: Mapping[CheckLength, str] = {
    CheckLength.SHORT: N_("Short check: the most important questions, about 25 minutes"),
    CheckLength.WHOLE: N_("Whole check: all questions, about an hour; for a State half a day"),
}
ANSWERS: Mapping[CheckAnswer, str] = {
    CheckAnswer.YES: N_("Yes"),
    CheckAnswer.PARTLY: N_("Partly"),
    CheckAnswer.NO: N_("No"),
    CheckAnswer.NOT_KNOWN: N_("Not known"),
    CheckAnswer.NOT_APPLICABLE: N_("Does not apply"),
}
DIFFERENCES: Mapping[AnswerDifference, str] = {
    AnswerDifference.BETTER: N_("Better"),
    AnswerDifference.WORSE: N_("Worse"),
    AnswerDifference.KNOWN: N_("Newly known"),
    AnswerDifference.UNKNOWN: N_("No longer known"),
    AnswerDifference.SAME: N_("The same"),
}
