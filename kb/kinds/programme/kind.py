"""Defines the record kind `programme`: a template for workshops."""

from __future__ import annotations

from kb.i18n import N_
from kb.kinds.kind import Kind, KindLabels
from kb.kinds.programme.checks import between, check, links
from kb.kinds.programme.model import PROGRAMME
from kb.kinds.programme.template import new_programme

KIND = Kind(
    PROGRAMME,
    check=check,
    links=links,
    template=new_programme,
    labels=KindLabels(N_("Programme templates")),
    between=between,
)
