"""Crime groups: the nine by which a country's answers and the choices of a tool may differ.

Short on purpose, so that a matrix of them can be filled; the last one takes all other crime and is never left out.
"""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_

CRIME_GROUPS: Mapping[str, str] = {
    "g1": N_("Domestic and partner violence"),
    "g2": N_("Sexual violence"),
    "g3": N_("Child victims, whatever the crime"),
    "g4": N_("Homicide and other deaths: bereaved families"),
    "g5": N_("Trafficking in human beings"),
    "g6": N_("Hate crime"),
    "g7": N_("Terrorism and mass events"),
    "g8": N_("All other violent crime"),
    "g9": N_("Property crime, fraud, cybercrime and all other crime"),
}
