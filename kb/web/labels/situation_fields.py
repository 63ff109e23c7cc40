"""Labels, hints and options for the fields of a national situation in the editing form."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
from kb.kinds.country.situation import AnswerStatus, Confidence, Extent, FindingKind, Unit
from kb.kinds.country.support_checks import LISTS

# Words for the values.
EXTENTS: Mapping[Extent, str] = {
    Extent.SYSTEMATIC: N_("Systematic"),
    Extent.PARTIAL: N_("Partial"),
    Extent.AD_HOC: N_("Ad hoc"),
    Extent.ABSENT: N_("Absent"),
    Extent.NOT_KNOWN: N_("Not known"),
}
KNOWN: Mapping[AnswerStatus, str] = {
    AnswerStatus.ANSWERED: N_("Answered"),
    AnswerStatus.PARTLY: N_("Partly answered"),
    AnswerStatus.NOT_KNOWN: N_("Not known"),
    AnswerStatus.ABSENT: N_("A source says that this does not exist"),
}
CONFIDENCES: Mapping[Confidence, str] = {
    Confidence.HIGH: N_("High: law or official figure"),
    Confidence.MEDIUM: N_("Medium: official page or two sources"),
    Confidence.LOW: N_("Low: a single old source or press report"),
    Confidence.NONE: N_("None"),
}
FINDINGS: Mapping[FindingKind, str] = {
    FindingKind.LEGAL_GAP: N_("Gap in the law"),
    FindingKind.PRACTICAL_GAP: N_("Gap in practice"),
    FindingKind.LIMITATION: N_("Limitation"),
    FindingKind.DRIVER: N_("What helps"),
    FindingKind.CHANGE: N_("What changed"),
    FindingKind.COMING: N_("Planned change"),
}
UNITS: Mapping[Unit, str] = {
    Unit.HOURS: N_("hours"),
    Unit.DAYS: N_("days"),
    Unit.WORKING_DAYS: N_("working days"),
    Unit.WEEKS: N_("weeks"),
    Unit.MONTHS: N_("months"),
    Unit.YEARS: N_("years"),
}


LABELS: Mapping[str, str] = {
    "cells": N_("Extent of implementation by theme and actor"),
    "cells.id": N_("Theme and actor"),
    "extent": N_("Extent"),
    "by_rule_only": N_("By rule only, not proven in practice"),
    "groups": N_("Crime groups that differ from this value"),
    "rests_on": N_("Reason for this value"),
    "how": N_("Current practice"),
    "problems": N_("Problems and limits"),
    "drivers": N_("What helps"),
    "cells.figures": N_("Published figures"),
    "answers": N_("Answers"),
    "answers.id": N_("Question"),
    "answers.text": N_("Answer"),
    "known": N_("Status of the answer"),
    "findings": N_("Gaps, limitations, changes and what helps"),
    "findings.kind": N_("Type"),
    "findings.when": N_("When"),
    "still_true": N_("Does the finding still apply?"),
    "transposition": N_("Transposition of the Victims’ Rights Directive"),
    "article": N_("Article of the Victims’ Rights Directive"),
    "transposition.law": N_("National law"),
    "provision": N_("Provision"),
    "facts": N_("Key facts for tools"),
    "fact": N_("Key fact"),
    "facts.law": N_("Law"),
    "facts.languages": N_("Languages"),
    "email": N_("Email"),
    "amount": N_("Amount"),
    "unit": N_("Unit"),
    "plain": N_("In plain language, for victims"),
    "not_found": N_("What we could not find out"),
    "conflicting": N_("Do sources contradict each other?"),
    "needs_lawyer": N_("Does a lawyer from this country need to check the answer?"),
    "confidence": N_("Reliability of the answer"),
    "practices": N_("Practices"),
    **{f"{rows}.checked": N_("Checked against the source on") for rows in LISTS},
}
_ROWS_OF_SOURCES = N_("Enter the IDs of sources from the list below.")
_CHOSEN = N_("Type the start of the name, then select from the list.")
HINTS: Mapping[str, str] = {
    **dict.fromkeys(("cells.id", "answers.id", "fact"), _CHOSEN),
    "by_rule_only": N_(
        "Select “yes” if a rule covers all cases but nothing shows that it is applied. Such a rule never counts as "
        "systematic."
    ),
    "cells.groups": N_("Type the name of the group and select its value."),
    "answers.groups": N_("One per line, for example g1=m4."),
    "rests_on": N_("State which level of the scale applies and which source supports this."),
    "extent": N_("“Systematic” requires a rule for the whole country and figures that show it is applied."),
    "cells.figures": N_("Number, unit and period. Enter published figures only."),
    "still_true": N_(
        "Select “yes” only if a newer source confirms the finding. Leave the field empty if no one has checked again."
    ),
    "article": N_("The number of the article, for example 8 or 8(2)."),
    "plain": N_(
        "Short sentences that a victim can use: who to ask, what to say, by when. Tools print this text for victims, "
        "never the text for professionals."
    ),
    "conflicting": N_("If yes, add a separate row for each source and let readers decide."),
    **{f"{rows}.sources": _ROWS_OF_SOURCES for rows in LISTS},
}
OPTIONS: Mapping[str, Mapping[str, str]] = {
    "cells.extent": {str(value): words for value, words in EXTENTS.items()},
    "findings.kind": {str(value): words for value, words in FINDINGS.items()},
    "facts.unit": {str(value): words for value, words in UNITS.items()},
    **{f"{rows}.confidence": {str(value): words for value, words in CONFIDENCES.items()} for rows in LISTS},
    **{
        f"{rows}.known": {str(value): words for value, words in KNOWN.items()}
        for rows in ("guidance", "answers", "transposition", "facts")
    },
}
