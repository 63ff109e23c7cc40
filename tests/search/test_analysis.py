from __future__ import annotations

import pytest

from kb.search.analysis import SNOWBALL, Method, analyzer, fold, method_of, normal, written_words

# Hand-made lists: a word and its forms. None was chosen because it works.
FORMS = {
    "lt": [
        "kokybė kokybės kokybei kokybę kokybe kokybėje kokybių kokybėms",
        "paslauga paslaugos paslaugų paslaugoms paslaugas paslaugomis paslaugose paslaugą",
        "savivaldybė savivaldybės savivaldybių savivaldybei savivaldybėje savivaldybėms savivaldybes",
        "vertinimas vertinimo vertinimui vertinimą vertinimu vertinime vertinimai vertinimų",
        "moksleivis moksleivio moksleiviai moksleivių moksleiviams moksleivius",
        "švietimas švietimo švietimui švietimą švietimu švietime",
        "socialinis socialinio socialinė socialinės socialinių socialinius socialinėms",
        "darbuotojas darbuotojo darbuotojai darbuotojų darbuotojams darbuotojus",
    ],
    "ro": [
        "serviciu serviciul serviciului servicii serviciile serviciilor",
        "calitate calitatea calității calități calitățile calităților",
        "evaluare evaluarea evaluării evaluări evaluările evaluărilor",
        "școală școala școlii școli școlile școlilor",
        "politică politica politicii politici politicile politicilor",
        "educație educația educației educații",
        "municipiu municipiul municipiului municipii municipiile",
        "comunitate comunitatea comunității comunități comunitățile",
    ],
    "it": [
        "servizio servizi",
        "valutazione valutazioni",
        "politica politiche politico politici",
        "comunità",
        "scuola scuole",
        "qualità",
        "pubblico pubblica pubblici pubbliche",
    ],
    "pt": [
        "serviço serviços",
        "avaliação avaliações",
        "política políticas político",
        "município municípios municipal",
        "qualidade qualidades",
        "educação educações educacional",
    ],
    "en": [
        "policy policies",
        "evaluation evaluations evaluate evaluating",
        "municipality municipalities",
        "service services",
    ],
}
# Forms of one word that do not find each other, first with all accents typed, then with none. The lists only shrink: a
# pair that has come together is to be taken out.
APART: dict[str, set[frozenset[str]]] = {
    "ro": {frozenset({"municipiu", "municipiile"})},
    "pt": {
        frozenset({"municipal", "município"}),
        frozenset({"municipal", "municípios"}),
        frozenset({"educacional", "educação"}),
        frozenset({"educacional", "educações"}),
    },
}
APART_WITHOUT_ACCENTS: dict[str, set[tuple[str, str]]] = {
    "ro": {("scoli", "școala"), ("scoli", "școală"), ("scolii", "școala"), ("scolii", "școală")},
}


def meet(language: str, typed: str, word: str) -> bool:
    forms = analyzer(language).forms
    return bool(set(forms(typed)) & set(forms(word)))


def pairs_of(language: str) -> list[tuple[str, str]]:
    groups = (group.split() for group in FORMS[language])
    return [(typed, word) for group in groups for typed in group for word in group]


@pytest.mark.parametrize("language", FORMS)
def test_all_forms_of_a_word_find_each_other(language: str) -> None:
    apart = {frozenset(pair) for pair in pairs_of(language) if not meet(language, *pair)}
    assert apart == APART.get(language, set())


@pytest.mark.parametrize("language", FORMS)
def test_forms_typed_without_accents_find_the_same(language: str) -> None:
    apart = {(fold(typed), word) for typed, word in pairs_of(language) if not meet(language, fold(typed), word)}
    known = {
        (fold(typed), word) for typed, word in pairs_of(language) if frozenset({typed, word}) in APART.get(language, ())
    }
    assert apart == known | APART_WITHOUT_ACCENTS.get(language, set())


