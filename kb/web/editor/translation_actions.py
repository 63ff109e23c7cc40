"""Button actions of the translation desk: go to the next segment, confirm mismatches before publication or review."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.content_store.validation import read_and_check
from kb.editing.open_text import Opened, find_origin, open_part
from kb.editing.translation.segment_review import NEXT, PICKED, READ, STILL
from kb.editing.translation.translation_form import TranslationFile
from kb.errors import NotFound
from kb.extensions import db
from kb.history import log
from kb.i18n import N_
from kb.problems import Problem, errors
from kb.web.editor.form.controls import id_of
from kb.web.editor.forms import PostedEditor
from kb.web.editor.page import find_form, page_of, show
from kb.web.editor.translation.paging import BESIDE, PAGE, page_with, posted_filter, posted_page
from kb.web.editor.translation.proposal import find_proposal
from kb.web.http.auth import signed_in
from kb.web.http.rendering import store
from kb.web.labels.segment_status import matches

# Buttons that save the draft and go to the next segment.
ONWARD = (NEXT, STILL, READ)
_TOP = "h--texts"


def ask_to_tick(given: PostedEditor) -> Response | None:
    """Return a page that asks to tick segments, if a bulk button was pressed with none ticked."""
    if given.verb not in (STILL, READ) or given.argument(0) or request.form.getlist(PICKED):
        return None
    problem = Problem("nothing-ticked", N_("Tick at least one text first."))
    return show(page_of(given.opened, minor=given.minor), problems=(problem,), status=422)


def go_on_unchanged(given: PostedEditor) -> ResponseReturnValue | None:
    """Redirect without saving if there is nothing to save."""
    opened = given.opened
    if given.verb not in (NEXT, PAGE):
        return None
    if opened.draft_id is not None:
        before = find_origin(db.session, signed_in(), opened)
        is_same = before is not None and before.text == opened.text
    else:
        is_same = _first_text(opened) == opened.text
    return redirect(next_address(given, opened.draft_id), 303) if is_same else None


def _first_text(opened: Opened) -> str | None:
    """Return the text with which the editor opens without a draft."""
    try:
        return open_part(db.session, store(), signed_in(), opened.place, draft_id=None, base=None).text
    except NotFound:
        return None


def next_address(given: PostedEditor, draft_id: int | None) -> str:
    """Return the URL of a saved draft: at the next open segment, with the same filter."""
    number, anchor = next_place(given) if given.verb in ONWARD else (posted_page(), "")
    return place_address(given, draft_id, number, _TOP if given.verb == PAGE else anchor)


def place_address(given: PostedEditor, draft_id: int | None, number: int, anchor: str) -> str:
    """Return the URL of a draft, or of the current text: a page of its texts, with the same filter."""
    place = given.opened.place
    return url_for(
        "editor.edit",
        kind=place.kind,
        record_id=place.id,
        part=place.part,
        draft=draft_id,
        view="raw" if given.is_raw else None,
        show=posted_filter() or None,
        page=number if number > 1 else None,
        beside=request.form.get(BESIDE) or None,
        _anchor=anchor or None,
    )


def next_place(given: PostedEditor) -> tuple[int, str]:
    """Return page and anchor of the next open text; if all are done, the top of the texts."""
    shown, file = posted_filter(), find_form(given.opened)
    if not isinstance(file, TranslationFile):
        return 1, _TOP
    segments = file.segments()
    place = next((index for index, each in enumerate(segments) if each.name == given.argument(0)), -1)
    following = (*segments[place + 1 :], *segments[: place + 1])
    found = next((each for each in following if each.is_open and matches(each, shown)), None)
    if found is None:
        return posted_page(), _TOP
    return page_with(segments, shown, found.name), f"{id_of(found.control)}--label"


def ask_about_changes(given: PostedEditor) -> Response | None:
    """Return a page with the mismatches against the original, unless the user has already seen all of them.

    It does not block: the same button on that page publishes, or sends to review.
    """
    if given.is_raw or not isinstance(find_form(given.opened), TranslationFile):
        return None
    page = page_of(given.opened)
    if page.desk is None or page.desk.compared in ("", request.form.get("compared", "")):
        return None
    problems = _wrong(given) if given.verb == "publish" else ()
    page = page_of(given.opened, problems=problems) if problems else page
    desk = replace(page.desk, asking=given.verb) if page.desk is not None else None
    return show(replace(page, desk=desk), problems=problems, status=422)


def _wrong(given: PostedEditor) -> list[Problem]:
    """Return the errors that would block publication, so that the user can fix them in the same round."""
    place = given.opened.place
    texts = log.texts(db.session, place.record) | {place.part: given.opened.text}
    house = store().kinds[place.kind]
    found = read_and_check(house, place.id, texts, store().vocabularies, store().law)[2]
    return [problem for problem in errors(found) if problem.path == place.part]


def show_proposal(given: PostedEditor) -> Response:
    """Return the page with the proposal for the text of the button, and all that was typed."""
    page, name = page_of(given.opened, minor=given.minor), given.argument(0)
    if page.desk is None:
        return show(page)
    proposal = find_proposal(given.opened.place, name)
    views = (replace(each, proposal=proposal) if each.segment.name == name else each for each in page.desk.segments)
    return show(replace(page, desk=replace(page.desk, segments=tuple(views))))
