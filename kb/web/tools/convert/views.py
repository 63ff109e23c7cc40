"""Views that convert a tool for a country, without account. Answers travel in the page; files are made on request."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from flask import Blueprint, Response, make_response, request, url_for
from flask.typing import ResponseReturnValue

from kb.content_store.record_source import CatalogRecords
from kb.conversion.answers import FILE_LETTERS, ConversionAnswers, from_file, to_file
from kb.conversion.convert import Conversion
from kb.conversion.load import ADAPTATIONS, TOOLS, load_conversion
from kb.conversion.render import render as render_document
from kb.documents.formats import FORMATS
from kb.documents.pdf import is_available
from kb.errors import Busy, NotFound, Rejected
from kb.i18n import N_
from kb.kinds.country.membership import EUROPE
from kb.problems import Problem
from kb.web.http import i18n
from kb.web.http.errors import RETRY_SECONDS
from kb.web.http.file_queue import attachment, make_file
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, render, today
from kb.web.parts.passages import absolute_record_link
from kb.web.tools.convert import page as convert_page
from kb.web.tools.convert.blanks import blank_cards
from kb.web.tools.convert.download_counter import count_when_sent
from kb.web.tools.convert.forms import BLANKS, CHOICES, STEP, STEPS, TAKE, TEXTS, Posted, merge_posted
from kb.web.tools.convert.start import adaptation_link

bp = Blueprint("converting", __name__, url_prefix="/<language:language>")

STATE, GO, SAVE, FILE = "state", "go", "save", "file"
_BUSY = N_("Other documents are being created. Try again in a few seconds. Your answers are still there.")
_TOOL_CHANGED = N_("The tool has changed since you started. Your texts have been kept. Check them again.")


@bp.get("/<kind>/<record_id>/convert")
def begin(kind: str, record_id: str) -> ResponseReturnValue:
    """Show the first step with the country and the document's language from the address."""
    require_tool(kind, record_id)
    return show_step(convert_with(kind, _new_answers(record_id)), CHOICES)


@bp.get("/<kind>/<record_id>/as-is.<any(docx, odt, pdf):name>")
def download(kind: str, record_id: str, name: str) -> ResponseReturnValue:
    """Send a tool or an adaptation as it is, without any answers: open points become ruled lines or visible gaps."""
    require_tool(kind, record_id)
    return _file_or_reason(convert_with(kind, _new_answers(record_id)), name)


@bp.post("/<kind>/<record_id>/convert")
def convert_submit(kind: str, record_id: str) -> ResponseReturnValue:
    """Merge the posted form into the answers. Then show the next step or send the requested file."""
    require_tool(kind, record_id)
    if FILE in request.files:
        return _resume(kind, record_id)
    try:
        found = convert_with(kind, carried_answers(record_id))
    except Rejected as error:
        return begin_again(kind, record_id, error.problems)
    return _take_in(found)


def _take_in(found: Conversion) -> ResponseReturnValue:
    """Merge the posted form into the carried answers, and respond to the pressed button."""
    posted = request.form.to_dict(flat=False)
    step, go = request.form.get(STEP, CHOICES), request.form.get(GO, "")
    try:
        found = found.with_answers(merge_posted(found, posted))
    except Rejected as error:
        return show_step(found, step if step in STEPS else CHOICES, error.problems, posted)
    if go == SAVE:
        return _answers_file(found)
    if go in FORMATS:
        return _file_or_reason(found, go)
    return show_step(found, go if go in STEPS else CHOICES)


def require_tool(kind: str, record_id: str) -> None:
    """Raise `NotFound` unless the address names a published tool or adaptation: it may hold any text."""
    if kind not in (TOOLS, ADAPTATIONS) or generation().catalog.find(kind, record_id) is None:
        raise NotFound(f"{kind}/{record_id}")


def _new_answers(record_id: str) -> ConversionAnswers:
    """Return the initial answers of a conversion, with the country and the document's language from the address."""
    code = request.args.get("country", "").upper()
    wanted = request.args.get("in", "")
    known = {each.code for each in i18n.offered()}
    return ConversionAnswers(
        tool=record_id,
        country=code if code in EUROPE else None,
        language=wanted if wanted in known else i18n.current().code,
    )


def carried_answers(record_id: str) -> ConversionAnswers:
    """Return the answers from the page's hidden field. Raises `Rejected` if they are invalid or for another tool."""
    answers = from_file(request.form.get(STATE, ""))
    if answers.tool != record_id or answers.language not in {each.code for each in i18n.offered()}:
        message = N_(
            "This file is for another tool or an unsupported language. Select a file that was saved from this tool."
        )
        raise Rejected([Problem("other-tool", message)])
    return answers


