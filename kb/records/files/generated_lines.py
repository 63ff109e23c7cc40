"""Generates the lines of a file that the program maintains: computed facts, and origins of translated segments."""

from __future__ import annotations

from kb.records.bundle import read_source, read_translation
from kb.records.front_matter import FrontMatter, Value, splice
from kb.records.record import Bundle, Shape
from kb.records.segments import fingerprint


def format_source(shape: Shape, record_id: str, text: str) -> str:
    """Return the source file with its generated lines up to date; an unreadable file is returned unchanged."""
    bundle, front, _ = read_source(shape, record_id, text)
    if bundle is None:
        return text
    wanted = shape.generated(bundle.record)
    changes = {key: value for key, value in wanted.items() if front.values.get(key) != value}
    return splice(text, changes) if changes else text


def format_translation(bundle: Bundle, language: str, text: str) -> str:
    """Return the translation with a line in `made_from` for each segment, and without lines for removed segments.

    A segment without a line counts as a machine translation of the current source.
    """
    translation, front, _ = read_translation(bundle, language, text)
    if translation is None:
        return text
    source, translated = bundle.segments(), translation.segments(bundle.shape)
    known = made_rows(front)
    rows: dict[str, Value] = {}
    for name, original in source.items():
        if name in translated:
            rows[name] = known.get(name) or {"source": fingerprint(original), "by": "machine"}
    return splice(text, {"made_from": rows or None}) if rows != front.values.get("made_from", {}) else text


def made_rows(front: FrontMatter) -> dict[str, Value]:
    """Return the rows of `made_from` in a file."""
    rows = front.values.get("made_from")
    return rows if isinstance(rows, dict) else {}
