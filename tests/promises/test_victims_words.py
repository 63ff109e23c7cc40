"""No victim reads or hears what a country's profile says to professionals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kb.blocks.model import Block, Box, FormField, Heading, Listing, Paragraph, Runs, Table
from kb.cli.speech import speech
from kb.content.files import ContentFolder
from kb.content.record import Reading
from kb.countries.model import Country
from kb.i18n import LANGUAGES
from kb.library.kinds import KINDS
from kb.library.shelf import FolderShelf
from kb.toolkit.answers import Answers
from kb.toolkit.convert import Conversion, convert
from kb.toolkit.declared import declared
from kb.toolkit.for_victims import blanks_for_victims, is_for_victims
from kb.toolkit.model import Adaptation, Part, Tool, ToolKind

pytestmark = pytest.mark.slow  # it converts every tool for every country

CONTENT = Path(__file__).parents[2] / "content"
SHELF = FolderShelf(ContentFolder(CONTENT, {kind.shape.name: kind.shape for kind in KINDS}))
TODAY = date(2026, 11, 28)
COUNTRIES = ("IT", "LT", "PT", "RO")
STUBS = sorted({code.upper() for code in SHELF.ids("countries")} - set(COUNTRIES))
# How a profile says in each language that somebody looked and did not see.
DOUBTS = (
    *("not seen", "not found", "not read", "check it"),
    *("nematėme", "neradome", "neskaitėme", "pasitikrinkite"),
    *("non abbiamo", "da verificare", "não vimos", "não encontr", "não se encontr", "confirme o número"),
    *("nu am găsit", "nu am văzut", "nu am citit", "verificați"),
)
# Fewer words can stand in any text.
WORDS = 3
reading = cache(SHELF.reading)


def notes(country: Reading) -> Iterator[str]:
    """Yield sentences that a profile says to professionals, and does not say to victims, too."""
    record: Country = country.record
    plain = " ".join(country.text(f"facts.{row.id}.plain") for row in record.facts)
    plain += " ".join(country.text(f"helplines.{line.id}.note") for line in record.helplines)
    for row in record.facts:
        for sentence in country.text(f"facts.{row.id}.text").split(". "):
            if len(sentence.split()) >= WORDS and sentence.rstrip(".").casefold() not in plain.casefold():
                yield sentence.rstrip(".")


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    def of(runs: Runs) -> str:
        return "".join(run.text for run in runs)

    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield of(block.runs)
            case Box():
                yield from texts(block.blocks)
            case Listing():
                for item in block.items:
                    yield from texts(item.blocks)
            case FormField():
                yield of((*block.label, *block.hint))
            case Table():
                yield from (of(cell.runs) for row in (block.header, *block.rows) for cell in row)
            case _:
                pass


def conversions(tool: str, country: str, language: str) -> Iterator[Conversion]:
    """Yield the tool converted with each alternative of each of its choices, the others being as they come."""
    source, place = reading("tools", tool, language), reading("countries", country.lower(), language)
    registers = [reading("register", each, language) for each in SHELF.ids("register")]
    known = declared(source, registers)
    record: Tool = source.record
    choices = [known.choices[each] for each in (*record.choices_used, *(own.id for own in record.own_choices))]
    groups = {
        view.choice.id: [f"g{number}" for number in range(1, 10)] if view.choice.scope == "group" else [""]
        for view in choices
    }
    for turn in range(max(len(view.alternatives) for view in choices)):
        chosen = {
            view.choice.id: {
                group: (view.alternatives[turn % len(view.alternatives)].short,) for group in groups[view.choice.id]
            }
            for view in choices
        }
        answers = Answers(tool=tool, country=country, language=language, choices=chosen)
        yield convert(source, registers, place, answers, speech(language), TODAY)


def for_victims(found: Conversion) -> str:
    """Return what victims are given: a leaflet is theirs with its last page, of other tools some parts are."""
    record: Tool = found.tool.record
    if record.kind is ToolKind.LEAFLET:
        return "\n".join(texts(found.document.blocks))
    parts = {part.id: part for part in record.parts}
    theirs, is_theirs = [], False
    for block in found.document.blocks:
        if isinstance(block, Heading):
            is_theirs = is_for_victims(record, parts.get(block.anchor, Part(id="none")))
        if is_theirs:
            theirs.append(block)
    return "\n".join(texts(theirs))


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("tool", sorted(SHELF.ids("tools")))
def test_no_note_for_professionals_is_given_to_a_victim(tool: str, country: str) -> None:
    languages = LANGUAGES if reading("tools", tool, "en").record.kind is ToolKind.LEAFLET else ["en"]
    for language in languages:
        said = list(notes(reading("countries", country.lower(), language)))
        assert said
        for found in conversions(tool, country, language):
            given = for_victims(found)
            assert [note for note in said if note in given] == []


@pytest.mark.parametrize("adaptation", sorted(SHELF.ids("adaptations")))
def test_an_adaptation_is_for_victims_where_its_tool_is_and_fills_in_no_doubt(adaptation: str) -> None:
    """Its own words may be those of the profile: somebody chose them. What was not seen is for nobody else to read."""
    bundle = reading("adaptations", adaptation, "en").bundle
    record: Adaptation = bundle.record
    theirs = {part.id for part in reading("tools", record.parent, "en").record.parts if is_for_victims(record, part)}
    assert theirs <= {part.id for part in record.parts if is_for_victims(record, part)}
    given = blanks_for_victims(record, ((each.id, each.text) for each in bundle.sections))
    for language in bundle.languages():
        source = bundle.reading(language)
        filled = [source.text(f"filled.{row.id}.text") for row in record.filled if row.id in given]
        assert [text for text in filled if any(doubt in text.casefold() for doubt in DOUBTS)] == []


@pytest.mark.parametrize("country", STUBS)
def test_no_stub_gives_its_notes_to_a_victim_in_a_leaflet(country: str) -> None:
    said = list(notes(reading("countries", country.lower(), "en")))
    for found in conversions("rights-information", country, "en"):
        assert [note for note in said if note in for_victims(found)] == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_victims_are_given_the_words_that_are_theirs(country: str) -> None:
    """The leaflet is not made harmless by leaving facts out."""
    record: Country = reading("countries", country.lower(), "en").record
    for fact in ("f-compensation", "f-legal-aid", "f-report", "f-complaints"):
        row = next(row for row in record.facts if row.fact == fact)
        found = next(conversions("rights-information", country, "en"))
        assert row.plain is not None
        assert row.plain in for_victims(found)
