"""What slides are made of: blocks in one language or in two side by side, and what their presenter is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kb.documents.blocks import Block
from kb.i18n import N_

# Titles with more letters than this are smaller, and smaller still.
LONG_TITLE, LONGER_TITLE = 64, 120
# How large the letters of texts are on slides of size 0, 1 and 2, beside those of a slide with little text.
TEXT_SIZES = (1.0, 0.86, 0.74)


class SlideKind(StrEnum):
    """What a slide shows, so that it can look like it."""

    TITLE = "title"
    DAY = "day"
    SLOT = "slot"
    BREAK = "break"
    RECORD = "record"
    TEXT = "text"
    CARD = "card"
    QUESTION = "question"
    ANSWER = "answer"
    GONE = "gone"
    END = "end"


@dataclass(frozen=True)
class Square:
    """The rating of a practice: steps of evidence (0 to 5) and transfer (0 to 4), the sign of the finding, words."""

    level: int
    direction: str
    transfer: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class Side:
    """A slide in one language. `kicker` stands small above the title, `source` small below the text.

    `part` is the place among several slides of one text, and how many these are.
    """

    language: str
    title: str
    blocks: tuple[Block, ...] = ()
    kicker: str = ""
    source: str = ""
    square: Square | None = None
    part: tuple[int, int] | None = None


@dataclass(frozen=True)
class Slide:
    """A slide. `notes` are what its presenter is told, by language; `slot_id` names the part of the programme.

    `moment` says when that part is: `09:20 – 10:15`. `size` is the place of its letters in `TEXT_SIZES`.
    """

    kind: SlideKind
    sides: tuple[Side, ...]
    slot_id: str = ""
    moment: str = ""
    notes: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    size: int = 0

    @property
    def is_bare(self) -> bool:
        """Whether there is a title and nothing else."""
        return self.kind is not SlideKind.RECORD and not any(side.blocks for side in self.sides)

    @property
    def title_step(self) -> int:
        """By how many steps the letters of its titles are smaller, as the longest of them needs it: 0, 1 or 2."""
        longest = max(len(side.title) for side in self.sides)
        return (longest > LONG_TITLE) + (longest > LONGER_TITLE)

    def side(self, language: str) -> Side:
        """Return the slide in a language, else in the first that it has."""
        return next((side for side in self.sides if side.language == language), self.sides[0])


@dataclass(frozen=True)
class Deck:
    """All slides of a workshop. `languages` are those of its sides, the first one first.

    `words` are the few words that the writers add, in the first language, by key: see `WORDS`.
    """

    title: str
    languages: tuple[str, ...]
    slides: tuple[Slide, ...]
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The first language."""
        return self.languages[0]


# Keys of `Deck.words` with the English text that stands where a caller gives none.
WORDS = {
    "slides": N_("Slides"),
    "position": N_("Slide %(number)s of %(total)s"),
    "back": N_("Back"),
    "next": N_("Next"),
    "all": N_("All slides"),
    "one": N_("One at a time"),
    "full": N_("Full screen"),
    "scheme": N_("Light or dark"),
    "take": N_("Download"),
    "keys": N_(
        "Keys: arrows, space and Page Up or Down change the slide, Home and End go to the first and the last, "
        "Escape shows all, F is full screen, D changes light and dark."
    ),
}
