"""What the ways of working on a task and in a slot are called."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
from kb.kinds.exercise.model import TaskMethod
from kb.kinds.programme.model import SlotMethod

METHODS: Mapping[TaskMethod, str] = {
    TaskMethod.PAIR: N_("in pairs"),
    TaskMethod.GROUP: N_("in groups"),
    TaskMethod.PLENARY: N_("all together"),
}
WAYS: Mapping[SlotMethod, str] = {
    SlotMethod.TALK: N_("talk"),
    SlotMethod.PAIR: N_("in pairs"),
    SlotMethod.GROUP: N_("in groups"),
    SlotMethod.CASE: N_("case"),
    SlotMethod.PLENARY: N_("all together"),
    SlotMethod.BREAK: N_("break"),
}
