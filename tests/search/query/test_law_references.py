from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest

from kb.law.loader import load_law
from kb.law.model import Article, Instrument, InstrumentType, Law
from kb.search.analysis.word_forms import fold, normal, written_words
from kb.search.query.law_references import LawMatch, LawReferences, names_of
from kb.vocabulary.model import LABEL_LANGUAGES, Vocabularies


@pytest.fixture(scope="module")
def law(vocabularies: Vocabularies) -> Law:
    loaded, problems = load_law(Path(__file__).parents[3] / "content" / "law", vocabularies)
    assert not problems
    return loaded


@pytest.fixture(scope="module")
def references(law: Law) -> LawReferences:
    return LawReferences(law)


def ids(references: LawReferences, text: str) -> list[str]:
    return [match.id for match in references.find(text)]


def covered(references: LawReferences, text: str) -> list[str]:
    """Return the words that the references cover, once per place."""
    places = dict.fromkeys((match.start, match.end) for match in references.find(text))
    return [" ".join(written_words(normal(text)[start:end])) for start, end in places]


def all_names(law: Law) -> Iterator[tuple[str, str]]:
    for instrument in law.instruments:
        for names in names_of(instrument).values():
            yield from ((instrument.id, name) for name in names if name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("VRD art 22", "vrd:22"),
        ("art. 22 VRD", "vrd:22"),
        ("victims directive article 8", "vrd:8"),
        ("Article 8 of Directive 2012/29/EU", "vrd:8"),
        ("article no. 8 of the Victims' Rights Directive", "vrd:8"),
        ("LED art 9", "led:9"),
        ("direttiva vittime art. 22", "vrd:22"),
        ("articolo 8 della direttiva 2012/29/UE", "vrd:8"),
        ("l'articolo 8, comma 1, della direttiva sulle vittime", "vrd:8"),
        ("convenzione di istanbul art 18", "istanbul-convention:18"),
        ("VRD 22 str.", "vrd:22"),
        ("NATD 22 straipsnis", "vrd:22"),
        ("Direktyvos 2012/29/ES 8 straipsnis", "vrd:8"),
        ("Direktyvos 2012/29/ES 22 straipsnio 1 dalis", "vrd:22"),
        ("Aukų teisių direktyvos 4 straipsnyje", "vrd:4"),
        ("Stambulo konvencijos 25 straipsnis", "istanbul-convention:25"),
        ("BDAR straipsnis 6", "gdpr:6"),
        ("22-asis direktyvos 2012/29/ES straipsnis", "vrd"),  # the word for an article is too far away
        ("artigo 22.º da diretiva dos direitos das vítimas", "vrd:22"),
        ("art.º 8.º da Diretiva 2012/29/UE", "vrd:8"),
        ("RGPD artigo 28", "gdpr:28"),
        ("articolul 8 din Directiva 2012/29/UE", "vrd:8"),
        ("art. 8 alin. (1) din Directiva 2012/29/UE", "vrd:8"),
        ("Convenția de la Istanbul art. 25", "istanbul-convention:25"),
        ("Artikel 22 der Opferschutzrichtlinie", "vrd:22"),
        ("Art. 6 Abs. 1 lit. e DSGVO", "gdpr:6"),
        ("§ 22 Opferschutzrichtlinie", "vrd:22"),
        ("l'article 8 de la directive 2012/29/UE", "vrd:8"),
        ("artículo 22 de la Directiva de víctimas", "vrd:22"),
        ("Article 6(1)(e) GDPR", "gdpr:6"),
        ("Directive 2011/36/EU Article 11a", "trafficking-directive:11a"),
        ("art. 11 bis direttiva tratta", "trafficking-directive:11a"),
        ("CM/Rec(2023)2 articles 3-6", "coe-rec-2023-2:3-6"),
        ("CM/Rec(2023)2 article 5", "coe-rec-2023-2:3-6"),
    ],
)
def test_an_article_is_read_before_or_after_its_instrument(references: LawReferences, text: str, expected: str) -> None:
    assert ids(references, text) == [expected]
    assert ids(references, text.upper().replace("§", "art")) == [expected]
    assert ids(references, fold(text.lower())) == [expected]
    assert ids(references, unicodedata.normalize("NFD", text)) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2012/29", "vrd"),
        ("2012/29/EU", "vrd"),
        ("2012/29/EÚ", "vrd"),
        ("2012/29/ES direktyva", "vrd"),
        ("Directive 2012/29", "vrd"),
        ("directive 2012 29", "vrd"),
        ("2012 29 ue", "vrd"),
        ("direttiva 29/2012/UE", "vrd"),
        ("32012L0029", "vrd"),
        ("02012L0029", "vrd"),
        ("CELEX:02011L0036-20240714", "trafficking-directive"),
        ("http://data.europa.eu/eli/dir/2012/29/oj", "vrd"),
        ("2016/679", "gdpr"),
        ("(EU) 2016/679", "gdpr"),
        ("Reglamentas (ES) 2016/679", "gdpr"),
        ("Regulamentul 679/2016", "gdpr"),
        ("Reg. UE 679/2016", "gdpr"),
        ("RL 2012/29/EU", "vrd"),
        ("606/2013", "protection-measures-regulation"),
        ("Regulation (EU) No 606/2013", "protection-measures-regulation"),
        ("Regulamento (UE) n.º 606/2013", "protection-measures-regulation"),
        ("decisione quadro 2001/220/GAI", "standing-framework-decision"),
        ("2023/1076", "istanbul-accession"),
        ("COM(2023) 424 final", "vrd-revision"),
        ("COM/2020/0258", "victims-strategy"),
        ("CETS 210", "istanbul-convention"),
        ("CETS No. 210", "istanbul-convention"),
        ("STCE n.º 201", "lanzarote-convention"),
        ("STE 108", "coe-108-plus"),
        ("Konvencija 108+", "coe-108-plus"),
        ("Rec(2006)8", "coe-rec-2006-8"),
        ("Raccomandazione (2023)2", "coe-rec-2023-2"),
    ],
)
def test_an_instrument_is_known_by_its_numbers(references: LawReferences, text: str, expected: str) -> None:
    assert ids(references, f"x {text}, y") == [expected]


