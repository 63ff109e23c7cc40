"""Labels, hints and options for the guidance of a country in the editing form, and the words of its values on pages."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_, NC_
from kb.kinds.country.guidance import DutyVerdict, Grade, GuidanceKind, ReaderRole

ROLES: Mapping[ReaderRole, str] = {
    ReaderRole.POLICE: N_("Police"),
    ReaderRole.PROSECUTION: N_("Prosecutor or court"),
    ReaderRole.SUPPORT: N_("Support organisation"),
    ReaderRole.FIRST_CONTACT: N_("Health, school or social service"),
    ReaderRole.LAWYER: N_("Lawyer"),
}
LINES: Mapping[GuidanceKind, str] = {
    GuidanceKind.DUTY: N_("Must you refer?"),
    GuidanceKind.CONSENT: N_("Consent"),
    GuidanceKind.WHOM: N_("To whom"),
    GuidanceKind.WHEN: N_("By when"),
    GuidanceKind.CHANNEL: N_("Channel"),
    GuidanceKind.FORM: NC_("paper", "Form"),
    GuidanceKind.DATA: N_("Send only"),
    GuidanceKind.ASK: N_("You can ask for"),
    GuidanceKind.SAY: N_("Say to the person"),
    GuidanceKind.AVOID: N_("What to avoid"),
}
VERDICTS: Mapping[DutyVerdict, str] = {
    DutyVerdict.YES: N_("Yes."),
    DutyVerdict.IF_AGREED: N_("Yes, if the person agrees."),
    DutyVerdict.MAY: N_("You may."),
    DutyVerdict.NO: N_("No."),
    DutyVerdict.NOT_KNOWN: N_("Not known."),
}
# To a lawyer the card speaks of the duties of others.
LAWYER_VERDICTS: Mapping[DutyVerdict, str] = {
    **VERDICTS,
    DutyVerdict.IF_AGREED: N_("Yes, if your client agrees."),
    DutyVerdict.MAY: N_("They may."),
}
GRADES: Mapping[Grade, str] = {
    Grade.LAW_READ: N_("We read the law"),
    Grade.OFFICIAL: N_("An official page says so; we did not read the law"),
    Grade.OTHER: N_("Another source says so; we did not read the law"),
}
LABELS: Mapping[str, str] = {
    "guidance": N_("Guidance: what to do, by role and crime"),
    "guidance.line": N_("Line of the card"),
    "guidance.roles": N_("Roles"),
    "guidance.groups": N_("Crime groups"),
    "guidance.text": N_("Text of the card"),
    "guidance.law": N_("Law"),
    "guidance.facts": N_("Key facts with name and number"),
    "guidance.helplines": N_("Helplines with name and number"),
    "verdict": N_("Must the reader refer?"),
    "grade": N_("The verdict rests on"),
    "review": N_("Check again on"),
}
HINTS: Mapping[str, str] = {
    "guidance.roles": N_("One per line. Leave the field empty if the line holds for all roles."),
    "guidance.groups": N_("Type the name of the group. Leave the field empty if the line holds for all crimes."),
    "guidance.text": N_("One or two short sentences: a card is read on a phone."),
    "verdict": N_("Only for the line “Must you refer?”. A duty that no source shows is “not known”."),
    "guidance.facts": N_("Enter the IDs of key facts of this country."),
    "guidance.helplines": N_("Enter the IDs of helplines of this country."),
    "review": N_("Without a date, the line counts as outdated one year after the check."),
}
OPTIONS: Mapping[str, Mapping[str, str]] = {
    "guidance.line": {str(value): words for value, words in LINES.items()},
    "guidance.verdict": {str(value): words for value, words in VERDICTS.items()},
    "guidance.grade": {str(value): words for value, words in GRADES.items()},
}
