"""What a reader types is in no log: not in a line, not in an exception, not in what an exception says.

`kb serve` writes no log of requests. What goes wrong while something typed is answered is logged with its path and the
places in the code, but without the words of the exceptions, as those may repeat what was typed. That holds for
searches, for all that somebody without an account sends in a form, and for what opens a suggestion or a workshop in an
address.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import suppress

from flask import Flask, has_request_context, request
from werkzeug.exceptions import HTTPException

from kb.web.http.current_user import person

# Parameters that hold what was typed, or that open an account, and how those of notes begin; all others are chosen.
TYPED = (
    "q",
    "find",
    "add",
    "title",
    "token",
    "key",
    "email",
    "name",
    "password",
    "current",
    "new",
    "contact",
    "reason",
)
NOTES = "note."
# All that is not typed in the forms of people without an account: buttons, and the moment at which a form was shown.
CHOSEN = ("do", "shown")
_LEFT_OUT = "…"
_QUERY = re.compile(r"\?\S*")


class _Forgetting(logging.Handler):
    """Writes nothing. It stands before the handlers that do, and takes out of each record what was typed."""

    def emit(self, record: logging.LogRecord) -> None:
        typed = _typed_pattern()
        if not typed:
            return
        record.msg, record.args = typed.sub(_LEFT_OUT, record.getMessage()), ()
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = "\n".join(_stack_lines(traceback.TracebackException.from_exception(record.exc_info[1])))


def init_app(app: Flask) -> None:
    """Take what was typed out of all that our loggers write; app.py and all modules of ours log below its logger."""
    app.logger.handlers = [
        _Forgetting(),
        *(each for each in app.logger.handlers if not isinstance(each, _Forgetting)),
    ]
    logging.getLogger("werkzeug").addFilter(_cut_query)  # the same one is added once


def _typed_pattern() -> re.Pattern[str] | None:
    """Return what finds every word that was typed in this request, as typed or as it stands in the address."""
    if not has_request_context():
        return None
    words = {word for text in _texts() for word in re.findall(r"\w+", text)}
    if not words:
        return None
    raw = re.escape(request.query_string.decode(errors="replace"))
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    found = rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)"
    return re.compile(f"{raw}|{found}" if raw else found, re.IGNORECASE)


def _texts() -> Iterator[str]:
    """Yield what was typed: in the address and, where that can be read, in a form."""
    yield from (str(value) for name, value in (request.view_args or {}).items() if name in TYPED)
    yield from (text for name, text in request.args.items(multi=True) if _is_typed(name))
    is_reader = person() is None
    with suppress(HTTPException):  # too large, or broken: then nobody else has read it either
        for name, text in request.form.items(multi=True):
            if _is_typed(name) or (is_reader and name not in CHOSEN):
                yield text


def _is_typed(name: str) -> bool:
    return name in TYPED or name.startswith(NOTES)


def _stack_lines(error: traceback.TracebackException) -> Iterator[str]:
    """Yield where an exception and those that led to it came from, and of which kind they are."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _stack_lines(before)
        yield "which led to"
    yield from (line.rstrip("\n") for line in error.stack.format())
    # From Python 3.13 on there is the name, and asking for the type is deprecated.
    name = getattr(error, "exc_type_str", None) or getattr(error.exc_type, "__name__", None)
    yield str(name or "an exception").rpartition(".")[2]


def _cut_query(record: logging.LogRecord) -> bool:
    """Let the server for development, the only one that logs requests, log their paths alone."""
    record.msg, record.args = _QUERY.sub("", record.getMessage()), ()
    return True
