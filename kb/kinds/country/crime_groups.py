"""Crime groups: the nine groups for which a country's answers and the choices of a tool may differ.

The list is short so that curators can fill in a matrix of it. The last group covers all other crime and is always
included.
"""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_

CRIME_GROUPS: Mapping[str, str] = {
    "g1": N_("Domestic and partner violence"),
    "g2": N_("Sexual violence"),
    "g3": N_("Child victims of any crime"),
    "g4": N_("Homicide and other deaths: bereaved families"),
    "g5": N_("Trafficking in human beings"),
    "g6": N_("Hate crime"),
    "g7": N_("Terrorism and events with many victims"),
    "g8": N_("All other violent crime"),
    "g9": N_("Property crime, fraud, cybercrime and all other crime"),
}
