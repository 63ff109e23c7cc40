"""Shared settings of all printed documents of a workshop: language, font size, link to the page online."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kb.content_store.record_source import RecordSource
from kb.documents.blocks import WORDS, Block, Document, Heading, Look, Paragraph, QrCode, Run, Runs
from kb.i18n import N_
from kb.records.markdown_blocks import to_blocks
from kb.speech import Speech
from kb.vocabulary.model import Vocabularies
from kb.workshops.frozen.item import Held
from kb.workshops.model import Item, Texts, Workshop
from kb.workshops.plan.dates import date_words
from kb.workshops.plan.trainer_texts import code_of, title_of

_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True)
class PrintedLink:
    """A web address as a QR code encodes it, and as people read and type it. Both are empty if there is none."""

    address: str = ""
    typed: str = ""


@dataclass(frozen=True)
class Setting:
    """A workshop in one language and one font size.

    `held` returns the frozen content of an item. `link` builds the absolute URL of a record (`practices/marac`). `page`
    leads to the page for participants and `feedback` to its questions; both are empty if the workshop is private.
    `shelf` has the current records; without it no tool can be printed.
    """

    workshop: Workshop
    speech: Speech
    vocabularies: Vocabularies
    held: Callable[[Item], Held]
    link: Callable[[str], str]
    today: date
    page: PrintedLink = PrintedLink()
    feedback: PrintedLink = PrintedLink()
    shelf: RecordSource | None = None
    is_large: bool = False

    @property
    def order(self) -> tuple[str, ...]:
        """The languages in which a text is looked up, the best first."""
        return (self.speech.code, *self.workshop.languages)

    def say(self, message: str, **places: object) -> str:
        """Return a message in the language of the document."""
        return self.speech.say(message, **places)

    def said(self, words: Texts) -> tuple[str, str]:
        """Return a trainer's text and its language: that of the document, else the first one available."""
        code = code_of(words, self.order) or self.speech.code
        return words.get(code, ""), code

    def title_of(self, item: Item) -> tuple[str, str]:
        """Return the title of an item, and its language."""
        return title_of(item, self.held, self.order)

    def run(self, text: str, language: str = "") -> Run:
        """Return plain text, tagged with its language if that differs from the document's."""
        return Run(text, language=self._other(language))

    def _other(self, language: str) -> str:
        """Return a language code that has to be marked. In a file from another site the code may be any text."""
        return language if language != self.speech.code and _LANGUAGE.fullmatch(language) else ""

    def heading(self, text: str, level: int = 2, language: str = "") -> Heading:
        """Return a heading of plain text."""
        return Heading(level, (self.run(text, language),))

    def paragraph(self, text: str, look: Look = Look.PLAIN, language: str = "") -> Paragraph:
        """Return a paragraph of plain text."""
        return Paragraph((self.run(text, language),), look)

    def prose(
        self, markdown: str, language: str, *, numbers: Mapping[str, int] | None = None, level: int = 3
    ) -> tuple[Block, ...]:
        """Return the blocks of a Markdown text. `numbers` are the numbers of its sources."""

        def in_language(run: Run) -> Runs:
            return (Run(run.text, run.marks, run.link, self._other(language)),)

        return to_blocks(markdown, numbers or {}, link=self.link, replace=in_language, level=level)

    def words(self, texts: Texts, level: int = 3) -> tuple[Block, ...]:
        """Return the blocks of a trainer's text, or none if it is empty."""
        text, language = self.said(texts)
        return self.prose(text, language, level=level) if text else ()

    @property
    def when_and_where(self) -> str:
        """Date and place, as far as they are set."""
        return " · ".join(filter(None, (date_words(self.workshop, 1, self.speech), self.workshop.place)))

    def code(
        self, label: str = N_("Programme and materials for your phone:"), way: PrintedLink | None = None
    ) -> tuple[Block, ...]:
        """Return the QR code of the page for participants, or of `way`; nothing if there is no page."""
        way = way if way is not None else self.page
        if not way.address:
            return ()
        return (QrCode(way.address, (Run(f"{self.say(label)}\n"), Run(way.typed or way.address, link=way.address))),)

    def document(self, kind: str, blocks: Iterable[Block]) -> Document:
        """Return a document of the workshop. `kind` is the name of the document type."""
        title, _language = self.said(self.workshop.title)
        name = self.say(kind)
        return Document(
            title=title,
            language=self.speech.code,
            blocks=tuple(blocks),
            subtitle=" · ".join(each for each in (name, self.when_and_where) if each),
            summary=name,
            author="Praxis",
            header=name,
            footer=self.say(N_("Made with Praxis, %(date)s"), date=self.speech.date(self.today)),
            made_on=self.today,
            is_large=self.is_large,
            words={name: self.speech.translate(text) for name, text in WORDS.items()},
        )
