from __future__ import annotations

import pytest

from kb.law.model import Law
from kb.search.analysis.term_matcher import TermFinder
from kb.search.query.interpretation import SearchKnowledge, understand
from kb.search.query.law_references import LawReferences
from kb.search.query.parsed_query import ParsedQuery, RecognisedTerm
from kb.search.query.query_parser import HasForm
from tests.search.samples import LANGUAGES


@pytest.fixture(scope="module")
def knowledge(finder: TermFinder, law: Law) -> SearchKnowledge:
    return SearchKnowledge(finder, LawReferences(law), law)


def in_no_document(_form: str, _language: str) -> bool:
    return False


def asked(
    knowledge: SearchKnowledge,
    text: str,
    language: str = "en",
    has_form: HasForm = in_no_document,
    off: tuple[str, ...] = (),
) -> ParsedQuery:
    return understand(text, language, LANGUAGES, knowledge, has_form, off)


def words(question: ParsedQuery) -> list[str]:
    return [word.text for word in question.words]


def test_words_are_told_as_they_were_typed(knowledge: SearchKnowledge) -> None:
    assert words(asked(knowledge, "Risk  ASSESSMENT, 116 006!")) == ["Risk", "ASSESSMENT", "116 006"]


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
    knowledge: SearchKnowledge, text: str, readers: str, language: str
) -> None:
    assert asked(knowledge, text, readers).language == language


def test_words_of_the_documents_speak_for_their_language(knowledge: SearchKnowledge) -> None:
    question = asked(knowledge, "stone terraces", "it", lambda form, language: language == "en" and form == "stone")
    assert question.language == "en"


def test_stop_words_of_the_query_language_do_not_count(knowledge: SearchKnowledge) -> None:
    assert words(asked(knowledge, "scambio di dati tra la polizia e le associazioni", "en")) == [
        "scambio",
        "dati",
        "polizia",
        "associazioni",
    ]


def test_a_stop_word_elsewhere_counts(knowledge: SearchKnowledge) -> None:
    question = understand("crimes of war", "en", (*LANGUAGES, "de"), knowledge, in_no_document)
    assert words(question) == ["crimes", "war"]
    assert question.words[1].forms["en"] == ("war",)
    assert set(question.words[1].forms) == set(LANGUAGES)  # the German stop word "war" is not searched


@pytest.mark.parametrize("text", ["the", "who", "how to do it"])
def test_a_query_of_stop_words_alone_keeps_them(knowledge: SearchKnowledge, text: str) -> None:
    assert words(asked(knowledge, text)) == text.split()


def test_a_word_typed_twice_counts_once(knowledge: SearchKnowledge) -> None:
    assert words(asked(knowledge, "police and Police")) == ["police"]


@pytest.mark.parametrize("text", ["", "  ", "!?", "«»", "_"])
def test_nothing_is_asked_without_words(knowledge: SearchKnowledge, text: str) -> None:
    question = asked(knowledge, text)
    assert (question.words, question.spans) == ((), ())


def test_terms_and_countries_cover_the_words_they_were_read_from(knowledge: SearchKnowledge) -> None:
    question = asked(knowledge, "risk assessment in Portugal")
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
def test_terms_are_recognised_in_any_language(knowledge: SearchKnowledge, text: str, term_id: str) -> None:
    assert term_id in {each.term_id for each in asked(knowledge, text, "en").recognised()}


def test_a_plain_word_is_no_term_of_another_language(knowledge: SearchKnowledge) -> None:
    """German calls Iceland "Island"; an English query means islands if English documents contain the word."""
    assert [each.term_id for each in asked(knowledge, "island").recognised()] == ["IS"]
    in_english = asked(knowledge, "island", "en", lambda form, language: (form, language) == ("island", "en"))
    assert in_english.recognised() == ()
    assert [each.term_id for each in asked(knowledge, "Island", "de").recognised()] == ["IS"]


def test_what_was_recognised_twice_is_told_once(knowledge: SearchKnowledge) -> None:
    assert [each.text for each in asked(knowledge, "Portugal portuguese").recognised()] == ["Portugal"]


