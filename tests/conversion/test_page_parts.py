"""The parts of a leaflet on the page for a person who was harmed: in place, filled in, and with gaps in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pytest

from kb.cli.messages import speech
from kb.content_store.record_source import FolderRecords
from kb.conversion.answers import ConversionAnswers
from kb.conversion.load import load_conversion
from kb.conversion.page_parts import PlacedPart, page_parts
from kb.documents.blocks import Block, Box, Heading, Listing, Paragraph, Run, plain
from kb.i18n import LANGUAGES
from kb.kinds.registry import KINDS_BY_NAME
from kb.kinds.tool.model import PagePlace
from kb.records.files.paths import ContentFolder
from tests.builders import a_tool
from tests.conversion.converting import FACTS, converted
from tests.house import NOW, ROOT


def runs(blocks: Iterable[Block]) -> Iterator[Run]:
    for block in blocks:
        match block:
            case Paragraph():
                yield from block.runs
            case Listing():
                for item in block.items:
                    yield from runs(item.blocks)
            case Box() | Heading():
                raise AssertionError(block)
            case _:
                pass


def placed(**sections: str) -> dict[PagePlace, tuple[PlacedPart, ...]]:
    """Return the parts of a leaflet whose sections are named after their places."""
    parts: list[dict[str, Any]] = [{"id": name, "page": name, "style": "large"} for name in sections]
    facts = {**FACTS, "kind": "leaflet", "parts": parts, "fields": []}
    return dict(page_parts(converted(bundle=a_tool(sections=sections, **facts), country=False)))


def text(part: PlacedPart) -> str:
    return plain(tuple(runs(part.blocks)))


def test_only_marked_parts_are_on_the_page_without_boxes_and_headings() -> None:
    found = placed(help="Help is free.")
    assert [*found] == [PagePlace.HELP]
    (part,) = found[PagePlace.HELP]
    assert (part.heading, text(part), part.has_gap) == ("Help", "Help is free.", False)


def test_what_nothing_fills_in_is_not_known_and_is_no_sentence_of_its_own() -> None:
    found = placed(first="Call: {{b-line}}", rights="You may ask. {{b-line}}")
    assert text(found[PagePlace.FIRST][0]) == "Call: not known"
    assert text(found[PagePlace.RIGHTS][0]).strip() == "You may ask."
    assert found[PagePlace.RIGHTS][0].has_gap


def test_what_an_office_fills_in_is_asked_of_the_office() -> None:
    (part,) = placed(details="Say stop here: {{b-unit}}")[PagePlace.DETAILS]
    assert text(part) == "Say stop here: ask the office or service that you talk to"
    assert not part.has_gap


PARTNERS = ("it", "lt", "pt", "ro")


@cache
def records() -> FolderRecords:
    return FolderRecords(ContentFolder(ROOT / "content", {name: kind.shape for name, kind in KINDS_BY_NAME.items()}))


@pytest.mark.parametrize("country", PARTNERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_partner_country_has_every_place_in_every_language(country: str, language: str) -> None:
    name = f"rights-information-{country}"
    answers = ConversionAnswers(tool=name, country=country.upper(), language=language)
    found = page_parts(load_conversion(records(), "adaptations", name, answers, speech(language), NOW.date()))
    assert {*found} == {*PagePlace}
    for part in (part for parts in found.values() for part in parts):
        assert part.passage.language == language, part.passage.name
        assert not {"{", "[ "} & {*text(part)}, part.passage.name
    assert all(
        run.link.startswith(("https://", "mailto:", "tel:"))
        for parts in found.values()
        for part in parts
        for run in runs(part.blocks)
        if run.link
    )


def test_the_warning_stands_before_the_first_steps() -> None:
    """Someone who lives with the person who harmed them must not change a password first."""
    for country in PARTNERS:
        name = f"rights-information-{country}"
        answers = ConversionAnswers(tool=name, country=country.upper(), language="en")
        found = page_parts(load_conversion(records(), "adaptations", name, answers, speech("en"), NOW.date()))
        (steps,) = found[PagePlace.FIRST]
        assert text(steps).index("ask a service before you change anything") < text(steps).index("change passwords")
