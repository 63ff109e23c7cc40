"""Attachments of a record (pictures and documents): their properties, and the places where a text refers to one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Allowed file names of pictures and documents; they appear in URLs and in texts.
NAME = re.compile(r"(?=.{1,100}$)[a-z0-9]+(-[a-z0-9]+)*\.(jpg|png|webp|pdf)")
_PICTURE = re.compile(r"!\[(?P<alt>[^\[\]\n]*)\]\(\s*<?(?P<name>[^()\s<>]*)>?[^()\n]*\)")
_DOCUMENT = re.compile(r"(?<!!)\[[^\[\]\n]*\]\(\s*<?(?P<name>[a-z0-9-]+\.(?:jpg|png|webp|pdf))>?[^()\n]*\)")


@dataclass(frozen=True)
class Attached:
    """An attachment of a record: its fingerprint, and the size in pixels of a picture (0 for other files)."""

    fingerprint: str
    width: int = 0
    height: int = 0

    @property
    def is_picture(self) -> bool:
        """Whether a text can show the file as a picture."""
        return self.width > 0 and self.height > 0


@dataclass(frozen=True)
class Naming:
    """A place where a text shows a picture or links to a document; `line` counts from 0, `alt` is empty for a link."""

    name: str
    line: int
    is_picture: bool
    alt: str = ""


def namings(text: str) -> Iterator[Naming]:
    """Yield all pictures that a text shows, with any address, and all its links to files of the record."""
    for match in _PICTURE.finditer(text):
        yield Naming(match["name"], text.count("\n", 0, match.start()), is_picture=True, alt=match["alt"].strip())
    for match in _DOCUMENT.finditer(text):
        yield Naming(match["name"], text.count("\n", 0, match.start()), is_picture=False)
