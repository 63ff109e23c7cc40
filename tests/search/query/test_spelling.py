"""Spelling correction: an unknown word is read as the nearest known one."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kb.search.analysis.word_forms import analyzer
from kb.search.engine import SearchEngine
from kb.search.query.search_query import SearchQuery
from kb.search.query.spelling import SHORTEST, TWO_EDITS_FROM, nearest_word, replace_words
from kb.search.results.results import SearchResults
from tests.search.conftest import EngineOf
from tests.search.finding import ids
from tests.search.samples import a_document, a_record


@pytest.fixture
def engine(engine_of: EngineOf) -> SearchEngine:
    engine = engine_of(
        [
            *(a_document(f"en{n}", title="Assessment of shelters", body="questionnaire") for n in range(3)),
            *(a_document(f"lt{n}", "lt", title="Kokybės vertinimas", body="savivaldybė") for n in range(3)),
            a_document("it", "it", title="Consultorio", body="necessità"),
        ]
    )
    engine.update(
        [
            a_document("ro", "ro", title="Adăpost pentru femei", body="consiliere psihologică"),
            a_document("el", "el", title="Αξιολόγηση"),
            a_document("bg", "bg", title="Подкрепа за жертви"),
        ]
    )
    return engine


def asked(engine: SearchEngine, text: str, language: str = "en") -> SearchResults:
    return engine.find(SearchQuery(text, language))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("assesment", "assessment"),
        ("asessment", "assessment"),
        ("assessmemt", "assessment"),
        ("assessemnt", "assessment"),
        ("assessmentt", "assessment"),
        ("assesmnt", "assessment"),
        ("questionaire", "questionnaire"),
        ("quetsionaire", "questionnaire"),
        ("sheltres", "shelters"),
        ("Shleters", "shelters"),
        ("kokibes", "kokybės"),
        ("kokybbės", "kokybės"),
        ("savivaldbye", "savivaldybė"),
        ("necesitta", "necessità"),
        ("adapsot", "adăpost"),
        ("consilierre", "consiliere"),
        ("αξιολογησσ", "αξιολόγηση"),
        ("подкрпа", "подкрепа"),
    ],
)
def test_a_word_with_a_slip_is_read_as_the_nearest_with_its_accents(
    engine: SearchEngine, typed: str, meant: str
) -> None:
    results = asked(engine, typed)
    assert (results.suggestion, results.is_mended, results.unknown) == (meant, True, (typed,))
    assert results.total > 0
    assert not results.partial
    assert ids(results) == ids(asked(engine, meant))
    assert results.words == (meant,)


def test_a_slip_with_the_stem_of_another_language_is_mended_in_the_readers_own(engine_of: EngineOf) -> None:
    """The Lithuanian stem of "protecton" equals the stem of a Romanian word in a Lithuanian text."""
    texts = [a_document("one", title="Protection orders"), a_document("two", language="lt", title="Protecție")]
    engine = engine_of(texts)
    assert "protect" in analyzer("lt").forms("protecton")
    results = asked(engine, "protecton orders")
    assert (results.suggestion, results.is_mended, results.unknown) == ("protection orders", True, ("protecton",))
    assert ids(results) == ["one"]
    assert not asked(engine, "protecția").is_mended


def test_what_was_meant_is_found_with_its_facets(engine: SearchEngine) -> None:
    results = asked(engine, "assesment shelters")
    assert (results.suggestion, results.total) == ("assessment shelters", 3)
    assert results.facet("kind").count("practices") == 3


@pytest.mark.parametrize("text", ["assessment", "vertinimas", "kokybes", "SHELTERS", "adăpost", "Adapost"])
def test_a_word_that_is_known_is_left_as_it_is(engine: SearchEngine, text: str) -> None:
    results = asked(engine, text)
    assert (results.suggestion, results.is_mended, results.unknown) == (None, False, ())


@pytest.mark.parametrize("text", ["116007", "2o12", "4ssessment", "shl", "ads", "x", "xyzzyq", "assxyzment"])
def test_nothing_is_suggested_for_numbers_short_words_and_what_is_like_nothing(engine: SearchEngine, text: str) -> None:
    results = asked(engine, text)
    assert (results.suggestion, results.is_mended) == (None, False)
    assert (results.total, results.hits) == (0, ())


def test_two_letters_may_be_wrong_in_a_longer_word_only(engine_of: EngineOf) -> None:
    engine = engine_of([a_document(title="victim victims helpline")])
    assert (SHORTEST, TWO_EDITS_FROM) == (4, 7)
    assert asked(engine, "hlepilne").suggestion == "helpline"
    assert asked(engine, "helppplyne").suggestion is None
    assert asked(engine, "vctm").suggestion is None


def test_the_rest_of_the_query_stays_as_it_was_typed(engine: SearchEngine) -> None:
    results = asked(engine, '  The "Assesment,  of" shelterrs — 116 006')
    assert results.suggestion == 'The "assessment, of" shelters — 116 006'
    assert results.unknown == ("Assesment", "shelterrs", "116 006")


def test_every_place_of_a_word_is_mended(engine: SearchEngine) -> None:
    assert asked(engine, "assesment or Assesment").suggestion == "assessment or assessment"


def test_the_suggestion_is_in_the_language_of_the_query(engine_of: EngineOf) -> None:
    """The most frequent similar word is Italian, but a Romanian query means a Romanian word."""
    engine = engine_of(
        [
            *(a_document(f"it{n}", "it", title="consulente legale") for n in range(9)),
            a_document("ro", "ro", title="consulenți juridici pentru victime"),
        ]
    )
    assert asked(engine, "consulentti pentru victime", "ro").suggestion == "consulenți pentru victime"
    assert asked(engine, "consulentte", "it").suggestion == "consulente"
    assert asked(engine, "consulentt", "ro").suggestion in {"consulenți"}
    assert asked(engine, "consulentt", "it").suggestion == "consulente"


def test_the_commonest_of_several_neighbours_is_meant(engine_of: EngineOf) -> None:
    engine = engine_of(
        [*(a_document(f"a{n}", body="warden") for n in range(5)), a_document("b", body="wardan"), a_document("c")]
    )
    engine.update(a_document(f"d{n}", body="warder") for n in range(3))
    assert asked(engine, "wardin").suggestion == "warden"


def test_a_rare_slip_in_the_documents_is_mended_when_it_finds_little(engine_of: EngineOf) -> None:
    engine = engine_of(
        [*(a_document(f"a{n}", title="assessment") for n in range(15)), a_document("slip", title="assesment")]
    )
    results = asked(engine, "assesment")
    assert (results.suggestion, results.is_mended, ids(results)) == ("assessment", False, ["slip"])


def test_a_rare_word_that_is_no_slip_is_left_alone(engine_of: EngineOf) -> None:
    engine = engine_of([*(a_document(f"a{n}", title="shelter") for n in range(9)), a_document("b", title="shelves")])
    assert asked(engine, "shelves").suggestion is None


def test_a_word_is_not_mended_to_one_that_stands_in_no_record_any_more(engine_of: EngineOf) -> None:
    engine = engine_of([a_document("a", title="warden"), a_document("b", title="wall")])
    engine.update([], [("practices", "a")])
    results = asked(engine, "wardenn")
    assert (results.suggestion, results.is_mended, results.total) == (None, False, 0)


def test_what_is_only_offered_is_not_what_was_found(engine_of: EngineOf) -> None:
    """One word resembles nothing. The other is a misspelling that a document contains too: the typed text is found."""
    engine = engine_of(
        [*(a_document(f"a{n}", title="assessment") for n in range(15)), a_document("slip", title="assesment wall")]
    )
    results = asked(engine, "xyzzyq assesment wall")
    assert (results.unknown, results.suggestion, results.is_mended) == (("xyzzyq",), "xyzzyq assessment wall", False)
    assert ids(results) == ["slip"]


def test_a_slip_in_one_language_of_a_record_is_mended_by_its_own_words(engine_of: EngineOf) -> None:
    engine = engine_of(a_record("a", {"en": "referral desk", "lt": "nukreipimo tarnyba"}))
    assert asked(engine, "tarnbya", "lt").suggestion == "tarnyba"
    assert ids(asked(engine, "tarnbya", "lt")) == ["a"]


def test_a_word_in_letters_of_two_alphabets_does_no_harm(engine: SearchEngine) -> None:
    for text in ("assessмент", "подкrepa", "ποιότητα1", "ααaaaa", "日本語日本語", "مرحبا بالعالم"):
        assert not asked(engine, text).partial or asked(engine, text).total == 0


@pytest.mark.parametrize("languages", [[], ["xx"], ["en", "en"]])
def test_a_language_without_documents_has_no_nearest_word(engine: SearchEngine, languages: Iterable[str]) -> None:
    assert nearest_word("assesment", languages, []) == ""
    assert nearest_word("assesment", languages, engine.view().segments) == ("assessment" if "en" in languages else "")


def test_words_are_replaced_at_their_places() -> None:
    assert replace_words("one, two three", iter([(0, 3, "1"), (5, 8, "2")])) == "1, 2 three"
    assert replace_words("one", iter([])) == "one"


@pytest.mark.parametrize("text", ["MARCA", "the MARCA desk"])
def test_a_short_word_in_capitals_is_a_name_and_is_not_mended(engine_of: EngineOf, text: str) -> None:
    engine = engine_of([a_document("a", title="desk"), a_document("it", "it", title="marka")])
    results = asked(engine, text)
    assert (results.unknown, results.suggestion) == (("MARCA",), None)


def test_capitals_are_mended_to_words_of_the_readers_language_only(engine_of: EngineOf) -> None:
    engine = engine_of([a_document("en", title="assessment shelter"), a_document("it", "it", title="consultorio")])
    assert asked(engine, "ASSESMENT SHELTRE").suggestion == "assessment shelter"
    assert asked(engine, "CONSULTORIIO").suggestion is None
    assert asked(engine, "consultoriio").suggestion == "consultorio"


def test_words_of_a_recognised_term_are_not_mended(engine_of: EngineOf) -> None:
    engine = engine_of([a_document("a", title="weiter vermitteln")])
    results = asked(engine, "Weitervermittlung")
    assert (results.suggestion, [term.term_id for term in results.recognised]) == (None, ["referral"])
