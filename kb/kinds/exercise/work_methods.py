"""Work methods of tasks and slots: the values in files and tables, and their labels."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kb.i18n import N_


class WorkMethod(StrEnum):
    """How people work in a slot of a programme or workshop; tasks of exercises use three of these values."""

    TALK = "talk"
    PAIR = "pair"
    GROUP = "group"
    CASE = "case"
    PLENARY = "plenary"
    BREAK = "break"


# These labels also appear in a sentence, after a duration: "45 min, in pairs".
METHOD_WORDS: Mapping[str, str] = {
    WorkMethod.TALK: N_("Presentation"),
    WorkMethod.PAIR: N_("In pairs"),
    WorkMethod.GROUP: N_("In groups"),
    WorkMethod.CASE: N_("Case study"),
    WorkMethod.PLENARY: N_("All together"),
    WorkMethod.BREAK: N_("Break"),
}
