"""A content folder of as many made-up practices as wanted, as real files, each in five languages.

`python benchmarks/corpus.py make FOLDER --records 1000 [--seed 7]` writes `FOLDER/practices/<id>/practice.md` and its
four translations, and copies vocabularies, law and pages, so that FOLDER is a content folder like any other.

A record has about 1,100 words in each language, drawn by how often they occur in the language (wordfreq). A fifth of
them belong to its subject: words of its practice area and some of its own, at the same rank in every language, because
a translation speaks of the same things. So there are words that nearly every record has and words that only a few
have, and three words of one record also meet in others, as in real collections. Labels of the record's terms stand in
title, summary and text. Facts are drawn from the real vocabularies, countries and law by Zipf's law; evidence is drawn
as answers to the questions of the method page, and the generated lines follow from them.

The same number and seed give the same record, however many records there are and however many processes write them.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import numpy.typing as npt  # noqa: E402
import wordfreq  # noqa: E402

from kb.content.segments import fingerprint  # noqa: E402
from kb.i18n import LANGUAGES  # noqa: E402
from kb.law.model import Law  # noqa: E402
from kb.law.store import load_law  # noqa: E402
from kb.practices.evidence import direction, level, transferability  # noqa: E402
from kb.practices.model import SECTIONS  # noqa: E402
from kb.practices.template import HEADINGS  # noqa: E402
from kb.search.analysis import normal  # noqa: E402
from kb.vocabulary.model import Vocabularies  # noqa: E402
from kb.vocabulary.store import load_vocabularies  # noqa: E402

CONTENT = ROOT / "content"
COPIED = ("vocabularies", "law", "pages")
SEED = 7
STEP = 100  # records that a process writes between two words about progress

LEXICON = 60_000  # words of a language; what is rarer occurs once in 10,000 records
SUBJECT = (150, 20_000)  # ranks between which subjects lie: no word of grammar, none that nobody knows
AREA_WORDS, OWN_WORDS = 120, 13
SUBJECT_SHARE = 0.2
SECTION_WORDS = (100, 25)  # mean and deviation
SUMMARY_LENGTH = 350  # characters
COUNTRIES = (
    "PT", "IT", "LT", "RO", "ES", "FR", "DE", "NL", "BE", "SE", "FI", "IE", "PL", "AT", "EE", "LV", "HR", "SI", "CZ",
    "HU", "GR", "BG", "DK", "CY", "MT", "LU", "SK", "EU", "NO", "CH", "GB",
)  # fmt: skip
TODAY = date(2026, 11, 25)

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Lexicon:
    """The words of a language, the most frequent first, and how much of all text they cover up to each."""

    words: tuple[str, ...]
    covered: Floats

    def draw(self, rng: np.random.Generator, subject: npt.NDArray[np.int64], count: int) -> list[str]:
        """Return so many words, a share of them of the subject."""
        ranks = np.searchsorted(self.covered, rng.random(count))
        is_subject = rng.random(count) < SUBJECT_SHARE
        ranks[is_subject] = subject[rng.integers(0, len(subject), int(is_subject.sum()))]
        return [self.words[rank] for rank in ranks.tolist()]


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of a language; it takes half a second."""
    found = wordfreq.top_n_list(language, LEXICON)
    words = tuple(dict.fromkeys(normal(word) for word in found if word.isalpha()))
    covered = np.cumsum([wordfreq.word_frequency(word, language) for word in words])
    return Lexicon(words, covered / covered[-1] * (1 - 1e-9) + 1e-12)


@cache
def _zipf(count: int, exponent: float = 0.8) -> Floats:
    weights = 1 / np.arange(1, count + 1) ** exponent
    shares: Floats = weights / weights.sum()
    return shares


def _some(rng: np.random.Generator, names: Sequence[str], most: int, least: int = 1) -> list[str]:
    """Draw a few different names, the first ones most often."""
    drawn = rng.choice(len(names), int(rng.integers(least, most + 1)), p=_zipf(len(names)))
    return [names[place] for place in dict.fromkeys(drawn.tolist())]


def _one(rng: np.random.Generator, names: Sequence[str]) -> str:
    return names[int(rng.choice(len(names), p=_zipf(len(names))))]


def record_id(number: int) -> str:
    """Return the id of a record."""
    return f"practice-{number:06d}"


