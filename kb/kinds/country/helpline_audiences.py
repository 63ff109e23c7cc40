"""Labels for the audience of each kind of helpline, in everyday words for people who need help."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
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
