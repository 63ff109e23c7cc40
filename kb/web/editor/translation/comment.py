"""A translator's comment on the original of a text, or a term for the glossary: a suggestion that curators answer.

Apart because the form is a page of its own, and the suggestion is saved by another part of the domain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response

from kb.editing.suggestions.submit import comment_on_source
from kb.extensions import db
from kb.problems import Problem
from kb.records.files.paths import RecordFile
from kb.web.editor.translation.memory_page import source_bundle, source_texts
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.form_problems import field_problems
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, now, render

_LONGEST_QUOTE, _LONGEST_TERM = 300, 120


@dataclass(frozen=True)
class CommentForm:
    """The form with what was typed: the text it is about (by segment), the comment, and a term in two languages."""

    place: RecordFile
    title: str
    source_language: str
    name: str
    text: str
    reason: str
    term: str
    translation: str


def show_comment(place: RecordFile, given: Mapping[str, str], problems: Sequence[Problem] = ()) -> Response:
    """Return the form; status 422 with problems. Raises `NotFound`."""
    return render(
        "editor/translation/comment.html",
        status=422 if problems else 200,
        page=_form(place, given),
        problems=field_problems(problems),
    )


def _form(place: RecordFile, given: Mapping[str, str]) -> CommentForm:
    bundle = source_bundle(place)
    entry = generation().catalog.columns.get(bundle.key)
    text = source_texts(bundle).get(given.get("text", ""), "")
    return CommentForm(
        place,
        entry.title(i18n.current().code)[0] if entry else str(bundle.record.title),
        bundle.record.language,
        given.get("text", "") if text else "",
        text,
        given.get("reason", "").replace("\r\n", "\n"),
        given.get("term", "").strip()[:_LONGEST_TERM],
        given.get("translation", "").strip()[:_LONGEST_TERM],
    )


def save_comment(place: RecordFile, given: Mapping[str, str]) -> str:
    """Save the posted comment; return the token of the page that shows its state. Raises `Rejected`."""
    form, language = _form(place, given), i18n.current().code
    sections = {each.id for each in source_bundle(place).sections}
    section = form.name if form.name in sections else ""
    received = comment_on_source(db.session, signed_in(), place, section, _reason(form), language=language, now=now())
    return received.token


def _reason(form: CommentForm) -> str:
    """Return the comment with its context; an empty text if nothing was typed."""
    parts = [form.reason.strip()]
    if form.term:
        words = f"{form.term} = {form.translation}" if form.translation else form.term
        parts.append(_("Term for the glossary: %(words)s", words=words))
    if not any(parts):
        return ""
    head = _("From a translator into %(language)s.", language=i18n.language_name(form.place.part))
    quote = f"{form.name}: “{form.text[:_LONGEST_QUOTE]}”" if form.name else ""
    return "\n\n".join(each for each in (head, quote, *parts) if each)
