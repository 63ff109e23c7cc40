"""Checks the documents of all tools for each country: no blank stays unfilled, and victims get plain words.

A profile addresses professionals. Its doubts, and its notes on rules that were not found, must not reach victims. Such
a note in a leaflet is a problem of the tool or of the adaptation. So is one in a part of a form that is read aloud.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from kb.content_store.record_source import FolderRecords
from kb.conversion.answers import ConversionAnswers
from kb.conversion.convert import Conversion
from kb.conversion.load import ADAPTATIONS, COUNTRIES, REGISTER, TOOLS, load_conversion
from kb.conversion.printed_text_checks import all_answered, find_flaws, texts
from kb.conversion.render import render
from kb.documents.blocks import Document, Heading
from kb.errors import Rejected
from kb.kinds.country.model import Country
from kb.kinds.tool.declared import declared
from kb.kinds.tool.model import Tool, ToolKind, ToolPart
from kb.kinds.tool.victim_wording import blanks_for_victims, is_for_victims
from kb.problems import Problem
from kb.records.bundle import SOURCE
from kb.records.files.paths import ContentFolder, RecordFile
from kb.records.record import Reading
from kb.speech import Speech

# Phrases, by language, with which a profile says that a search found nothing.
DOUBTS = (
    *("not seen", "not found", "not read", "check it"),
    *("nematėme", "neradome", "neskaitėme", "pasitikrinkite"),
    *("non abbiamo", "da verificare", "não vimos", "não encontr", "não se encontr", "confirme o número"),
    *("nu am găsit", "nu am văzut", "nu am citit", "verificați"),
)
# Facts that a leaflet must tell victims, if the profile has plain words for them.
TOLD = ("f-compensation", "f-legal-aid", "f-report", "f-complaints")
# Sentences with fewer words can occur in any text.
_WORDS = 3
# Answers can raise further questions. After this many rounds, every question has been asked.
_TURNS = 3
_OPEN = "This paper for %(country)s in %(language)s still has a place that nothing fills: %(found)s"
_NOTE = "This paper for %(country)s in %(language)s gives victims a note for professionals: %(found)s"
_DOUBT = "What this adaptation fills in for victims in %(language)s says that something was not found: %(found)s"
_LEFT_OUT = "This leaflet for %(country)s leaves out what victims are told of %(found)s"
_FLAWS = {
    "research-printed": "This paper for %(country)s in %(language)s prints that something was not found: %(found)s",
    "no-text": "This paper for %(country)s in %(language)s is nearly empty with these answers: %(found)s words",
}
_DRAFT = "This paper for %(country)s in %(language)s is a draft though everything is answered: %(found)s"
_REFUSED = "This paper for %(country)s in %(language)s cannot be made: %(found)s"


@dataclass(frozen=True)
class PaperCheck:
    """Checks all published tools and adaptations of a folder. `speech` returns the `Speech` of a language."""

    content: ContentFolder
    speech: Callable[[str], Speech]
    today: date

    def problems(self) -> Iterator[Problem]:
        """Yield every problem of the documents made from the published tools and adaptations."""
        shelf = FolderRecords(self.content)
        countries = [shelf.reading(COUNTRIES, each, "en") for each in shelf.ids(COUNTRIES)]
        for tool in shelf.ids(TOOLS):
            record: Tool = shelf.reading(TOOLS, tool, "en").record
            for country in countries:
                is_profile = bool(country.record.cells)
                languages = shelf.reading(TOOLS, tool, "en").bundle.languages()
                for language in languages if is_profile else (record.language,):
                    yield from self._of_tool(shelf, tool, country.record.code, language)
                if is_profile and record.kind is ToolKind.LEAFLET:
                    yield from self._of_facts(shelf, tool, country.record)
        for adaptation in shelf.ids(ADAPTATIONS):
            yield from self._of_adaptation(shelf, adaptation)

    def _of_tool(self, shelf: FolderRecords, tool: str, country: str, language: str) -> Iterator[Problem]:
        source, profile = shelf.reading(TOOLS, tool, language), shelf.reading(COUNTRIES, country.lower(), language)
        said = {"country": country, "language": language}
        notes = list(_notes(profile))
        has_turns = bool(profile.record.cells) and (language == "en" or source.record.kind is ToolKind.LEAFLET)
        for answers in _turns(shelf, source, country, language, has_turns=has_turns):
            try:
                made = load_conversion(shelf, TOOLS, tool, answers, self.speech(language), self.today)
                document = render(made)
            except Rejected as error:
                yield self._problem("paper-refused", _REFUSED, TOOLS, tool, said | {"found": str(error)})
                continue
            yield from self._unfilled(document, TOOLS, tool, said)
            if profile.record.cells:
                yield from self._flaws(made, document, TOOLS, tool, said)
            given = _text_for_victims(made, document)
            for note in notes:
                if note in given:
                    yield self._problem("note-for-victims", _NOTE, TOOLS, tool, said | {"found": note})

    def _of_facts(self, shelf: FolderRecords, tool: str, country: Country) -> Iterator[Problem]:
        """Yield a problem for each fact in `TOLD` whose plain words the leaflet leaves out.

        A leaflet must not pass the other checks by leaving facts out.
        """
        answers = list(_turns(shelf, shelf.reading(TOOLS, tool, "en"), country.code, "en", has_turns=True))
        chosen = answers[min(1, len(answers) - 1)]
        made = load_conversion(shelf, TOOLS, tool, chosen, self.speech("en"), self.today)
        given = _text_for_victims(made, render(made))
        for fact in TOLD:
            row = next((row for row in country.facts if row.fact == fact), None)
            if row is not None and row.plain is not None and row.plain not in given:
                params = {"country": country.code, "found": fact}
                yield self._problem("left-out-for-victims", _LEFT_OUT, TOOLS, tool, params)

    def _of_adaptation(self, shelf: FolderRecords, adaptation: str) -> Iterator[Problem]:
        """Yield the problems of an adaptation in each of its languages.

        Its filled-in texts may repeat the profile, because a person chose them. In texts for victims, they must not
        say that something was not found.
        """
        bundle = shelf.reading(ADAPTATIONS, adaptation, "en").bundle
        record = bundle.record
        given = blanks_for_victims(record, ((each.id, each.text) for each in bundle.sections))
        for language in bundle.languages():
            source, said = bundle.reading(language), {"country": record.country, "language": language}
            answers = ConversionAnswers(tool=adaptation, country=record.country, language=language)
            made = load_conversion(shelf, ADAPTATIONS, adaptation, answers, self.speech(language), self.today)
            document = render(made)
            yield from self._unfilled(document, ADAPTATIONS, adaptation, said)
            yield from self._flaws(made, document, ADAPTATIONS, adaptation, said)
            for row in record.filled:
                text = source.text(f"filled.{row.id}.text") if row.id in given else ""
                if any(doubt in text.casefold() for doubt in DOUBTS):
                    yield self._problem("doubt-for-victims", _DOUBT, ADAPTATIONS, adaptation, said | {"found": text})

    def _unfilled(self, document: Document, kind: str, record_id: str, said: dict[str, str]) -> Iterator[Problem]:
        whole = "\n".join(texts(document.blocks))
        if "{{" in whole:
            found = whole[whole.index("{{") :][:60]
            yield self._problem("unfilled-place", _OPEN, kind, record_id, said | {"found": found})

    def _flaws(
        self, made: Conversion, document: Document, kind: str, record_id: str, said: dict[str, str]
    ) -> Iterator[Problem]:
        """Yield the flaws of a document, and a problem if it stays a draft after everything is answered.

        The draft check runs only without chosen alternatives and in the tool's own language.
        """
        for flaw in find_flaws(made, document):
            yield self._problem(flaw.code, _FLAWS[flaw.code], kind, record_id, said | {"found": flaw.found})
        if made.answers.choices or made.answers.language != made.tool.record.language:
            return
        for _turn in range(_TURNS):
            made = made.with_answers(all_answered(made))
        if made.open_points:
            found = ", ".join([*(each.id for each in made.open_choices), *(each.id for each in made.open_blanks)])
            yield self._problem("still-a-draft", _DRAFT, kind, record_id, said | {"found": found})

    def _problem(self, code: str, message: str, kind: str, record_id: str, params: dict[str, str]) -> Problem:
        path = self.content.shown(RecordFile(kind, record_id, SOURCE))
        return Problem(code, message, params=params, path=path)


def _turns(
    shelf: FolderRecords, source: Reading[Tool], country: str, language: str, *, has_turns: bool
) -> Iterator[ConversionAnswers]:
    """Yield empty answers, then sets of answers that together cover each alternative of each choice.

    Each set takes the alternative with the same index from every choice, starting again after the last one.
    """
    yield ConversionAnswers(tool=source.record.id, country=country, language=language)
    if not has_turns:
        return
    known = declared(source, [shelf.reading(REGISTER, each, language) for each in shelf.ids(REGISTER)])
    record = source.record
    choices = [known.choices[each] for each in (*record.choices_used, *(own.id for own in record.own_choices))]
    groups = [f"g{number}" for number in range(1, 10)]
    for turn in range(max((len(view.alternatives) for view in choices), default=0)):
        chosen = {
            view.choice.id: {
                group: (view.alternatives[turn % len(view.alternatives)].short,)
                for group in (groups if view.choice.scope == "group" else [""])
            }
            for view in choices
        }
        yield ConversionAnswers(tool=record.id, country=country, language=language, choices=chosen)


def _notes(country: Reading[Country]) -> Iterator[str]:
    """Yield the sentences that a profile addresses only to professionals, not to victims."""
    record = country.record
    plain = " ".join(country.text(f"facts.{row.id}.plain") for row in record.facts)
    plain += " ".join(country.text(f"helplines.{line.id}.note") for line in record.helplines)
    for row in record.facts:
        for sentence in country.text(f"facts.{row.id}.text").split(". "):
            if len(sentence.split()) >= _WORDS and sentence.rstrip(".").casefold() not in plain.casefold():
                yield sentence.rstrip(".")


def _text_for_victims(made: Conversion, document: Document) -> str:
    """Return the text for victims: all of a leaflet including its last page, or some parts of other tools."""
    record = made.tool.record
    if record.kind is ToolKind.LEAFLET:
        return "\n".join(texts(document.blocks))
    parts = {part.id: part for part in record.parts}
    theirs, is_theirs = [], False
    for block in document.blocks:
        if isinstance(block, Heading):
            is_theirs = is_for_victims(record, parts.get(block.anchor, ToolPart(id="none")))
        if is_theirs:
            theirs.append(block)
    return "\n".join(texts(theirs))