@pytest.mark.parametrize(
    "text",
    [
        *("2012", "29", "in 2012/13", "2012/29/05", "05/2012/29", "679/2016", "legge 29/2012", "2012 29", "2012-29"),
        *("Regulation 2012/29", "2012/30/EU", "CETS 12", "CETS", "210", "COM(2023) 425", "52023PC0425", "32099L0001"),
        *("art 22", "Article 8", "22 straipsnis", "§ 5", "art 90 bis cpp", "artt. 8 e 9", "directive", "convention"),
        *("victims directed to shelters", "victime directe", "police directly", "data protection regulators"),
        *("we recommend restorative justice", "informed directly", "vittime dirette"),
        *("peer-led support", "she led the police", "LED LIGHTS", "Istanbul", "116 006", "victims' rights", "GDP", ""),
    ],
)
def test_what_names_no_instrument_is_no_reference(references: LawReferences, text: str) -> None:
    assert references.find(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("articles 8 and 9 of the VRD", ["vrd:8", "vrd:9"]),
        ("artt. 8 e 22 VRD", ["vrd:8", "vrd:22"]),
        ("VRD art. 8-10", ["vrd:8", "vrd:9", "vrd:10"]),
        ("VRD 8 ir 9 straipsniai", ["vrd:8", "vrd:9"]),
        ("VRD 8–10 straipsniai", ["vrd:8", "vrd:9", "vrd:10"]),
        ("artigos 8 a 10 da Diretiva das Vítimas", ["vrd:8", "vrd:9", "vrd:10"]),
        ("Artikel 8 bis 10 der Opferschutzrichtlinie", ["vrd:8", "vrd:9", "vrd:10"]),
        ("art. 8, 9 și 22 VRD", ["vrd:8", "vrd:9", "vrd:22"]),
        ("article 8 and article 9 of the VRD", ["vrd:8", "vrd:9"]),
        ("VRD 8 str. ir 9 str.", ["vrd:8", "vrd:9"]),
        ("GDPR articles 6(1)(c), 9(2) and 17", ["gdpr:6", "gdpr:9"]),
        ("articles 22-22 VRD", ["vrd:22"]),
    ],
)
def test_several_articles_stand_at_one_place(references: LawReferences, text: str, expected: list[str]) -> None:
    matches = references.find(text)
    assert [match.id for match in matches] == expected
    assert len({(match.start, match.end) for match in matches}) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("VRD art 8 and art 6 GDPR", [("vrd:8", "vrd art 8"), ("gdpr:6", "art 6 gdpr")]),
        ("art. 8 VRD art. 6 GDPR", [("vrd:8", "art 8 vrd"), ("gdpr:6", "art 6 gdpr")]),
        ("VRD art. 8 GDPR art. 6", [("vrd:8", "vrd art 8"), ("gdpr:6", "gdpr art 6")]),
        ("art. 6 GDPR, art. 8 direttiva 2012/29", [("gdpr:6", "art 6 gdpr"), ("vrd:8", "art 8 direttiva 2012 29")]),
        ("VRD, article 6 of the GDPR", [("vrd", "vrd"), ("gdpr:6", "article 6 of the gdpr")]),
        ("GDPR; article 8 VRD", [("gdpr", "gdpr"), ("vrd:8", "article 8 vrd")]),
        ("BDAR ir NATD", [("gdpr", "bdar"), ("vrd", "natd")]),
    ],
)
def test_an_article_belongs_to_the_instrument_it_stands_by(
    references: LawReferences, text: str, expected: list[tuple[str, str]]
) -> None:
    assert list(zip(ids(references, text), covered(references, text), strict=True)) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("training on Directive 2012/29/EU article 25 for police", "directive 2012 29 eu article 25"),
        ("Victims' Rights Directive 2012/29/EU Article 8", "victims rights directive 2012 29 eu article 8"),
        ("Direktyva 2012/29/ES (NATD) 22 str. 1 d.", "direktyva 2012 29 es natd 22 str 1 d"),
        ("the EU GDPR regulation", "eu gdpr regulation"),
        ("Dir. 2012/29/UE. Direttiva", "dir 2012 29 ue"),
        ("Regulation (EU) No 606/2013", "regulation eu no 606 2013"),
        ("Council Directive 2004/80/EC", "directive 2004 80 ec"),
        ("La Directiva 2012/29 es de 2012", "directiva 2012 29"),
        ("Recommendation CM/Rec(2006)8", "recommendation cm rec 2006 8"),
        ("VRD article 99", "vrd article 99"),
        ("22 VRD", "vrd"),
        ("Convention on violence against women art 51(1) refuges", "convention on violence against women art 51 1"),
    ],
)
def test_a_reference_covers_all_its_words_and_no_others(references: LawReferences, text: str, words: str) -> None:
    assert covered(references, text) == [words]


