"""Texts of the torture test: valid pages and their translations, and one changed piece of them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from random import Random

from PIL import Image

from kb.kinds.page.model import PAGE
from kb.records.bundle import SOURCE, hash_bytes, read_source
from kb.records.files.generated_lines import made_rows
from kb.records.files.paths import RecordFile, place_of
from kb.records.front_matter import Value, cut, read_yaml, splice
from kb.records.segments import fingerprint

RECORDS = ("stone-terraces", "wooden-terraces", "earth-terraces", "dry-walls")
PARTS = (SOURCE, "it")
PLACES = [place_of(f"pages/{name}", part) for name in RECORDS for part in PARTS]
SEGMENTS = ("title", "summary", "what", "how")
PICTURES = ("slope.png", "wall.png")


def new_text(place: RecordFile, word: Callable[[], str]) -> str:
    """Return a whole text in which every piece is new."""
    if place.part == SOURCE:
        return (
            f"---\nid: {place.id}\nlanguage: en\ntitle: Title {word()}\nsummary: Summary {word()}.\n"
            f"status: published\nlicence: CC-BY-4.0\n---\n## What {{#what}}\n\nText {word()}.\n\n"
            f"## How {{#how}}\n\nText {word()}.\n"
        )
    return (
        f"---\nlanguage: it\nwords:\n  title: Titolo {word()}\n  summary: Sommario {word()}.\n---\n"
        f"## Che cosa {{#what}}\n\nTesto {word()}.\n\n## Come {{#how}}\n\nTesto {word()}.\n"
    )


def changed(text: str, segment: str, word: str, picture: str = "") -> str:
    """Return a text with one piece rewritten; the same text if it has no such piece."""
    if segment in ("title", "summary"):
        return _with_word(text, segment, f"New {word}")
    section = re.compile(rf"(^## [^\n]*\{{#{segment}\}}\n).*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    shown = f"\n![A slope]({picture})\n" if picture else ""
    return section.sub(rf"\g<1>\nNew {word}.\n{shown}\n", text, count=1).rstrip("\n") + "\n"


def _with_word(text: str, name: str, word: str) -> str:
    parts = cut(text)
    values = read_yaml(parts.yaml)[0].values if parts is not None else {}
    words = values.get("words")
    changes: dict[str, Value | None] = {"words": {**words, name: word}} if isinstance(words, dict) else {name: word}
    try:
        return splice(text, changes)
    except ValueError:
        return text


def some_change(text: str, place: RecordFile, word: Callable[[], str], dice: Random, picture: str = "") -> str:
    """Return a text with a change in it, also if the text is damaged."""
    new = changed(text, dice.choice(SEGMENTS), word(), picture)
    return new if new != text else new_text(place, word)


def by_machine(text: str, source: str, place: RecordFile, segment: str, word: str) -> str:
    """Return a translation with one segment rewritten and marked as a machine's."""
    bundle, _, _ = read_source(PAGE, place.id, source)
    new = changed(text, segment, word)
    parts = cut(new)
    if bundle is None or parts is None or segment not in bundle.segments():
        return new
    rows = made_rows(read_yaml(parts.yaml)[0])
    row: dict[str, Value] = {"source": fingerprint(bundle.segments()[segment]), "by": "machine"}
    return splice(new, {"made_from": {**rows, segment: row}})


def a_picture(seed: str) -> bytes:
    """Return a small picture that is unique to its seed."""
    points = bytes.fromhex(hash_bytes(seed.encode()))[:27]
    out = io.BytesIO()
    Image.frombytes("RGB", (3, 3), points).save(out, "PNG")
    return out.getvalue()
