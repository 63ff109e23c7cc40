"""Words of answer cards: roles in the order of the choice, the question of each role, gaps."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.country.guidance import ReaderRole
from kb.kinds.country.model import HelplineKind

# The question that the verdict answers.
QUESTIONS: Mapping[ReaderRole, str] = {
    ReaderRole.POLICE: N_("Must you refer?"),
    ReaderRole.PROSECUTION: N_("Must you refer?"),
    ReaderRole.SUPPORT: N_("Must you refer or report?"),
    ReaderRole.FIRST_CONTACT: N_("Must you refer or report?"),
    ReaderRole.LAWYER: N_("Must the authorities refer your client?"),
}
# The helplines of a crime group, where a country has no row that names any.
HELPLINES: Mapping[CrimeGroup, tuple[HelplineKind, ...]] = {
    CrimeGroup.DOMESTIC_VIOLENCE: (HelplineKind.DOMESTIC_VIOLENCE, HelplineKind.VICTIMS),
    CrimeGroup.SEXUAL_VIOLENCE: (HelplineKind.SEXUAL_VIOLENCE, HelplineKind.VICTIMS),
    CrimeGroup.CHILD_VICTIMS: (HelplineKind.CHILDREN, HelplineKind.VICTIMS),
    CrimeGroup.TRAFFICKING: (HelplineKind.TRAFFICKING, HelplineKind.VICTIMS),
    CrimeGroup.HATE_CRIME: (HelplineKind.HATE_CRIME, HelplineKind.VICTIMS),
    CrimeGroup.OTHER_CRIME: (HelplineKind.VICTIMS, HelplineKind.ONLINE_CRIME),
}
NOT_COLLECTED = N_("Not collected yet")
NOT_KNOWN = N_("Not known")
PARTLY_KNOWN = N_("Partly known")
