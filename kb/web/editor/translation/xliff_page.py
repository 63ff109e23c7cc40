"""The page where a translation leaves as XLIFF and comes back as a draft; what an upload did, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, flash, request

from kb.editing.open_text import Opened, open_part
from kb.editing.translation.translation_form import TranslationFile
from kb.errors import NotFound
from kb.exchange.xliff_files import MAX_BYTES, XliffImport, apply_xliff, read_xliff, to_xliff
from kb.extensions import db
from kb.history.model import Draft
from kb.problems import Problem
from kb.records.files.paths import RecordFile
from kb.web.editor.page import find_form
from kb.web.editor.save_fallback import save_as_draft
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.form_problems import field_problems
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import generation, render, store, today, with_cache_headers

_MOST_NAMES = 12  # of texts, in a message


@dataclass(frozen=True)
class XliffPage:
    """A translation, the draft that the file is made from, if any, and its title."""

    place: RecordFile
    draft_id: int | None
    title: str
    source_language: str


def show_xliff(place: RecordFile, draft_id: int | None, problems: Sequence[Problem] = ()) -> Response:
    """Return the page; status 422 with problems. Raises `NotFound`, or `Forbidden` for another person's draft."""
    opened, file = _open(place, draft_id)
    entry = generation().catalog.columns.get(file.bundle.key)
    title = entry.title(i18n.current().code)[0] if entry else str(file.bundle.record.title)
    page = XliffPage(place, opened.draft_id, title, file.bundle.record.language)
    return render(
        "editor/translation/xliff.html",
        status=422 if problems else 200,
        page=page,
        problems=field_problems(problems),
    )


def _open(place: RecordFile, draft_id: int | None) -> tuple[Opened, TranslationFile]:
    opened = open_part(db.session, store(), signed_in(), place, draft_id=draft_id, base=None)
    file = find_form(opened)
    if not isinstance(file, TranslationFile):
        raise NotFound(place.record)  # a source file, or a broken translation
    return opened, file


def download_xliff(place: RecordFile, draft_id: int | None) -> Response:
    """Return the draft, or the current translation, as a file."""
    file = _open(place, draft_id)[1]
    response = Response(to_xliff(file), content_type="application/xliff+xml; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{place.id}.{place.part}.xlf")
    return with_cache_headers(response)


def take_xliff(place: RecordFile, draft_id: int | None) -> Draft | None:
    """Save the posted file into the draft, or as a new one, and flash what was done; `None` if nothing was new.

    Raises `Rejected` for a file that cannot be used.
    """
    opened, file = _open(place, draft_id)
    sent = request.files.get("file")
    units = read_xliff(sent.stream.read(MAX_BYTES + 1) if sent is not None else b"", file)
    result = apply_xliff(file, units, today())
    _flash_result(result)
    if not result.taken:
        return None
    return save_as_draft(Opened(**{**opened.__dict__, "text": result.text}))


def _flash_result(result: XliffImport) -> None:
    count = len(result.taken)
    taken = ngettext(
        "%(count)s text was taken from the file into your draft.",
        "%(count)s texts were taken from the file into your draft.",
        count,
        count=i18n.number(count),
    )
    flash(taken if count else _("The file has nothing new."), "good" if count else "message")
    left_out = (
        (
            result.changed,
            _("Left out, because the original has changed since: %(names)s", names=_names(result.changed)),
        ),
        (
            result.unfinished,
            _("Left out, because the file calls them initial: %(names)s", names=_names(result.unfinished)),
        ),
        (
            result.unknown,
            _("Left out, because the original has no such texts: %(names)s", names=_names(result.unknown)),
        ),
    )
    for names, words in left_out:
        if names:
            flash(words)


def _names(names: Sequence[str]) -> str:
    shown = names[:_MOST_NAMES]
    return i18n.listing(shown if len(shown) == len(names) else (*shown, "…")) if shown else ""