def _resume(kind: str, record_id: str) -> ResponseReturnValue:
    """Continue a conversion from an uploaded file with saved answers."""
    text = request.files[FILE].read(4 * FILE_LETTERS).decode(errors="replace")
    try:
        answers = from_file(text)
        if answers.tool != record_id:
            message = N_("This file belongs to another tool: %(tool)s.")
            raise Rejected([Problem("other-tool", message, params={"tool": answers.tool})])
    except Rejected as error:
        return begin_again(kind, record_id, error.problems)
    return show_step(convert_with(kind, answers), BLANKS)


def convert_with(kind: str, answers: ConversionAnswers) -> Conversion:
    """Return the conversion of a published tool with these answers."""
    speech = i18n.speech(answers.language)
    return load_conversion(CatalogRecords(generation().catalog), kind, answers.tool, answers, speech, today())


def begin_again(kind: str, record_id: str, problems: Sequence[Problem]) -> ResponseReturnValue:
    """Show the first step without answers, and the problems of the answers that were sent."""
    return show_step(convert_with(kind, _new_answers(record_id)), CHOICES, problems)


def show_step(
    found: Conversion,
    step: str,
    problems: Sequence[Problem] = (),
    posted: Posted = MappingProxyType({}),
    *,
    status: int = 422,
) -> ResponseReturnValue:
    """Show a step with all answers and the problems to correct. `status` is the HTTP status if there are problems.

    After problems, the page shows the `posted` values again, so that nothing is lost.
    """
    version = found.tool.record.version
    answers = found.answers
    words = [problem.text(_) for problem in problems]
    if answers.version and answers.version != version:
        words.append(_(_TOOL_CHANGED))
    return render(
        "tools/convert/show.html",
        status=status if problems else 200,
        is_kept=False,
        found=found,
        step=step,
        following=STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)],
        before=STEPS[max(STEPS.index(step) - 1, 0)],
        steps=convert_page.steps(step),
        adapted=adaptation_link(found.tool.kind, found.tool.id, answers.country, answers.language)
        if step == CHOICES
        else None,
        choices=convert_page.choice_cards(found) if step == CHOICES else (),
        blanks=blank_cards(found, posted) if step == BLANKS else (),
        parts=convert_page.part_cards(found, posted) if step == TEXTS else (),
        review=convert_page.review(found, posted) if step == TAKE else None,
        notes=convert_page.notes(found),
        preview=convert_page.preview(found),
        open_points=convert_page.open_points(found),
        has_pdf=is_available(),
        keeping=convert_page.keep_offer(found) if step == TAKE and status != 503 else None,
        state=to_file(answers.model_copy(update={"version": version})),
        words=words,
        example="{{b-emergency}}",
        here=url_for("converting.convert_submit", kind=found.tool.kind, record_id=found.tool.id),
        back=url_for(f"{found.tool.kind}.show", record_id=found.tool.id),
    )


def _answers_file(found: Conversion) -> Response:
    answers = found.answers.model_copy(update={"version": found.tool.record.version})
    return attachment(to_file(answers).encode(), f"{_file_stem(found)}.praxis.json", "application/json")


def _file_or_reason(found: Conversion, name: str) -> ResponseReturnValue:
    """Send the document in a format, or show the last step with the reason why it cannot be made."""
    try:
        data = make_file(render_document(found, link=absolute_record_link), name, is_kept=not found.answers.is_written)
    except Rejected as error:
        return show_step(found, TAKE, error.problems)
    except Busy:
        return _asked_to_wait(found)
    file = attachment(data, f"{_file_stem(found)}.{name}", FORMATS[name].media_type)
    return count_when_sent(file, f"{found.tool.kind}/{found.tool.id}", found.answers.country, name)


def _asked_to_wait(found: Conversion) -> Response:
    response = make_response(show_step(found, TAKE, [Problem("busy", _BUSY)]))
    response.status_code = 503
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _file_stem(found: Conversion) -> str:
    """Return the name of a downloaded file, without its extension."""
    country, tool = (found.answers.country or "").lower(), found.tool.id
    # The id of an adaptation ends with its country.
    words = ("praxis", tool, "" if tool.endswith(f"-{country}") else country, found.answers.language)
    return "-".join(word for word in words if word)
