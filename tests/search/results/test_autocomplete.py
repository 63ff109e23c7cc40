"""Autocomplete suggestions: terms, countries, and records by name and title."""

from __future__ import annotations

import pytest

from kb.search.analysis.term_matcher import TermFinder
from kb.search.engine import SearchEngine
from kb.search.query.search_query import TEXT_LIMIT
from kb.search.results.autocomplete import Autocomplete
from kb.search.results.results import SearchSuggestion
from kb.vocabulary.model import Term, Vocabularies, Vocabulary
from tests.search.conftest import EngineOf
from tests.search.samples import LANGUAGES, a_document, a_record

TITLES = {
    "barnahus": {"en": "Children's house in Linköping", "lt": "Vaikų namai", "ro": "Casa copiilor"},
    "rvd": {"en": "Questionnaire on danger", "pt": "Questionário de perigo"},
    "desk": {"it": "Sportello per le vittime"},
}


@pytest.fixture
def engine(engine_of: EngineOf) -> SearchEngine:
    engine = engine_of([*a_record("barnahus", TITLES["barnahus"], names=("Barnahus", "Dům dětí"))])
    engine.update([*a_record("rvd", TITLES["rvd"], names=("VioGén",)), *a_record("desk", TITLES["desk"])])
    return engine


def offered(engine: SearchEngine, text: str, language: str = "en", limit: int = 8) -> list[str]:
    return [each.text for each in engine.view().suggest(text, language, limit)]


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("quest", SearchSuggestion("title", "Questionnaire on danger", "rvd", "practices")),
        ("viog", SearchSuggestion("name", "VioGén", "rvd", "practices")),
        ("viogén", SearchSuggestion("name", "VioGén", "rvd", "practices")),
        ("deti", SearchSuggestion("name", "Dům dětí", "barnahus", "practices")),
        ("opt-in", SearchSuggestion("term", "opt-in referral", "opt-in-referral")),
        ("letha", SearchSuggestion("term", "risk assessment", "risk-assessment")),
        ("portug", SearchSuggestion("country", "Portugal", "PT")),
        ("Holl", SearchSuggestion("country", "Netherlands", "NL")),
    ],
)
def test_a_suggestion_says_what_it_is_and_where_it_leads(
    engine: SearchEngine, text: str, suggestion: SearchSuggestion
) -> None:
    assert suggestion in engine.view().suggest(text, "en")


def test_own_labels_stand_before_other_names_and_judgements_last() -> None:
    def a_term(name: str, vocabulary: str, label: str, *alternatives: str) -> Term:
        return Term(name, vocabulary, {"en": label}, {"en": alternatives})

    terms = (
        a_term("ev", "evidence-levels", "evaluated"),
        a_term("people", "actors", "researchers", "evaluators"),
        a_term("need", "practice-areas", "evaluation of needs"),
        a_term("again", "practice-areas", "another evaluation"),
    )
    names = dict.fromkeys(term.vocabulary for term in terms)
    vocabularies = Vocabularies(
        tuple(Vocabulary(name, name, terms=tuple(each for each in terms if each.vocabulary == name)) for name in names)
    )
    found = Autocomplete(TermFinder(vocabularies)).of("eval", "en", (), 8)
    assert [each.text for each in found] == ["evaluation of needs", "another evaluation", "researchers", "evaluated"]


@pytest.mark.parametrize(
    "text",
    ["children", "CHILDREN'S", "child", "house", "hou", "in lin", "house in linkop", "linköping", "linkop", "lin hou"],
)
def test_a_title_is_found_from_any_of_its_words_on(engine: SearchEngine, text: str) -> None:
    assert "Children's house in Linköping" in offered(engine, text)


@pytest.mark.parametrize("text", ["inköping", "house of", "linkoping x", "zzz", "", " ", "h", "!?", "«»"])
def test_nothing_else_is_offered(engine: SearchEngine, text: str) -> None:
    assert offered(engine, text) == []


