"""Views that adapt a tool to a country, without account. Answers travel in the page; files are made on request."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from flask import Blueprint, Response, make_response, request, url_for
from flask.typing import ResponseReturnValue

from kb.content_store.record_source import CatalogRecords
from kb.conversion.answers import FILE_LETTERS, ConversionAnswers, from_file, to_file
from kb.conversion.convert import Conversion
from kb.conversion.load import ADAPTATIONS, TOOLS, load_conversion
from kb.conversion.render import render as render_document
from kb.documents.formats import FORMATS
from kb.errors import Busy, NotFound, Rejected
from kb.i18n import N_
from kb.kinds.country.crime_groups import CRIME_GROUPS, CrimeGroup
from kb.kinds.country.situation import YesNo
from kb.kinds.tool.model import Tool
from kb.problems import Problem
from kb.web.http import i18n
from kb.web.http.errors import RETRY_SECONDS
from kb.web.http.file_queue import attachment, make_file
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, render, today
from kb.web.parts.passages import absolute_record_link
from kb.web.tools.convert.blanks import blank_cards
from kb.web.tools.convert.choice_page import choice_page
from kb.web.tools.convert.countries import is_known
from kb.web.tools.convert.done_page import done_page, preview
from kb.web.tools.convert.download_counter import count_when_sent
from kb.web.tools.convert.forms import STEP, Posted, begun, merge_posted
from kb.web.tools.convert.start import adaptation_link, begin_view
from kb.web.tools.convert.steps import (
    BEGIN,
    DONE,
    Step,
    StepKind,
    questions,
    read_step,
    step_after,
    step_before,
)
from kb.web.tools.convert.text_pages import part_lines, part_page

bp = Blueprint("converting", __name__, url_prefix="/<language:language>")

STATE, GO, FILE = "state", "go", "file"
NEXT, BACK, PROPOSALS, SAVE = "next", "back", "proposals", "save"
_BUSY = N_("Other documents are being created. Try again in a few seconds. Your answers are still there.")
_TOOL_CHANGED = N_("The tool has changed since you started. Your answers and texts have been kept. Check them again.")


@bp.get("/<kind>/<record_id>/convert")
def begin(kind: str, record_id: str) -> ResponseReturnValue:
    """Show the first question. The address may name a paper, a crime, a country and the document's language."""
    require_tool(kind, record_id)
    return show_step(convert_with(kind, _new_answers(kind, record_id)), BEGIN)


@bp.get("/<kind>/<record_id>/as-is.<any(docx, odt, pdf):name>", defaults={"paper": ""})
@bp.get("/<kind>/<record_id>/papers/<paper>.<any(docx, odt, pdf):name>")
def download(kind: str, record_id: str, paper: str, name: str) -> ResponseReturnValue:
    """Send a paper of a tool or an adaptation as it is, without any answers: what is open becomes lines to write on.

    Without the name of a paper, it is the first one. Raises `NotFound` for a paper that the tool does not make.
    """
    require_tool(kind, record_id)
    answers = _new_answers(kind, record_id).model_copy(
        update={"without_about": True} | ({"paper": paper} if paper else {})
    )
    found = convert_with(kind, answers)
    if paper and found.answers.paper != paper:
        raise NotFound(f"{kind}/{record_id}/papers/{paper}")
    return _file_or_reason(found, name)


@bp.post("/<kind>/<record_id>/convert")
def convert_submit(kind: str, record_id: str) -> ResponseReturnValue:
    """Merge the posted form into the answers. Then show another page or send the requested file."""
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
    step, go = read_step(request.form.get(STEP, ""), found) or BEGIN, request.form.get(GO, "")
    try:
        found = _merged(found, merge_posted(found, step, posted))
    except Rejected as error:
        return show_step(found, step, error.problems, posted)
    name, _sign, paper = go.partition(":")
    if go == SAVE:
        return _answers_file(found)
    if name in FORMATS:
        return _file_or_reason(_on_paper(found, paper), name)
    if go == PROPOSALS:
        return show_step(found.with_proposals(), DONE)
    if go in (NEXT, BACK):
        return show_step(found, (step_after if go == NEXT else step_before)(found, step))
    return show_step(found, read_step(go, found) or DONE)


def _merged(found: Conversion, answers: ConversionAnswers) -> Conversion:
    """Return the conversion with new answers; another country or language needs other records."""
    is_elsewhere = (answers.country, answers.language) != (found.answers.country, found.answers.language)
    return convert_with(found.tool.kind, answers) if is_elsewhere else found.with_answers(answers)


def _on_paper(found: Conversion, paper: str) -> Conversion:
    known = {each.id for each in found.tool.record.papers}
    return found.with_answers(found.answers.model_copy(update={"paper": paper})) if paper in known else found


def require_tool(kind: str, record_id: str) -> None:
    """Raise `NotFound` unless the address names a published tool or adaptation: it may hold any text."""
    if kind not in (TOOLS, ADAPTATIONS) or generation().catalog.find(kind, record_id) is None:
        raise NotFound(f"{kind}/{record_id}")


