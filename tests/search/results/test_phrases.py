"""A quoted phrase matches consecutive words with any endings; a number is one word."""

from __future__ import annotations

import pytest

from kb.search.engine import SearchEngine
from kb.search.query.search_query import SearchQuery
from kb.search.results.phrases import KEPT
from tests.search.conftest import EngineOf
from tests.search.finding import found, ids
from tests.search.samples import Texts, a_document, a_record


@pytest.fixture
def engine(engine_of: EngineOf) -> SearchEngine:
    return engine_of(
        [
            a_document("together", body="The stone wall of the old town holds."),
            a_document("apart", body="A wall of stone. Old is the town."),
            a_document("title", title="Stone walls", summary="", body=""),
            a_document("one", body="stone alone"),
        ]
    )


@pytest.mark.parametrize(
    "quoted",
    [
        '"stone wall"',
        "“stone wall”",
        "„stone wall“",
        "„stone wall”",
        "«stone wall»",
        "»stone wall«",
        "« stone wall »",
        '"Stone  WALL!"',
        '"stone-wall"',
    ],
)
def test_any_quotes_make_a_phrase(engine: SearchEngine, quoted: str) -> None:
    results = engine.find(SearchQuery(quoted))
    assert set(ids(results)) == {"together", "title"}
    assert len(results.phrases) == 1


@pytest.mark.parametrize(
    "text",
    ['"stone wall', 'stone wall"', "„stone wall", "stone »wall", '"" stone wall', '"!?" stone wall', '"stone" wall'],
)
def test_quotes_that_do_not_enclose_a_phrase_are_left_out(engine: SearchEngine, text: str) -> None:
    assert set(found(engine, text)) == {"together", "apart", "title"}


def test_one_quote_too_many_leaves_the_phrase_before_it(engine: SearchEngine) -> None:
    results = engine.find(SearchQuery('"stone wall" old "town'))
    assert results.phrases == ("stone wall",)
    assert ids(results)[0] == "together"
    assert "apart" not in ids(results)


def test_stems_that_do_not_stand_together_are_no_phrase(engine: SearchEngine) -> None:
    assert set(found(engine, "stone wall")) == {"together", "apart", "title"}
    assert found(engine, '"wall stone"') == []
    assert engine.find(SearchQuery('"wall stone"')).partial


def test_words_in_the_middle_of_a_phrase_have_to_be_there(engine: SearchEngine) -> None:
    assert found(engine, '"wall of the old town"') == ["together"]
    assert found(engine, '"wall town"') == found(engine, '"wall of old"') == []


def test_a_phrase_needs_all_its_words_whatever_else_is_asked(engine: SearchEngine) -> None:
    assert found(engine, '"stone wall" old town holds') == ["together"]
    assert found(engine, '"stone wall" old') == ["together", "title"]  # two of three words, and the phrase


def test_several_phrases_have_to_be_there(engine: SearchEngine) -> None:
    results = engine.find(SearchQuery('"stone wall" "old town"'))
    assert (ids(results), results.phrases, results.partial) == (["together"], ("stone wall", "old town"), False)


def test_a_phrase_of_stop_words_is_looked_for_too(engine_of: EngineOf) -> None:
    engine = engine_of([a_document("here", body="to be or not to be"), a_document("there", body="or to be not")])
    assert set(found(engine, '"to be"')) == {"here", "there"}
    assert found(engine, '"be or not"') == ["here"]


def test_a_phrase_is_found_by_other_forms_of_its_words_and_without_accents(engine_of: EngineOf) -> None:
    engine = engine_of(
        [
            a_document("lt", "lt", body="Rizikos vertinimo klausimynas policijos pareigūnams."),
            a_document("ro", "ro", body="Serviciile pentru victime, în orașul nou."),
        ]
    )
    assert found(engine, '"rizikos vertinimas"', "lt") == found(engine, '"policijos pareigunai"', "lt") == ["lt"]
    assert found(engine, '"servicii pentru victimele"', "ro") == ["ro"]
    assert found(engine, '"victime pentru servicii"', "ro") == []


