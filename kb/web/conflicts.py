"""The page of a conflict, and comparisons of two texts word by word."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, url_for

from kb.content.difference import Difference, file_differences
from kb.content.files import Place
from kb.errors import Conflict
from kb.web.rendering import render


@dataclass(frozen=True)
class Comparison:
    """What differs between two whole texts, and both of them to read."""

    before: str
    after: str
    differences: tuple[Difference, ...]


def compare(before: str, after: str) -> Comparison:
    """Return what differs, by fact and section; facts that the program writes change without anybody's doing."""
    return Comparison(before, after, file_differences(before, after))


def conflict_page(place: Place, conflict: Conflict) -> Response:
    """Show all three texts: what both began with, what stands now, and what was to be published and is now a draft."""
    return render(
        "editor/conflict.html",
        status=409,
        place=place,
        conflict=conflict,
        theirs=compare(conflict.base, conflict.theirs),
        yours=compare(conflict.base, conflict.yours),
        both=compare(conflict.theirs, conflict.yours),
        again=url_for(
            "editor.edit",
            kind=place.kind,
            record_id=place.id,
            part=place.part,
            draft=conflict.draft_id,
            base=conflict.number,
        ),
    )
