"""The activity log: all actions of users in one list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from kb.accounts import actions
from kb.accounts.model import AuditAction, Role
from kb.db import begin_write
from kb.history import log
from kb.history.model import ChangeKind, ReviewAction, ReviewNote
from kb.publishing.activity_log import PER_PAGE, ActivityFilter, ActivityKind, ActivityLine, all_deeds, list_deeds
from kb.records.files.paths import place_of
from tests.accounts.conftest import PASSWORD, a_person
from tests.house import NOW, a_house

pytestmark = pytest.mark.slow

ANA = "ana@example.org"
RECORD = "practices/stone-terraces"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    house = a_house(tmp_path)
    with house.session() as session:
        yield session
    house.close()


@pytest.fixture
def person_id(session: Session) -> int:
    """A user who signed in one hour after her account was created, published after two, was reviewed after three."""
    user = a_person(session, ANA, Role.PUBLISHER)
    actions.sign_in(session, ANA, PASSWORD, "192.0.2.7", NOW + timedelta(hours=1))
    begin_write(session)
    places = [place_of(RECORD, part) for part in ("source", "lt")]
    log.append(
        session,
        ChangeKind.PUBLISH,
        [log.LogEntry(each, b"text", 0) for each in places],
        author_id=user.id,
        note="a better title",
        now=NOW + timedelta(hours=2),
    )
    session.add(
        ReviewNote(
            record=RECORD,
            part="it",
            draft_id=1,
            at=NOW + timedelta(hours=3),
            author_id=None,
            deed=ReviewAction.HANDED_BACK,
            text="the base moved",
        )
    )
    session.commit()
    return user.id


def told(lines: tuple[ActivityLine, ...]) -> list[tuple[str, str]]:
    return [(line.kind, line.deed) for line in lines]


EVERYTHING = [
    (ActivityKind.REVIEW, ReviewAction.HANDED_BACK),
    (ActivityKind.RECORD, ChangeKind.PUBLISH),
    (ActivityKind.SIGN_IN, AuditAction.SIGNED_IN),
    (ActivityKind.ACCOUNT, AuditAction.GRANTED),
    (ActivityKind.ACCOUNT, AuditAction.CREATED),
]


def test_sign_ins_accounts_changes_and_reviews_stand_in_one_list_by_time(session: Session, person_id: int) -> None:
    found = list_deeds(session, ActivityFilter())
    assert told(found.lines) == EVERYTHING
    review, change, signed_in, *_rest = found.lines
    assert (review.parts, review.detail, review.actor_id) == (((RECORD, "it"),), "the base moved", None)
    assert (change.parts, change.detail) == (((RECORD, "source"), (RECORD, "lt")), "a better title")
    assert (signed_in.actor_id, signed_in.user_id, signed_in.at) == (person_id, person_id, NOW + timedelta(hours=1))
    assert (found.total, found.page, found.pages) == (5, 1, 1)
    assert told(tuple(all_deeds(session, ActivityFilter()))) == EVERYTHING


@pytest.mark.parametrize("kind", ActivityKind)
@pytest.mark.usefixtures("person_id")
def test_a_kind_is_chosen(session: Session, kind: ActivityKind) -> None:
    assert told(list_deeds(session, ActivityFilter(kind=kind)).lines) == [
        each for each in EVERYTHING if each[0] == kind
    ]


def test_a_person_is_chosen_by_what_they_did_and_what_was_done_to_them(session: Session, person_id: int) -> None:
    assert told(list_deeds(session, ActivityFilter(person_id=person_id)).lines) == EVERYTHING[1:]
    assert told(list_deeds(session, ActivityFilter(person_id=person_id + 1)).lines) == []


@pytest.mark.usefixtures("person_id")
def test_a_time_is_chosen(session: Session) -> None:
    wanted = ActivityFilter(since=NOW + timedelta(hours=1), until=NOW + timedelta(hours=3))
    assert told(list_deeds(session, wanted).lines) == EVERYTHING[1:3]


def test_a_long_list_has_pages_and_the_file_has_all(session: Session) -> None:
    user = a_person(session)
    for number in range(PER_PAGE + 5):
        actions.sign_out_everywhere(session, user, now=NOW + timedelta(minutes=number))
    first, last = list_deeds(session, ActivityFilter()), list_deeds(session, ActivityFilter(), page=99)
    assert (len(first.lines), first.pages) == (PER_PAGE, 2)
    assert (len(last.lines), last.page) == (7, 2)
    assert tuple(all_deeds(session, ActivityFilter())) == (*first.lines, *last.lines)
