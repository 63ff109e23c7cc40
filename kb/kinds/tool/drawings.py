"""The drawings of easy-to-read booklets by name, each with what it shows, for people who do not see it."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_

DRAWINGS: Mapping[str, str] = {
    "telephone": N_("A person talks on the telephone."),
}