def _new_answers(kind: str, record_id: str) -> ConversionAnswers:
    """Return the initial answers, with the paper, crime, country and language from the address."""
    answers = ConversionAnswers(tool=record_id, country=None, language=i18n.current().code)
    asked = begun(convert_with(kind, answers), request.args.to_dict(flat=False))
    return answers.model_copy(update=asked)


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
    """Continue from an uploaded file with saved answers: the last page says what is open."""
    text = request.files[FILE].read(4 * FILE_LETTERS).decode(errors="replace")
    try:
        answers = from_file(text)
        if answers.tool != record_id:
            message = N_("This file belongs to another tool: %(tool)s.")
            raise Rejected([Problem("other-tool", message, params={"tool": answers.tool})])
    except Rejected as error:
        return begin_again(kind, record_id, error.problems)
    return show_step(convert_with(kind, answers), DONE)


def convert_with(kind: str, answers: ConversionAnswers) -> Conversion:
    """Return the conversion of a published tool with these answers, without a paper that it does not make any more."""
    speech = i18n.speech(answers.language)
    tool: Tool = generation().catalog.reading(kind, answers.tool, speech.code).record
    if answers.paper is not None and answers.paper not in {paper.id for paper in tool.papers}:
        answers = answers.model_copy(update={"paper": None})
    return load_conversion(CatalogRecords(generation().catalog), kind, answers.tool, answers, speech, today())


def begin_again(kind: str, record_id: str, problems: Sequence[Problem]) -> ResponseReturnValue:
    """Show the first question without answers, and the problems of the answers that were sent."""
    return show_step(convert_with(kind, _new_answers(kind, record_id)), BEGIN, problems)


def show_step(
    found: Conversion,
    step: Step,
    problems: Sequence[Problem] = (),
    posted: Posted = MappingProxyType({}),
    *,
    status: int = 422,
) -> ResponseReturnValue:
    """Show a page with all answers and the problems to correct. `status` is the HTTP status if there are problems.

    After problems, the page shows the `posted` values again, so that nothing is lost.
    """
    version = found.tool.record.version
    answers = found.answers
    words = [problem.text(_) for problem in problems]
    if answers.version and answers.version != version:
        words.append(_(_TOOL_CHANGED))
    asked = questions(found)
    return render(
        "tools/convert/show.html",
        status=status if problems else 200,
        is_kept=False,
        found=found,
        step=step,
        place=asked.index(step) + 1 if step in asked else 0,
        last=len(asked),
        crime=_(CRIME_GROUPS[found.scope.crime]) if found.scope.crime else "",
        is_unknown=found.country is None and answers.country is not None and not is_known(answers.country),
        state=to_file(answers.model_copy(update={"version": version})),
        words=words,
        here=url_for("converting.convert_submit", kind=found.tool.kind, record_id=found.tool.id),
        back=url_for(f"{found.tool.kind}.show", record_id=found.tool.id),
        **_content(found, step, posted, status),
    )


def _content(found: Conversion, step: Step, posted: Posted, status: int) -> dict[str, Any]:
    """Return what only the page of this step shows, and its heading, which its title repeats."""
    match step.kind:
        case StepKind.BEGIN:
            answers = found.answers
            adapted = adaptation_link(found.tool.kind, found.tool.id, answers.country, answers.language)
            return {"page": begin_view(found), "heading": _("What do you need?"), "adapted": adapted}
        case StepKind.CHOICE:
            choice = choice_page(found, step.about)
            return {"page": choice, "heading": choice.label}
        case StepKind.TOPIC:
            topic = blank_cards(found, step.about, posted)
            return {"page": topic, "heading": topic.heading}
        case StepKind.TEXTS:
            return {"page": part_lines(found), "heading": _("Change the wording")}
        case StepKind.TEXT:
            part = part_page(found, step.about, posted)
            return {"page": part, "heading": part.heading}
        case StepKind.DONE:
            # A database that cannot save now may save later; the offer would promise too much.
            done = done_page(found, posted, may_be_kept=status != 503)
            return {"page": done, "heading": done.heading, "preview": preview(found)}


def _answers_file(found: Conversion) -> Response:
    answers = found.answers.model_copy(update={"version": found.tool.record.version})
    return attachment(to_file(answers).encode(), f"{_file_stem(found)}.praxis.json", "application/json")


def _file_or_reason(found: Conversion, name: str) -> ResponseReturnValue:
    """Send the document in a format, or show the last page with the reason why it cannot be made."""
    language = found.answers.language
    try:
        document = render_document(found, link=lambda target: absolute_record_link(target, language))
        data = make_file(document, name, is_kept=not found.answers.is_written)
    except Rejected as error:
        return show_step(found, DONE, error.problems)
    except Busy:
        return _asked_to_wait(found)
    file = attachment(data, f"{_file_stem(found)}.{name}", FORMATS[name].media_type)
    return count_when_sent(file, f"{found.tool.kind}/{found.tool.id}", found.answers.country, name)


def _asked_to_wait(found: Conversion) -> Response:
    response = make_response(show_step(found, DONE, [Problem("busy", _BUSY)]))
    response.status_code = 503
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _file_stem(found: Conversion) -> str:
    """Return the name of a downloaded file, without its extension. A paper for victims does not name the crime."""
    country, tool, scope = (found.answers.country or "").lower(), found.tool.id, found.scope
    paper = scope.paper.id if scope.paper is not None else ""
    is_private = scope.paper is not None and scope.paper.for_victims is YesNo.YES
    crime = CrimeGroup(scope.crime).slug if scope.crime and not is_private else ""
    # The id of an adaptation ends with its country.
    place = "" if tool.endswith(f"-{country}") else country
    return "-".join(word for word in ("praxis", tool, paper, crime, place, found.answers.language) if word)
