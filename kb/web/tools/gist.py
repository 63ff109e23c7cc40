"""The gist of a text in a few words, for the line that opens it: its words in bold, its first items, or a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.editing.quality.text_statistics import sentences

_LETTERS = 50  # a line on a phone
_SHORT = 60  # letters of a first sentence that says too little without the next one
_BOLD = re.compile(r"^\s*[-*+]\s+\*\*(?P<words>.+?)\*\*", re.M)
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s")
_MORE = "\N{NO-BREAK SPACE}…"


def first_sentences(text: str, language: str, number: int) -> tuple[str, str]:
    """Return the first sentences of a text, one more if the first is short, and the rest of the text."""
    found = list(sentences(text, language))
    number += bool(found) and len(found[0]) < _SHORT
    return " ".join(found[:number]), " ".join(found[number:])


def gist(text: str, language: str) -> str:
    """Return what a Markdown text is about: the words in bold of its list, or its first items or sentence."""
    bold = [match["words"] for match in _BOLD.finditer(text)]
    if bold:
        return in_one_line(bold)
    found = list(sentences(text, language))
    return in_one_line(found if _ITEM.match(text) else found[:1])


def in_one_line(parts: Iterable[str]) -> str:
    """Return those of the parts that fit one line, in order; an ellipsis stands for the others."""
    found = [each.strip().rstrip(".,:;") for each in parts]
    line = ""
    for part in found:
        longer = f"{line} · {part}" if line else part
        line = longer if len(longer) <= _LETTERS else line
    if not line and found:
        return f"{found[0][:_LETTERS].rpartition(' ')[0]}{_MORE}"
    return line if line == " · ".join(found) else f"{line}{_MORE}"
