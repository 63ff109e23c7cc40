"""Model of slides: blocks in one language or in two side by side, and notes for the presenter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kb.documents.blocks import Block
from kb.i18n import N_

# Titles with more letters are set in one or two smaller sizes.
LONG_TITLE, LONGER_TITLE = 64, 120
# Letter sizes of texts on slides of size 0, 1 and 2, relative to a slide with little text.
TEXT_SIZES = (1.0, 0.86, 0.74)


class SlideKind(StrEnum):
    """The content type of a slide, which determines its design."""

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
    """A slide in one language. `kicker` is small text above the title, `source` small text below the text.

    `part` is the position among several slides of one text, and their number.
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
    """A slide. `notes` are the notes for its presenter, by language; `slot_id` names the part of the programme.

    `moment` is the time of that part: `09:20 – 10:15`. `size` is the index of its letter size in `TEXT_SIZES`.
    """

    kind: SlideKind
    sides: tuple[Side, ...]
    slot_id: str = ""
    moment: str = ""
    notes: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    size: int = 0

    @property
    def is_bare(self) -> bool:
        """Whether the slide has only a title."""
        return self.kind is not SlideKind.RECORD and not any(side.blocks for side in self.sides)

    @property
    def title_step(self) -> int:
        """The size step of its titles, as the longest of them needs it: 0, 1 or 2; higher is smaller."""
        longest = max(len(side.title) for side in self.sides)
        return (longest > LONG_TITLE) + (longest > LONGER_TITLE)

    def side(self, language: str) -> Side:
        """Return the side in a language, or the first side if there is none."""
        return next((side for side in self.sides if side.language == language), self.sides[0])


@dataclass(frozen=True)
class Deck:
    """All slides of a workshop. `languages` are those of its sides, the first one first.

    `words` holds the few texts that the writers add, in the first language, by key: see `WORDS`.
    """

    title: str
    languages: tuple[str, ...]
    slides: tuple[Slide, ...]
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The first language."""
        return self.languages[0]


# Keys of `Deck.words` with the default English texts.
WORDS = {
    "slides": N_("Slides"),
    "position": N_("Slide %(number)s of %(total)s"),
    "back": N_("Back"),
    "next": N_("Next"),
    "all": N_("All slides"),
    "one": N_("One at a time"),
    "full": N_("Full screen"),
    "scheme": N_("Light/dark mode"),
    "take": N_("Download"),
    "keys": N_(
        "Keyboard: the arrow keys, Space, Page Up and Page Down change the slide. Home and End go to the first and "
        "last slide. Escape shows all slides. F turns on full screen. D switches between light and dark mode."
    ),
}
