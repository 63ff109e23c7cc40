"""Words of answer cards: roles in the order of the choice, the question of each role, gaps."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
from kb.kinds.country.guidance import ReaderRole

# The question that the verdict answers.
QUESTIONS: Mapping[ReaderRole, str] = {
    ReaderRole.POLICE: N_("Must you refer?"),
    ReaderRole.PROSECUTION: N_("Must you refer?"),
    ReaderRole.SUPPORT: N_("Must you refer or report?"),
    ReaderRole.FIRST_CONTACT: N_("Must you refer or report?"),
    ReaderRole.LAWYER: N_("Must the authorities refer your client?"),
}
NOT_COLLECTED = N_("Not collected yet")
NOT_KNOWN = N_("Not known")
PARTLY_KNOWN = N_("Partly known")
