from __future__ import annotations

import pytest

from kb.search.analysis.word_forms import RELATED, SNOWBALL, UNION, LanguageSupport, analyzer, fold, method_of, normal

# Hand-made lists: a word and its forms. No word was chosen because it works.
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
    "de": [
        "qualität qualitäten",
        "dienst dienstes dienste diensten",
        "gemeinde gemeinden",
        "bewertung bewertungen",
        "schüler schülers schülern schülerin schülerinnen",
        "bildung bildungen",
        "sozial soziale sozialer sozialen sozialem soziales",
        "mitarbeiter mitarbeiters mitarbeitern mitarbeiterin mitarbeiterinnen",
    ],
    "fr": [
        "qualité qualités",
        "service services",
        "commune communes communal communale communaux",
        "évaluation évaluations évaluer évalué évaluée",
        "élève élèves",
        "éducation éducations éducatif éducative",
        "social sociale sociaux sociales",
        "travailleur travailleurs travailleuse travailleuses",
    ],
    "es": [
        "calidad calidades",
        "servicio servicios",
        "municipio municipios municipal municipales",
        "evaluación evaluaciones evaluar evaluado",
        "alumno alumnos alumna alumnas",
        "educación educativo educativa educativos",
        "social sociales",
        "trabajador trabajadores trabajadora trabajadoras",
    ],
}
# More pairs, of plurals and of women and men, found by comparing stems with dictionaries.
PAIRS = {
    "en": "woman women, child children, policeman policemen, victimisation victimization, organised organized, "
    "centre center, programme program, counselling counseling, behaviour behavior",
    "it": "anziano anziani, carabiniere carabinieri, consultorio consultori, atto atti, "
    "telefono telefoni, straniera straniere, interprete interpreti, camera camere",
    "lt": "vertinti vertina, vertinti vertinimas, vertina vertinimo, nukreipti nukreipimas, "
    "informuoti informavimas, mokyti mokymas, gyventi gyvena, patvirtinti patvirtina",
    "pt": "policial policiais, ordem ordens, jovem jovens, prisão prisões, função funções, vulnerável vulneráveis, "
    "reunião reuniões, judiciário judiciária, nação nações, espanhol espanhóis",
    "ro": "municipiu municipiilor, măsură măsuri, legătură legături, tânăr tineri",
    "de": "frauenhaus frauenhäuser, opferhilfe opferhilfen, straße straßen",
    "fr": "danger dangers, numéro numéros, travailleur travailleuse, médiateur médiatrice, étranger étrangers",
    "es": "mujer mujeres, menor menores, gobierno gobiernos, juez jueces, ciudad ciudades, orden órdenes",
    "hr": "žrtva žrtve, policija policije, zaštita zaštitu",
    "sk": "obeť obete, polícia polície, služba služby",
    "sl": "policija policije, pomoč pomoči, služba službe",
    "lv": "policija policijas, palīdzība palīdzības, cietušais cietušie",
}
# Forms of one word that do not find each other, first with accents, then without. These lists only shrink: remove a
# pair once it finds each other.
APART: dict[str, set[frozenset[str]]] = {
    "pt": {frozenset({"municipal", "município"}), frozenset({"municipal", "municípios"})},
    "fr": {
        frozenset({noun, adjective})
        for noun in ("commune", "communes")
        for adjective in ("communal", "communale", "communaux")
    },
    "es": {
        frozenset({noun, adjective})
        for noun in ("municipio", "municipios")
        for adjective in ("municipal", "municipales")
    },
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
    assert apart == known


def both(language: str) -> list[tuple[str, str]]:
    return [(first, second) for first, second in (pair.split() for pair in PAIRS[language].split(", "))]


@pytest.mark.parametrize("language", PAIRS)
def test_plurals_and_other_spellings_find_each_other(language: str) -> None:
    apart = [pair for pair in both(language) if not meet(language, *pair)]
    assert apart == []


@pytest.mark.parametrize("language", PAIRS)
def test_so_they_do_without_accents(language: str) -> None:
    apart = [(fold(one), two) for one, two in both(language) if not meet(language, fold(one), two)]
    assert apart == []


@pytest.mark.parametrize("language", UNION)
def test_a_word_finds_itself_in_every_language(language: str) -> None:
    text = "Qualität žvėris calității йога ποιότητα łódź naïve 116006 e-mail ß"
    for token in analyzer(language).tokens(text):
        assert token.forms
        assert all(form and " " not in form and "|" not in form for form in token.forms)
        assert set(token.forms) & set(analyzer(language).forms(fold(token.written)))


@pytest.mark.parametrize(
    ("language", "method"),
    [
        ("ro", LanguageSupport.LEMMA),
        ("lt", LanguageSupport.STEM),
        ("hr", LanguageSupport.RELATED),
        ("bg", LanguageSupport.FOLD),
        ("mt", LanguageSupport.FOLD),
        ("xx", LanguageSupport.FOLD),
    ],
)
def test_a_language_names_its_method(language: str, method: LanguageSupport) -> None:
    assert method_of(language) is method
    assert analyzer(language).method is method


def test_words_without_a_stemmer_lose_their_accents_only() -> None:
    assert analyzer("mt").forms("ħażna") == ("hazna",)


def test_the_union_has_24_languages() -> None:
    assert len(UNION) == 24
    assert not set(SNOWBALL) & set(RELATED)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("beduerfnisse", "bedürfnis"),
        ("bedurfnisse", "bedürfnis"),
        ("frauenhaeuser", "frauenhaus"),
        ("behoerden", "behörde"),
        ("strasse", "straße"),
        ("gemaess", "gemäß"),
    ],
)
def test_german_letters_may_be_typed_as_two(typed: str, word: str) -> None:
    assert meet("de", typed, word)


