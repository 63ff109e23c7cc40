"""Finds submitted input again: on pages, in stored texts, and in parsed facts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import partial
from typing import Any

from werkzeug.datastructures import MultiDict

from kb.records.front_matter import Value, cut, read_yaml
from tests.page import Page


def essence(text: str) -> str:
    """Return the characters of a text that a reader would miss: no whitespace, no control characters; in NFC."""
    kept = (sign for sign in text if unicodedata.category(sign)[0] not in "CZ" and sign != "\ufffd")
    return unicodedata.normalize("NFC", "".join(kept))


def encoded(values: MultiDict[str, str]) -> Any:
    """Return a form as browsers send it: a question mark replaces each surrogate."""
    safe = partial(str.encode, errors="replace")
    return MultiDict((name, safe(value).decode()) for name, value in values.items(multi=True))


def shown_on(page: Page) -> list[str]:
    """Return the values of all fields and the text of a page."""
    values = [each.get("value", "") for tag in ("input", "option") for each in page.elements(tag)]
    return [*values, *("".join(each.itertext()) for each in page.elements("textarea")), page.text]


def facts_of(text: str) -> Iterator[str]:
    """Yield the parsed front matter values of every file in a text. Files escape invisible characters as numbers."""
    parts = cut(text)
    for file in (*([parts.yaml] if parts is not None else []), *text.split("---\n")[1::2]):
        yield from _strings(read_yaml(file)[0].values)


def _strings(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(inner)


def lost_of(text: str, everything: str) -> list[str]:
    """Return the missing words of a text. Words may be apart, because files escape some characters."""
    # No database stores NUL in a text, so drafts escape it.
    ways = [essence(text), essence(text.replace("\0", "\\x00"))]
    missing = [[part for part in _runs(way) if part not in everything] for way in ways if way not in everything]
    return min(missing, key=len) if len(missing) == len(ways) else []


def _runs(text: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in text).split()
