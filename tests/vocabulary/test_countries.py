"""Countries as readers name them. The tables are written by hand: they do not follow the data that they test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

import pytest
from babel import Locale

from kb.search.analysis.term_matcher import TermFinder
from kb.search.analysis.word_forms import analyzer, fold
from kb.vocabulary.loader import load_vocabularies
from kb.vocabulary.model import LABEL_LANGUAGES, Vocabularies

# Code: name, adjective, inhabitants, and what else is usual; Lithuanian and Romanian with other cases.
NAMES = {
    "en": """
        AT: Austria, Austrian, Austrians
        BE: Belgium, Belgian, Belgians, Flanders, Flemish
        BG: Bulgaria, Bulgarian, Bulgarians
        CY: Cyprus, Cypriot, Cypriots
        CZ: Czechia, Czech, Czechs, Czech Republic
        DE: Germany, German, Germans
        DK: Denmark, Danish, Danes, Dane
        EE: Estonia, Estonian, Estonians
        ES: Spain, Spanish, Spaniards, Spaniard
        FI: Finland, Finnish, Finns, Finn
        FR: France, French, Frenchmen, Frenchwoman
        GR: Greece, Greek, Greeks, Hellenic
        HR: Croatia, Croatian, Croats, Croatians
        HU: Hungary, Hungarian, Hungarians
        IE: Ireland, Irish, Irishman, Republic of Ireland
        IT: Italy, Italian, Italians
        LT: Lithuania, Lithuanian, Lithuanians
        LU: Luxembourg, Luxembourgish, Luxembourgers, Luxemburg
        LV: Latvia, Latvian, Latvians
        MT: Malta, Maltese
        NL: Netherlands, Dutch, Dutchman, Holland, the Netherlands
        PL: Poland, Polish, Poles
        PT: Portugal, Portuguese
        RO: Romania, Romanian, Romanians
        SE: Sweden, Swedish, Swedes
        SI: Slovenia, Slovenian, Slovenes
        SK: Slovakia, Slovak, Slovaks, Slovakian
    """,
    "it": """
        AT: Austria, austriaco, austriaci, austriaca, austriache
        BE: Belgio, belga, belgi, Fiandre
        BG: Bulgaria, bulgaro, bulgari, bulgare
        CY: Cipro, cipriota, ciprioti
        CZ: Cechia, ceco, cechi, ceche, Repubblica Ceca
        DE: Germania, tedesco, tedeschi, tedesca
        DK: Danimarca, danese, danesi
        EE: Estonia, estone, estoni
        ES: Spagna, spagnolo, spagnoli, spagnole
        FI: Finlandia, finlandese, finlandesi
        FR: Francia, francese, francesi
        GR: Grecia, greco, greci, greca, greche
        HR: Croazia, croato, croati, croata
        HU: Ungheria, ungherese, ungheresi
        IE: Irlanda, irlandese, irlandesi
        IT: Italia, italiano, italiani, italiane
        LT: Lituania, lituano, lituani, lituane
        LU: Lussemburgo, lussemburghese, lussemburghesi
        LV: Lettonia, lettone, lettoni
        MT: Malta, maltese, maltesi
        NL: Paesi Bassi, olandese, olandesi, Olanda, neerlandese
        PL: Polonia, polacco, polacchi, polacca
        PT: Portogallo, portoghese, portoghesi
        RO: Romania, rumeno, rumeni, romeno, romena
        SE: Svezia, svedese, svedesi
        SI: Slovenia, sloveno, sloveni, slovena
        SK: Slovacchia, slovacco, slovacchi, slovacca
    """,
    "lt": """
        AT: Austrija, austrų, austrai, Austrijoje, Austrijos, austriška
        BE: Belgija, belgų, belgai, Belgijoje, Belgijos
        BG: Bulgarija, bulgarų, bulgarai, Bulgarijoje, Bulgarijos
        CY: Kipras, kipriečių, kipriečiai, Kipre, Kipro
        CZ: Čekija, čekų, čekai, Čekijoje, Čekijos
        DE: Vokietija, vokiečių, vokiečiai, Vokietijoje, Vokietijos, vokiška, vokietis
        DK: Danija, danų, danai, Danijoje, Danijos
        EE: Estija, estų, estai, Estijoje, Estijos
        ES: Ispanija, ispanų, ispanai, Ispanijoje, Ispanijos
        FI: Suomija, suomių, suomiai, Suomijoje, Suomijos
        FR: Prancūzija, prancūzų, prancūzai, Prancūzijoje, Prancūzijos, prancūziška
        GR: Graikija, graikų, graikai, Graikijoje, Graikijos
        HR: Kroatija, kroatų, kroatai, Kroatijoje, Kroatijos
        HU: Vengrija, vengrų, vengrai, Vengrijoje, Vengrijos
        IE: Airija, airių, airiai, Airijoje, Airijos
        IT: Italija, italų, italai, Italijoje, Italijos
        LT: Lietuva, lietuvių, lietuviai, Lietuvoje, Lietuvos, lietuviška, lietuvis
        LU: Liuksemburgas, liuksemburgiečių, liuksemburgiečiai, Liuksemburge, Liuksemburgo
        LV: Latvija, latvių, latviai, Latvijoje, Latvijos
        MT: Malta, maltiečių, maltiečiai, Maltoje, Maltos
        NL: Nyderlandai, olandų, olandai, Nyderlanduose, Nyderlandų, Olandijoje
        PL: Lenkija, lenkų, lenkai, Lenkijoje, Lenkijos
        PT: Portugalija, portugalų, portugalai, Portugalijoje, Portugalijos
        RO: Rumunija, rumunų, rumunai, Rumunijoje, Rumunijos
        SE: Švedija, švedų, švedai, Švedijoje, Švedijos
        SI: Slovėnija, slovėnų, slovėnai, Slovėnijoje, Slovėnijos
        SK: Slovakija, slovakų, slovakai, Slovakijoje, Slovakijos
    """,
    "pt": """
        AT: Áustria, austríaco, austríacos, austríaca
        BE: Bélgica, belga, belgas, Flandres
        BG: Bulgária, búlgaro, búlgaros, búlgara
        CY: Chipre, cipriota, cipriotas
        CZ: Chéquia, checo, checos, checa, República Checa
        DE: Alemanha, alemão, alemães, alemã
        DK: Dinamarca, dinamarquês, dinamarqueses, dinamarquesa
        EE: Estónia, estónio, estónios, Estônia
        ES: Espanha, espanhol, espanhóis, espanhola
        FI: Finlândia, finlandês, finlandeses, finlandesa
        FR: França, francês, franceses, francesa
        GR: Grécia, grego, gregos, grega
        HR: Croácia, croata, croatas
        HU: Hungria, húngaro, húngaros, húngara
        IE: Irlanda, irlandês, irlandeses, irlandesa
        IT: Itália, italiano, italianos, italiana
        LT: Lituânia, lituano, lituanos, lituana
        LU: Luxemburgo, luxemburguês, luxemburgueses, luxemburguesa
        LV: Letónia, letão, letões, letã
        MT: Malta, maltês, malteses, maltesa
        NL: Países Baixos, neerlandês, neerlandeses, holandesa, Holanda
        PL: Polónia, polaco, polacos, polaca
        PT: Portugal, português, portugueses, portuguesa
        RO: Roménia, romeno, romenos, romena, Romênia
        SE: Suécia, sueco, suecos, sueca
        SI: Eslovénia, esloveno, eslovenos, eslovena
        SK: Eslováquia, eslovaco, eslovacos, eslovaca
    """,
    "ro": """
        AT: Austria, austriac, austrieci, Austriei, austriacă
        BE: Belgia, belgian, belgieni, Belgiei, belgiană
        BG: Bulgaria, bulgar, bulgari, Bulgariei, bulgărești
        CY: Cipru, cipriot, ciprioți, Ciprului, cipriotă
        CZ: Cehia, ceh, cehi, Cehiei, cehă, Republica Cehă
        DE: Germania, german, germani, Germaniei, germană
        DK: Danemarca, danez, danezi, Danemarcei, daneză
        EE: Estonia, estonian, estonieni, Estoniei, estoniană
        ES: Spania, spaniol, spanioli, Spaniei, spaniolă
        FI: Finlanda, finlandez, finlandezi, Finlandei, finlandeză
        FR: Franța, francez, francezi, Franței, franceză
        GR: Grecia, grec, greci, Greciei, greacă, grecești
        HR: Croația, croat, croați, Croației, croată
        HU: Ungaria, maghiar, maghiari, Ungariei, maghiară, unguri
        IE: Irlanda, irlandez, irlandezi, Irlandei, irlandeză
        IT: Italia, italian, italieni, Italiei, italiană
        LT: Lituania, lituanian, lituanieni, Lituaniei, lituaniană
        LU: Luxemburg, luxemburghez, luxemburghezi, Luxemburgului
        LV: Letonia, leton, letoni, Letoniei, letonă
        MT: Malta, maltez, maltezi, Maltei, malteză
        NL: Țările de Jos, olandez, olandezi, Olanda, olandeză, neerlandeză
        PL: Polonia, polonez, polonezi, Poloniei, poloneză
        PT: Portugalia, portughez, portughezi, Portugaliei, portugheză
        RO: România, român, români, României, română, românești
        SE: Suedia, suedez, suedezi, Suediei, suedeză
        SI: Slovenia, sloven, sloveni, Sloveniei, slovenă
        SK: Slovacia, slovac, slovaci, Slovaciei, slovacă
    """,
}
# Language: code and form. What is not in the table above.
OTHER_FORMS = {
    "en": """
        GB: British, UK, Northern Ireland
        IE: Ireland
        CH: Swiss
        US: USA
        TR: Turkey
        XK: Kosovan
        BA: Bosnian
        MK: Macedonia
        NZ: New Zealanders
        NO: Norwegian
    """,
    "it": """
        UA: ucraine
        NO: norvegesi
        CH: svizzeri
        GB: Irlanda del Nord
    """,
    "pt": """
        GB: País de Gales
        UA: ucranianas
        US: EUA
        NO: norueguesa
    """,
    "ro": """
        GB: Marii Britanii
        MD: moldoveni
        US: SUA
        UA: ucraineană
    """,
    "lt": """
        GB: Didžiojoje Britanijoje
        UA: ukrainiečių
        US: JAV
        GE: Sakartvele
    """,
    "de": """
        AT: Österreicherinnen
        DK: dänische
        LT: Litauerin
        PL: Polin
    """,
    "fr": """
        LT: lituanienne
        NL: Pays-Bas
        GB: Royaume-Uni
        GR: grecque
    """,
    "es": """
        LT: lituanas
        US: EE. UU.
        DE: alemanes
        RO: Rumania
    """,
}
# fmt: off
MEMBER_STATES = {
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
}
OTHERS = {
    "AL", "AU", "BA", "CA", "CH", "GB", "GE", "IS", "LI", "MD", "ME", "MK", "NO", "NZ", "RS", "TR", "UA", "US", "XK",
}
# fmt: on


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    loaded, problems = load_vocabularies(Path(__file__).parents[2] / "content" / "vocabularies")
    assert not problems
    return loaded


@pytest.fixture(scope="module")
def finder(vocabularies: Vocabularies) -> TermFinder:
    return TermFinder(Vocabularies(country_aliases=vocabularies.country_aliases))


def rows(language: str, table: Mapping[str, str] = NAMES) -> Iterator[tuple[str, list[str]]]:
    for line in table[language].strip().splitlines():
        code, _, names = line.partition(":")
        yield code.strip(), [name.strip() for name in names.split(",")]


def read(finder: TermFinder, text: str, language: str) -> list[str]:
    tokens = analyzer(language).tokens(text)
    return list(chain.from_iterable(match.concepts for match in finder.find(tokens, language)))


@pytest.mark.parametrize("language", NAMES)
def test_the_table_has_every_member_state_with_name_adjective_and_inhabitants(language: str) -> None:
    assert {code for code, _ in rows(language)} == MEMBER_STATES
    one_word_for_both = {("MT", "en"), ("PT", "en")}
    assert all(len(names) >= 3 for code, names in rows(language) if (code, language) not in one_word_for_both)


@pytest.mark.parametrize("language", NAMES)
def test_every_member_state_is_found_by_its_name_its_adjective_and_its_inhabitants(
    finder: TermFinder, language: str
) -> None:
    missed = [
        (code, spelling)
        for code, names in rows(language)
        for name in names
        for spelling in (name, name.lower(), fold(name.lower()))
        if read(finder, f"x {spelling} x", language) != [f"country:{code}"]
    ]
    assert missed == []


@pytest.mark.parametrize("language", OTHER_FORMS)
def test_other_countries_and_languages_have_their_forms(finder: TermFinder, language: str) -> None:
    missed = [
        (code, spelling)
        for code, names in rows(language, OTHER_FORMS)
        for name in names
        for spelling in (name, fold(name.lower()))
        if read(finder, spelling, language) != [f"country:{code}"]
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "us can no it be at in is to me of victims police report order state home scope span"),
        ("it", "usa usi sua loro dati vittima polizia danno casa cerca stato questura rete bisogni"),
        ("lt", "jų yra auka pagalba policija tyrimas čekis duomenys namai orderis ar iš gali esti"),
        ("pt", "usa sua seu danos vítima polícia casa dados ordem apoio chegada rede"),
        ("ro", "sau este sunt victimă poliție ordin date casă agresor fines neamț flămând"),
        ("de", "uns und ist Opfer Polizei Daten Ordnung Hilfe Gericht Anzeige"),
        ("fr", "nous victime police données ordre maison réseau danger use"),
        ("es", "fines usa sus este esta víctima policía datos orden casa flamenco daños"),
    ],
)
def test_ordinary_words_are_no_countries(finder: TermFinder, language: str, words: str) -> None:
    assert [word for word in words.split() if read(finder, word, language)] == []


def test_every_country_has_forms_in_most_languages(vocabularies: Vocabularies) -> None:
    aliases = vocabularies.country_aliases
    assert set(aliases) == MEMBER_STATES | OTHERS
    assert all({"en", "it", "pt", "es"} <= set(names) <= set(LABEL_LANGUAGES) for names in aliases.values())
    assert set(aliases) <= set(Locale.parse("en").territories)


def test_no_form_names_two_countries(finder: TermFinder, vocabularies: Vocabularies) -> None:
    shared = [
        (code, name)
        for code, by_language in vocabularies.country_aliases.items()
        for language, names in by_language.items()
        for name in names
        if read(finder, name, language) != [f"country:{code}"]
    ]
    assert shared == []


def test_no_form_stands_twice(vocabularies: Vocabularies) -> None:
    plain = {
        (code, language): [fold(name.lower()) for name in names]
        for code, by_language in vocabularies.country_aliases.items()
        for language, names in by_language.items()
    }
    assert plain
    assert [where for where, names in plain.items() if len(names) != len(set(names))] == []
