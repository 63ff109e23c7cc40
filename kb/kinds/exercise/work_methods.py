"""How people work on a task and in a slot: the values in files and tables, and the words for them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kb.i18n import N_


class WorkMethod(StrEnum):
    """How people work in a slot of a programme or workshop; on the task of an exercise, three of these ways."""

    TALK = "talk"
    PAIR = "pair"
    GROUP = "group"
    CASE = "case"
    PLENARY = "plenary"
    BREAK = "break"


# The words also stand in a sentence, after a length of time: "45 min, in pairs".
METHOD_WORDS: Mapping[str, str] = {
    WorkMethod.TALK: N_("talk"),
    WorkMethod.PAIR: N_("in pairs"),
    WorkMethod.GROUP: N_("in groups"),
    WorkMethod.CASE: N_("case"),
    WorkMethod.PLENARY: N_("all together"),
    WorkMethod.BREAK: N_("break"),
}
