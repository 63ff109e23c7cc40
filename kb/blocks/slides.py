"""What slides are made of: blocks in one language or in two side by side, and what their presenter is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kb.blocks.model import Block
from kb.i18n import N_

LONG_TITLE = 64  # letters


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

    `moment` says when that part is: `09:20 – 10:15`.
    """

    kind: SlideKind
    sides: tuple[Side, ...]
    slot_id: str = ""
    moment: str = ""
    notes: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)

    @property
    def has_long_title(self) -> bool:
        """Whether a title needs smaller letters."""
        return any(len(side.title) > LONG_TITLE for side in self.sides)

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
    "keys": N_(
        "Keys: arrows, space and Page Up or Down change the slide, Home and End go to the first and the last, "
        "Escape shows all, F is full screen, D changes light and dark."
    ),
}
