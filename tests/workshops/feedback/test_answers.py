"""Feedback: anonymous, closed by the trainer, limited in size and number."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, literal_column, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.db import begin_write
from kb.errors import Forbidden, NotFound, Rejected
from kb.workshops.feedback import answers as feedback
from kb.workshops.feedback import rate_limit
from kb.workshops.model import Feedback, FeedbackAttempt, Visibility, Workshop
from kb.workshops.plan.actions import archive
from kb.workshops.plan.sharing import add_trainer, share
from tests.house import NOW, TestHouse

HERE, THERE = "a" * 64, "b" * 64


@pytest.fixture
def token(session: Session, ana: User, taught: Workshop) -> str:
    """The link token of a workshop with open feedback."""
    share(session, ana, taught.id, Visibility.LINK, now=NOW)
    feedback.set_open(session, ana, taught.id, is_open=True, now=NOW)
    return taught.token


def say(session: Session, token: str, *, times: int = 1, **answers: str) -> None:
    for _ in range(times):
        feedback.answer(session, token, answers, network=HERE, now=NOW)


def close(session: Session, ana: User, workshop: Workshop, *, is_open: bool = False) -> feedback.Results:
    feedback.set_open(session, ana, workshop.id, is_open=is_open, now=NOW)
    return feedback.results(session, ana, workshop.id)


def why_refused(session: Session, token: str, *, days: int = 0, network: str = HERE, **answers: str) -> list[str]:
    with pytest.raises(Rejected) as caught:
        feedback.answer(session, token, answers, network=network, now=NOW + timedelta(days=days))
    return [problem.code for problem in caught.value.problems]


def test_answers_are_counted(session: Session, ana: User, taught: Workshop, token: str) -> None:
    say(session, token, useful="5", keep=" The case. ", better=" ")
    say(session, token, useful="2", keep="Breaks.")
    say(session, token, useful="2", times=3)
    found = close(session, ana, taught)
    assert (found.answered, found.told, found.waiting) == (5, 5, 0)
    assert found.scales["useful"] == {"1": 0, "2": 4, "3": 0, "4": 0, "5": 1}
    assert (found.mean("useful"), found.mean("clear")) == (2.6, None)
    assert found.texts == {"keep": ("Breaks.", "The case."), "better": ()}


def test_of_an_answer_nothing_is_kept_but_the_day() -> None:
    columns = {column.name for column in Feedback.__table__.columns}
    assert columns == {"id", "workshop_id", "day", "answers", "is_out"}
    assert {column.name for column in FeedbackAttempt.__table__.columns} == {"id", "network", "at"}


def test_nothing_tells_which_answer_came_when_or_with_which_mark(session: Session, token: str) -> None:
    for number in range(20):
        moment = NOW.replace(hour=10, minute=2 * number, second=number)
        feedback.answer(session, token, {"keep": str(number)}, network=HERE, now=moment)
    marks, answers = session.scalars(select(FeedbackAttempt)).all(), session.scalars(select(Feedback)).all()
    assert {mark.at for mark in marks} == {NOW.replace(hour=10, minute=0, second=0)}
    assert not {mark.id for mark in marks} & {each.id for each in answers}
    assert sorted(int(each.answers["keep"]) for each in answers) == list(range(20))
    if session.get_bind().dialect.name == "sqlite":
        assert [int(each.answers["keep"]) for each in answers] != list(range(20))
        for table in (Feedback.__table__, FeedbackAttempt.__table__):
            with pytest.raises(OperationalError, match="no such column: rowid"):
                session.execute(select(literal_column("rowid")).select_from(table))


def test_a_mark_is_written_before_its_answer_and_apart_from_it(session: Session, token: str) -> None:
    written = list[set[str]]()

    def note(writing: Session, *_: object) -> None:
        written.append({type(each).__name__ for each in writing.new})

    event.listen(session, "before_commit", note)
    say(session, token, useful="5")
    assert [each for each in written if each] == [{"FeedbackAttempt"}, {"Feedback"}]


def test_who_is_refused_keeps_no_other_writer_waiting(
    session: Session, house: TestHouse, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limit, "PER_NETWORK", 1)
    say(session, token, useful="1")
    with house.session() as other:
        begin_write(other)
        assert why_refused(session, token, useful="1") == ["too-many-from-here"]
        other.rollback()


def test_what_cannot_be_an_answer_is_refused(session: Session, token: str) -> None:
    assert why_refused(session, token) == ["nothing-said"]
    assert why_refused(session, token, useful="6", keep="x" * 2_001, name="Ana") == [
        "bad-answer",
        "too-long",
        "unknown-question",
    ]
    assert session.scalars(select(Feedback)).all() == []
    assert session.scalars(select(FeedbackAttempt)).all() == []


def test_closed_is_closed(session: Session, ana: User, taught: Workshop, token: str) -> None:
    close(session, ana, taught)
    assert why_refused(session, token, useful="5") == ["closed"]
    with pytest.raises(NotFound):
        say(session, "nothing", useful="5")


def test_a_workshop_that_nobody_reaches_takes_none(session: Session, ana: User, taught: Workshop, token: str) -> None:
    share(session, ana, taught.id, Visibility.PRIVATE, now=NOW)
    assert not taught.feedback_open
    with pytest.raises(Rejected):
        feedback.set_open(session, ana, taught.id, is_open=True, now=NOW)
    share(session, ana, taught.id, Visibility.LINK, now=NOW)
    archive(session, ana, taught.id, now=NOW)
    with pytest.raises(Rejected):
        feedback.set_open(session, ana, taught.id, is_open=True, now=NOW)


def test_a_flood_is_bounded(
    session: Session, ana: User, taught: Workshop, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limit, "PER_DAY", 3)
    monkeypatch.setattr(rate_limit, "IN_ALL", 4)
    say(session, token, useful="1", times=3)
    assert why_refused(session, token, useful="1") == ["too-many-answers"]
    feedback.answer(session, token, {"useful": "1"}, network=HERE, now=NOW + timedelta(days=1))
    assert why_refused(session, token, days=2, useful="1") == ["too-many-answers"]
    assert feedback.results(session, ana, taught.id).answered == 4


def test_one_network_leaves_room_for_others(session: Session, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rate_limit.PER_NETWORK <= rate_limit.PER_DAY / 2
    monkeypatch.setattr(rate_limit, "PER_NETWORK", 3)
    say(session, token, useful="1", times=3)
    assert why_refused(session, token, useful="1") == ["too-many-from-here"]
    feedback.answer(session, token, {"useful": "5"}, network=THERE, now=NOW)
    feedback.answer(session, token, {"useful": "1"}, network=HERE, now=NOW + timedelta(days=1, seconds=1))


def test_the_bound_of_a_network_holds_all_day(session: Session, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit, "PER_NETWORK", 2)
    midnight = NOW.replace(hour=0, minute=0, second=0)
    for moment in (midnight, midnight + timedelta(minutes=59)):
        feedback.answer(session, token, {"useful": "1"}, network=HERE, now=moment)
    last = midnight + timedelta(hours=23, minutes=59, seconds=59)
    rate_limit.forget_attempts(session, last)
    with pytest.raises(Rejected):
        feedback.answer(session, token, {"useful": "1"}, network=HERE, now=last)
    rate_limit.forget_attempts(session, midnight + timedelta(days=1, seconds=1))
    assert session.scalars(select(FeedbackAttempt)).all() == []


def test_marks_of_networks_tell_nothing_and_go_after_a_day(session: Session, token: str) -> None:
    key, other = "k" * 40, "l" * 40
    mark = rate_limit.network_mark("192.0.2.7", token, key)
    assert mark == rate_limit.network_mark("192.0.2.7", token, key)
    assert (
        len(
            {
                mark,
                rate_limit.network_mark("192.0.2.7", "another", key),
                rate_limit.network_mark("192.0.2.7", token, other),
            }
        )
        == 3
    )
    assert rate_limit.network_mark("2001:db8::1", token, key) == rate_limit.network_mark("2001:db8::2", token, key)
    say(session, token, useful="1")
    rate_limit.forget_attempts(session, NOW + timedelta(hours=23))
    assert len(session.scalars(select(FeedbackAttempt)).all()) == 1
    rate_limit.forget_attempts(session, NOW + timedelta(hours=25))
    assert session.scalars(select(FeedbackAttempt)).all() == []


def test_only_those_who_teach_read_it_and_only_the_owner_deletes_it(
    session: Session, ana: User, ben: User, taught: Workshop, token: str
) -> None:
    say(session, token, useful="4")
    with pytest.raises(NotFound):
        feedback.results(session, ben, taught.id)
    add_trainer(session, ana, taught.id, ben.email, now=NOW)
    assert feedback.results(session, ben, taught.id).answered == 1
    with pytest.raises(Forbidden):
        feedback.clear(session, ben, taught.id)
    feedback.clear(session, ana, taught.id)
    assert feedback.results(session, ana, taught.id).answered == 0
    assert session.scalars(select(Feedback)).all() == []
