"""Convert simple texts to plain text without a Markdown parser, which takes most of the time of a first start."""

from __future__ import annotations

import re

from kb.records.markdown import SOURCE_MARK, to_plain

# Lines that begin with a letter and have no Markdown or HTML syntax; each is a block by itself.
_LINE = r"[^\W\d_][\w .,:;()/'’–-]*"
_PARAGRAPHS = re.compile(rf"{_LINE}(?:\n\n{_LINE})*")
_LIST = re.compile(rf"1\. {_LINE}(?:\n\d+\. {_LINE})*")
_NUMBER = re.compile(r"(?m)^\d+\. ")
_MEANT = re.compile(r"_|  | $| \n")  # characters that still have a meaning in Markdown, or are removed


def quickly_plain(text: str) -> str:
    """Return what `to_plain` returns, for simple paragraphs or one simple list without calling it."""
    bare = SOURCE_MARK.sub("", text)
    if _MEANT.search(bare) is None:
        if _PARAGRAPHS.fullmatch(bare):
            return bare.replace("\n\n", "\n")
        if _LIST.fullmatch(bare):
            return _NUMBER.sub("", bare)
    return to_plain(text)
