"""`kb workshops`."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from kb.accounts.model import AuditAction, AuditEntry, Role
from kb.workshops.model import Visibility, Workshop
from tests.cli.conftest import Run
from tests.house import NOW, TestHouse, a_curator


@pytest.mark.parametrize("is_owned", [True, False])
def test_a_public_workshop_is_made_private_or_goes_if_its_owner_has_left(
    kb: Run, house: TestHouse, is_owned: bool
) -> None:
    engine = create_engine(house.database)
    with Session(engine) as session:
        owner = a_curator(session, "ana@example.org", Role.TRAINER)
        workshop = Workshop(
            title={"en": "Walls"}, language="en", visibility=Visibility.PUBLIC, created=NOW, changed=NOW
        )
        workshop.audience = workshop.aims = {}
        workshop.owner_id, workshop.feedback_open = owner.id if is_owned else None, True
        session.add(workshop)
        session.commit()
        name = workshop.id
        result = kb("workshops", "close", name)
        assert result.exit_code == 0, result.output
        assert (
            f"The workshop {name} is {'private' if is_owned else 'deleted, because it had no trainers any more'}"
            in result.output
        )
        session.expire_all()
        if is_owned:
            assert (workshop.visibility, workshop.feedback_open) == (Visibility.PRIVATE, False)
            assert NOW < workshop.changed <= datetime.now(UTC)
        else:
            assert session.get(Workshop, name) is None
        deed = AuditAction.WORKSHOP_TAKEN_DOWN if is_owned else AuditAction.WORKSHOP_DELETED
        noted = session.scalars(select(AuditEntry).where(AuditEntry.detail == name)).all()
        assert [(each.actor_id, each.user_id, each.deed) for each in noted] == [
            (None, owner.id if is_owned else None, deed)
        ]
        again = kb("workshops", "close", name)
        assert (again.exit_code, "No public workshop has the id" in again.output) == (1, True)
    engine.dispose()
