"""The registry of all kinds of record. A new kind needs one more line here and a folder of its own."""

from __future__ import annotations

from collections.abc import Mapping

from kb.kinds.adaptation.kind import KIND as ADAPTATION
from kb.kinds.country.kind import KIND as COUNTRY
from kb.kinds.criteria.kind import KIND as CRITERIA
from kb.kinds.exercise.kind import KIND as EXERCISE
from kb.kinds.kind import Kind
from kb.kinds.organisation.kind import KIND as ORGANISATION
from kb.kinds.page.kind import KIND as PAGE
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.kinds.programme.kind import KIND as PROGRAMME
from kb.kinds.register.kind import KIND as REGISTER
from kb.kinds.theme.kind import KIND as THEME
from kb.kinds.tool.kind import KIND as TOOL

KINDS: tuple[Kind, ...] = (
    PRACTICE,
    COUNTRY,
    ORGANISATION,
    PAGE,
    THEME,
    TOOL,
    ADAPTATION,
    REGISTER,
    EXERCISE,
    CRITERIA,
    PROGRAMME,
)
KINDS_BY_NAME: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}
