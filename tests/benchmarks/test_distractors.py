from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.distractors import FEWEST, MOST, distractors, draw
from kb.search.index.index_document import FACET_NAMES, IndexDocument
from kb.vocabulary.loader import load_vocabularies
from kb.vocabulary.model import Vocabularies

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
COUNT = 20
REAL = tuple(
    IndexDocument("practices", name, "lt", "Aukų nukreipimas", body="policija nukreipia auką pagalbos tarnybai")
    for name in ("first", "second")
)


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    return load_vocabularies(ROOT / "content" / "vocabularies")[0]


@pytest.fixture(scope="module")
def documents(vocabularies: Vocabularies) -> list[IndexDocument]:
    return list(distractors(REAL, vocabularies, count=COUNT, seed=1))


@pytest.mark.long
def test_the_same_seed_makes_the_same_records(vocabularies: Vocabularies) -> None:
    first, again, other = (list(distractors(REAL, vocabularies, count=4, seed=seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_a_record_has_few_terms_and_none_that_is_wider_than_another(vocabularies: Vocabularies) -> None:
    dice = random.Random(5)  # noqa: S311 - the same each time
    for number in range(200):
        ids = {term.id for term in draw(dice, vocabularies, f"x-{number}").terms}
        assert FEWEST <= len(ids) <= MOST
        assert not ids & {wider for each in ids for wider in vocabularies.broader_chain(each)}


def test_nothing_that_is_mentioned_in_passing_is_a_tag(vocabularies: Vocabularies) -> None:
    dice = random.Random(6)  # noqa: S311 - the same each time
    for number in range(200):
        facts = draw(dice, vocabularies, f"x-{number}")
        ids = {term.id for term in facts.terms}
        assert not {term.id for term in facts.passing} & (
            ids | {w for each in ids for w in vocabularies.broader_chain(each)}
        )


def test_most_records_are_in_five_languages_and_some_in_one(documents: list[IndexDocument]) -> None:
    languages = Counter(document.id for document in documents)
    assert set(languages.values()) == {1, 2, 5}
    assert len(languages) == COUNT


def test_the_facts_of_a_record_are_the_same_in_each_language(documents: list[IndexDocument]) -> None:
    by_record: dict[str, set[str]] = {}
    for document in documents:
        by_record.setdefault(document.id, set()).add(repr((document.terms, document.facets, document.names)))
        assert set(document.facets) <= set(FACET_NAMES)
    assert all(len(facts) == 1 for facts in by_record.values())


def test_the_body_is_as_long_as_a_short_record(documents: list[IndexDocument]) -> None:
    assert all(200 <= len(document.body.split()) <= 500 for document in documents)
