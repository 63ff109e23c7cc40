"""Views that keep a conversion as an adaptation for its country. Curators find the button at the last step."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.conversion.convert import Conversion
from kb.conversion.load import TOOLS
from kb.editing.adaptation.keep_conversion import find_kept, keep_conversion
from kb.errors import Forbidden, NotFound, Rejected
from kb.extensions import db
from kb.i18n import N_
from kb.kinds.adaptation.model import ADAPTATION
from kb.problems import Problem
from kb.records.bundle import SOURCE
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.db_errors import NOT_SAVED, SaveError, rollback_on_error
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import now, store
from kb.web.tools.convert.forms import merge_posted
from kb.web.tools.convert.steps import DONE
from kb.web.tools.convert.views import begin_again, carried_answers, convert_with, require_tool, show_step

_KEPT = Problem(
    "kept-already",
    N_(
        "This country already has an adaptation of this tool: see the link below. Nothing was changed. Your answers "
        "are still here."
    ),
)

bp = Blueprint("adapting", __name__, url_prefix="/<language:language>")


@bp.get("/tools/<record_id>/keep")
@permission_required(Permission.EDIT)
def keep(record_id: str) -> ResponseReturnValue:
    """Redirect to the start of the conversion. The answers travel in the posted page; a GET request has none."""
    return redirect(url_for("converting.begin", kind=TOOLS, record_id=record_id), 303)


@bp.post("/tools/<record_id>/keep")
@permission_required(Permission.EDIT)
def keep_submit(record_id: str) -> ResponseReturnValue:
    """Begin an adaptation from the answers that the page carries. On any problem, show the answers again."""
    require_tool(TOOLS, record_id)
    try:
        found = convert_with(TOOLS, carried_answers(record_id))
    except Rejected as error:
        return begin_again(TOOLS, record_id, error.problems)
    return _keep_or_reason(found)


def _keep_or_reason(found: Conversion) -> ResponseReturnValue:
    """Keep the conversion with the posted form, or show the last step with the reason for a refusal."""
    message, expected = "a conversion of %s could not be kept", (Rejected, NotFound, Forbidden)
    try:
        with rollback_on_error(message, found.tool.id, expected=expected):
            found = found.with_answers(merge_posted(found, DONE, request.form.to_dict(flat=False)))
            return _keep(found)
    except Rejected as error:
        problems, status = error.problems, 409 if error.problems == (_KEPT,) else 422
    except SaveError:
        problems, status = (NOT_SAVED,), 503
    return show_step(found, DONE, problems, status=status)


def _keep(found: Conversion) -> ResponseReturnValue:
    answers = found.answers
    if answers.country and find_kept(db.session, store(), signed_in(), answers.tool, answers.country):
        raise Rejected([_KEPT])
    draft, made = keep_conversion(db.session, store(), signed_in(), found, now=now())
    flash(_("Draft adaptation started. Describe what you changed and why, then send it for review."), "good")
    if waiting := made.untranslated[answers.language]:
        flash(
            ngettext(
                "%(count)s text is still in the language of the tool. Translate it here.",
                "%(count)s texts are still in the language of the tool. Translate them here.",
                waiting,
            )
        )
    return redirect(
        url_for("editor.edit", kind=ADAPTATION.name, record_id=made.record_id, part=SOURCE, draft=draft.id), 303
    )