@dataclass(frozen=True)
class World:
    """What facts are drawn from. `areas` have no narrower terms, so that no record has an area beside its wider one."""

    labels: Mapping[str, Mapping[str, str]]  # of each term in each language
    vocabularies: Mapping[str, tuple[str, ...]]
    areas: tuple[str, ...]
    laws: Mapping[str, tuple[str, ...]]  # CELEX number → articles that we describe

    @classmethod
    def of(cls, vocabularies: Vocabularies, law: Law) -> World:
        """Take terms and articles from what is read of a content folder."""
        labels = {term.id: {code: term.label(code) for code in LANGUAGES} for term in vocabularies.terms()}
        ids = {each.id: tuple(term.id for term in each.terms) for each in vocabularies.all}
        areas = tuple(term for term in ids["practice-areas"] if not vocabularies.narrower(term))
        laws = {
            each.celex: tuple(article.number for article in each.articles)
            for each in sorted(law.instruments, key=lambda each: -len(each.articles))
            if each.celex is not None and each.articles
        }
        return cls(labels, ids, areas, laws)


@dataclass(frozen=True)
class Sentence:
    """A sentence before it has words: how many, and the term that is named in it, if one is."""

    words: int
    term: str = ""


Paragraph = tuple[tuple[Sentence, ...], str]  # sentences, and the source that they point at


def _sentences(rng: np.random.Generator, terms: Sequence[str], words: int) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    while words > 0:
        length = int(rng.integers(8, 22))
        found.append(Sentence(min(length, max(words, 4)), _one(rng, terms) if rng.random() < 0.15 else ""))
        words -= length
    return tuple(found)


@dataclass(frozen=True)
class Plan:
    """A record before it has words: its facts as lines, and the build of its text, which is that of every language."""

    id: str
    language: str
    facts: Mapping[str, str]  # the front matter in its order; `{…}` stands for words, by path
    subject: npt.NDArray[np.int64]
    terms: tuple[str, ...]
    words: Mapping[str, int]  # paths of the words in the facts, and how long they are
    sections: Mapping[str, tuple[Paragraph, ...]]
    states: Mapping[str, str]  # how the translation in each language stands to its source


def plan(world: World, number: int, seed: int) -> tuple[Plan, np.random.Generator]:
    """Return a record without words, and the dice that go on to draw them."""
    rng = np.random.default_rng((seed, number))
    areas = _some(rng, world.areas, 3)
    groups = _some(rng, world.vocabularies["victim-groups"], 3)
    crimes = _some(rng, world.vocabularies["crime-types"], 3)
    sources = int(rng.integers(3, 7))
    language = _one(rng, tuple(LANGUAGES))
    words = {"legal_basis.l2.text": 12, "distribution_rule": 14, "transfer_conditions.c1.label": 10}
    words |= {"transfer_conditions.c2.label": 9, "needs.staff": 14, "needs.money": 12, "figures.f1.label": 8}
    terms = (*areas, *groups, *crimes)
    sections = {
        name: tuple(
            (_sentences(rng, terms, int(length)), f"s{int(rng.integers(1, sources + 1))}")
            for length in np.clip(rng.normal(*SECTION_WORDS), 20, 220) * rng.dirichlet(np.full(3, 8))
        )
        for name in SECTIONS
    }
    return (
        Plan(
            record_id(number),
            language,
            _facts(world, rng, number, language, areas, groups, crimes, sources),
            _subject(rng, areas, seed),
            terms,
            words,
            sections,
            {each: str(rng.choice(("drafted", "reviewed", "stale"), p=(0.7, 0.15, 0.15))) for each in LANGUAGES},
        ),
        rng,
    )


def _subject(rng: np.random.Generator, areas: Sequence[str], seed: int) -> npt.NDArray[np.int64]:
    """Return the ranks of the words that a record is about, those of its own first."""
    shared = np.concatenate([_area_subject(area, seed) for area in areas])
    own = _ranks(rng, OWN_WORDS)
    return np.concatenate([own, rng.choice(shared, 12, replace=False)])


def _ranks(rng: np.random.Generator, count: int) -> npt.NDArray[np.int64]:
    low, high = np.log(SUBJECT)
    return np.exp(rng.uniform(low, high, count)).astype(np.int64)


@cache
def _area_subject(area: str, seed: int) -> npt.NDArray[np.int64]:
    return _ranks(np.random.default_rng((seed, *area.encode())), AREA_WORDS)


