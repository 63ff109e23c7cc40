"""Keep what readers type out of the logs: out of messages, exceptions and the texts of exceptions.

`kb serve` writes no log of requests. An error while answering typed input is logged with its path and its places in the
code. The messages of the exceptions are left out, as they may repeat the input. This holds for searches and for all
forms without an account. It also holds for tokens in addresses that open a suggestion or a workshop.
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

# Parameters that hold typed text or that open an account, and the prefixes of notes. All others are chosen from a list.
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
# Fields that are not typed in the forms of people without an account: buttons, and the time at which a form was shown.
CHOSEN = ("do", "shown")
_LEFT_OUT = "…"
_QUERY = re.compile(r"\?\S*")


class _Forgetting(logging.Handler):
    """A log handler that writes nothing: it runs before the others and removes typed text from each record."""

    def emit(self, record: logging.LogRecord) -> None:
        typed = _typed_pattern()
        if not typed:
            return
        record.msg, record.args = typed.sub(_LEFT_OUT, record.getMessage()), ()
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = "\n".join(_stack_lines(traceback.TracebackException.from_exception(record.exc_info[1])))


def init_app(app: Flask) -> None:
    """Remove typed text from all log records; app.py and all our modules log below its logger."""
    app.logger.handlers = [
        _Forgetting(),
        *(each for each in app.logger.handlers if not isinstance(each, _Forgetting)),
    ]
    logging.getLogger("werkzeug").addFilter(_cut_query)  # adding the same filter twice has no effect


def _typed_pattern() -> re.Pattern[str] | None:
    """Return a pattern that matches every word typed in this request, as typed or as quoted in the URL."""
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
    """Yield the typed texts: those of the URL and, if it can be read, those of the form."""
    yield from (str(value) for name, value in (request.view_args or {}).items() if name in TYPED)
    yield from (text for name, text in request.args.items(multi=True) if _is_typed(name))
    is_reader = person() is None
    with suppress(HTTPException):  # too large, or malformed: then no other code has read it either
        for name, text in request.form.items(multi=True):
            if _is_typed(name) or (is_reader and name not in CHOSEN):
                yield text


def _is_typed(name: str) -> bool:
    return name in TYPED or name.startswith(NOTES)


def _stack_lines(error: traceback.TracebackException) -> Iterator[str]:
    """Yield the class and the stack of an exception and of those that caused it, without messages."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _stack_lines(before)
        yield "which led to"
    yield from (line.rstrip("\n") for line in error.stack.format())
    # Python 3.13 has the name; its access to the type is deprecated.
    name = getattr(error, "exc_type_str", None) or getattr(error.exc_type, "__name__", None)
    yield str(name or "an exception").rpartition(".")[2]


def _cut_query(record: logging.LogRecord) -> bool:
    """Make the development server, the only one that logs requests, log their paths alone."""
    record.msg, record.args = _QUERY.sub("", record.getMessage()), ()
    return True
