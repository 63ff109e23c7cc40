"""Data model of content texts: a text has an id that is unique in its file, and words in every language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.i18n import DEFAULT

PLACE = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class TextIds:
    """The ids of the texts that code takes from one file, by the file's name without its ending.

    `places` has the placeholders that code fills, for the ids that have some.
    """

    file: str
    ids: tuple[str, ...]
    places: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class ContentText:
    """A text by language, and its line in the file."""

    id: str
    words: Mapping[str, str] = field(hash=False)
    line: int = 1


@dataclass(frozen=True)
class ContentTexts:
    """All texts by file and id. `folder` is their folder, for the paths of problems."""

    files: Mapping[str, Mapping[str, ContentText]] = field(default_factory=dict, hash=False)
    folder: str = ""

    def get(self, ids: TextIds, text_id: str, language: str, /, **places: object) -> str:
        """Return a text in a language, otherwise in English, otherwise its id. Never raises.

        A placeholder without a value stays as it is.
        """
        text = self.files.get(ids.file, {}).get(text_id)
        words = (text.words.get(language) or text.words.get(DEFAULT) or text_id) if text is not None else text_id
        return PLACE.sub(lambda match: str(places.get(match[1], match[0])), words) if places else words
