"""Routes of the feedback of a workshop, for trainers: open and close it, show or download results, delete all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal
from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.errors import Rejected
from kb.extensions import db
from kb.i18n import N_
from kb.problems import Problem
from kb.web.http import i18n
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, render
from kb.web.parts.csv_file import csv_response
from kb.web.parts.workshop_words import said
from kb.web.workshops.forms import problem_lines
from kb.web.workshops.urls import readable_address
from kb.workshops.feedback import answers as feedback
from kb.workshops.feedback.answers import FEWEST, QUESTIONS, SCALE, AnswerType, Results
from kb.workshops.model import Visibility, Workshop
from kb.workshops.plan import access

bp = Blueprint("workshop_results", __name__, url_prefix="/<language:language>/trainer/workshops/<workshop_id>/feedback")


@dataclass(frozen=True)
class ScaleStep:
    """One step of a scale: how many chose it, and how long its bar is, of 100."""

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


@bp.get("")
@permission_required(Permission.TEACH)
def show(workshop_id: str) -> ResponseReturnValue:
    """Show what was said, and whether more is asked."""
    return _page(access.taught(db.session, signed_in(), workshop_id))


@bp.post("")
@permission_required(Permission.TEACH)
def submit(workshop_id: str) -> ResponseReturnValue:
    """Open, close, or delete all answers, as the button says."""
    workshop, do = access.taught(db.session, signed_in(), workshop_id), request.form.get("do", "")
    try:
        if do in ("open", "close"):
            _set_open(workshop_id, is_open=do == "open")
        elif do == "clear":
            _clear(workshop_id)
    except Rejected as error:
        return _page(workshop, error.problems)
    return redirect(url_for("workshop_results.show", workshop_id=workshop_id), 303)


def _set_open(workshop_id: str, *, is_open: bool) -> None:
    feedback.set_open(db.session, signed_in(), workshop_id, is_open=is_open, now=now())
    flash(_("Feedback is open.") if is_open else _("Feedback is closed."), "good")


def _clear(workshop_id: str) -> None:
    """Delete all answers, if that was ticked. Raises `Rejected`."""
    if "sure" not in request.form:
        raise Rejected([Problem("not-sure", N_("Tick that all answers are to be deleted for good."), ("sure",))])
    feedback.clear(db.session, signed_in(), workshop_id)
    flash(_("All answers are deleted."), "good")


@bp.get("/results.csv")
@permission_required(Permission.TEACH)
def download(workshop_id: str) -> ResponseReturnValue:
    """Answer with the results as a table: what the page says and nothing more, so no line is one person's."""
    found = feedback.results(db.session, signed_in(), workshop_id)
    if not found.told:
        return redirect(url_for("workshop_results.show", workshop_id=workshop_id), 303)
    response = csv_response("workshop-feedback.csv", _table(found))
    response.cache_control.no_store = True
    return response


def _table(found: Results) -> Iterator[tuple[str | int, ...]]:
    yield _("Question"), _("Answer"), _("How many")
    for each in QUESTIONS:
        if each.form is AnswerType.SCALE:
            yield from ((_(each.words), step, number) for step, number in found.scales[each.id].items())
        else:
            yield from ((_(each.words), text, 1) for text in found.texts[each.id])


def _page(workshop: Workshop, problems: Sequence[Problem] = ()) -> ResponseReturnValue:
    found = feedback.results(db.session, signed_in(), workshop.id)
    return render(
        "workshops/builder/feedback.html",
        status=422 if problems else 200,
        workshop=workshop,
        above=said(workshop.title, workshop),
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
                # The same length stands for the same number in every chart.
                steps=tuple(
                    ScaleStep(name, counts[name], round(100 * counts[name] / max(found.told, 1), 1)) for name in SCALE
                ),
            )
