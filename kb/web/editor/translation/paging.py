"""Pages of the translation desk: which texts a request shows, 50 at a time, and on which page another text is.

Apart because the buttons of the desk lead to pages before the desk is made.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import request

from kb.editing.translation.translation_form import TranslationSegment
from kb.web.labels.segment_status import SHOWN, matches

PER_PAGE = 50
PAGE = "page"  # the button that turns to a page, and the field with the number of the present one
BESIDE = "beside"  # the field with the further language that is shown


@dataclass(frozen=True)
class TextsPage:
    """The texts of a page: the filter, its number, the number of pages, and the names of its texts."""

    shown: str
    number: int
    pages: int
    names: frozenset[str]


def texts_page(segments: Sequence[TranslationSegment], named: Collection[str] = ()) -> TextsPage:
    """Return the texts that the request asks for.

    A form that is shown again keeps its texts, even if typed text excludes some from the filter. `named` are added:
    texts with problems, so that every problem has a place.
    """
    if request.method != "POST":
        return _cut(segments, request.args.get("show", ""), _number(request.args.get(PAGE)))
    verb, _colon, argument = request.form.get("do", "").partition(":")
    if verb == "show":
        return _cut(segments, argument, 1)
    posted = frozenset(each.name for each in segments if each.control in request.form)
    shown = posted_filter() if posted.issuperset(named) else ""
    page = _cut(segments, shown, posted_page())
    return TextsPage(page.shown, page.number, page.pages, posted.union(named)) if posted else page


def posted_filter() -> str:
    """Return the filter of the posted form."""
    shown = request.form.get("show", "")
    return shown if shown in SHOWN else ""


def posted_page() -> int:
    """Return the number of the page that the posted form shows, or of the one that its button turns to."""
    verb, _colon, argument = request.form.get("do", "").partition(":")
    return _number(argument if verb == PAGE else request.form.get(PAGE))


def page_with(segments: Sequence[TranslationSegment], shown: str, name: str) -> int:
    """Return the number of the page that has a text."""
    names = [each.name for each in segments if matches(each, shown)]
    return names.index(name) // PER_PAGE + 1 if name in names else 1


def _cut(segments: Sequence[TranslationSegment], shown: str, number: int) -> TextsPage:
    shown = shown if shown in SHOWN else ""
    names = [each.name for each in segments if matches(each, shown)]
    pages = max(1, -(-len(names) // PER_PAGE))
    number = min(max(1, number), pages)
    return TextsPage(shown, number, pages, frozenset(names[(number - 1) * PER_PAGE : number * PER_PAGE]))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 6 else 1
