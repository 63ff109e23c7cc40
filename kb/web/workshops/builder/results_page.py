"""Page and table of feedback results: counts on the scale and texts, never their authors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal
from flask.typing import ResponseReturnValue

from kb.extensions import db
from kb.problems import Problem
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import render
from kb.web.parts.workshop_words import localize
from kb.web.workshops.forms import problem_lines
from kb.web.workshops.urls import readable_address
from kb.workshops.feedback import answers as feedback
from kb.workshops.feedback.answers import FEWEST, QUESTIONS, SCALE, AnswerType, Results
from kb.workshops.model import Visibility, Workshop


@dataclass(frozen=True)
class ScaleStep:
    """One step of a scale: its count, and the length of its bar from 0 to 100."""

    name: str
    number: int
    length: float


@dataclass(frozen=True)
class Scale:
    """The answers to one question on the scale."""

    id: str
    words: str
    mean: str
    number: int
    steps: tuple[ScaleStep, ...]


def result_rows(found: Results) -> Iterator[tuple[str | int, ...]]:
    """Yield the rows of the results table, the header first."""
    yield _("Question"), _("Answer"), _("Number of answers")
    for each in QUESTIONS:
        if each.form is AnswerType.SCALE:
            yield from ((_(each.words), step, number) for step, number in found.scales[each.id].items())
        else:
            yield from ((_(each.words), text, 1) for text in found.texts[each.id])


def results_page(workshop: Workshop, problems: Sequence[Problem] = ()) -> ResponseReturnValue:
    """Return the results page of a workshop, with a chart for each question on the scale."""
    found = feedback.results(db.session, signed_in(), workshop.id)
    return render(
        "workshops/builder/feedback.html",
        status=422 if problems else 200,
        workshop=workshop,
        above=localize(workshop.title, workshop),
        is_own=workshop.owner_id == signed_in().id,
        is_private=workshop.visibility == Visibility.PRIVATE,
        short=readable_address(workshop, to_feedback=True),
        found=found,
        fewest=FEWEST,
        scales=tuple(_scales(found)),
        texts=[(each.id, _(each.words), found.texts[each.id]) for each in QUESTIONS if each.form is AnswerType.TEXT],
        problems=problem_lines(problems, fields=["sure"]),
    )


def _scales(found: Results) -> Iterator[Scale]:
    for each in QUESTIONS:
        if each.form is AnswerType.SCALE:
            counts, mean = found.scales[each.id], found.mean(each.id)
            yield Scale(
                id=each.id,
                words=_(each.words),
                mean=format_decimal(round(mean, 1), "0.0", locale=i18n.locale()) if mean is not None else "",
                number=sum(counts.values()),
                # Bars have the same scale in every chart.
                steps=tuple(
                    ScaleStep(name, counts[name], round(100 * counts[name] / max(found.told, 1), 1)) for name in SCALE
                ),
            )
