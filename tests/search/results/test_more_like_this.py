""" "More like this" compares first what is done, then for whom and where, then words of the title."""

from __future__ import annotations

import pytest

from kb.search.engine import SearchEngine
from tests.search.conftest import EngineOf
from tests.search.samples import a_document, a_record


def like(engine: SearchEngine, record_id: str, language: str = "en", **options: int) -> list[str]:
    return [hit.id for hit in engine.view().similar("practices", record_id, language, **options)]


@pytest.fixture
def engine(engine_of: EngineOf) -> SearchEngine:
    engine = engine_of(
        [
            a_document("one", title="Danger questionnaire", facets={"area": ("risk-assessment",), "country": ("PT",)}),
            a_document("area", title="Talks", facets={"area": ("risk-assessment",), "country": ("RO",)}),
            a_document("country", title="Bridges", facets={"area": ("referral",), "country": ("PT",)}),
            *(a_document(f"other{n}", title=f"Wall {n}", facets={"area": ("referral",)}) for n in range(6)),
        ]
    )
    engine.update(
        [
            *a_record(
                "both", {"it": "Domande", "lt": "Klausimai"}, facets={"area": ("risk-assessment",), "country": ("PT",)}
            ),
            a_document("one", kind="tools", facets={"area": ("risk-assessment",), "country": ("PT",)}),
        ]
    )
    return engine


def test_the_same_area_counts_more_than_the_same_country(engine: SearchEngine) -> None:
    assert like(engine, "one") == ["both", "area"]
    assert like(engine, "both") == ["one", "area"]


def test_a_record_is_not_like_itself_and_others_are_of_its_kind(engine: SearchEngine) -> None:
    for record in ("one", "both", "country"):
        assert record not in like(engine, record, limit=100)
    assert {hit.kind for hit in engine.view().similar("practices", "one", "en", limit=100)} == {"practices"}
    assert engine.view().similar("tools", "one", "en") == ()


def test_words_of_the_title_decide_between_those_that_are_alike(engine_of: EngineOf) -> None:
    facts = {"area": ("risk-assessment",)}
    engine = engine_of(
        [
            a_document("one", title="Questionnaire for police", facets=facts),
            a_document("plain", title="Walls", facets=facts),
            a_document("words", title="Questionnaires of the police", facets=facts),
            *(a_document(f"x{n}") for n in range(5)),
        ]
    )
    assert like(engine, "one")[:2] == ["words", "plain"]


def test_a_rare_fact_counts_more_than_a_common_one(engine_of: EngineOf) -> None:
    engine = engine_of(
        [
            a_document("one", title="a", facets={"group": ("children",), "crime": ("stalking",)}),
            a_document("common", title="b", facets={"group": ("children",)}),
            a_document("rare", title="c", facets={"crime": ("stalking",)}),
            *(a_document(f"x{n}", title="d", facets={"group": ("children",)}) for n in range(8)),
        ]
    )
    assert like(engine, "one")[0] == "rare"


def test_nothing_is_like_a_record_that_shares_nothing(engine_of: EngineOf) -> None:
    engine = engine_of([a_document("one", title="Alpha"), a_document("two", title="Beta")])
    assert like(engine, "one") == []


def test_a_hit_is_shown_in_a_language_that_the_record_has(engine: SearchEngine) -> None:
    for reader, shown in (("lt", "lt"), ("it", "it"), ("en", "it")):
        assert engine.view().similar("practices", "one", reader)[0].language == shown


def test_the_best_come_first_and_no_more_than_asked(engine: SearchEngine) -> None:
    hits = engine.view().similar("practices", "other0", "en", limit=3)
    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_an_unknown_record_has_none(engine: SearchEngine) -> None:
    assert like(engine, "never-there") == []


def test_what_is_gone_is_not_like_anything(engine: SearchEngine) -> None:
    engine.update([], [("practices", "both")])
    assert like(engine, "both") == []
    assert like(engine, "one") == ["area"]


def test_a_changed_record_is_compared_as_it_is_now(engine: SearchEngine) -> None:
    engine.update([a_document("one", title="Bridges", facets={"area": ("referral",)})])
    assert like(engine, "one")[0] == "country"


def test_a_record_without_a_title_is_compared_by_its_facts(engine_of: EngineOf) -> None:
    facts = {"area": ("risk-assessment",)}
    engine = engine_of([a_document("one", title="", facets=facts), a_document("two", facets=facts), a_document("x")])
    assert like(engine, "one") == ["two"]
