"""Feedback: anonymous, closed by the trainer, bounded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.errors import Forbidden, NotFound, Rejected
from kb.workshops import feedback
from kb.workshops.actions import archive
from kb.workshops.model import Feedback, Visibility, Workshop
from kb.workshops.sharing import add_trainer, share
from tests.house import NOW


@pytest.fixture
def token(session: Session, ana: User, taught: Workshop) -> str:
    """The link of a workshop that is open for feedback."""
    share(session, ana, taught.id, Visibility.LINK, now=NOW)
    feedback.set_open(session, ana, taught.id, is_open=True, now=NOW)
    return taught.token


def why_refused(session: Session, token: str, **answers: str) -> list[str]:
    with pytest.raises(Rejected) as caught:
        feedback.answer(session, token, answers, now=NOW)
    return [problem.code for problem in caught.value.problems]


def test_answers_are_counted(session: Session, ana: User, taught: Workshop, token: str) -> None:
    feedback.answer(session, token, {"useful": "5", "keep": " The case. ", "better": " "}, now=NOW)
    feedback.answer(session, token, {"useful": "2", "keep": "Breaks."}, now=NOW + timedelta(days=1))
    found = feedback.results(session, ana, taught.id)
    assert (found.answered, found.by_day) == (2, {"2026-11-25": 1, "2026-11-26": 1})
    assert found.scales["useful"] == {"1": 0, "2": 1, "3": 0, "4": 0, "5": 1}
    assert (found.mean("useful"), found.mean("clear")) == (3.5, None)
    assert found.texts == {"keep": ("Breaks.", "The case."), "better": ()}
    assert [row[:2] for row in feedback.rows(session, ana, taught.id)] == [("2026-11-25", "5"), ("2026-11-26", "2")]


def test_of_an_answer_nothing_is_kept_but_the_day() -> None:
    assert {column.name for column in Feedback.__table__.columns} == {"id", "workshop_id", "day", "answers"}


def test_what_cannot_be_an_answer_is_refused(session: Session, token: str) -> None:
    assert why_refused(session, token) == ["nothing-said"]
    assert why_refused(session, token, useful="6", keep="x" * 2_001, name="Ana") == [
        "bad-answer",
        "too-long",
        "unknown-question",
    ]
    assert session.scalars(select(Feedback)).all() == []


def test_closed_is_closed(session: Session, ana: User, taught: Workshop, token: str) -> None:
    feedback.set_open(session, ana, taught.id, is_open=False, now=NOW)
    assert why_refused(session, token, useful="5") == ["closed"]
    with pytest.raises(NotFound):
        feedback.is_open(session, token)
    with pytest.raises(NotFound):
        feedback.answer(session, "nothing", {"useful": "5"}, now=NOW)


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
    monkeypatch.setattr(feedback, "PER_DAY", 3)
    monkeypatch.setattr(feedback, "IN_ALL", 4)
    for _ in range(3):
        feedback.answer(session, token, {"useful": "1"}, now=NOW)
    assert why_refused(session, token, useful="1") == ["too-many-answers"]
    feedback.answer(session, token, {"useful": "1"}, now=NOW + timedelta(days=1))
    with pytest.raises(Rejected):
        feedback.answer(session, token, {"useful": "1"}, now=NOW + timedelta(days=2))
    assert feedback.results(session, ana, taught.id).answered == 4


def test_only_those_who_teach_read_it_and_only_the_owner_deletes_it(
    session: Session, ana: User, ben: User, taught: Workshop, token: str
) -> None:
    feedback.answer(session, token, {"useful": "4"}, now=NOW)
    with pytest.raises(NotFound):
        feedback.results(session, ben, taught.id)
    add_trainer(session, ana, taught.id, ben.email, now=NOW)
    assert feedback.results(session, ben, taught.id).answered == 1
    with pytest.raises(Forbidden):
        feedback.clear(session, ben, taught.id)
    feedback.clear(session, ana, taught.id)
    assert feedback.results(session, ana, taught.id).answered == 0