@pytest.mark.parametrize(
    ("language", "text", "telling"),
    [
        ("it", "l’aiuto dell'aiuto un'altra quest’anno", ["aiuto", "aiuto", "anno"]),
        ("fr", "d’aide qu'elle l'aide jusqu’au aujourd'hui", ["aide", "aide"]),
        ("en", "the victim's rights, what don't they've", ["victim", "rights"]),
        ("ro", "într-un adăpost, n-am", ["adăpost"]),
        ("pt", "d’água", ["água"]),
    ],
)
def test_what_stands_before_an_apostrophe_says_nothing(language: str, text: str, telling: list[str]) -> None:
    analyzed = analyzer(language)
    assert [token.written for token in analyzed.tokens(text) if not analyzed.is_stop(token.written)] == telling


@pytest.mark.parametrize(
    ("language", "question", "telling"),
    [
        ("en", "how do officers refer victims", ["officers", "refer", "victims"]),
        ("en", "what should the police do if a victim needs help", ["police", "victim", "needs", "help"]),
        ("it", "come si fa a proteggere una vittima", ["proteggere", "vittima"]),
        ("lt", "kaip galima padėti nukentėjusiesiems", ["padėti", "nukentėjusiesiems"]),
        ("pt", "como se pode encaminhar uma vítima", ["encaminhar", "vítima"]),
        ("ro", "cum pot ajuta o victimă", ["ajuta", "victimă"]),
        ("de", "wie kann man Opfern helfen", ["opfern", "helfen"]),
        ("de", "Was muss ich fuer ein Opfer tun", ["opfer"]),
        ("fr", "comment faut-il aider une victime", ["aider", "victime"]),
        ("es", "cómo se puede ayudar a una víctima", ["ayudar", "víctima"]),
    ],
)
def test_the_words_of_a_question_say_nothing(language: str, question: str, telling: list[str]) -> None:
    analyzed = analyzer(language)
    assert [token.written for token in analyzed.tokens(question) if not analyzed.is_stop(token.written)] == telling


@pytest.mark.parametrize(
    ("query", "word", "found"),
    [
        ("co-located services", "co", "colocated"),
        ("co located services", "located", "colocated"),
        ("e-mail", "mail", "email"),
        ("e mail", "mail", "email"),
        ("help line", "line", "helpline"),
        ("multi‑agency", "agency", "multiagency"),
        ("follow-up", "follow", "followup"),
    ],
)
def test_neighbours_are_asked_for_in_one_word_too(query: str, word: str, found: str) -> None:
    analyzed = analyzer("en")
    tokens = analyzed.tokens(query)
    place = [token.written for token in tokens].index(word)
    assert set(analyzed.forms(found)) <= set(analyzed.joined(query, tokens)[place])


@pytest.mark.parametrize(
    "query", ["the police", "victim, support", "victim  support", "in form", "est-ce", "116 006", ""]
)
def test_other_words_are_not_asked_for_in_one(query: str) -> None:
    analyzed = analyzer("en")
    assert not any(analyzed.joined(query, analyzed.tokens(query)))


def test_romanian_cedillas_are_commas() -> None:
    assert normal("poliţie şi calităţii") == "poliție și calității"
    assert analyzer("ro").forms("poliție") == analyzer("ro").tokens("poliţie")[0].forms


def test_decomposed_text_is_the_same_text() -> None:
    assert analyzer("lt").tokens("kokybe\u0307") == analyzer("lt").tokens("kokybė")


def test_a_token_tells_where_it_stood() -> None:
    text = "Call 116 006, victims!"
    tokens = analyzer("en").tokens(text)
    assert [text[token.start : token.end] for token in tokens] == ["Call", "116 006", "victims"]


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
        ("es", "estado"),
        ("it", "sara"),
        ("en", "needs"),
        ("en", "haven"),
        ("ro", "fata"),
        ("ro", "sigur"),
        ("de", "macht"),
    ],
)
def test_words_of_the_field_are_no_stop_words(language: str, word: str) -> None:
    assert not analyzer(language).is_stop(word)


def test_no_word_has_a_stop_word_as_its_stem() -> None:
    assert analyzer("lt").forms("iris") == ("iris",)
    assert "ir" in analyzer("lt").forms("ir")
