"""Template of the source file of a new page."""

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
    """Return a source file whose only problems are missing values.

    The author chooses the ids of its sections: `## Heading {#id}`.
    """
    return _TEXT.format(id=record_id, language=language)
