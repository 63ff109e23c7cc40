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
    """Return the signs of a text that somebody would miss: no spaces, no control signs, one form of each letter."""
    kept = (sign for sign in text if unicodedata.category(sign)[0] not in "CZ" and sign != "\ufffd")
    return unicodedata.normalize("NFC", "".join(kept))


def encoded(values: MultiDict[str, str]) -> Any:
    """Return a form as browsers send it: what is no letter at all becomes the sign for that."""
    safe = partial(str.encode, errors="replace")
    return MultiDict((name, safe(value).decode()) for name, value in values.items(multi=True))


def shown_on(page: Page) -> list[str]:
    """Return everything that stands in the fields and the words of a page."""
    values = [each.get("value", "") for tag in ("input", "option") for each in page.elements(tag)]
    return [*values, *("".join(each.itertext()) for each in page.elements("textarea")), page.text]


def facts_of(text: str) -> Iterator[str]:
    """Yield the facts of every file in a text as they are read: signs that nobody sees are written as numbers there."""
    parts = cut(text)
    for file in (*([parts.yaml] if parts is not None else []), *text.split("---\n")[1::2]):
        yield from _strings(read_yaml(file)[0].values)


def _strings(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(inner)


def lost_of(text: str, everything: str) -> list[str]:
    """Return what stands nowhere; signs that a file writes in its own way may stand apart from each other."""
    # No database keeps a NUL in a text, so drafts write it as a number.
    ways = [essence(text), essence(text.replace("\0", "\\x00"))]
    missing = [[part for part in _runs(way) if part not in everything] for way in ways if way not in everything]
    return min(missing, key=len) if len(missing) == len(ways) else []


def _runs(text: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in text).split()
