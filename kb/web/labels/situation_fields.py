"""Labels, hints and options for the fields of a national situation in the editing form."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
from kb.kinds.country.situation import AnswerStatus, Confidence, Extent, FindingKind, Unit

# Words for the values.
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

_LISTS = ("cells", "answers", "findings", "transposition", "facts")

LABELS: Mapping[str, str] = {
    "cells": N_("Grid: how far it happens"),
    "cells.id": N_("Theme and actor"),
    "extent": N_("Extent"),
    "by_rule_only": N_("By rule only: practice not shown"),
    "groups": N_("Groups of crimes where it differs"),
    "rests_on": N_("What the value rests on"),
    "how": N_("How it is done"),
    "problems": N_("Problems and limits that are reported"),
    "drivers": N_("What drives or helps it"),
    "cells.figures": N_("Published figures"),
    "answers": N_("Answers"),
    "answers.id": N_("Question"),
    "answers.text": N_("Answer"),
    "known": N_("What is known"),
    "findings": N_("Gaps, limits, what helps, changes"),
    "findings.kind": N_("What it is about"),
    "findings.when": N_("When"),
    "still_true": N_("Is it still true?"),
    "transposition": N_("Transposition of the Victims' Rights Directive"),
    "article": N_("Article of the Directive"),
    "transposition.law": N_("National law"),
    "provision": N_("Provision"),
    "facts": N_("Key facts for tools"),
    "fact": N_("Key fact"),
    "facts.law": N_("Law"),
    "facts.languages": N_("Languages"),
    "email": N_("E-mail"),
    "amount": N_("Amount"),
    "unit": N_("Unit"),
    "plain": N_("In plain words, for victims"),
    "not_found": N_("What we could not find out"),
    "conflicting": N_("Do sources contradict each other?"),
    "needs_lawyer": N_("Does a national lawyer have to check it?"),
    "confidence": N_("How well it is supported"),
    "practices": N_("Practices"),
    **{f"{rows}.checked": N_("Compared with the source on") for rows in _LISTS},
}
_ROWS_OF_SOURCES = N_("The ids of rows of the sources below.")
_CHOSEN = N_("Type the beginning of its name, and choose.")
HINTS: Mapping[str, str] = {
    **dict.fromkeys(("cells.id", "answers.id", "fact"), _CHOSEN),
    "by_rule_only": N_(
        "A rule covers everything, and nothing shows that it is lived. It is never counted as systematic."
    ),
    "cells.groups": N_("One per line: g1=systematic."),
    "answers.groups": N_("One per line: g1=m4."),
    "rests_on": N_("Which line of the scale carries the value, and by which source."),
    "extent": N_("Systematic asks for a rule for the whole country and figures that show it."),
    "cells.figures": N_("Number, unit, period; only what is published."),
    "still_true": N_("Yes only with a newer source; leave it open if nobody looked again."),
    "article": N_("Its number: 8 or 8(2)."),
    "plain": N_(
        "Short sentences that a victim can use: whom to ask, what to say, by when. Tools print this for victims, and "
        "never the text for professionals."
    ),
    "conflicting": N_("Then each source has a row of its own, and nobody but the reader chooses."),
    **{f"{rows}.sources": _ROWS_OF_SOURCES for rows in _LISTS},
}
OPTIONS: Mapping[str, Mapping[str, str]] = {
    "cells.extent": {str(value): words for value, words in EXTENTS.items()},
    "findings.kind": {str(value): words for value, words in FINDINGS.items()},
    "facts.unit": {str(value): words for value, words in UNITS.items()},
    **{f"{rows}.confidence": {str(value): words for value, words in CONFIDENCES.items()} for rows in _LISTS},
    **{
        f"{rows}.known": {str(value): words for value, words in KNOWN.items()}
        for rows in ("answers", "transposition", "facts")
    },
}
