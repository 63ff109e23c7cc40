"""Defines the record kind `register`: the blanks and choices that tools share."""

from __future__ import annotations

from kb.i18n import N_
from kb.kinds.adaptation.cross_checks import between_register, missed_by_others
from kb.kinds.kind import Kind, KindLabels
from kb.kinds.register.checks import EVIDENCE, check
from kb.kinds.register.links import links
from kb.kinds.register.model import REGISTER
from kb.kinds.register.template import new_register
from kb.kinds.suggested_lists import CHOICES, KEY_FACTS


def suggested_for_alternatives(rows: str) -> dict[str, str]:
    """Return the value lists that the form offers for alternatives, which are declared under the key `rows`."""
    return {f"{rows}.choice": CHOICES, f"{rows}.practices": "practices", f"{rows}.evidence": EVIDENCE}


KIND = Kind(
    REGISTER,
    check=check,
    links=links,
    template=new_register,
    labels=KindLabels(N_("Register of choices and fields to fill in")),
    between=between_register,
    missed=missed_by_others,
    suggested={"blanks.fact": KEY_FACTS, **suggested_for_alternatives("alternatives")},
)
