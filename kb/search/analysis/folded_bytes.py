"""Texts with one byte per letter, to find candidate places of a word quickly.

Letters are lower case without accents. Everything except letters and digits becomes a space. The bytes only say where
to look: letters of other alphabets share bytes, so callers always verify a match. Takes 7 µs for 1,100 words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from kb.search.analysis.tokenizer import LETTERS_LIMIT, fold, is_rare, normal

SPACE, RARE = 32, 1


@dataclass(frozen=True)
class Flat:
    """A text with one byte per letter.

    `letters` begins and ends with a space; `letters[n + 1]` corresponds to `text[n]`.

    `text` is the original, or its normal form if the original has combining letters. In that case `places` maps each
    letter of the normal form to its position in the original.
    """

    text: str
    letters: bytes
    places: tuple[int, ...] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the position in the original of a part of `text`; covers at least one letter."""
        if self.places is None:
            return start, end
        return self.places[start], max(self.places[end], self.places[start] + 1)

    def part(self, text: str, part: slice) -> Flat:
        """Return a part of the original `text`."""
        if self.places is not None:
            return flat(text[part])
        return Flat(text[part], _padded(self.letters[part.start + 1 : part.stop + 1]))


def flat(text: str) -> Flat:
    """Convert a text to one byte per letter."""
    letters = _letters(text)
    if RARE not in letters:
        return Flat(text, _padded(letters))
    even, places = _evened(text, letters)
    return Flat(even, _padded(bytes(map(_letter, even))), places)


def flat_word(folded: str) -> bytes:
    """Return a folded word as it appears in a `Flat` text."""
    return bytes(map(_letter, folded))


def _padded(letters: bytes) -> bytes:
    return b" " + letters + b" "


def _letters(text: str) -> bytes:
    if not text:
        return b""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))
    return _classes().take(codes, mode="clip").tobytes()


@cache
def _classes() -> npt.NDArray[np.uint8]:
    rows = [RARE if is_rare(chr(code)) else _letter(chr(code)) for code in range(LETTERS_LIMIT)]
    return np.array([*rows, RARE], np.uint8)


@cache
def _letter(letter: str) -> int:
    plain = fold(normal(letter).lower())
    if not plain or not plain[0].isalnum():
        return SPACE
    code = ord(plain[0])
    return code if code < 0x80 else 0x80 + code % 0x80


def _evened(text: str, letters: bytes) -> tuple[str, tuple[int, ...]]:
    """Return the normal form of a text, the original position of each letter, and the end position."""
    made: list[str] = []
    places: list[int] = []
    at = 0
    for start, end in _clusters(letters):
        made.append(normal(text[at:start]))
        places.extend(range(at, start))
        together = normal(text[start:end])
        made.append(together)
        places.extend(min(start + place, end - 1) for place in range(len(together)))
        at = end
    made.append(normal(text[at:]))
    places.extend(range(at, len(text) + 1))
    return "".join(made), tuple(places)


def _clusters(letters: bytes) -> list[tuple[int, int]]:
    """Return the positions of runs of rare letters, each run with the letter before it."""
    clusters: list[tuple[int, int]] = []
    for place in np.flatnonzero(np.frombuffer(letters, np.uint8) == RARE).tolist():
        if clusters and clusters[-1][1] == place:
            clusters[-1] = clusters[-1][0], place + 1
        else:
            clusters.append((max(place - 1, 0), place + 1))
    return clusters
