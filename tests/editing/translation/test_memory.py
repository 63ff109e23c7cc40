"""The translation memory: same and similar texts first, each with its record; stale texts are left out."""

from __future__ import annotations

import time

import pytest
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.editing.translation.memory import LEAST_LIKE, MemoryUnit, PairIndex, TranslationMemory, units_of
from kb.records.record import State
from tests.builders import a_bundle, a_translation_text
from tests.house import ITALIAN, ITALIAN_TEXT, TEXT, publish_text

PHRASES = (
    ("The police ask every victim whether a service may call.", "La polizia chiede a ogni vittima."),
    ("The police ask each victim whether a service may call.", "La polizia domanda a ciascuna vittima."),
    ("A service calls within three days.", "Un servizio chiama entro tre giorni."),
    ("Masons build walls.", "I muratori costruiscono muri."),
)


def unit(number: int, source: str, target: str, state: State = State.REVIEWED) -> MemoryUnit:
    return MemoryUnit(("practices", f"p{number}"), "what", source, target, state)


@pytest.fixture
def index() -> PairIndex:
    return PairIndex(unit(number, *each) for number, each in enumerate(PHRASES))


def test_the_same_text_comes_before_a_similar_one_and_others_are_left_out(index: PairIndex) -> None:
    same, similar = index.find(PHRASES[0][0])
    assert (same.likeness, same.unit.target) == (1.0, PHRASES[0][1])
    assert LEAST_LIKE <= similar.likeness < 1
    assert similar.unit.key == ("practices", "p1")
    assert index.find("Nothing here has these words") == ()
    assert index.find("") == ()


def test_the_text_itself_is_no_match_of_its_own(index: PairIndex) -> None:
    (found,) = index.find(PHRASES[0][0], (("practices", "p0"), "what"))
    assert found.unit.key == ("practices", "p1")


def test_one_translation_is_shown_once_and_that_of_a_person_first() -> None:
    source = PHRASES[0][0]
    index = PairIndex(
        [
            unit(1, source, "Altro.", State.MACHINE),
            unit(2, source, "Chiede."),
            unit(3, source, "Chiede."),
        ]
    )
    assert [(each.unit.target, each.others) for each in index.find(source)] == [("Chiede.", 1), ("Altro.", 0)]


def test_a_phrase_is_found_in_either_language_with_the_line_that_has_it() -> None:
    index = PairIndex([unit(1, "One line.\nTwo walls.", "Una riga.\nDue muri."), unit(2, *PHRASES[3])])
    found = [(each.source, each.target) for each in index.lines_with("WALLS")]
    assert found == [("Two walls.", "Due muri."), PHRASES[3]]
    assert [each.target for each in index.lines_with("una  riga")] == ["Una riga."]
    assert index.lines_with("  ") == ()


def test_a_record_gives_pairs_of_any_two_of_its_languages_and_none_that_are_stale() -> None:
    made = {"title": {"source": "0" * 16, "by": "person"}}
    bundle = a_bundle({"it": a_translation_text(), "pt": a_translation_text().replace("language: it", "language: pt")})
    names = {each.name for each in units_of(bundle, "en", "it")}
    assert {"title", "what"} <= names
    assert {each.name for each in units_of(bundle, "it", "pt")} == names
    assert "title" not in {
        each.name for each in units_of(a_bundle({"it": a_translation_text(made_from=made)}), "en", "it")
    }


def test_a_publication_is_in_the_next_index_and_one_generation_is_read_once(
    session: Session, store: ContentStore
) -> None:
    memory = TranslationMemory()
    publish_text(session, store, TEXT)
    assert memory.index(store.current().catalog, "en", "it").units == ()
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    index = memory.index(store.current().catalog, "en", "it")
    assert {each.name for each in index.units} >= {"title"}
    assert memory.index(store.current().catalog, "en", "it") is index
    publish_text(session, store, TEXT.replace("without mortar", "without any mortar"))
    later = memory.index(store.current().catalog, "en", "it")
    assert len(later.units) == len(index.units) - 1  # one of them is stale


def test_a_long_text_is_compared_quickly() -> None:
    index = PairIndex(
        unit(number, f"Step {number}: " + " ".join(f"word{number * 7 % 50 + each}" for each in range(300)), str(number))
        for number in range(2_000)
    )
    index.find("word1")  # makes the lists of words
    begun = time.process_time()
    assert index.find(index.units[40].source)[0].likeness == 1
    assert time.process_time() - begun < 0.5  # a tenth of it on an idle computer