def test_a_phrase_stands_in_one_language_of_a_record(engine_of: EngineOf) -> None:
    engine = engine_of(a_record("a", {"en": "Stone bridge", "it": "Muro wall"}))
    assert found(engine, '"stone wall"') == []
    assert found(engine, '"stone bridge"') == found(engine, '"muro wall"') == ["a"]


def test_a_phrase_is_found_in_a_name(engine_of: EngineOf) -> None:
    engine = engine_of([a_document("a", "lt", names=("Codice Rosa",)), a_document("b", "lt", body="Rosa Codice")])
    assert found(engine, '"codice rosa"', "it") == ["a"]


@pytest.mark.parametrize("typed", ["116006", "116 006", "116-006", "116.006", "116\u00a0006"])
def test_a_number_is_found_however_it_is_grouped(engine_of: EngineOf, typed: str) -> None:
    engine = engine_of(
        [
            a_document("spaced", body="call 116 006 now"),
            a_document("plain", body="call 116006 now"),
            a_document("hyphen", title="The 116-006 line"),
            a_document("other", body="116 and 006"),
        ]
    )
    assert set(found(engine, typed)) == {"spaced", "plain", "hyphen"}
    assert set(found(engine, f'"{typed}"')) == {"spaced", "plain", "hyphen"}
    assert set(found(engine, f'"call {typed}"')) == {"spaced", "plain"}


def test_part_of_a_word_in_quotes_is_no_word(engine_of: EngineOf) -> None:
    engine = engine_of([a_document("a", body="terracotta wall")])
    assert found(engine, "terra wall") == ["a"]
    assert found(engine, '"terra wall"') == found(engine, '"terracotta wal"') == []


def test_only_texts_that_have_all_words_are_read_and_each_once(engine_of: EngineOf, texts: Texts) -> None:
    engine = engine_of(
        [
            *(a_document(f"both{n}", summary="", body=f"A wall of n{n} stone") for n in range(3)),
            *(a_document(f"one{n}", body="stone") for n in range(9)),
        ]
    )
    for _ in range(3):
        assert found(engine, '"stone wall"') == []
    assert sorted(texts.read) == [("practices", f"both{n}", "en") for n in range(3)]


def test_what_was_found_in_a_text_is_forgotten_when_it_changes(engine_of: EngineOf, texts: Texts) -> None:
    engine = engine_of([a_document("a", body="stone and wall")])
    assert found(engine, '"stone wall"') == []
    changed = [a_document("a", body="stone wall")]
    texts.take(changed)
    engine.update(changed)
    assert found(engine, '"stone wall"') == ["a"]
    engine.update([], [("practices", "a")])
    assert found(engine, '"stone wall"') == []


def test_an_answer_does_not_depend_on_who_asked_before(engine_of: EngineOf) -> None:
    """German "die" is a stop word, so an English query does not search for it in German texts."""
    documents = [a_document("de", "de", body="Die Hard läuft"), a_document("en", body="they die hard")]
    engine = engine_of(documents)
    answers = {reader: set(found(engine, '"die hard"', reader)) for reader in ("en", "de", "en")}
    assert answers == {reader: set(found(engine_of(documents), '"die hard"', reader)) for reader in ("de", "en")}
    assert "de" in answers["de"]


def test_only_so_many_phrases_are_remembered(engine_of: EngineOf) -> None:
    engine = engine_of([a_document("a", body=" ".join(f"n{n}" for n in range(3 * KEPT)))])
    for n in range(2 * KEPT):
        assert found(engine, f'"n{n} n{n + 1}"') == ["a"]
        assert found(engine, f'"n{n} n{n + 2}"') == []
    assert found(engine, '"n0 n1"') == ["a"]


def test_a_text_that_is_missing_has_no_phrase(engine_of: EngineOf, texts: Texts) -> None:
    engine = engine_of([a_document("a", body="stone wall")])
    texts.clear()
    assert found(engine, '"stone wall"') == []
