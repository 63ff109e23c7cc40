"""Feedback of participants on a workshop: without account and without names, until the trainer closes it.

Trainers see answers only after feedback is closed, and in groups of at least `FEWEST` answers. Otherwise a trainer who
watches the results change would see what the last participant answered. A single answer would reveal its author.
Answers given after feedback was reopened wait until there are as many of them too.

No page and no file shows the time of day of an answer, or its network. A database reveals more to its administrator.
PostgreSQL keeps rows in order of insertion. Its hidden columns (`ctid`, `xmin`) reveal the order of answers. While both
exist, they also reveal which mark came just before which answer. SQLite has no such columns in these tables. Its
write-ahead file, and copies of the disk made in between, may reveal the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.i18n import N_
from kb.problems import Problem
from kb.workshops.feedback.rate_limit import flood_problems, record_attempt, room_problems
from kb.workshops.model import Feedback, Visibility, Workshop
from kb.workshops.plan import access
from kb.workshops.plan.transaction import refuse, transaction
from kb.workshops.plan.validation import text_problems

FEWEST = 5
LONGEST_ANSWER = 2_000
SCALE = ("1", "2", "3", "4", "5")


class AnswerType(StrEnum):
    """How a question is answered."""

    SCALE = "scale"
    TEXT = "text"


@dataclass(frozen=True)
class FeedbackQuestion:
    """One feedback question, on paper and on the page. It is the same for all workshops, so trainers can compare."""

    id: str
    words: str
    form: AnswerType


# On the scale, 1 means "not at all" and 5 means "entirely".
QUESTIONS: tuple[FeedbackQuestion, ...] = (
    FeedbackQuestion("useful", N_("What I learned is useful in my work."), AnswerType.SCALE),
    FeedbackQuestion("clear", N_("It was clear what to do and why."), AnswerType.SCALE),
    FeedbackQuestion("apply", N_("I know what I will do differently."), AnswerType.SCALE),
    FeedbackQuestion("safe", N_("I was able to say what I thought."), AnswerType.SCALE),
    FeedbackQuestion("keep", N_("What should stay the same?"), AnswerType.TEXT),
    FeedbackQuestion("better", N_("What should change?"), AnswerType.TEXT),
)
_BY_ID: Mapping[str, FeedbackQuestion] = {question.id: question for question in QUESTIONS}


@dataclass(frozen=True)
class Results:
    """Feedback results: number of answers, number of answers shown, counts per scale step, and unordered texts."""

    answered: int
    told: int
    scales: Mapping[str, Mapping[str, int]]
    texts: Mapping[str, tuple[str, ...]]

    @property
    def waiting(self) -> int:
        """Number of answers that are not shown yet."""
        return self.answered - self.told

    def mean(self, question_id: str) -> float | None:
        """Return the mean of a scale, or `None` if it has no answers."""
        counts = self.scales[question_id]
        number = sum(counts.values())
        return sum(int(step) * count for step, count in counts.items()) / number if number else None


def set_open(session: Session, user: User, workshop_id: str, *, is_open: bool, now: datetime) -> Workshop:
    """Open or close feedback. Raises `Rejected` when opening that of a private or archived workshop."""
    with transaction(session):
        workshop = access.taught(session, user, workshop_id)
        if is_open and workshop.visibility == Visibility.PRIVATE:
            message = N_("Participants cannot open a private workshop. Share it by link first.")
            refuse([Problem("private", message, ("feedback_open",))])
        if is_open and workshop.archived is not None:
            message = N_("This workshop is archived. Restore it from the archive first.")
            refuse([Problem("archived", message, ("feedback_open",))])
        if is_open and not workshop.feedback_open and _waiting(session, workshop) >= FEWEST:
            # Answers so far could be read while feedback was closed. New answers are grouped separately.
            that_were = update(Feedback).where(Feedback.workshop_id == workshop.id)
            session.execute(that_were.values(is_out=True))
        workshop.feedback_open, workshop.changed = is_open, now
    return workshop


def answer(session: Session, token: str, answers: Mapping[str, str], *, network: str, now: datetime) -> None:
    """Store the answer of a participant. `network` is the mark of the participant's network, kept separately for a day.

    Raises `NotFound` for an unknown link, or `Rejected`.
    """
    given = {name: text.strip() for name, text in answers.items() if text.strip()}
    refuse(_problems(given))
    # Check before the write transaction: a refused request must not block other writers.
    refuse(flood_problems(session, _asked(session, token), network, now))
    # Use two transactions: rows written in the same one can be linked to each other.
    with transaction(session):
        refuse(flood_problems(session, _asked(session, token), network, now))
        record_attempt(session, network, now)
    with transaction(session):
        workshop = _asked(session, token)
        refuse(room_problems(session, workshop, now))
        session.add(Feedback(workshop_id=workshop.id, day=now.date().isoformat(), answers=given))


def results(session: Session, user: User, workshop_id: str) -> Results:
    """Return the results for the trainers of a workshop. Raises `Forbidden`, `NotFound`."""
    workshop = access.taught(session, user, workshop_id)
    # Sort by the random ids, so that the order shown to trainers does not reveal who answered when.
    of_this = select(Feedback.answers).where(Feedback.workshop_id == workshop.id).order_by(Feedback.id)
    is_all_told = not workshop.feedback_open and _waiting(session, workshop) >= FEWEST
    told = session.scalars(of_this if is_all_told else of_this.where(Feedback.is_out)).all()
    return Results(
        answered=_number(session, workshop),
        told=len(told),
        scales={
            question.id: {step: sum(said.get(question.id) == step for said in told) for step in SCALE}
            for question in QUESTIONS
            if question.form is AnswerType.SCALE
        },
        texts={
            question.id: tuple(sorted(said[question.id] for said in told if question.id in said))
            for question in QUESTIONS
            if question.form is AnswerType.TEXT
        },
    )


def clear(session: Session, user: User, workshop_id: str) -> None:
    """Delete all answers permanently. Only the owner may do this."""
    with transaction(session):
        workshop = access.owned(session, user, workshop_id)
        session.execute(delete(Feedback).where(Feedback.workshop_id == workshop.id))
        session.expire(workshop, ["feedback"])


def _asked(session: Session, token: str) -> Workshop:
    """Return the workshop of a link whose feedback is open. Raises `NotFound`, `Rejected`."""
    workshop = access.by_link(session, token)
    if not workshop.feedback_open:
        refuse([Problem("closed", N_("Feedback on this workshop is closed."))])
    return workshop


def _number(session: Session, workshop: Workshop) -> int:
    return session.scalar(select(func.count(Feedback.id)).where(Feedback.workshop_id == workshop.id)) or 0


def _waiting(session: Session, workshop: Workshop) -> int:
    that_wait = (Feedback.workshop_id == workshop.id) & ~Feedback.is_out
    return session.scalar(select(func.count(Feedback.id)).where(that_wait)) or 0


def _problems(given: Mapping[str, str]) -> Iterator[Problem]:
    if not given:
        yield Problem("nothing-said", N_("Answer at least one question."))
    for name, text in given.items():
        question = _BY_ID.get(name)
        if question is None:
            yield Problem(
                "unknown-question", N_("This question is not part of the form. Reload the page and try again."), (name,)
            )
        elif question.form is AnswerType.SCALE and text not in SCALE:
            yield Problem("bad-answer", N_("Select a number from 1 to 5."), (name,))
        elif question.form is AnswerType.TEXT:
            yield from text_problems(text, (name,), longest=LONGEST_ANSWER)