def test_a_word_knows_the_phrase_it_stands_in(knowledge: SearchKnowledge) -> None:
    question = asked(knowledge, 'walls "stone of  walls" «old town» stone "')
    assert question.phrases == ("stone of walls", "old town")
    assert [(word.text, word.phrase) for word in question.words] == [
        ("walls", -1),
        ("stone", 0),
        ("walls", 0),
        ("old", 1),
        ("town", 1),
        ("stone", -1),
    ]


@pytest.mark.parametrize("text", ['"', '""', '" "', '"!?"', 'stone"', "«stone", '„"'])
def test_quotes_without_words_are_no_phrase(knowledge: SearchKnowledge, text: str) -> None:
    assert asked(knowledge, text).phrases == ()


def test_what_is_off_is_recognised_and_covers_nothing(knowledge: SearchKnowledge) -> None:
    question = asked(knowledge, "risk assessment in Portugal", off=("risk-assessment", "unheard-of"))
    assert question.recognised() == (
        RecognisedTerm("PT", "Portugal", "country"),
        RecognisedTerm("risk-assessment", "risk assessment", is_off=True),
    )
    assert [(word.text, bool(word.spans)) for word in question.words] == [
        ("risk", False),
        ("assessment", False),
        ("Portugal", True),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [("VRD art 22", "VRD art 22"), ("Portugal: Directive 2012/29/EU, Article 22!", "Directive 2012/29/EU, Article 22")],
)
def test_law_is_recognised_with_what_its_article_speaks_of(knowledge: SearchKnowledge, text: str, said: str) -> None:
    question = asked(knowledge, text)
    assert RecognisedTerm("vrd:22", said, "law") in question.recognised()
    (span,) = (span for span in question.spans if "law:vrd:22" in span.concepts)
    assert "individual-assessment" in span.spoken_of
    assert asked(knowledge, text, off=("vrd:22",)).off == (RecognisedTerm("vrd:22", said, "law", is_off=True),)


def test_words_of_a_law_are_no_other_terms(knowledge: SearchKnowledge) -> None:
    """The directive's name contains "Victims' rights", but a query for the directive does not mean these rights."""
    assert [each.kind for each in asked(knowledge, "Victims' Rights Directive").recognised()] == ["law"]


def test_an_instrument_as_a_whole_speaks_of_too_much(knowledge: SearchKnowledge) -> None:
    (span,) = (span for span in asked(knowledge, "VRD").spans if "law:vrd" in span.concepts)
    assert span.spoken_of == ()


def test_several_articles_are_one_place(knowledge: SearchKnowledge) -> None:
    question = asked(knowledge, "VRD articles 8 and 9")
    assert [(each.term_id, each.text) for each in question.recognised()] == [
        ("vrd:8", "VRD articles 8 and 9"),
        ("vrd:9", "VRD articles 8 and 9"),
    ]


def test_a_word_in_several_spellings_is_not_the_same_word(knowledge: SearchKnowledge) -> None:
    assert words(asked(knowledge, "metà meta Metà", "it")) == ["metà", "meta"]


def test_tokens_tell_where_they_stand_in_the_text(knowledge: SearchKnowledge) -> None:
    question = asked(knowledge, "L'Aquila: poli\u0163ie 116 006")
    assert [question.text[token.start : token.end] for token in question.tokens] == [
        "L",
        "Aquila",
        "poliție",
        "116 006",
    ]


def test_a_stem_that_is_a_stop_word_is_not_searched(knowledge: SearchKnowledge) -> None:
    (word,) = asked(knowledge, "IRIS").words
    assert word.forms["lt"] == ("iris",)
    assert word.forms["it"] == ("iris",)


@pytest.mark.parametrize(
    ("text", "left", "excluded"),
    [
        ("shelter -police", ["shelter"], ["police"]),
        ("-police shelter", ["shelter"], ["police"]),
        ("-police", [], ["police"]),
        ("e-mail 2012-29", ["mail", "2012", "29"], []),
        ("shelter - police", ["shelter", "police"], []),
    ],
)
def test_a_minus_before_a_word_excludes_it(
    knowledge: SearchKnowledge, text: str, left: list[str], excluded: list[str]
) -> None:
    question = asked(knowledge, text)
    assert words(question) == left
    assert [word.text for word in question.excluded] == excluded
