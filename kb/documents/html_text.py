"""Writes runs of text as HTML with all text escaped."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape as escaped

from kb.documents.blocks import Mark, Run, Runs
from kb.documents.xml_text import clean

_TAGS = {
    Mark.STRONG: ("<strong>", "</strong>"),
    Mark.EMPHASIS: ("<em>", "</em>"),
    Mark.CODE: ("<code>", "</code>"),
    Mark.SUPERSCRIPT: ("<sup>", "</sup>"),
    Mark.FILLED: ('<span class="filled">', "</span>"),
    Mark.OPEN: ('<mark class="open">', "</mark>"),
}
# Outermost first, so that the same marks always nest in the same way.
_ORDER = (Mark.OPEN, Mark.FILLED, Mark.STRONG, Mark.EMPHASIS, Mark.CODE, Mark.SUPERSCRIPT)
_LINE_SIGNS = 24  # underscores
_SCHEMES = ("https://", "http://", "mailto:", "tel:")
# A URL, which gets no hyphens of its own, with its host; and a word with a short part before or after its hyphen. There
# is no line break inside the host and the word.
_WHOLE = re.compile(
    r"(?P<host>https?://[\w.-]*\w)(?P<path>(?:&amp;|[^\s,;()<&])*)|(?<![\w/.@:?=&-])(?P<word>[^\W\d_]{1,4}-[^\W\d_]{1,12}|[^\W\d_]{1,12}-[^\W\d_]{1,4})(?![\w/@-]|\.\w)"
)


def escape(text: str) -> str:
    """Escape a text for HTML and remove characters that XML forbids."""
    return escaped(clean(text))


def drawn_line(run: Run) -> str:
    """Return a line to write on as a row of signs, which needs no styles; screen readers say its label."""
    return f'<span role="img" aria-label="{escape(run.text)}">{"_" * _LINE_SIGNS}</span>'


def runs_html(runs: Runs, language: str, *, is_paper: bool = False, line: Callable[[Run], str] = drawn_line) -> str:
    """Return the HTML of runs; `language` is that of the surrounding text, `line` returns a line to write on."""
    return "".join(
        line(run)
        if Mark.LINE in run.marks
        else _run(run.text, run.marks, run.link, "" if run.language == language else run.language, is_paper=is_paper)
        for run in runs
    )


def _whole(match: re.Match[str]) -> str:
    if match["word"]:
        return f'<span class="whole">{match[0]}</span>'
    return f'<span class="address"><span class="host">{match["host"]}</span>{match["path"]}</span>'


def _run(text: str, marks: frozenset[Mark], link: str, language: str, *, is_paper: bool) -> str:
    words = escape(text).replace("\n", "<br>")
    if is_paper:
        words = _WHOLE.sub(_whole, words)
    for mark in reversed(_ORDER):
        if mark in marks:
            before, after = _TAGS[mark]
            words = f"{before}{words}{after}"
    if language:
        words = f'<span lang="{escape(language)}">{words}</span>'
    return f'<a href="{escape(link)}">{words}</a>' if link.startswith(_SCHEMES) else words
