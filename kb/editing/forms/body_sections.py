"""Edits the sections of a body from form values: change their texts, add, move or remove them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from kb.editing.forms.form_values import Posted, plain
from kb.kinds.kind import Kind
from kb.records.front_matter import cut
from kb.records.segments import Section, sections, splice_sections

# Control names of a section: one of these prefixes and the section id.
TEXT, HEADING = "s", "h"
NEW_HEADING, NEW_TEXT = "new-heading", "new-text"


def replace_body(text: str, body: str) -> str:
    """Return a file with its body replaced."""
    parts = cut(text)
    return text if parts is None else text[: len(text) - len(parts.body)] + body


def body_of(text: str) -> str:
    """Return the body of a file."""
    parts = cut(text)
    return parts.body if parts is not None else ""


def headings_in(kind: Kind, language: str) -> dict[str, str]:
    """Return the headings of a kind's fixed sections in a language, as in a new record."""
    found, _ = sections(body_of(kind.template("new", language)))
    return {section.id: section.heading for section in found}


def changed_sections(
    present: Sequence[Section], ids: Sequence[str], posted: Posted, headings: Mapping[str, str]
) -> dict[str, tuple[str, str] | None]:
    """Return the changes of the sections `ids` for `splice_sections`; an emptied section is removed.

    `headings` are used for sections that have none yet.
    """
    before = {section.id: section for section in present}
    changes: dict[str, tuple[str, str] | None] = {}
    for section_id in ids:
        was = before.get(section_id)
        old = (was.heading, was.text) if was else (headings.get(section_id, section_id), "")
        heading = posted.text(f"{HEADING}.{section_id}", plain(old[0])).replace("\n", " ").strip()
        text = posted.text(f"{TEXT}.{section_id}", plain(old[1])).strip("\n")
        if (heading, text) == (plain(old[0]), plain(old[1])):
            continue
        if not text.strip():
            changes |= {section_id: None} if was else {}
        else:
            changes[section_id] = (heading or old[0], old[1] if text == plain(old[1]) else text)
    return changes


def added_section(present: Sequence[Section], posted: Posted) -> dict[str, tuple[str, str] | None]:
    """Return the new section from its controls; its id is made from the heading."""
    heading = posted.text(NEW_HEADING).replace("\n", " ").strip()
    text = posted.text(NEW_TEXT).strip("\n")
    if not heading and not text.strip():
        return {}
    taken = {section.id for section in present}
    return {_free_id(heading, taken): (heading or "…", text)}


def _free_id(heading: str, taken: set[str]) -> str:
    letters = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", letters).strip("-").lstrip("0123456789-")[:40].rstrip("-") or "section"
    return next(each for each in (stem, *(f"{stem}-{number}" for number in range(2, 1000))) if each not in taken)


def moved_section(body: str, section_id: str, steps: int) -> str:
    """Return the body with a section moved up (-1) or down (1); sections keep their bytes except blank lines."""
    present, _ = sections(body)
    starts = [0, *(section.end for section in present)]
    pieces = [(section.id, body[start : section.end]) for section, start in zip(present, starts, strict=False)]
    place = next((index for index, (each, _) in enumerate(pieces) if each == section_id), None)
    if place is None or not 0 <= place + steps < len(pieces):
        return body
    pieces.insert(place + steps, pieces.pop(place))
    return "\n\n".join(piece.strip("\n") for _, piece in pieces) + "\n"


def without_section(body: str, section_id: str, order: Sequence[str] | None) -> str:
    """Return the body without a section."""
    return splice_sections(body, {section_id: None}, order)


def without_empty_sections(text: str) -> str:
    """Return a file without headings of empty sections, because a new record has all headings."""
    body = body_of(text)
    present, problems = sections(body)
    empty: dict[str, tuple[str, str] | None] = {section.id: None for section in present if not section.text.strip()}
    return replace_body(text, splice_sections(body, empty, None)) if empty and not problems else text
