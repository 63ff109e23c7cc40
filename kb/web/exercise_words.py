"""What the ways of working on a task are called."""

from __future__ import annotations

from collections.abc import Mapping

from kb.exercises.model import Method
from kb.i18n import N_

METHODS: Mapping[Method, str] = {
    Method.PAIR: N_("in pairs"),
    Method.GROUP: N_("in groups"),
    Method.PLENARY: N_("all together"),
}