@pytest.mark.parametrize("language", [*SNOWBALL, "bg", "hr", "lv", "mt", "sk", "sl"])
def test_a_word_finds_itself_in_every_language(language: str) -> None:
    text = "Qualität žvėris calității йога ποιότητα łódź naïve 116006 e-mail ß"
    for token in analyzer(language).tokens(text):
        assert token.forms
        assert all(form and " " not in form and "|" not in form for form in token.forms)
        assert set(token.forms) & set(analyzer(language).forms(fold(token.written)))


@pytest.mark.parametrize(
    ("language", "method"), [("ro", Method.LEMMA), ("lt", Method.STEM), ("hr", Method.FOLD), ("xx", Method.FOLD)]
)
def test_a_language_names_its_method(language: str, method: Method) -> None:
    assert method_of(language) is method
    assert analyzer(language).method is method


def test_words_without_a_stemmer_lose_their_accents_only() -> None:
    assert analyzer("hr").forms("žrtvama") == ("zrtvama",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("116 006", ["116006"]),
        ("116-006", ["116006"]),
        ("116006", ["116006"]),
        ("116.006", ["116006"]),
        ("116\u00a0006", ["116006"]),
        ("call 116 006 now", ["call", "116006", "now"]),
        ("0 800 123 456", ["0800123456"]),
        ("2018-2022", ["2018", "2022"]),
        ("2012/29/EU", ["2012", "29", "eu"]),
        ("26 11 2026", ["26", "11", "2026"]),
        ("116 0061", ["116", "0061"]),
        ("a116 006", ["a116", "006"]),
        ("116 006b", ["116", "006b"]),
    ],
)
def test_the_groups_of_a_number_are_one_word(text: str, words: list[str]) -> None:
    assert written_words(text) == words


def test_words_end_at_apostrophes_and_hyphens() -> None:
    assert written_words("L'accordo: e-mail, victim's_name") == ["l", "accordo", "e", "mail", "victim", "s", "name"]


def test_romanian_cedillas_are_commas() -> None:
    assert normal("poliţie şi calităţii") == "poliție și calității"
    assert analyzer("ro").forms("poliție") == analyzer("ro").tokens("poliţie")[0].forms


def test_decomposed_text_is_the_same_text() -> None:
    assert analyzer("lt").tokens("kokybe\u0307") == analyzer("lt").tokens("kokybė")


def test_soft_hyphens_do_not_split_a_word() -> None:
    assert written_words("refer\u00adral") == ["referral"]


def test_greek_accents_and_final_sigma_fold_and_cyrillic_letters_stay() -> None:
    assert fold("ποιότητας") == "ποιοτητασ"
    assert fold("йога") == "йога"
    assert fold("straße łódź ąčęėįšųū ăâîșț œuvre") == "strasse lodz aceeisuu aaist oeuvre"


def test_a_token_tells_where_it_stood() -> None:
    text = "Call 116 006, victims!"
    tokens = analyzer("en").tokens(text)
    assert [text[token.start : token.end] for token in tokens] == ["Call", "116 006", "victims"]


def test_a_word_of_absurd_length_is_cut() -> None:
    assert len(written_words("x" * 100_000)[0]) == 100


@pytest.mark.parametrize(
    ("language", "word"), [("en", "the"), ("it", "dei"), ("it", "perche"), ("lt", "su"), ("ro", "sa"), ("mt", "x")]
)
def test_stop_words_are_known_also_without_accents(language: str, word: str) -> None:
    assert analyzer(language).is_stop(word)


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("en", "research"),
        ("en", "state"),
        ("it", "stato"),
        ("pt", "estado"),
        ("it", "gruppo"),
        ("de", "die-"),
        ("en", "5"),
    ],
)
def test_words_of_the_field_are_no_stop_words(language: str, word: str) -> None:
    assert not analyzer(language).is_stop(word)
