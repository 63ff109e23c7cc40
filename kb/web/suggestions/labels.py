"""The states of a suggestion in words, for its reader. Apart because the inbox of the desk shows them too."""

from __future__ import annotations

from collections.abc import Mapping

from kb.editing.model import SuggestionState
from kb.i18n import N_

STATES: Mapping[SuggestionState, str] = {
    SuggestionState.RECEIVED: N_("Received, not read yet"),
    SuggestionState.IN_WORK: N_("In progress"),
    SuggestionState.ACCEPTED: N_("Accepted"),
    SuggestionState.DECLINED: N_("Not accepted"),
}
