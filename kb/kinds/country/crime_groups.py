"""Crime groups: the nine groups for which a country's answers and the choices of a tool may differ.

The list is short so that curators can fill in a matrix of it. The last group covers all other crime and is always
included.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kb.i18n import N_


class CrimeGroup(StrEnum):
    """A crime group; records write its value, and addresses its slug."""

    DOMESTIC_VIOLENCE = "g1"
    SEXUAL_VIOLENCE = "g2"
    CHILD_VICTIMS = "g3"
    BEREAVED_FAMILIES = "g4"
    TRAFFICKING = "g5"
    HATE_CRIME = "g6"
    TERRORISM = "g7"
    OTHER_VIOLENT_CRIME = "g8"
    OTHER_CRIME = "g9"

    @property
    def slug(self) -> str:
        """Its part of an address."""
        return self.name.lower().replace("_", "-")


CRIME_GROUPS: Mapping[str, str] = {
    CrimeGroup.DOMESTIC_VIOLENCE: N_("Domestic and partner violence"),
    CrimeGroup.SEXUAL_VIOLENCE: N_("Sexual violence"),
    CrimeGroup.CHILD_VICTIMS: N_("Child victims of any crime"),
    CrimeGroup.BEREAVED_FAMILIES: N_("Homicide and other deaths: bereaved families"),
    CrimeGroup.TRAFFICKING: N_("Trafficking in human beings"),
    CrimeGroup.HATE_CRIME: N_("Hate crime"),
    CrimeGroup.TERRORISM: N_("Terrorism and events with many victims"),
    CrimeGroup.OTHER_VIOLENT_CRIME: N_("All other violent crime"),
    CrimeGroup.OTHER_CRIME: N_("Property crime, fraud, cybercrime and all other crime"),
}
