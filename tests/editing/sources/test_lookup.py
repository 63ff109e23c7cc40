"""What other sites say about a source; the answers are given, and no network is used."""

from __future__ import annotations

import json

from kb.editing.quality.link_fetcher import FetchedText, fetch_text
from kb.editing.sources.lookup import look_up
from kb.editing.sources.references import find_reference

WORK = {
    "message": {
        "title": ["Support  after\ncrime"],
        "container-title": ["Review of Stones"],
        "issued": {"date-parts": [[2020, 5]]},
        "language": "en",
    }
}
PAGE = """<html lang="pt-PT"><head><title>Site | Relatório</title><meta property="og:site_name" content="APAV">
<meta name="citation_title" content="Relatório anual"><meta name="DC.date" content="2023-04-01"></head></html>"""


def details(reference: str, text: str, status: int = 200) -> tuple[dict[str, str], str]:
    found = find_reference(reference)
    assert found is not None
    result = look_up(found, lambda _address: FetchedText(status, text))
    return dict(result.values), result.problem.code if result.problem else ""


def test_crossref_gives_title_journal_year_and_language() -> None:
    values, code = details("10.1000/stones", json.dumps(WORK))
    assert values == {"title": "Support after crime", "publisher": "Review of Stones", "year": "2020", "language": "en"}
    assert code == ""


def test_a_page_gives_the_most_exact_title_that_it_has() -> None:
    values, _code = details("https://example.org/report", PAGE)
    assert values == {"title": "Relatório anual", "publisher": "APAV", "year": "2023", "language": "pt"}


def test_every_failure_is_a_sentence() -> None:
    assert details("10.1000/stones", "{") == ({}, "no-title")
    assert details("10.1000/stones", '{"message": {"issued": 3}}') == ({}, "no-title")
    assert details("10.1000/stones", "", 404) == ({}, "not-found")
    assert details("9780306406157", "", 0) == ({}, "no-answer")


def test_addresses_inside_our_own_network_are_not_read() -> None:
    assert fetch_text("http://127.0.0.1:9/", agent="x", timeout=0.1) == FetchedText(0)
    assert fetch_text("file:///etc/passwd", agent="x", timeout=0.1) == FetchedText(0)