def test_an_article_that_is_not_described_leads_to_its_instrument(references: LawReferences) -> None:
    assert ids(references, "VRD article 99") == ["vrd"]
    assert ids(references, "VRD articles 8 and 99") == ["vrd:8"]


def test_an_abbreviation_that_is_a_word_counts_in_capitals_or_beside_an_article(references: LawReferences) -> None:
    assert ids(references, "what the LED says") == ["led"]
    assert ids(references, "LED") == ["led"]
    assert ids(references, "led directive") == ["led"]
    assert ids(references, "led article 9") == ["led:9"]
    assert ids(references, "led by police") == []


def test_every_name_is_found_in_any_spelling_and_names_one_instrument(law: Law, references: LawReferences) -> None:
    names = [(each, name) for each, name in all_names(law) if name != "LED"]
    assert {each for each, _name in names} == {instrument.id for instrument in law.instruments}
    spellings = [
        (each, spelling) for each, name in names for spelling in (name, name.lower(), fold(name.lower()), name.upper())
    ]
    assert [(each, text) for each, text in spellings if ids(references, text) != [each]] == []
    assert [(each, text) for each, text in names if covered(references, text) != [" ".join(written_words(text))]] == []


def test_no_name_of_law_is_that_of_a_term(law: Law, vocabularies: Vocabularies) -> None:
    terms = {
        name.casefold()
        for term in vocabularies.terms()
        for language in LABEL_LANGUAGES
        for name in (term.label(language), *term.alternatives.get(language, ()))
    }
    assert [name for _, name in all_names(law) if name.casefold() in terms] == []


