"""A PDF file read back, as far as WeasyPrint writes one: its objects, and the words of each page by its fonts."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import cached_property

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\n(.*)\nendstream", re.DOTALL)
_SHOWN = re.compile(rb"/(\w+) [\d.]+ Tf|\[([^\]]*)\] ?TJ|\bET\b")
_PAIRS = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")


@dataclass(frozen=True)
class PdfFile:
    """The bytes of a file; whatever is asked for is found in its objects."""

    data: bytes

    @cached_property
    def objects(self) -> dict[int, bytes]:
        """Every object by its number; those that are packed in streams too."""
        found = {int(match[1]): match[2] for match in _OBJECT.finditer(self.data)}
        for body in list(found.values()):
            if b"/ObjStm" in body:
                first = int(_group(rb"/First (\d+)", body))
                packed = _unpacked(body)
                numbers = [int(each) for each in packed[:first].split()]
                starts = [*(first + start for start in numbers[1::2]), len(packed)]
                pairs = zip(numbers[::2], starts, starts[1:], strict=False)
                found.update({number: packed[start:stop] for number, start, stop in pairs})
        return found

    @property
    def whole(self) -> bytes:
        """All objects, one after another, with their streams as they stand."""
        return b"\n".join(self.objects.values())

    @property
    def metadata(self) -> str:
        """What the file says of itself (XMP)."""
        return next(_unpacked(body) for body in self.objects.values() if b"/Metadata" in body[:40]).decode()

    @property
    def pages(self) -> list[str]:
        """The words of each page, in the order in which they are drawn; lines end where a text object does."""
        pages = [body for _, body in sorted(self.objects.items()) if re.search(rb"/Type /Page\b", body)]
        return [self._words(_unpacked(self.objects[int(_group(rb"/Contents (\d+) 0 R", body))])) for body in pages]

    def tags(self, name: str) -> int:
        """Return how many elements of the structure are so tagged."""
        return len(re.findall(rb"/S /%s\b" % name.encode(), self.whole))

    @property
    def fields(self) -> list[bytes]:
        """The fields that can be filled in."""
        return [body for body in self.objects.values() if b"/Subtype /Widget" in body]

    @property
    def embedded_fonts(self) -> list[bool]:
        """For each font whether its letters are in the file."""
        return [b"/FontFile2" in body for body in self.objects.values() if b"/Type /FontDescriptor" in body]

    @cached_property
    def _fonts(self) -> dict[bytes, dict[bytes, str]]:
        found = {}
        for body in self.objects.values():
            if (name := re.search(rb"/BaseFont /(\w+)\+", body)) and b"/ToUnicode" in body:
                table = _unpacked(self.objects[int(_group(rb"/ToUnicode (\d+) 0 R", body))])
                found[name[1]] = {
                    glyph: bytes.fromhex(letter.decode()).decode("utf-16-be") for glyph, letter in _PAIRS.findall(table)
                }
        return found

    def _words(self, content: bytes) -> str:
        letters: dict[bytes, str] = {}
        words: list[str] = []
        for match in _SHOWN.finditer(content):
            if match[1] is not None:
                letters = self._fonts.get(match[1], {})
            elif match[2] is not None:
                glyphs = b"".join(re.findall(rb"<([0-9a-f]+)>", match[2]))
                words += (letters.get(glyphs[place : place + 4], "") for place in range(0, len(glyphs), 4))
            else:
                words.append("\n")
        return "".join(words)


def _group(pattern: bytes, body: bytes) -> bytes:
    match = re.search(pattern, body)
    assert match is not None, pattern
    return match[1]


def _unpacked(body: bytes) -> bytes:
    stream = _STREAM.search(body)
    assert stream is not None
    return zlib.decompress(stream[1])