def _facts(
    world: World,
    rng: np.random.Generator,
    number: int,
    language: str,
    areas: Sequence[str],
    groups: Sequence[str],
    crimes: Sequence[str],
    sources: int,
) -> dict[str, str]:
    """Return the lines of the front matter that hold no words of their own, in the order of the content guide."""
    country = _some(rng, COUNTRIES, 2)
    start = max(1985, 2026 - int(rng.exponential(8)))
    day = TODAY - timedelta(days=int(rng.integers(0, 900)))
    answers, generated = _evidence(rng)
    letters = "".join(chr(65 + each) for each in rng.integers(0, 26, 4).tolist())
    related = {record_id(int(each)) for each in rng.integers(0, number, 2)} if number else set()
    kinds = _some(rng, world.vocabularies["document-types"], 2)
    facts = {
        "names": f"[{letters}, {letters[:3]}-{number % 1000}]",
        "summary": "{summary}",
        "countries": _listed(country),
        "level": _one(rng, ("national", "local", "regional", "cross-border")),
        "areas": _listed(areas),
        "actors": _listed(_some(rng, world.vocabularies["actors"], 4)),
        "victim_groups": _listed(groups),
        "crime_types": _listed(crimes),
        "stages": _listed(_some(rng, world.vocabularies["stages"], 3)),
        "document_types": _listed(kinds),
        "organisations": f"\n  - {{id: o1, name: Organisation {letters}, role: lead}}",
        "legal_basis": _legal_basis(world, rng, country[0]),
        "start_year": str(start),
        "implementation_status": _one(rng, world.vocabularies["implementation-status"]),
        "prevalence": _one(rng, ("not-known", "rare", "some-countries", "common")),
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
        "materials": f"\n  - {{id: m1, title: Form {letters}, kind: {kinds[0]}}}",
        "related": _listed(sorted(related)),
        "validation": _one(rng, ("screened", "documented", "contacted", "validated", "synthesised")),
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
    # In quotes where other readers of YAML would take it for a no.
    return "[" + ", ".join('"NO"' if name == "NO" else name for name in names) + "]"


def _source(rng: np.random.Generator, number: int, language: str) -> str:
    seen = TODAY - timedelta(days=int(rng.integers(0, 700)))
    kind = _one(rng, ("report", "official", "press", "organisation", "evaluation", "scientific", "law"))
    address = f"https://example.org/s{int(rng.integers(0, 10**9))}"
    return (
        f'\n  - {{id: s{number}, title: Source {number}, address: "{address}", '
        f"publisher: Publisher {number}, year: {seen.year}, language: {language}, kind: {kind}, accessed: {seen}}}"
    )


def _legal_basis(world: World, rng: np.random.Generator, country: str) -> str:
    celex = _some(rng, tuple(world.laws), 2, 0)
    rows = [
        f"\n  - {{id: e{each}, celex: {number}, articles: {_listed(_some(rng, world.laws[number], 3))}, checked: no}}"
        for each, number in enumerate(celex)
    ]
    return "".join((*rows, f"\n  - {{id: l2, text: {{legal_basis.l2.text}}, country: {_listed([country])[1:-1]}}}"))


def _evidence(rng: np.random.Generator) -> tuple[str, dict[str, str]]:
    """Draw answers to the questions of the method page and return them with what follows from them."""
    yes = int(rng.choice(5, p=_zipf(5, 1.0)))
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


class Voice:
    """Puts words to a plan in one language."""

    def __init__(self, world: World, planned: Plan, language: str, rng: np.random.Generator) -> None:
        self.language = language
        self._planned = planned
        self._labels = world.labels
        self._lexicon = lexicon(language)
        total = sum(each.words for rows in planned.sections.values() for row, _ in rows for each in row)
        total += sum(planned.words.values()) + 60
        self._words = iter(self._lexicon.draw(rng, planned.subject, total))

    def segments(self) -> dict[str, str]:
        """Return the words of the facts by path, then the sections by id."""
        planned = self._planned
        title = " ".join(self._lexicon.words[rank] for rank in planned.subject[:4].tolist())
        label = self._labels[planned.terms[0]][self.language]
        summary = " ".join(
            self._sentence(each) for each in (Sentence(12, planned.terms[-1]), Sentence(14), Sentence(14))
        )
        segments = {"title": f"{_capital(label)}: {title}"}
        segments["summary"] = summary if len(summary) < SUMMARY_LENGTH else summary[:SUMMARY_LENGTH].rpartition(" ")[0]
        segments |= {path: self._sentence(Sentence(count)) for path, count in planned.words.items()}
        return segments | {name: self._section(name, rows) for name, rows in planned.sections.items()}

    def _section(self, name: str, rows: Sequence[Paragraph]) -> str:
        paragraphs = (" ".join(map(self._sentence, row)) + f"[^{source}]" for row, source in rows if row)
        if name == "how":
            return "\n".join(f"{place}. {text}" for place, text in enumerate(paragraphs, 1))
        return "\n\n".join(paragraphs)

    def _sentence(self, sentence: Sentence) -> str:
        words = [next(self._words) for _ in range(sentence.words)]
        if sentence.term:
            words.insert(len(words) // 2, self._labels[sentence.term][self.language])
        return _capital(" ".join(words)) + "."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def files(world: World, number: int, seed: int = SEED) -> Iterator[tuple[str, str]]:
    """Yield name and text of each file of a record, the source file first."""
    planned, rng = plan(world, number, seed)
    voices = {language: Voice(world, planned, language, rng).segments() for language in LANGUAGES}
    source = voices[planned.language]
    yield "practice.md", _source_file(planned, source)
    marks = {name: fingerprint(text) for name, text in source.items()}
    for language, segments in voices.items():
        if language != planned.language:
            yield f"practice.{language}.md", _translation(planned, language, segments, marks)


def _source_file(planned: Plan, segments: Mapping[str, str]) -> str:
    head = "\n".join(f"{key}:{value if value[0] == chr(10) else ' ' + value}" for key, value in planned.facts.items())
    for path in ("summary", *planned.words):
        head = head.replace(f"{{{path}}}", _quoted(segments[path]))
    first = f"id: {planned.id}\nlanguage: {planned.language}\ntitle: {_quoted(segments['title'])}\n"
    return f"---\n{first}{head}\n---\n{_body(planned.language, segments)}"


def _translation(planned: Plan, language: str, segments: Mapping[str, str], marks: Mapping[str, str]) -> str:
    state = planned.states[language]
    by = "person, reviewed: 2026-10-01" if state == "reviewed" else "machine"
    rows = {name: f"  {name}: {{source: {mark}, by: {by}}}" for name, mark in marks.items()}
    if state == "stale":
        rows["results"] = f"  results: {{source: {'0' * 16}, by: {by}}}"
    words = "\n".join(f"  {path}: {_quoted(segments[path])}" for path in ("title", "summary", *planned.words))
    made = "\n".join(rows.values())
    return f"---\nlanguage: {language}\nwords:\n{words}\nmade_from:\n{made}\n---\n{_body(language, segments)}"


def _body(language: str, segments: Mapping[str, str]) -> str:
    titles = zip(HEADINGS[language], SECTIONS, strict=True)
    return "\n".join(f"## {title} {{#{name}}}\n\n{segments[name]}\n" for title, name in titles)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@cache
def _world() -> World:
    vocabularies, _ = load_vocabularies(CONTENT / "vocabularies")
    return World.of(vocabularies, load_law(CONTENT / "law", vocabularies)[0])


def write(folder: Path, seed: int, numbers: range) -> int:
    """Write some records; return how many."""
    world = _world()
    for number in numbers:
        home = folder / "practices" / record_id(number)
        home.mkdir(parents=True, exist_ok=True)
        for name, text in files(world, number, seed):
            with open(os.path.join(home, name), "w", encoding="utf-8") as file:  # noqa: PTH118, PTH123 - 250,000 times
                file.write(text)
    return len(numbers)


def make(folder: Path, records: int, seed: int = SEED, *, processes: int = 2) -> None:
    """Write a whole content folder, saying how far it is."""
    for name in COPIED:
        shutil.copytree(CONTENT / name, folder / name, dirs_exist_ok=True)
    steps = [range(start, min(start + STEP, records)) for start in range(0, records, STEP)]
    begun = time.perf_counter()
    done = 0
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        for count in pool.imap_unordered(partial(write, folder, seed), steps):
            done += count
            rate = done / (time.perf_counter() - begun)
            print(f"\r{done} of {records} records, {rate:.0f} a second", end="", flush=True, file=sys.stderr)
    print(f"\n{records} records in five languages in {time.perf_counter() - begun:.0f} s: {folder}", file=sys.stderr)


def main() -> None:
    """Read the options and write the folder."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("command", choices=("make",))
    options.add_argument("folder", type=Path)
    options.add_argument("--records", type=int, default=1000)
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument("--processes", type=int, default=2)
    chosen = options.parse_args()
    make(chosen.folder, chosen.records, chosen.seed, processes=chosen.processes)


if __name__ == "__main__":
    main()
