"""The answer card of the reader's country is the first result of a search that names a role or a crime."""

from __future__ import annotations

import pytest

from kb.content_store.store import ContentStore
from kb.web.search import answer_hits
from tests.page import Page, Visit


def first(page: Page) -> tuple[str, str]:
    title = page.texts("h2", class_="hit__title")[0]
    return title, page.link(title)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("police domestic violence", ("Estonia, police: domestic and partner violence", "police/domestic-violence")),
        ("polizia violenza domestica", ("Estonia, police: domestic and partner violence", "police/domestic-violence")),
        ("hate crime", ("Estonia, police: hate crime", "police/hate-crime")),
        ("lawyers", ("Estonia, lawyer: choose the crime", "lawyer")),
    ],
)
def test_the_answer_for_role_and_crime_comes_first(visit: Visit, text: str, expected: tuple[str, str]) -> None:
    title, address = first(visit(f"/en/ee/search?q={text.replace(' ', '+')}"))
    assert (title, address) == (expected[0], f"/en/ee/{expected[1]}")


def test_a_country_that_is_named_has_its_answer_too(visit: Visit) -> None:
    assert first(visit("search.index", q="police domestic violence Estonia"))[1] == "/en/ee/police/domestic-violence"


def test_the_answer_is_counted_and_can_be_filtered_by(visit: Visit) -> None:
    page = visit("/en/ee/search?q=police+hate+crime")
    alone = visit("/en/ee/search?q=police+hate+crime&kind=answers")
    assert int(page.heading.split()[0]) >= 1
    assert alone.heading == "1 result for “police hate crime”"
    assert "Answers1" in "".join(page.text.split())


@pytest.mark.parametrize(
    "address",
    [
        "/en/search?q=police+hate+crime",
        "/en/ee/search?q=terraces",
        "/en/ee/search?q=police+hate+crime&kind=practices",
        "/en/ee/search?q=police+hate+crime&area=referral",
        "/en/fr/search?q=police+hate+crime",
    ],
)
def test_other_searches_have_none(visit: Visit, address: str) -> None:
    assert not [each for each in visit(address).texts("h2", class_="hit__title") if each.startswith("Estonia,")]


def test_all_terms_that_lead_to_an_answer_are_in_the_vocabularies(store: ContentStore) -> None:
    known = {each.id for each in store.vocabularies.terms()}
    for terms in (answer_hits.ROLE_TERMS, answer_hits.CRIME_TERMS):
        assert not [each for fitting in terms.values() for each in fitting if each not in known]
