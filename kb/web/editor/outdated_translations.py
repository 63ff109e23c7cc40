"""Preview of consequences for translations, shown before a source text is published or restored."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask

from kb.editing.translation.outdated_translations import Turn, consequences, turns_of
from kb.extensions import db
from kb.history import log
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.web.editor.page import EditorPage
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import store
from kb.web.labels.pieces import PieceNames


@dataclass(frozen=True)
class ConsequencesView:
    """Lines for an ordinary change and for a minor one. `is_unchanged` is true if no text has changed yet."""

    ordinary: tuple[str, ...]
    minor: tuple[str, ...]
    is_unchanged: bool = False


def init_app(app: Flask) -> None:
    """Make the consequences available to the publishing panel of the editor."""
    app.jinja_env.globals.update(consequences_of=consequences_of)


def consequences_of(page: EditorPage) -> ConsequencesView | None:
    """Return what publishing the editor's text means for its translations, or `None` without translations."""
    place = page.opened.place
    if not page.is_source or page.is_new:
        return None
    texts, shape = log.texts(db.session, place.record), store().kinds[place.kind].shape
    found = consequences(shape, place.id, texts, page.opened.text)
    if found is None:
        return None
    names = PieceNames(shape, (page.opened.text,))
    is_unchanged = page.opened.text == texts.get(SOURCE)
    return ConsequencesView(_lines(found.ordinary, names), _lines(found.minor, names), is_unchanged)


def restoring_lines(place: RecordFile, text: str) -> tuple[str, ...]:
    """Return what restoring this text as the source file means for the translations."""
    if place.part != SOURCE:
        return ()
    shape = store().kinds[place.kind].shape
    turns = turns_of(shape, place.id, log.texts(db.session, place.record), text)
    return _lines(turns, PieceNames(shape, (text,)))


def _lines(turns: tuple[Turn, ...], names: PieceNames) -> tuple[str, ...]:
    """Return one line for each translation that changes, and one line for all others."""
    lines = [line for turn in turns for line in _of_one(turn, names)]
    untouched = [i18n.language_name(turn.language) for turn in turns if not turn.stale and not turn.fresh]
    if untouched:
        lines.append(_("Unchanged: %(languages)s", languages=i18n.listing(untouched)))
    return tuple(lines)


def _of_one(turn: Turn, names: PieceNames) -> list[str]:
    language, lines = i18n.language_name(turn.language), list[str]()
    if turn.stale:
        pieces = i18n.listing(names.segment(each) for each in turn.stale)
        lines.append(
            ngettext(
                "%(language)s: %(count)s text will be out of date (%(pieces)s)",
                "%(language)s: %(count)s texts will be out of date (%(pieces)s)",
                len(turn.stale),
                language=language,
                pieces=pieces,
            )
        )
    if turn.fresh:
        pieces = i18n.listing(names.segment(each) for each in turn.fresh)
        lines.append(
            ngettext(
                "%(language)s: %(count)s text will be up to date again (%(pieces)s)",
                "%(language)s: %(count)s texts will be up to date again (%(pieces)s)",
                len(turn.fresh),
                language=language,
                pieces=pieces,
            )
        )
    return lines
