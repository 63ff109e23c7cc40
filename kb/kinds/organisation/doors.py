"""The five doors of a wall map: what people need, and the kinds of help behind each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kb.i18n import N_
from kb.kinds.organisation.model import SupportService


class Door(StrEnum):
    """A need, in display order; addresses hold its value."""

    TALK = "talk"
    SAFETY = "safety"
    HEALTH = "health"
    LAW = "law"
    CHILDREN = "children"


DOORS: Mapping[Door, str] = {
    Door.TALK: N_("To talk"),
    Door.SAFETY: N_("Safety and sleeping"),
    Door.HEALTH: N_("Body and health"),
    Door.LAW: N_("Law, papers, money"),
    Door.CHILDREN: N_("Children and family"),
}
# Each kind of help is behind one door, except those that help with everything.
_BEHIND: Mapping[str, Door] = {
    **dict.fromkeys(("svc-helpline", "svc-online-support", "svc-emotional-support", "svc-peer-support"), Door.TALK),
    **dict.fromkeys(("svc-shelter", "svc-emergency-accommodation", "svc-trafficking-support"), Door.SAFETY),
    **dict.fromkeys(("svc-psychological-support", "svc-medical-forensic"), Door.HEALTH),
    **dict.fromkeys(("svc-legal-advice", "svc-legal-aid", "svc-court-support", "svc-practical-help"), Door.LAW),
    **dict.fromkeys(("svc-financial-help", "svc-compensation-help", "svc-cyber-help"), Door.LAW),
    **dict.fromkeys(("svc-information", "svc-restorative-justice", "svc-interpretation"), Door.LAW),
    "svc-child-centre": Door.CHILDREN,
}
_FAMILY = frozenset({"children", "bereaved-families", "relatives-and-friends"})


def doors_of(service: SupportService) -> tuple[Door, ...]:
    """Return the doors behind which a service helps; one that only accompanies people or works cases is for talking."""
    found = {_BEHIND[each] for each in service.services if each in _BEHIND} or {Door.TALK}
    if _FAMILY & set(service.victims):
        found.add(Door.CHILDREN)
    return tuple(door for door in Door if door in found)
