"""Every word of a title finds its record, and so does each prefix of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from kb.search.analysis.word_forms import analyzer, fold, written_words
from kb.search.engine import SearchEngine
from kb.search.index.builder import build_index
from kb.search.index.index_document import IndexDocument
from kb.search.query.search_query import SearchQuery
from tests.search.finding import ids
from tests.search.samples import LANGUAGES, LAW, VOCABULARIES, a_document

# Real records of the collection: a title in each language, and an untranslated name.
TITLES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "barnahus": (
        "Barnahus",
        (
            "Children's house: one roof for police, courts and therapy",
            "La casa dei bambini: polizia, tribunali e terapia sotto lo stesso tetto",
            "Vaikų namai: policija, teismas ir terapija po vienu stogu",
            "Casa das crianças: polícia, tribunais e terapia sob o mesmo teto",
            "Casa copiilor: poliție, instanțe și terapie sub același acoperiș",
        ),
    ),
    "viogen": (
        "VioGén",
        (
            "Risk questionnaire for partner violence",
            "Questionario del rischio per la violenza nelle relazioni di coppia",
            "Partnerių smurto rizikos klausimynas",
            "Questionário de avaliação de risco na violência entre parceiros",
            "Chestionar de risc pentru violența în cuplu",
        ),
    ),
    "helpline": (
        "116 006",
        (
            "The 116 006 helpline for victims of crime",
            "La linea telefonica 116 006 per le vittime di reato",
            "Pagalbos linija 116 006 nukentėjusiesiems nuo nusikaltimų",
            "Linha 116 006 de apoio à vítima",
            "Linia telefonică 116 006 pentru victimele infracțiunilor",
        ),
    ),
    "pink-code": (
        "Codice Rosa",
        (
            "Pink code: care path in the emergency department",
            "Codice rosa: percorso di cura nel pronto soccorso",
            "Rožinis kodas: pagalbos kelias skubios pagalbos skyriuje",
            "Código rosa: percurso de cuidados nas urgências",
            "Codul roz: traseul de îngrijire în unitatea de primiri urgențe",
        ),
    ),
    "data-agreement": (
        "",
        (
            "Agreements on sharing personal data between police and associations",
            "Accordi per lo scambio di dati personali tra polizia e associazioni",
            "Susitarimai dėl keitimosi asmens duomenimis tarp policijos ir asociacijų",
            "Acordos de partilha de dados pessoais entre polícia e associações",
            "Acorduri privind schimbul de date cu caracter personal între poliție și asociații",
        ),
    ),
    "letters": (
        "MARAC",
        (
            "Easy-to-read letters to victims with disabilities",
            "Lettere facili da leggere per le vittime con disabilità",
            "Lengvai skaitomi laiškai nukentėjusiems asmenims su negalia",
            "Cartas de leitura fácil para vítimas com deficiência",
            "Scrisori ușor de citit pentru victimele cu dizabilități",
        ),
    ),
}
LETTERS = 3  # in a prefix


@cache
def the_documents() -> tuple[IndexDocument, ...]:
    return tuple(
        a_document(record, language, title=title, summary="", body="", names=(name,) if name else ())
        for record, (name, titles) in TITLES.items()
        for language, title in zip(LANGUAGES, titles, strict=True)
    )


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """An engine with half of the records in each of two segments."""
    folder, documents = tmp_path_factory.mktemp("index"), the_documents()
    build_index(folder, documents[:15], VOCABULARIES, LANGUAGES)
    engine = SearchEngine(folder, VOCABULARIES, LANGUAGES, law=LAW)
    engine.update(documents[15:])
    return engine


def found(engine: SearchEngine, text: str, language: str) -> set[str]:
    results = engine.find(SearchQuery(text, language, per_page=100))
    return set() if results.partial or results.is_mended else set(ids(results))


def telling(text: str, language: str) -> list[str]:
    return [word for word in written_words(text) if not analyzer(language).is_stop(word)]


def with_word(word: str, language: str) -> set[str]:
    """Return the records that a whole word finds in titles of its language and in names."""
    forms = set(analyzer(language).forms(word))
    return {
        document.id
        for document in the_documents()
        if any(
            (document.language == language and forms.intersection(analyzer(language).forms(each)))
            or (fold(each) == fold(word) and each in written_words("\n".join(document.names)))
            for each in written_words("\n".join((document.title, *document.names)))
        )
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_a_title_finds_its_record(engine: SearchEngine, language: str) -> None:
    missed = [
        (typed, reader, document.id)
        for document in the_documents()
        if document.language == language
        for word in telling(f"{document.title} {' '.join(document.names)}", language)
        for typed in dict.fromkeys((word, word.upper(), fold(word)))
        for reader in dict.fromkeys((language, "en"))
        if document.id not in found(engine, typed, reader)
    ]
    assert missed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_title_finds_its_record_first(engine: SearchEngine, language: str) -> None:
    for document in the_documents():
        if document.language == language:
            assert ids(engine.find(SearchQuery(document.title, language)))[0] == document.id


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_beginning_of_a_word_finds_all_that_the_word_finds(engine: SearchEngine, language: str) -> None:
    words = {
        word
        for document in the_documents()
        for word in telling(
            f"{document.title if document.language == language else ''} {' '.join(document.names)}", language
        )
    }
    prefixes = {(word[:end], word) for word in words for end in range(LETTERS, len(word))}
    answers = {prefix: found(engine, prefix, language) for prefix, _ in prefixes}
    missed = [
        (prefix, word, record)
        for prefix, word in sorted(prefixes)
        for record in with_word(word, language) - answers[prefix]
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("prefix", "language", "record"),
    [
        ("the", "en", "barnahus"),
        ("quest", "it", "viogen"),
        ("smu", "lt", "viogen"),
        ("vaik", "en", "barnahus"),
        ("116", "en", "helpline"),
        ("1160", "en", "helpline"),
        ("vio", "ro", "viogen"),
        ("codi", "lt", "pink-code"),
        ("instan", "ro", "barnahus"),
        ("instant", "ro", "barnahus"),
        ("instanț", "ro", "barnahus"),
        ("instanţ", "ro", "barnahus"),
        ("nukentė", "lt", "letters"),
        ("NUKENTE", "lt", "helpline"),
    ],
)
def test_a_beginning_finds_whatever_it_is_typed_like(
    engine: SearchEngine, prefix: str, language: str, record: str
) -> None:
    assert record in found(engine, prefix, language)


def test_two_letters_are_no_beginning(engine: SearchEngine) -> None:
    assert found(engine, "vi", "en") == found(engine, "qu", "en") == set()


def test_every_word_of_a_query_may_be_a_beginning(engine: SearchEngine) -> None:
    assert found(engine, "shar pers dat", "en") == {"data-agreement"}
    assert found(engine, "emer dep", "en") == {"pink-code"}


@pytest.mark.parametrize(("prefix", "expected"), [("mos", {"title"}), ("mosq", {"body"})])
def test_words_of_texts_are_found_from_four_letters(
    tmp_path_factory: pytest.TempPathFactory, prefix: str, expected: set[str]
) -> None:
    folder = tmp_path_factory.mktemp("index")
    build_index(folder, [a_document("title", title="Mosaics")], VOCABULARIES, LANGUAGES)
    engine = SearchEngine(folder, VOCABULARIES, LANGUAGES)
    engine.update([a_document("body", body="mosquitoes")])
    assert found(engine, prefix, "en") == expected


def test_whole_words_come_before_those_that_begin_alike(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("index")
    documents = [a_document("begins", title="Coder", newest="2026-12-01"), a_document("whole", title="Code")]
    build_index(folder, documents, VOCABULARIES, LANGUAGES)
    assert ids(SearchEngine(folder, VOCABULARIES, LANGUAGES).find(SearchQuery("code"))) == ["whole", "begins"]
