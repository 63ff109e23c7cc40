"""`kb workshops`."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from kb.accounts.model import AuditEntry, Deed, Role
from kb.workshops.model import Visibility, Workshop
from tests.cli.conftest import Run
from tests.house import NOW, TestHouse, a_curator


@pytest.mark.parametrize("is_owned", [True, False])
def test_a_public_workshop_is_made_private(kb: Run, house: TestHouse, is_owned: bool) -> None:
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
        result = kb("workshops", "close", workshop.id)
        assert result.exit_code == 0, result.output
        assert f"The workshop {workshop.id} is private" in result.output
        assert ("Its owner has left" in result.output) is not is_owned
        session.expire_all()
        assert (workshop.visibility, workshop.feedback_open) == (Visibility.PRIVATE, False)
        assert NOW < workshop.changed <= datetime.now(UTC)
        noted = session.scalars(select(AuditEntry).where(AuditEntry.deed == Deed.WORKSHOP_TAKEN_DOWN)).all()
        assert [(each.actor_id, each.user_id, each.detail) for each in noted] == (
            [(None, owner.id, workshop.id)] if is_owned else []
        )
        again = kb("workshops", "close", workshop.id)
        assert (again.exit_code, "There is no public workshop" in again.output) == (1, True)
    engine.dispose()
