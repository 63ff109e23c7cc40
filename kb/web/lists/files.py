"""Download a list as a Markdown text or as a CSV table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from werkzeug.wrappers import Response

from kb.documents.csv_text import to_csv
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import today
from kb.web.http.robots_header import unlisted
from kb.web.lists.page import ListedPractice, ListPage

# Signs with a meaning at the start of a line (lists, headings), and signs with a meaning anywhere.
_AT_START = re.compile(r"^\s*(?=[-+#=])|^\s*\d+(?=[.)])")
_ANYWHERE = re.compile(r"([\\`*_\[\]<>|])")


def file_response(text: str, mimetype: str, name: str) -> Response:
    """Return a file to save; no search engine may list it, and no browser may cache it."""
    response = Response(text, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.cache_control.no_store = True
    return unlisted(response)


def to_markdown(page: ListPage) -> str:
    """Return the list as Markdown. Typed texts are escaped and stay plain text."""
    return "\n\n".join(_blocks(page)) + "\n"


def _blocks(page: ListPage) -> Iterator[str]:
    yield f"# {_escape(page.heading)}"
    if page.selection.is_written_by_a_reader:
        yield _("The title and notes were written by the person who made this list, not by Praxis.")
    for number, entry in enumerate(page.entries, 1):
        yield from _entry(number, entry)
    yield "---"
    yield _("Downloaded from Praxis on %(date)s", date=i18n.date_words(today()))
    yield _("Praxis texts: CC BY 4.0")


def _entry(number: int, entry: ListedPractice) -> Iterator[str]:
    yield f"## {number}. {_escape(entry.chosen.title)}"
    if entry.hit is None:
        yield _("This practice is not in the collection. It may have been removed.")
    else:
        yield " · ".join(_escape(each) for each in (*_rating(entry), *entry.hit.facts))
        yield _escape(entry.hit.summary)
        if entry.line is not None:
            yield f"*{_escape(entry.line.words)}*"
        yield f"<{entry.address}>"
    if entry.note:
        # Two spaces at its end keep a line break.
        yield "\n".join(f"> {_escape(each)}  " for each in (f"{_('Note')}:", *entry.note.split("\n")))


def _escape(text: str) -> str:
    """Return a line with all Markdown signs escaped."""
    return _AT_START.sub(lambda found: f"{found[0]}\\", _ANYWHERE.sub(r"\\\1", text))


def _rating(entry: ListedPractice) -> tuple[str, ...]:
    rating = entry.hit.rating if entry.hit is not None else None
    if rating is None:
        return ()
    return f"{rating.code} {rating.level_words}".strip(), rating.direction_words, rating.transfer_words


def to_table(page: ListPage) -> str:
    """Return the list as CSV for spreadsheets, one line for each practice."""
    header = (
        _("Row"),
        _("Title"),
        _("Countries and years"),
        _("Strength of evidence"),
        _("Effect"),
        _("Transferability"),
        _("In short"),
        _("Text status"),
        _("Note"),
        _("Address"),
        _("Id"),
    )
    return to_csv((header, *(_line(number, entry) for number, entry in enumerate(page.entries, 1))))


def _line(number: int, entry: ListedPractice) -> tuple[str, ...]:
    hit = entry.hit
    return (
        str(number),
        entry.chosen.title,
        ", ".join(hit.facts) if hit else _("This practice is not in the collection. It may have been removed."),
        *(_rating(entry) or ("", "", "")),
        hit.summary if hit else "",
        entry.line.words if entry.line else "",
        entry.note,
        entry.address if hit else "",
        entry.chosen.id,
    )
