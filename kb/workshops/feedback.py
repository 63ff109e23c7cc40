"""What participants say of a workshop: without account, without names, until the trainer closes it.

Of an answer the day is kept and nothing else, so no limit can be set by network; a flood is bounded by how many answers
one day and one workshop take.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.errors import NotFound
from kb.i18n import N_
from kb.problems import Problem
from kb.workshops import access
from kb.workshops.check import text_problems
from kb.workshops.keeping import refuse, transaction
from kb.workshops.model import Feedback, Visibility, Workshop

PER_DAY, IN_ALL = 200, 1_000
LONGEST_ANSWER = 2_000
SCALE = ("1", "2", "3", "4", "5")


class Form(StrEnum):
    """How a question is answered."""

    SCALE = "scale"
    TEXT = "text"


@dataclass(frozen=True)
class Question:
    """One question on paper and on the page, the same for all workshops, so that trainers can compare."""

    id: str
    words: str
    form: Form


# On the scale 1 is not at all and 5 is entirely.
QUESTIONS: tuple[Question, ...] = (
    Question("useful", N_("What I learned is useful in my work."), Form.SCALE),
    Question("clear", N_("It was clear what to do and why."), Form.SCALE),
    Question("apply", N_("I know what I will do differently."), Form.SCALE),
    Question("safe", N_("I could say what I think."), Form.SCALE),
    Question("keep", N_("What should stay as it is?"), Form.TEXT),
    Question("better", N_("What should be different?"), Form.TEXT),
)
_BY_ID: Mapping[str, Question] = {question.id: question for question in QUESTIONS}


@dataclass(frozen=True)
class Results:
    """What was said: how many answered, by day; how often each step of each scale; and the texts, in no order."""

    answered: int
    by_day: Mapping[str, int]
    scales: Mapping[str, Mapping[str, int]]
    texts: Mapping[str, tuple[str, ...]]

    def mean(self, question_id: str) -> float | None:
        """Return the mean of a scale, or `None` where nobody answered."""
        counts = self.scales[question_id]
        number = sum(counts.values())
        return sum(int(step) * count for step, count in counts.items()) / number if number else None


def set_open(session: Session, user: User, workshop_id: str, *, is_open: bool, now: datetime) -> Workshop:
    """Open or close the feedback. Raises `Rejected` to open that of a private workshop, or of an archived one."""
    with transaction(session):
        workshop = access.taught(session, user, workshop_id)
        if is_open and workshop.visibility == Visibility.PRIVATE:
            message = N_("Participants cannot reach a private workshop. Share it by link first.")
            refuse([Problem("private", message, ("feedback_open",))])
        if is_open and workshop.archived is not None:
            message = N_("This workshop is in the archive. Take it out first.")
            refuse([Problem("archived", message, ("feedback_open",))])
        workshop.feedback_open, workshop.changed = is_open, now
    return workshop


def answer(session: Session, token: str, answers: Mapping[str, str], *, now: datetime) -> None:
    """Take in what a participant says. Raises `NotFound` for a link that leads nowhere, or `Rejected`."""
    given = {name: text.strip() for name, text in answers.items() if text.strip()}
    refuse(_problems(given))
    with transaction(session):
        workshop = access.by_link(session, token)
        if not workshop.feedback_open:
            refuse([Problem("closed", N_("Feedback on this workshop is closed."))])
        day = now.date().isoformat()
        counted = select(func.count(Feedback.id)).where(Feedback.workshop_id == workshop.id)
        in_all = session.scalar(counted) or 0
        today = session.scalar(counted.where(Feedback.day == day)) or 0
        if in_all >= IN_ALL or today >= PER_DAY:
            message = N_("This workshop has more answers than it can take. Give yours to the trainer on paper.")
            refuse([Problem("too-many-answers", message)])
        session.add(Feedback(workshop_id=workshop.id, day=day, answers=given))


def results(session: Session, user: User, workshop_id: str) -> Results:
    """Return what was said, for those who teach. Raises `Forbidden`, `NotFound`."""
    workshop = access.taught(session, user, workshop_id)
    # The rows come by names drawn at random: their order says nothing of who answered when.
    rows = session.execute(
        select(Feedback.day, Feedback.answers).where(Feedback.workshop_id == workshop.id).order_by(Feedback.id)
    ).all()
    days = sorted({day for day, _ in rows})
    return Results(
        answered=len(rows),
        by_day={day: sum(each == day for each, _ in rows) for day in days},
        scales={
            question.id: {step: sum(said.get(question.id) == step for _, said in rows) for step in SCALE}
            for question in QUESTIONS
            if question.form is Form.SCALE
        },
        texts={
            question.id: tuple(sorted(said[question.id] for _, said in rows if question.id in said))
            for question in QUESTIONS
            if question.form is Form.TEXT
        },
    )


def rows(session: Session, user: User, workshop_id: str) -> list[tuple[str, ...]]:
    """Return the answers as lines of a table, in no order: the day, then what was said to each question."""
    workshop = access.taught(session, user, workshop_id)
    found = session.execute(
        select(Feedback.day, Feedback.answers)
        .where(Feedback.workshop_id == workshop.id)
        .order_by(Feedback.day, Feedback.id)
    )
    return [(day, *(said.get(question.id, "") for question in QUESTIONS)) for day, said in found]


def clear(session: Session, user: User, workshop_id: str) -> None:
    """Delete all that was said, for good. Its owner alone may."""
    with transaction(session):
        workshop = access.owned(session, user, workshop_id)
        session.execute(delete(Feedback).where(Feedback.workshop_id == workshop.id))
        session.expire(workshop, ["feedback"])


def is_open(session: Session, token: str) -> Workshop:
    """Return the workshop whose feedback a link opens. Raises `NotFound`, closed or not there alike."""
    workshop = access.by_link(session, token)
    if not workshop.feedback_open:
        raise NotFound("feedback")
    return workshop


def _problems(given: Mapping[str, str]) -> Iterator[Problem]:
    if not given:
        yield Problem("nothing-said", N_("Answer at least one question."))
    for name, text in given.items():
        question = _BY_ID.get(name)
        if question is None:
            yield Problem("unknown-question", N_("This question is not asked."), (name,))
        elif question.form is Form.SCALE and text not in SCALE:
            yield Problem("bad-answer", N_("Choose one of the steps from 1 to 5."), (name,))
        elif question.form is Form.TEXT:
            yield from text_problems(text, (name,), longest=LONGEST_ANSWER)