def test_the_longest_name_wins(references: LawReferences) -> None:
    assert ids(references, "revision of the Victims' Rights Directive") == ["vrd-revision"]
    assert ids(references, "revised VRD article 8") == ["vrd-revision"]
    assert ids(references, "EU accession to the Istanbul Convention") == ["istanbul-accession"]


def test_places_are_those_in_the_normal_text(references: LawReferences) -> None:
    text = "ţă\u200b\u00ad e\u0301 VRD art\u00ad. 22"
    (match,) = references.find(text)
    assert normal(text)[match.start : match.end] == "VRD art. 22"
    assert match == LawMatch(5, 16, "vrd:22")


def test_instruments_with_one_name_are_all_meant() -> None:
    one, two = (
        Instrument(
            each, "Aid Act", "Act", InstrumentType.DIRECTIVE, "EU", None, "", articles=(Article(each, "1", "H", "S"),)
        )
        for each in ("one", "two")
    )
    references = LawReferences(Law((one, two)))
    assert ids(references, "aid act article 1") == ["one:1", "two:1"]


def test_without_law_nothing_is_found() -> None:
    assert LawReferences(Law()).find("VRD article 8") == ()


def test_any_text_is_read_without_error_and_in_bounded_time(references: LawReferences) -> None:
    choice = random.Random(20261126)  # noqa: S311 - the same texts at every run
    words = (
        *(
            "VRD",
            "art",
            "art.",
            "straipsnis",
            "str.",
            "8",
            "22",
            "11a",
            "2012/29",
            "/EU",
            "directive",
            "of",
            "the",
            "e",
        ),
        *(
            "bis",
            "-",
            "–",
            ",",
            ";",
            "(",
            ")",
            "(1)",
            "§",
            "º",
            "CETS",
            "210",
            "COM",
            "2023",
            "424",
            "(EU)",
            "No",
            "EU",
        ),
        *(
            "32012L0029",
            "Rec(2006)8",
            "LED",
            "GDPR",
            "d.",
            "dalis",
            "\n",
            "\u200b",
            "\u0301",
            "²",
            "٢٠١٢/٢٩",
            "😀",
            "\x00",
        ),
        *("İ", "ß", "ǅ", "\ud800", "9" * 90, "revision of", "Convention", "a", "and"),
    )
    for _ in range(1_000):
        text = "".join(choice.choice(words) + choice.choice((" ", "", " ")) for _ in range(choice.randrange(60)))[:200]
        whole = normal(text)
        matches = references.find(text)
        places = list(dict.fromkeys((match.start, match.end) for match in matches))
        assert all(0 <= start < end <= len(whole) for start, end in places)
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(places))
        assert len(set(matches)) == len(matches)
    for _ in range(1_000):
        references.find("".join(chr(choice.randrange(1, 0x2FFF)) for _ in range(choice.randrange(200))))


@pytest.mark.parametrize(
    "piece", ["1,", "art 8, ", "VRD ", "VRD art 8 ", "2012/29 ", "8 str. ", "of the ", "directive "]
)
def test_time_grows_with_the_length_of_the_text(references: LawReferences, piece: str) -> None:
    references.find(piece)
    began = perf_counter()
    references.find((piece * 200)[:200])
    assert perf_counter() - began < 0.1
    began = perf_counter()
    references.find((piece * 3_000)[:5_000])
    assert perf_counter() - began < 2
