"""What the ways of working on a task and in a slot are called."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
from kb.kinds.exercise.model import Method
from kb.kinds.programme.model import Way

METHODS: Mapping[Method, str] = {
    Method.PAIR: N_("in pairs"),
    Method.GROUP: N_("in groups"),
    Method.PLENARY: N_("all together"),
}
WAYS: Mapping[Way, str] = {
    Way.TALK: N_("talk"),
    Way.PAIR: N_("in pairs"),
    Way.GROUP: N_("in groups"),
    Way.CASE: N_("case"),
    Way.PLENARY: N_("all together"),
    Way.BREAK: N_("break"),
}
