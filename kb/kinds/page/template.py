"""The file that a new page starts from."""

from __future__ import annotations

_TEXT = """\
---
id: {id}
language: {language}
title:
# Two or three sentences.
summary:
# draft, published or retired
status: draft
licence: CC-BY-4.0
---
"""


def new_page(record_id: str, language: str) -> str:
    """Return the text of a source file in which nothing is wrong but what is missing.

    Its sections have ids of the author's choice: `## Heading {#id}`.
    """
    return _TEXT.format(id=record_id, language=language)
