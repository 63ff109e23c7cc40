"""Template of the source file of a new programme: every key with a comment."""

from __future__ import annotations

_TEXT = """\
---
id: {id}
language: {language}
title:
# Two or three sentences, at most 350 characters: how long it takes, for whom it is, and what is done.
summary:
# For whom it is, and what participants can do afterwards.
audience:
aims:
# When each of its days begins.
starts: "09:00"
# - {{id: s1, day: 1, minutes: 75, method: case, title: "…", text: "…", trainer_notes: "…", materials: "…",
#    records: [exercises/shared-telephone]}}
# method: talk, pair, group, case, plenary or break.
slots: []
# draft, published or retired
status: draft
licence: CC-BY-4.0
---
"""


def new_programme(record_id: str, language: str) -> str:
    """Return a source file whose only problems are missing values."""
    return _TEXT.format(id=record_id, language=language)
