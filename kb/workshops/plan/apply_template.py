"""Applies a template: adds its slots to an empty programme, all or none, and later its texts in another language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.content_store.store import ContentStore
from kb.i18n import N_
from kb.problems import Problem
from kb.workshops.model import Slot, Texts
from kb.workshops.plan import access
from kb.workshops.plan.items import freeze_into
from kb.workshops.plan.slots import Plan, put_plans
from kb.workshops.plan.transaction import refuse, transaction


def add_texts(
    session: Session,
    user: User,
    workshop_id: str,
    texts: Mapping[str, Mapping[str, Texts]],
    *,
    now: datetime,
) -> None:
    """Add texts in further languages to slots: by slot id, then by text name. No existing text is replaced.

    Raises `Forbidden`, `NotFound`.
    """
    with transaction(session):
        workshop = access.taught(session, user, workshop_id)
        for slot in workshop.slots:
            for name, more in texts.get(slot.id, {}).items():
                setattr(slot, name, {**more, **getattr(slot, name)})
        workshop.changed = now


def begin_programme(
    session: Session,
    store: ContentStore,
    user: User,
    workshop_id: str,
    rows: Sequence[tuple[Plan, Sequence[str]]],
    *,
    now: datetime,
) -> list[Slot]:
    """Add slots to an empty programme, each with its records (`practices/marac`), frozen now.

    Raises `Forbidden`, `NotFound`, or `Rejected`. Reasons for `Rejected`: a slot exists already; the template
    has errors; a slot uses records that are not published.
    """
    with transaction(session):
        workshop = access.taught(session, user, workshop_id)
        if workshop.slots:
            refuse(
                [
                    Problem(
                        "not-empty",
                        N_("This programme already has sessions. Templates can be used only in an empty programme."),
                    )
                ]
            )
        made = put_plans(workshop, [plan for plan, _records in rows])
        session.flush()
        for slot, (_plan, records) in zip(made, rows, strict=True):
            freeze_into(session, store, workshop, tuple(dict.fromkeys(records)), slot=slot, now=now)
        workshop.changed = now
    return made
