"""Each paper has at most as many sides as its tool says, for each country and crime, in the language of the country.

A form at a counter is one side, or nobody fills it in. Word files have no fitting, so the PDF must not need any.
"""

from __future__ import annotations

from collections.abc import Iterator

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


def longest_of(kind: str, record_id: str, country: str, paper: ToolPaper) -> Document:
    """Return the longest document of a paper for one crime: if it fits, those of the other crimes do."""
    language = LANGUAGES[country]
    made = [
        render(converted(record_id, country, language, kind=kind, paper=paper.id, crime=each)) for each in CrimeGroup
    ]
    return max(made, key=lambda document: sum(map(len, texts(document.blocks))))


@needs_pango
@pytest.mark.slow
@pytest.mark.parametrize(("kind", "record_id", "country"), [*records()])
def test_each_paper_has_at_most_the_sides_that_it_says(kind: str, record_id: str, country: str) -> None:
    language = LANGUAGES[country]
    if any(each.state is State.STALE for each in SHELF.reading(kind, record_id, language).passages.values()):
        pytest.skip("its translation follows an earlier text")
    papers = papers_of(kind, record_id)
    made = {paper.id: longest_of(kind, record_id, country, paper) for paper in papers}
    found = {name: count_pages(document, FONTS) for name, document in made.items()}
    allowed = {paper.id: int(paper.pages or 0) for paper in papers}
    assert {each: pages for each, pages in found.items() if pages > allowed[each]} == {}
