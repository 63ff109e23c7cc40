"""The audience of each kind of helpline: labels in everyday words, the searches and the crimes that it fits."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.country.model import HelplineKind

# In the order of the enumeration.
WHOM: Mapping[HelplineKind, str] = {
    HelplineKind.EMERGENCY: N_("If you are in danger"),
    HelplineKind.VICTIMS: N_("After any crime"),
    HelplineKind.DOMESTIC_VIOLENCE: N_("Violence at home, by a partner or by someone close to you; stalking"),
    HelplineKind.SEXUAL_VIOLENCE: N_("Sexual violence"),
    HelplineKind.CHILDREN: N_("For children and young people"),
    HelplineKind.MISSING_CHILDREN: N_("When a child is missing"),
    HelplineKind.OLDER_PEOPLE: N_("For older people"),
    HelplineKind.TRAFFICKING: N_("If someone exploits you or forces you to do things"),
    HelplineKind.HATE_CRIME: N_("Hate and discrimination"),
    HelplineKind.ONLINE_CRIME: N_("Cybercrime and online threats"),
    HelplineKind.EMOTIONAL_SUPPORT: N_("If you need someone to talk to"),
    HelplineKind.OTHER: N_("Other help"),
}

# Of the vocabularies of crimes and of groups. People in distress rarely type them, but the search finds them in their
# words. A kind without terms is shown by its place in the enumeration.
TERMS: Mapping[HelplineKind, frozenset[str]] = {
    HelplineKind.DOMESTIC_VIOLENCE: frozenset(
        {
            "domestic-violence",
            "forced-marriage",
            "gender-based-violence",
            "honour-based-violence",
            "intimate-partner-violence",
            "stalking",
            "victims-of-domestic-violence",
            "victims-of-stalking",
        }
    ),
    HelplineKind.SEXUAL_VIOLENCE: frozenset(
        {"child-sexual-abuse", "sexual-harassment", "sexual-violence", "victims-of-sexual-violence"}
    ),
    HelplineKind.CHILDREN: frozenset({"child-abuse-and-neglect", "child-sexual-abuse", "children"}),
    HelplineKind.OLDER_PEOPLE: frozenset({"elder-abuse", "older-people"}),
    HelplineKind.TRAFFICKING: frozenset({"human-trafficking", "victims-of-trafficking"}),
    HelplineKind.HATE_CRIME: frozenset({"hate-crime", "lgbtiq-people", "victims-of-hate-crime"}),
    HelplineKind.ONLINE_CRIME: frozenset({"cyber-violence", "cybercrime"}),
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
