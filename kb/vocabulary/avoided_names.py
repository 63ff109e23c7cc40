"""Finds names that texts must not use for a term, in every inflected form; quotations are exempt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.i18n import N_
from kb.vocabulary.inflected_names import levelled
from kb.vocabulary.model import Vocabularies

AVOIDED = N_(
    "Write %(instead)s, not %(written)s. The word is allowed in quotation marks if it is part of the name of a law."
)

# A quoted law or body keeps its own words, in quotation marks of any language or in italics.
_QUOTED = re.compile(r"[„“”«\"][^„“”«»\"\n]*[“”»\"]|(?<![*\w])\*[^*\n]+\*(?![*\w])")


@dataclass(frozen=True)
class AvoidedName:
    """A word to avoid as it is written in a text, and its replacement (not inflected)."""

    written: str
    instead: str
    start: int


def find_avoided(text: str, language: str, vocabularies: Vocabularies) -> Iterator[AvoidedName]:
    """Yield the words to avoid in a text of a language."""
    names = vocabularies.avoided(language)
    if not names:
        return
    own = levelled(_QUOTED.sub(lambda quoted: " " * len(quoted[0]), text), language)
    for forms, instead in names:
        for match in forms.find(own):
            yield AvoidedName(text[match.start() : match.end()], instead, match.start())
