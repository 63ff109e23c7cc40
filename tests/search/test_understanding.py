from __future__ import annotations

import pytest

from kb.search.results import RecognisedTerm
from kb.search.terms import TermFinder
from kb.search.understanding import HasForm, Question, understand
from tests.search.samples import LANGUAGES


def in_no_document(_form: str, _language: str) -> bool:
    return False


def asked(finder: TermFinder, text: str, language: str = "en", has_form: HasForm = in_no_document) -> Question:
    return understand(text, language, LANGUAGES, finder, has_form)


def words(question: Question) -> list[str]:
    return [word.text for word in question.words]


def test_words_are_told_as_they_were_typed(finder: TermFinder) -> None:
    assert words(asked(finder, "Risk  ASSESSMENT, 116 006!")) == ["Risk", "ASSESSMENT", "116 006"]


@pytest.mark.parametrize(
    ("text", "readers", "language"),
    [
        ("scambio dati sicuro tra polizia e associazioni", "en", "it"),
        ("APAV gabinetes de apoio à vítima", "en", "pt"),
        ("aukų nukreipimas į pagalbos tarnybas", "ro", "lt"),
        ("interpret gratuit la poliție pentru victime străine", "en", "ro"),
        ("Opferhilfe für Kinder und Jugendliche", "en", "de"),
        ("how do officers refer victims", "it", "en"),
        ("marac", "lt", "lt"),
        ("xyzzy", "pt", "pt"),
    ],
)
def test_the_language_of_the_query_is_the_one_that_explains_most(
    finder: TermFinder, text: str, readers: str, language: str
) -> None:
    assert asked(finder, text, readers).language == language


def test_words_of_the_documents_speak_for_their_language(finder: TermFinder) -> None:
    question = asked(finder, "stone terraces", "it", lambda form, language: language == "en" and form == "stone")
    assert question.language == "en"


def test_stop_words_of_the_query_language_do_not_count(finder: TermFinder) -> None:
    assert words(asked(finder, "scambio di dati tra la polizia e le associazioni", "en")) == [
        "scambio",
        "dati",
        "polizia",
        "associazioni",
    ]


def test_a_stop_word_elsewhere_counts(finder: TermFinder) -> None:
    question = asked(finder, "crimes of war")  # German "war" is no word to search for
    assert words(question) == ["crimes", "war"]
    languages = {language for each in question.words[1].asked.alternatives for language in each.languages or ()}
    assert "en" in languages


@pytest.mark.parametrize("text", ["the", "who", "how to do it"])
def test_a_query_of_stop_words_alone_keeps_them(finder: TermFinder, text: str) -> None:
    assert words(asked(finder, text)) == text.split()


def test_a_word_typed_twice_counts_once(finder: TermFinder) -> None:
    assert words(asked(finder, "police and Police")) == ["police"]


@pytest.mark.parametrize("text", ["", "  ", "!?", "«»", "_"])
def test_nothing_is_asked_without_words(finder: TermFinder, text: str) -> None:
    question = asked(finder, text)
    assert (question.words, question.spans) == ((), ())


def test_terms_and_countries_cover_the_words_they_were_read_from(finder: TermFinder) -> None:
    question = asked(finder, "risk assessment in Portugal")
    assert question.recognised() == (
        RecognisedTerm("risk-assessment", "risk assessment"),
        RecognisedTerm("PT", "Portugal", "country"),
    )
    assert [(word.text, word.spans) for word in question.words] == [
        ("risk", (0,)),
        ("assessment", (0,)),
        ("Portugal", (1,)),
    ]


@pytest.mark.parametrize(
    ("text", "term_id"),
    [
        ("valutazione del rischio", "risk-assessment"),
        ("rizikos vertinimas", "risk-assessment"),
        ("avaliação de risco", "risk-assessment"),
        ("evaluarea riscului", "risk-assessment"),
        ("Weiterverweisung", "referral"),
        ("aiguillage", "referral"),
        ("derivación", "referral"),
        ("Paesi Bassi", "NL"),
        ("Alemania", "DE"),
    ],
)
def test_terms_are_recognised_in_any_language(finder: TermFinder, text: str, term_id: str) -> None:
    assert term_id in {each.term_id for each in asked(finder, text, "en").recognised()}


def test_a_plain_word_is_no_term_of_another_language(finder: TermFinder) -> None:
    """German calls Iceland "Island"; an English reader who finds islands in the documents means those."""
    assert [each.term_id for each in asked(finder, "island").recognised()] == ["IS"]
    in_english = asked(finder, "island", "en", lambda form, language: (form, language) == ("island", "en"))
    assert in_english.recognised() == ()
    assert [each.term_id for each in asked(finder, "Island", "de").recognised()] == ["IS"]


def test_what_was_recognised_twice_is_told_once(finder: TermFinder) -> None:
    assert [each.text for each in asked(finder, "Portugal portuguese").recognised()] == ["Portugal"]