def test_a_record_is_offered_in_the_language_of_the_reader_if_it_has_it(engine: SearchEngine) -> None:
    assert offered(engine, "vaik", "lt")[-1] == "Vaikų namai"
    assert "Casa copiilor" in offered(engine, "childr", "ro")
    assert "Sportello per le vittime" in offered(engine, "sport", "lt")


def test_titles_in_the_language_of_the_reader_come_first(engine_of: EngineOf) -> None:
    engine = engine_of([a_document("it", "it", title="Muro per tutti"), a_document("en", title="Murals for all")])
    assert offered(engine, "mur", "en") == ["Murals for all", "Muro per tutti"]
    assert offered(engine, "mur", "it") == ["Muro per tutti", "Murals for all"]


def test_titles_that_begin_so_come_before_those_that_have_it_inside(engine_of: EngineOf) -> None:
    engine = engine_of([a_document("inside", title="The old wall"), a_document("first", title="Wall and bridge")])
    assert offered(engine, "wall") == ["Wall and bridge", "The old wall"]


def test_names_come_before_titles_and_a_record_is_offered_once(engine_of: EngineOf) -> None:
    engine = engine_of([a_document("title", title="MARAC"), a_document("name", title="Marac", names=("MARAC",))])
    assert [(each.kind, each.id) for each in engine.view().suggest("marac", "en")] == [
        ("name", "name"),
        ("title", "title"),
    ]


def test_a_record_in_all_languages_is_offered_once(engine_of: EngineOf) -> None:
    engine = engine_of(a_record("a", dict.fromkeys(LANGUAGES, "Wall")))
    assert offered(engine, "wall") == ["Wall"]


def test_terms_are_named_in_the_language_of_the_reader(engine: SearchEngine) -> None:
    assert "valutazione del rischio" in offered(engine, "risch", "it")
    assert "rizikos vertinimas" in offered(engine, "vertin", "lt")


def test_records_have_a_place_beside_terms_and_countries(engine_of: EngineOf) -> None:
    engine = engine_of([*(a_document(f"r{n}", title=f"Referral {n}") for n in range(9)), a_document("p", title="Port")])
    kinds = [each.kind for each in engine.view().suggest("referral", "en")]
    assert kinds == ["term"] * 2 + ["title"] * 6
    assert [each.kind for each in engine.view().suggest("port", "en")] == ["country", "title"]


@pytest.mark.parametrize("limit", [0, 1, 2, 5])
def test_there_are_never_more_than_were_asked_for(engine_of: EngineOf, limit: int) -> None:
    engine = engine_of(a_document(f"r{n}", title=f"Referral {n}") for n in range(9))
    assert len(offered(engine, "refer", limit=limit)) == limit


def test_what_is_gone_is_not_offered_and_what_is_new_is(engine: SearchEngine) -> None:
    engine.update([a_document("new", title="Questions")], [("practices", "rvd")])
    assert offered(engine, "quest") == ["Questions"]
    assert offered(engine, "viogen") == []


def test_an_empty_index_offers_terms_and_countries(engine_of: EngineOf) -> None:
    engine = engine_of([])
    assert offered(engine, "referral") == ["referral", "opt-in referral"]
    assert offered(engine, "wall") == []


def test_a_language_without_labels_offers_records_alone(engine: SearchEngine) -> None:
    assert offered(engine, "referral", "hr") == []
    assert offered(engine, "questionn", "hr") == ["Questionnaire on danger"]


def test_of_a_long_text_only_as_much_is_looked_for_as_of_a_query(engine: SearchEngine) -> None:
    assert offered(engine, "x" * 1_000_000) == []
    assert offered(engine, "house zzz") == []
    assert offered(engine, "house " * (TEXT_LIMIT // 6 + 1) + "zzz " * 200_000) == ["Children's house in Linköping"]
