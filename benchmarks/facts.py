"""Draw facts of made-up records from the real vocabularies, countries and law by Zipf's law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
import numpy.typing as npt

from kb.i18n import LANGUAGES
from kb.kinds.practice.evidence import direction, level, transferability
from kb.law.model import Law
from kb.vocabulary.model import Vocabularies

COUNTRIES = (
    "PT", "IT", "LT", "RO", "ES", "FR", "DE", "NL", "BE", "SE", "FI", "IE", "PL", "AT", "EE", "LV", "HR", "SI", "CZ",
    "HU", "GR", "BG", "DK", "CY", "MT", "LU", "SK", "EU", "NO", "CH", "GB",
)  # fmt: skip
TODAY = date(2026, 11, 25)

Floats = npt.NDArray[np.float64]


@cache
def zipf(count: int, exponent: float = 0.8) -> Floats:
    """Return the Zipf shares of the given number of things, the largest first."""
    weights = 1 / np.arange(1, count + 1) ** exponent
    shares: Floats = weights / weights.sum()
    return shares


def some(rng: np.random.Generator, names: Sequence[str], most: int, least: int = 1) -> list[str]:
    """Draw a few different names, the first ones most often."""
    drawn = rng.choice(len(names), int(rng.integers(least, most + 1)), p=zipf(len(names)))
    return [names[place] for place in dict.fromkeys(drawn.tolist())]


def one(rng: np.random.Generator, names: Sequence[str]) -> str:
    """Draw a name, the first ones most often."""
    return names[int(rng.choice(len(names), p=zipf(len(names))))]


def record_id(number: int) -> str:
    """Return the id of a record."""
    return f"practice-{number:06d}"


@dataclass(frozen=True)
class World:
    """What facts are drawn from. `areas` have no narrower terms, so no record has both an area and its wider one."""

    labels: Mapping[str, Mapping[str, str]]  # of each term in each language
    vocabularies: Mapping[str, tuple[str, ...]]
    areas: tuple[str, ...]
    laws: Mapping[str, tuple[str, ...]]  # CELEX number → articles that we describe

    @classmethod
    def of(cls, vocabularies: Vocabularies, law: Law) -> World:
        """Collect terms and articles from the data of a content folder."""
        labels = {term.id: {code: term.label(code) for code in LANGUAGES} for term in vocabularies.terms()}
        ids = {each.id: tuple(term.id for term in each.terms) for each in vocabularies.all}
        areas = tuple(term for term in ids["practice-areas"] if not vocabularies.narrower(term))
        laws = {
            each.celex: tuple(article.number for article in each.articles)
            for each in sorted(law.instruments, key=lambda each: -len(each.articles))
            if each.celex is not None and each.articles
        }
        return cls(labels, ids, areas, laws)


def facts_of(
    world: World,
    rng: np.random.Generator,
    number: int,
    language: str,
    areas: Sequence[str],
    groups: Sequence[str],
    crimes: Sequence[str],
    sources: int,
) -> dict[str, str]:
    """Return the facts of a record by key, in their written form and in the order of the content guide.

    Words are represented by their path in braces.
    """
    country = some(rng, COUNTRIES, 2)
    start = max(1985, 2026 - int(rng.exponential(8)))
    day = TODAY - timedelta(days=int(rng.integers(0, 900)))
    answers, generated = _evidence(rng)
    letters = "".join(chr(65 + each) for each in rng.integers(0, 26, 4).tolist())
    related = {record_id(int(each)) for each in rng.integers(0, number, 2)} if number else set()
    kinds = some(rng, world.vocabularies["document-types"], 2)
    facts = {
        "names": f"[{letters}, {letters[:3]}-{number % 1000}]",
        "summary": "{summary}",
        "countries": _listed(country),
        "level": one(rng, ("national", "local", "regional", "cross-border")),
        "areas": _listed(areas),
        "actors": _listed(some(rng, world.vocabularies["actors"], 4)),
        "victim_groups": _listed(groups),
        "crime_types": _listed(crimes),
        "stages": _listed(some(rng, world.vocabularies["stages"], 3)),
        "document_types": _listed(kinds),
        "organisations": f"\n  - {{id: o1, name: Organisation {letters}, role: lead}}",
        "legal_basis": _legal_basis(world, rng, country[0]),
        "start_year": str(start),
        "implementation_status": one(rng, world.vocabularies["implementation-status"]),
        "prevalence": one(rng, ("not-known", "rare", "some-countries", "common")),
        "distribution_rule": "{distribution_rule}",
        "assessments": f"\n  - {{id: a1, by: machine, on: {day}, answers: {answers}}}",
        "transfer_conditions": "".join(
            f"\n  - {{id: c{each}, label: {{transfer_conditions.c{each}.label}}}}" for each in (1, 2)
        ),
        "tried_in": _listed(country),
        "needs": "\n  staff: {needs.staff}\n  money: {needs.money}",
        "figures": f'\n  - {{id: f1, value: "{int(rng.integers(10, 9999))}", label: {{figures.f1.label}}, '
        f"year: {min(start + 1, 2026)}, source: s1}}",
        "sources": "".join(_source(rng, each, language) for each in range(1, sources + 1)),
        "materials": f"\n  - {{id: m1, title: Form {letters}, owner: Owner {letters}, language: en, "
        f"kind: {kinds[0]}, licence: not-stated}}",
        "related": _listed(sorted(related)),
        "validation": one(rng, ("screened", "documented", "contacted", "validated", "synthesised")),
        "status": "published",
        "origin": "machine-drafted",
        "licence": "CC-BY-4.0",
        **generated,
    }
    if rng.random() < 0.2:
        del facts["origin"]
        facts |= {"keeper": f"Keeper {letters}", "reviewed": str(day)}
    return facts


def _listed(names: Sequence[str]) -> str:
    # In quotes, because other YAML parsers would read it as false.
    return "[" + ", ".join('"NO"' if name == "NO" else name for name in names) + "]"


def _source(rng: np.random.Generator, number: int, language: str) -> str:
    seen = TODAY - timedelta(days=int(rng.integers(0, 700)))
    kind = one(rng, ("report", "official", "press", "organisation", "evaluation", "scientific", "law"))
    address = f"https://example.org/s{int(rng.integers(0, 10**9))}"
    return (
        f'\n  - {{id: s{number}, title: Source {number}, address: "{address}", '
        f"publisher: Publisher {number}, year: {seen.year}, language: {language}, kind: {kind}, accessed: {seen}}}"
    )


def _legal_basis(world: World, rng: np.random.Generator, country: str) -> str:
    celex = some(rng, tuple(world.laws), 2, 0)
    rows = [
        f"\n  - {{id: e{each}, celex: {number}, articles: {_listed(some(rng, world.laws[number], 3))}, checked: no}}"
        for each, number in enumerate(celex)
    ]
    return "".join((*rows, f"\n  - {{id: l2, text: {{legal_basis.l2.text}}, country: {_listed([country])[1:-1]}}}"))


def _evidence(rng: np.random.Generator) -> tuple[str, dict[str, str]]:
    """Draw answers to the questions of the method page; return them with the values that follow from them."""
    yes = int(rng.choice(5, p=zipf(5, 1.0)))
    questions = (
        ("Q1", "Q2"),
        ("Q1", "Q2", "Q3"),
        tuple(f"Q{n}" for n in range(1, 7)),
        tuple(f"Q{n}" for n in range(1, 9)),
    )
    asked = questions[min(yes, 3)]
    given = dict.fromkeys(("G1", "G2", "G3", "G4"), "yes") | dict.fromkeys(asked, "yes")
    if yes < 4:
        given[asked[-1]] = "no"
    given["D1"] = "yes" if rng.random() < 0.04 else "no"
    if given["D1"] == "no" and yes >= 2:
        improved = rng.random() < 0.7
        given["D3"] = "yes" if improved else "no"
        given["D4" if improved else "D5"] = "yes" if rng.random() < 0.6 else "no"
    last = int(rng.integers(1, 7))
    given |= {f"T{question}": "yes" for question in range(1, min(last, 5) + 1)}
    if last <= 5:
        given[f"T{last}"] = "no"
    verdicts = {"evidence_level": level, "effect_direction": direction, "transferability": transferability}
    answers = ", ".join(f"{question}: {answer}" for question, answer in given.items())
    return f"{{{answers}}}", {key: str(verdict(given).term) for key, verdict in verdicts.items()}
