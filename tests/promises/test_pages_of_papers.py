"""Each paper has at most as many sides as its tool says, for each country and crime, in the language of the country.

A form at a counter is one side, or nobody fills it in. Word files have no fitting, so the PDF must not need any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import pytest

from kb.conversion.printed_text_checks import texts
from kb.conversion.render import render
from kb.documents.blocks import Document
from kb.documents.pdf import count_pages
from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.tool.model import ToolPaper
from kb.records.record import State
from tests.documents.real_tools import FONTS, SHELF, converted
from tests.house import ROOT
from tests.pango import needs_pango

CONTENT = ROOT / "content"
LANGUAGES = {"IT": "it", "LT": "lt", "PT": "pt", "RO": "ro"}


def records() -> Iterator[tuple[str, str, str]]:
    """Yield (kind, id, country) of each adaptation, and of each translated tool for countries that did not adapt it."""
    for tool in sorted((CONTENT / "tools").iterdir()):
        for country, language in LANGUAGES.items():
            if (CONTENT / "adaptations" / f"{tool.name}-{country.lower()}").exists():
                yield "adaptations", f"{tool.name}-{country.lower()}", country
            elif (tool / f"tool.{language}.md").exists():
                yield "tools", tool.name, country


def papers_of(kind: str, record_id: str) -> tuple[ToolPaper, ...]:
    """Return the papers that say how many sides they have."""
    papers: tuple[ToolPaper, ...] = SHELF.reading(kind, record_id, "en").record.papers
    return tuple(paper for paper in papers if paper.pages)


def is_up_to_date(kind: str, record_id: str, country: str) -> bool:
    """Return whether the translation for a country follows the text of today."""
    passages = SHELF.reading(kind, record_id, LANGUAGES[country]).passages.values()
    return not any(each.state is State.STALE for each in passages)


@cache
def longest_of(kind: str, record_id: str, country: str, paper: str) -> Document:
    """Return the longest document of a paper for one crime: if it fits, those of the other crimes do."""
    language = LANGUAGES[country]
    made = [render(converted(record_id, country, language, kind=kind, paper=paper, crime=each)) for each in CrimeGroup]
    return max(made, key=length)


def length(document: Document) -> int:
    """Return the number of letters of a document."""
    return sum(map(len, texts(document.blocks)))


def too_long(kind: str, record_id: str, country: str, papers: Iterable[ToolPaper]) -> dict[str, int]:
    """Return the papers of a record with more sides than they say, and how many they have."""
    found = {each: count_pages(longest_of(kind, record_id, country, each.id), FONTS) for each in papers}
    return {paper.id: pages for paper, pages in found.items() if pages > int(paper.pages or 0)}


@needs_pango
@pytest.mark.slow
@pytest.mark.parametrize("tool", sorted(path.name for path in (CONTENT / "tools").iterdir()))
def test_each_paper_has_at_most_its_sides_where_its_text_is_longest(tool: str) -> None:
    made = [each for each in records() if each[1].startswith(tool) and is_up_to_date(*each)]
    longest: dict[str, tuple[int, tuple[str, str, str]]] = {}
    for record in made:
        for paper in papers_of(*record[:2]):
            found = length(longest_of(*record, paper.id)), record
            longest[paper.id] = max(longest.get(paper.id, found), found)
    for name, (_, record) in longest.items():
        assert too_long(*record, [paper for paper in papers_of(*record[:2]) if paper.id == name]) == {}


@needs_pango
@pytest.mark.long
@pytest.mark.parametrize(("kind", "record_id", "country"), [*records()])
def test_each_paper_has_at_most_the_sides_that_it_says(kind: str, record_id: str, country: str) -> None:
    if not is_up_to_date(kind, record_id, country):
        pytest.skip("its translation follows an earlier text")
    assert too_long(kind, record_id, country, papers_of(kind, record_id)) == {}
