"""Source material of an exercise: a record as a workshop item holds it, in all its languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kb.i18n import N_
from kb.records.markdown import to_plain
from kb.records.record import Passage, State
from kb.workshops.exercise_generator.wording import Voice
from kb.workshops.frozen.facts import FrozenFacts, facts_of, is_drafted
from kb.workshops.frozen.item import Frozen, Held

_STEP = re.compile(r"^\d+[.)][ \t]+")
_SHORT = 6  # letters; longer names are inflected in many languages


@dataclass(frozen=True, eq=False)
class SourceMaterial:
    """A frozen record with at least one text left. `record` is kind and id."""

    record: str
    held: Held

    @property
    def kind(self) -> str:
        """The record's kind."""
        return self.record.partition("/")[0]

    @cached_property
    def facts(self) -> FrozenFacts:
        """The facts, which are the same in every language."""
        return facts_of(self.reading("en"))

    @property
    def version(self) -> int:
        """The version that was frozen."""
        return self.reading("en").parts.get("source", 1)

    def reading(self, code: str) -> Frozen:
        """Return the text for readers of a language: in that language, else in English, else in any."""
        found = self.held.best(code)
        if found is None:
            raise ValueError(self.record)  # unreachable: the caller checks that a text is left
        return found

    def text(self, name: str, code: str) -> str:
        """Return a text for readers of a language, or an empty one."""
        return self.reading(code).text(name)

    def title(self, code: str) -> str:
        """Return the title for readers of a language."""
        return self.text("title", code)

    def sections(self, code: str) -> dict[str, Passage]:
        """Return the passages of the body by name, in their order."""
        return {passage.name: passage for passage in self.reading(code).sections()}

    def steps(self, section: str, code: str) -> tuple[str, ...]:
        """Return the numbered steps of a section as plain text."""
        lines = self.text(section, code).split("\n")
        starts = [number for number, line in enumerate(lines) if _STEP.match(line)]
        return tuple(_plain(_paragraph(lines, number)) for number in starts)

    def mentions(self, code: str, names: Iterable[str]) -> bool:
        """Return whether one of these names occurs anywhere in the text for readers of a language."""
        return is_named(self._words[self.reading(code).language], names)

    def origin(self, voice: Voice) -> str:
        """Return the origin of its text in a language, as far as a trainer needs to know it."""
        text = self.reading(voice.code)
        foreign = voice.say(N_("This text was imported from another Praxis site and has not been checked here."))
        if voice.code in self.held.erased:
            message = N_("The text in %(language)s was removed on request.")
            removed = voice.say(message, language=voice.speech.language(voice.code))
            shown = voice.say(N_("Shown in: %(language)s."), language=voice.speech.language(text.language))
            return " ".join((removed, shown, *([foreign] if text.is_foreign else [])))
        if text.is_foreign:
            return foreign
        if text.language != voice.code:
            message = N_("Not available in this language, so shown in: %(language)s.")
            return voice.say(message, language=voice.speech.language(text.language))
        states = {passage.state for passage in text.passages.values() if passage.by != "person"}
        if states & {State.MACHINE, State.STALE}:
            return voice.say(N_("Translated by AI, not yet reviewed by a person"))
        if is_drafted(text):
            return voice.say(N_("Original, drafted by AI"))
        return ""

    @cached_property
    def _words(self) -> dict[str, str]:
        """All text of each language. It is cached because a quiz searches it a hundred times."""
        return {
            text.language: "\n".join(passage.text for passage in text.passages.values()).casefold()
            for text in self.held.texts.values()
        }


def is_named(text: str, names: Iterable[str]) -> bool:
    """Return whether one of these names occurs in a text, also inflected: Lietuva, Lietuvoje."""
    folded = text.casefold()
    for name in filter(None, map(str.casefold, names)):
        is_short = len(name) < _SHORT or name.isdigit()
        stem = name if is_short else name[:-2]
        end = r"\b" if is_short else ""
        if stem in folded and re.search(rf"\b{re.escape(stem)}{end}", folded):
            return True
    return False


def _paragraph(lines: list[str], start: int) -> str:
    """Return a step together with its continuation lines."""
    found = [_STEP.sub("", lines[start])]
    for line in lines[start + 1 :]:
        if not line.strip() or _STEP.match(line):
            break
        found.append(line.strip())
    return " ".join(found)


def _plain(text: str) -> str:
    return " ".join(to_plain(text).split())
