"""Pictures and documents beside a record's texts: what is known of each, and where a text names one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Names that a picture or a document may have; they stand in addresses and in texts.
NAME = re.compile(r"(?=.{1,100}$)[a-z0-9]+(-[a-z0-9]+)*\.(jpg|png|webp|pdf)")
_PICTURE = re.compile(r"!\[(?P<alt>[^\[\]\n]*)\]\(\s*<?(?P<name>[^()\s<>]*)>?[^()\n]*\)")
_DOCUMENT = re.compile(r"(?<!!)\[[^\[\]\n]*\]\(\s*<?(?P<name>[a-z0-9-]+\.(?:jpg|png|webp|pdf))>?[^()\n]*\)")


@dataclass(frozen=True)
class Attached:
    """A file beside a record: the fingerprint of its bytes; of a picture its size, 0 for everything else."""

    fingerprint: str
    width: int = 0
    height: int = 0

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown within a text."""
        return self.width > 0 and self.height > 0


@dataclass(frozen=True)
class Naming:
    """A place where a text shows a picture or links to a document; `line` counts from 0, `alt` is empty for a link."""

    name: str
    line: int
    is_picture: bool
    alt: str = ""


def namings(text: str) -> Iterator[Naming]:
    """Yield the places of a text that show a picture, wherever it lies, or lead to a file of the record."""
    for match in _PICTURE.finditer(text):
        yield Naming(match["name"], text.count("\n", 0, match.start()), is_picture=True, alt=match["alt"].strip())
    for match in _DOCUMENT.finditer(text):
        yield Naming(match["name"], text.count("\n", 0, match.start()), is_picture=False)
