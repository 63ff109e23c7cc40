"""Compares the content texts with the ids and placeholders that code uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kb.problems import Problem
from kb.texts.model import PLACE, ContentText, ContentTexts, TextIds


def usage_problems(texts: ContentTexts, used: Iterable[TextIds]) -> Iterator[Problem]:
    """Yield missing texts, wrong placeholders, and texts and files that no code uses; `used` has each file once."""
    needed = {each.file: each for each in used}
    for name, ids in needed.items():
        yield from _file_problems(f"{texts.folder}/{name}.yaml", texts.files.get(name, {}), ids)
    for name in texts.files.keys() - needed:
        message = "No part of the site uses this file. Remove it."
        yield Problem("unused-file", message, line=1, path=f"{texts.folder}/{name}.yaml")


def _file_problems(path: str, texts: Mapping[str, ContentText], ids: TextIds) -> Iterator[Problem]:
    for text_id in ids.ids:
        if text_id not in texts:
            yield Problem("missing-text", "The text %(text)s is missing.", params={"text": text_id}, path=path)
        else:
            yield from _place_problems(path, texts[text_id], ids.places.get(text_id, frozenset()))
    for text in texts.values():
        if text.id not in ids.ids:
            message = "No part of the site uses the text %(text)s. Correct the id or remove the text."
            yield Problem("unused-text", message, line=text.line, params={"text": text.id}, path=path)


def _place_problems(path: str, text: ContentText, expected: frozenset[str]) -> Iterator[Problem]:
    for language, words in text.words.items():
        found = frozenset(PLACE.findall(words))
        if found != expected:
            message = "The text %(text)s (%(language)s) must have these placeholders: %(expected)s. It has: %(found)s."
            params = {
                "text": text.id,
                "language": language,
                "expected": _listed(expected),
                "found": _listed(found),
            }
            yield Problem("wrong-placeholders", message, line=text.line, params=params, path=path)


def _listed(places: Iterable[str]) -> str:
    return ", ".join(f"%({place})s" for place in sorted(places)) or "none"
