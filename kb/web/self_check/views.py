"""Views of the self-check, without account. Answers travel in the page; files are made on request."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, make_response, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from kb.documents.formats import FORMATS
from kb.errors import Busy, Rejected
from kb.i18n import N_
from kb.problems import Problem
from kb.self_check.answers import FILE_LETTERS, SelfCheckAnswers, from_file, to_file
from kb.self_check.questions import CheckTopic
from kb.web.http.errors import RETRY_SECONDS
from kb.web.http.file_queue import attachment, make_file
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import render
from kb.web.labels.self_check_words import LENGTHS, UNITS
from kb.web.parts.csv_file import csv_response
from kb.web.self_check.document import plan_header, plan_rows, result_document
from kb.web.self_check.forms import begun, merge_plan, merge_topic
from kb.web.self_check.page import comparison_page, result_page, topic_page, topics_for

bp = Blueprint("self_check", __name__, url_prefix="/<language:language>/self-check")

STATE, STEP, GO, FILE, FILES = "state", "step", "go", "file", "files"
BEGIN, RESULT, NEXT, BACK, SAVE, CSV = "begin", "result", "next", "back", "save", "csv"
MOST_FILES = 30
_BUSY = N_("Other documents are being created. Try again in a few seconds. Your answers are still there.")
_TWO_FILES = N_("Select at least two files, and at most %(most)s.")


@bp.get("")
def index() -> Response:
    """Choose whom the check is for and how long it is; continue from a file, or compare files."""
    return _begin_page(SelfCheckAnswers())


@bp.post("")
def submit() -> ResponseReturnValue:
    """Merge the posted page into the answers. Then show another page or send the requested file."""
    try:
        if FILE in request.files:
            return _result_page(_read_file(request.files[FILE]))
        answers = from_file(request.form.get(STATE, ""))
    except Rejected as error:
        return _begin_page(SelfCheckAnswers(), error.problems)
    return _take_in(answers)


@bp.post("/compare")
def compare() -> Response:
    """Show several files side by side. Nothing of them is kept."""
    try:
        sent = [each for each in request.files.getlist(FILES) if each.filename]
        if not 2 <= len(sent) <= MOST_FILES:
            raise Rejected([Problem("files", _TWO_FILES, params={"most": MOST_FILES})])
        page = comparison_page([_read_file(each) for each in sent])
    except Rejected as error:
        return _begin_page(SelfCheckAnswers(), error.problems)
    return render("self_check/compare.html", is_kept=False, page=page)


def _take_in(answers: SelfCheckAnswers) -> ResponseReturnValue:
    """Merge the posted page into the carried answers, and respond to the pressed button."""
    topics: Sequence[CheckTopic] = topics_for(answers)
    step, go = request.form.get(STEP, BEGIN), request.form.get(GO, NEXT)
    try:
        answers, topics = _merged(answers, topics, step)
    except Rejected as error:
        return _show(step, answers, topics, error.problems)
    if go == SAVE:
        return attachment(to_file(answers).encode(), f"{_stem(answers)}.json", "application/json")
    if go == CSV:
        return csv_response(f"{_stem(answers)}.csv", (plan_header(), *plan_rows(result_page(answers, topics))))
    if go in FORMATS:
        return _file(answers, topics, go)
    return _show(_next_step(go, step, topics), answers, topics)


def _read_file(file: FileStorage) -> SelfCheckAnswers:
    return from_file(file.read(4 * FILE_LETTERS).decode(errors="replace"))


def _merged(
    answers: SelfCheckAnswers, topics: Sequence[CheckTopic], step: str
) -> tuple[SelfCheckAnswers, Sequence[CheckTopic]]:
    """Return the answers with those of the posted page, and the topics that they ask for."""
    posted = request.form.to_dict()
    if step == BEGIN:
        answers = begun(answers, posted)
        return answers, topics_for(answers)
    if step == RESULT:
        return merge_plan(answers, posted), topics
    topic = _find(step, topics)
    return (merge_topic(answers, topic, posted) if topic is not None else answers), topics


def _find(step: str, topics: Sequence[CheckTopic]) -> CheckTopic | None:
    return next((topic for topic in topics if topic.id == step), None)


def _next_step(go: str, step: str, topics: Sequence[CheckTopic]) -> str:
    """Return the page to show next: the next or last one, or the one that was asked for."""
    steps = (BEGIN, *(topic.id for topic in topics), RESULT)
    if go in steps:
        return go
    place = steps.index(step) if step in steps else 0
    return steps[max(0, place - 1)] if go == BACK else steps[min(place + 1, len(steps) - 1)]


def _show(
    step: str, answers: SelfCheckAnswers, topics: Sequence[CheckTopic], problems: Sequence[Problem] = ()
) -> Response:
    topic = _find(step, topics)
    if topic is not None:
        page = topic_page(answers, topics, topic)
        return _render("self_check/topic.html", answers, step, problems, page=page)
    return _result_page(answers, problems) if step == RESULT else _begin_page(answers, problems)


def _begin_page(answers: SelfCheckAnswers, problems: Sequence[Problem] = ()) -> Response:
    units = tuple((str(value), _(words)) for value, words in UNITS.items())
    lengths = tuple((str(value), _(words)) for value, words in LENGTHS.items())
    return _render("self_check/index.html", answers, BEGIN, problems, units=units, lengths=lengths)


def _result_page(answers: SelfCheckAnswers, problems: Sequence[Problem] = (), status: int = 422) -> Response:
    page = result_page(answers, topics_for(answers))
    return _render("self_check/result.html", answers, RESULT, problems, status, page=page)


def _render(
    template: str,
    answers: SelfCheckAnswers,
    step: str,
    problems: Sequence[Problem],
    status: int = 422,
    **values: object,
) -> Response:
    is_first = request.method == "GET"
    return render(
        template,
        status=status if problems else 200,
        is_kept=is_first,
        answers=answers,
        step=step,
        state=to_file(answers),
        words=[problem.text(_) for problem in problems],
        posted=request.form if problems else {},
        here=url_for("self_check.submit"),
        **values,
    )


def _file(answers: SelfCheckAnswers, topics: Sequence[CheckTopic], name: str) -> ResponseReturnValue:
    """Send the result as a document, or show the result with the reason why it cannot be made now."""
    address = url_for("self_check.index")
    try:
        made = result_document(answers, topics, result_page(answers, topics), address)
        data = make_file(made, name, is_kept=False)
    except Rejected as error:
        return _result_page(answers, error.problems)
    except Busy:
        response = make_response(_result_page(answers, [Problem("busy", _BUSY)], 503))
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response
    return attachment(data, f"{_stem(answers)}.{name}", FORMATS[name].media_type)


def _stem(answers: SelfCheckAnswers) -> str:
    day = f"-{answers.on.isoformat()}" if answers.on else ""
    return f"praxis-self-check-{answers.unit}{day}"
