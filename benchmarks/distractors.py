"""Generate records that compete with the real ones: random terms, and texts of the words of the field.

Only the tags of a record decide whether a result is good. So a generated text has to mislead as real texts do. It names
the record's tags in other words and other endings, or not at all. It mentions in passing labels, countries and
abbreviations that the record is not tagged with. The same seed and content give the same records.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping

from benchmarks.distractor_texts import Facts, Lexicon, Text, Writer
from kb.i18n import LANGUAGES
from kb.search.index.index_document import IndexDocument
from kb.vocabulary.model import Term, Vocabularies

KIND = "practices"
PREFIX = "generated-"
# Possible numbers of terms per vocabulary, drawn uniformly: with `(0, 0, 1)`, a third of all records have one.
COUNTS: Mapping[str, tuple[int, ...]] = {
    "practice-areas": (1, 1, 1, 2, 2, 3),
    "actors": (0, 1, 1, 2, 2, 3),
    "crime-types": (0, 0, 1, 1, 2),
    "victim-groups": (0, 0, 1, 1, 2),
    "stages": (0, 0, 1, 1, 2),
    "document-types": (0, 0, 0, 1, 1, 2),
    # No practice has these terms yet, but services that are described later will.
    "service-types": (0, 0, 0, 1),
}
FEWEST, MOST = 3, 9
FACETS = {
    "practice-areas": "area",
    "actors": "actor",
    "crime-types": "crime",
    "victim-groups": "group",
    "stages": "stage",
}
RELATED_SHARE = 0.5  # share of terms that are related to a term of the record, if there are any
COUNTRIES: Mapping[str, int] = {
    "GB": 9, "IT": 9, "PT": 9, "LT": 8, "RO": 8, "ES": 8, "NL": 7, "DE": 7, "FR": 7, "IE": 4, "SE": 4, "BE": 4, "AT": 3,
    "PL": 3, "FI": 3, "DK": 2, "NO": 2, "IS": 2, "CZ": 2, "EE": 2, "LV": 2, "HU": 2, "GR": 2, "HR": 2, "SI": 1, "SK": 1,
    "BG": 1, "MT": 1, "CY": 1, "LU": 1, "CH": 1, "UA": 1, "EU": 2,
}  # fmt: skip
LEVELS: Mapping[str, int] = {
    "ev-1-described": 40, "ev-2-monitored": 28, "ev-3-evaluated": 18, "ev-4-controlled": 6, "ev-5-replicated": 2, "": 6,
}  # fmt: skip
DIRECTIONS = ("effect-positive", "effect-positive", "effect-mixed", "effect-none", "effect-harmful")
UNMEASURED = "effect-not-measured"
TRANSFER = ("tr-ready", "tr-adaptable", "tr-adaptable", "tr-conditional", "tr-conditional", "tr-context-bound")
STATUS = ("impl-pilot", "impl-local", "impl-regional", "impl-national", "impl-national", "impl-discontinued")
LAW = (("vrd", "vrd:8"), ("vrd", "vrd:22"), ("vrd", "vrd:9", "vrd:8"), ("istanbul-convention",), ("gdpr",))
ABBREVIATIONS = (
    "GDPR", "NGO", "EU", "MARAC", "SARA", "DASH", "IDVA", "APAV", "GNR", "PSP", "SKPC", "BDAR", "DGASPC", "ANES", "RCT",
    "VSE", "FRA", "EIGE", "IT", "ONG", "RGPD", "CAV", "UNHCR", "DV", "TSH", "GBV", "VRD", "112", "116 006", "116 111",
)  # fmt: skip
PASSING_NAMES = ("Barnahus", "MARAC", "Codice Rosa", "Rete Dafne", "VioGén", "Victim Support", "Weisser Ring", "RVD")
# A record has all languages, or its own and English, or only its own. Then it is found across languages.
READ_IN_ALL, READ_IN_TWO = 0.7, 0.85
OWN_LANGUAGE = {"IT": "it", "LT": "lt", "PT": "pt", "RO": "ro"}


def distractors(
    real: Iterable[IndexDocument], vocabularies: Vocabularies, count: int = 2000, seed: int = 3
) -> Iterator[IndexDocument]:
    """Yield the documents of `count` generated records, written with the words of the real ones."""
    texts: dict[str, list[str]] = {}
    for each in real:
        texts.setdefault(each.language, []).append(f"{each.title} {each.summary} {each.body}")
    writers = {code: Writer(code, Lexicon(code, texts.get(code, [])), vocabularies, COUNTRIES) for code in LANGUAGES}
    dice = random.Random(seed)
    for number in range(count):
        facts = draw(dice, vocabularies, f"{PREFIX}{number:04}")
        for language in facts.languages:
            yield _document(
                facts, language, writers[language].write(random.Random(f"{seed}{facts.id}{language}"), facts)
            )


def draw(dice: random.Random, vocabularies: Vocabularies, record_id: str) -> Facts:
    """Draw the facts of a record: related terms, without any term that is wider than another one."""
    countries = _countries(dice)
    own = OWN_LANGUAGE.get(countries[0], "en")
    terms = _terms(dice, vocabularies)
    taken = _closure(terms, vocabularies)
    others = [term for term in vocabularies.terms() if term.id not in taken and term.vocabulary in COUNTS]
    level = _weighted(dice, LEVELS)
    is_measured = level in ("ev-3-evaluated", "ev-4-controlled", "ev-5-replicated")
    return Facts(
        id=record_id,
        language=own,
        languages=_languages(dice, own),
        countries=countries,
        terms=terms,
        status=dice.choice(STATUS) if dice.random() < 0.7 else "",
        level=level,
        direction=(dice.choice(DIRECTIONS) if is_measured else UNMEASURED) if level else "",
        transferability=dice.choice(TRANSFER) if level and dice.random() < 0.8 else "",
        year=int(2026 - dice.expovariate(1 / 9)),
        law=dice.choice(LAW) if dice.random() < 0.45 else (),
        names=(_acronym(dice),) if dice.random() < 0.35 else (),
        newest=f"{dice.randint(2023, 2026)}-{dice.randint(1, 11):02}-{dice.randint(1, 28):02}",
        passing=tuple(dice.sample(others, dice.randint(3, 9))),
        other_countries=tuple(dict.fromkeys(_weighted(dice, COUNTRIES) for _ in range(dice.randint(0, 4)))),
        abbreviations=tuple(dice.sample((*ABBREVIATIONS, *PASSING_NAMES), dice.randint(1, 4))),
    )


def _countries(dice: random.Random) -> tuple[str, ...]:
    number = 2 if dice.random() < 0.06 else 1
    return tuple(dict.fromkeys(_weighted(dice, COUNTRIES) for _ in range(number)))


def _languages(dice: random.Random, own: str) -> tuple[str, ...]:
    share = dice.random()
    others = tuple(LANGUAGES) if share < READ_IN_ALL else ("en",) if share < READ_IN_TWO else ()
    return tuple(dict.fromkeys((own, *others)))


def _terms(dice: random.Random, vocabularies: Vocabularies) -> tuple[Term, ...]:
    while True:
        chosen: dict[str, Term] = {}
        for vocabulary, counts in COUNTS.items():
            for _ in range(dice.choice(counts)):
                term = _term(dice, vocabularies, vocabulary, chosen)
                chosen[term.id] = term
        wider = {term_id for each in chosen for term_id in vocabularies.broader_chain(each)}
        terms = tuple(term for term in chosen.values() if term.id not in wider)
        if FEWEST <= len(terms) <= MOST:
            return terms


def _term(dice: random.Random, vocabularies: Vocabularies, vocabulary: str, chosen: Mapping[str, Term]) -> Term:
    """Return a term of a vocabulary, often one that is related to the terms already chosen."""
    related = (vocabularies.find_term(term_id) for term in chosen.values() for term_id in term.related)
    near = [term for term in related if term is not None and term.vocabulary == vocabulary]
    if near and dice.random() < RELATED_SHARE:
        return dice.choice(near)
    terms = vocabularies.vocabulary(vocabulary).terms
    # The first terms of each vocabulary are drawn most often, but even the last ones occur regularly.
    return dice.choices(terms, weights=[(rank + 1.5) ** -0.65 for rank in range(len(terms))])[0]


def _closure(terms: Iterable[Term], vocabularies: Vocabularies) -> set[str]:
    return {term_id for term in terms for term_id in (term.id, *vocabularies.broader_chain(term.id))}


def _acronym(dice: random.Random) -> str:
    while True:
        letters = "".join(dice.choices("ABCDEFGILMNOPRSTUV", k=dice.randint(3, 5)))
        if letters not in ABBREVIATIONS:
            return letters if dice.random() < 0.7 else f"{letters}-{dice.randint(1, 9)}"


def _weighted(dice: random.Random, weights: Mapping[str, int]) -> str:
    return dice.choices(list(weights), weights=list(weights.values()))[0]


def _document(facts: Facts, language: str, text: Text) -> IndexDocument:
    ids = {name: tuple(term.id for term in facts.terms if term.vocabulary == name) for name in COUNTS}
    ratings = tuple(filter(None, (facts.level, facts.direction, facts.transferability)))
    facets: dict[str, tuple[str, ...]] = {
        "kind": (KIND,),
        "country": facts.countries,
        "evidence": tuple(filter(None, (facts.level,))),
        "direction": tuple(filter(None, (facts.direction,))),
        "transferability": tuple(filter(None, (facts.transferability,))),
        "law": facts.law,
        "language": facts.languages,
        "translation": tuple(_states(facts)),
        "period": (_period(facts.year),),
        **{facet: ids[name] for name, facet in FACETS.items()},
    }
    return IndexDocument(
        kind=KIND,
        id=facts.id,
        language=language,
        title=text.title,
        summary=text.summary,
        body=text.body,
        names=facts.names,
        keywords=text.keywords,
        terms=(*(term.id for term in facts.terms), *filter(None, (facts.status,)), *ratings),
        facets={name: values for name, values in facets.items() if values},
        newest=facts.newest,
        fingerprint=facts.id,
        strength=int(facts.level[3]) if facts.level else 0,
    )


def _states(facts: Facts) -> Iterator[str]:
    for code in LANGUAGES:
        state = "original" if code == facts.language else "drafted" if code in facts.languages else "missing"
        yield f"{code}:{state}"


def _period(year: int) -> str:
    return "before-2000" if year < 2000 else f"{year - year % 5}-{year - year % 5 + 4}"
