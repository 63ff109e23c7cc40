"""Generate a content folder with any number of made-up practices, as real files, each in five languages.

`python benchmarks/corpus.py make FOLDER --records 1000 [--services 1500] [--seed 7]` writes
`FOLDER/practices/<id>/practice.md` and its four translations. It also copies vocabularies, law and pages, so that
FOLDER is a complete content folder. With `--services`, all areas have made-up support services.

A record has about 1,100 words in each language, drawn by their frequency in the language (wordfreq). A fifth of them
belong to its subject: words of its practice area and some of its own. They have the same rank in every language,
because a translation has the same subject. So nearly every record has some words, and only a few records have others.
Three words of one record also occur together in other records, as in real collections.

Title, summary and text contain labels of the record's terms. Facts are drawn from the real vocabularies, countries and
law by Zipf's law. Evidence is drawn as answers to the questions of the method page. The generated lines follow from
these answers.

The same number and seed give the same record, independent of the number of records and of processes.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import numpy.typing as npt  # noqa: E402

from benchmarks.facts import World, facts_of, one, record_id, some  # noqa: E402
from benchmarks.progress import Progress  # noqa: E402
from benchmarks.services import write_services  # noqa: E402
from kb.content_store.reference_data import FOLDERS  # noqa: E402
from kb.i18n import LANGUAGES  # noqa: E402
from kb.kinds.practice.model import SECTIONS  # noqa: E402
from kb.kinds.practice.template import HEADINGS  # noqa: E402
from kb.law.loader import load_law  # noqa: E402
from kb.records.segments import fingerprint  # noqa: E402
from kb.search.analysis.word_forms import normal  # noqa: E402
from kb.vocabulary.loader import load_vocabularies  # noqa: E402

CONTENT = ROOT / "content"
COPIED = (*FOLDERS, "pages", "themes", "countries")
SEED = 7
STEP = 100  # records that a process writes between two progress reports

LEXICON = 60_000  # words of a language; rarer words occur once in 10,000 records
SUBJECT = (150, 20_000)  # ranks of subject words: neither function words nor words that are too rare to be known
AREA_WORDS, OWN_WORDS = 120, 13
SUBJECT_SHARE = 0.2
SECTION_WORDS = (100, 25)  # mean and standard deviation
SUMMARY_LENGTH = 350  # characters
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Lexicon:
    """The words of a language, most frequent first, and the cumulative share of all text that they cover."""

    words: tuple[str, ...]
    covered: Floats

    def draw(self, rng: np.random.Generator, subject: npt.NDArray[np.int64], count: int) -> list[str]:
        """Draw `count` words; a share of them (`SUBJECT_SHARE`) are words of the subject."""
        ranks = np.searchsorted(self.covered, rng.random(count))
        is_subject = rng.random(count) < SUBJECT_SHARE
        ranks[is_subject] = subject[rng.integers(0, len(subject), int(is_subject.sum()))]
        return [self.words[rank] for rank in ranks.tolist()]


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of a language. The first call takes half a second."""
    import wordfreq  # takes a second to import, and only this function needs it

    found = wordfreq.top_n_list(language, LEXICON)
    words = tuple(dict.fromkeys(normal(word) for word in found if word.isalpha()))
    covered = np.cumsum([wordfreq.word_frequency(word, language) for word in words])
    return Lexicon(words, covered / covered[-1] * (1 - 1e-9) + 1e-12)


@dataclass(frozen=True)
class Sentence:
    """A sentence before its words are drawn: its length, and the term that it names, if any."""

    words: int
    term: str = ""


Paragraph = tuple[tuple[Sentence, ...], str]  # sentences, and the source that they cite


def _sentences(rng: np.random.Generator, terms: Sequence[str], words: int) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    while words > 0:
        length = int(rng.integers(8, 22))
        found.append(Sentence(min(length, max(words, 4)), one(rng, terms) if rng.random() < 0.15 else ""))
        words -= length
    return tuple(found)


@dataclass(frozen=True)
class Plan:
    """A record before its words are drawn: its facts as lines, and the structure of its text in every language."""

    id: str
    language: str
    facts: Mapping[str, str]  # the front matter in order; `{…}` is a placeholder for words, by path
    subject: npt.NDArray[np.int64]
    terms: tuple[str, ...]
    words: Mapping[str, int]  # paths of the words in the facts, and their lengths
    sections: Mapping[str, tuple[Paragraph, ...]]
    states: Mapping[str, str]  # the state of each translation relative to its source


def plan(world: World, number: int, seed: int) -> tuple[Plan, np.random.Generator]:
    """Return a record without words, and the random generator that then draws them."""
    rng = np.random.default_rng((seed, number))
    areas = some(rng, world.areas, 3)
    groups = some(rng, world.vocabularies["victim-groups"], 3)
    crimes = some(rng, world.vocabularies["crime-types"], 3)
    sources = int(rng.integers(3, 7))
    language = one(rng, tuple(LANGUAGES))
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
            facts_of(world, rng, number, language, areas, groups, crimes, sources),
            _subject(rng, areas, seed),
            terms,
            words,
            sections,
            {each: str(rng.choice(("drafted", "reviewed", "stale"), p=(0.7, 0.15, 0.15))) for each in LANGUAGES},
        ),
        rng,
    )


def _subject(rng: np.random.Generator, areas: Sequence[str], seed: int) -> npt.NDArray[np.int64]:
    """Return the ranks of a record's subject words, its own words first."""
    shared = np.concatenate([_area_subject(area, seed) for area in areas])
    own = _ranks(rng, OWN_WORDS)
    return np.concatenate([own, rng.choice(shared, 12, replace=False)])


def _ranks(rng: np.random.Generator, count: int) -> npt.NDArray[np.int64]:
    low, high = np.log(SUBJECT)
    return np.exp(rng.uniform(low, high, count)).astype(np.int64)


@cache
def _area_subject(area: str, seed: int) -> npt.NDArray[np.int64]:
    return _ranks(np.random.default_rng((seed, *area.encode())), AREA_WORDS)


class Voice:
    """Fills a plan with words of one language."""

    def __init__(self, world: World, planned: Plan, language: str, rng: np.random.Generator) -> None:
        self.language = language
        self._planned = planned
        self._labels = world.labels
        self._lexicon = lexicon(language)
        total = sum(each.words for rows in planned.sections.values() for row, _ in rows for each in row)
        total += sum(planned.words.values()) + 60
        self._words = self._lexicon.draw(rng, planned.subject, total)
        self._said = 0

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
        words = self._words[self._said : self._said + sentence.words]
        self._said += sentence.words
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
    """Write some records; return their number."""
    world = _world()
    for number in numbers:
        home = folder / "practices" / record_id(number)
        home.mkdir(parents=True, exist_ok=True)
        for name, text in files(world, number, seed):
            with open(os.path.join(home, name), "w", encoding="utf-8") as file:  # noqa: PTH118, PTH123 - 250,000 times
                file.write(text)
    return len(numbers)


def make(folder: Path, records: int, seed: int = SEED, *, services: int = 0, processes: int = 2) -> None:
    """Write a whole content folder and report progress."""
    for name in COPIED:
        shutil.copytree(CONTENT / name, folder / name, dirs_exist_ok=True)
    write_services(folder, load_vocabularies(CONTENT / "vocabularies")[0], services, seed)
    steps = [range(start, min(start + STEP, records)) for start in range(0, records, STEP)]
    done = 0
    with Progress("writing", records) as progress, multiprocessing.get_context("spawn").Pool(processes) as pool:
        for count in pool.imap_unordered(partial(write, folder, seed), steps):
            done += count
            progress.say(done)


def main() -> None:
    """Parse the options and write the folder."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("command", choices=("make",))
    options.add_argument("folder", type=Path)
    options.add_argument("--records", type=int, default=1000)
    options.add_argument("--services", type=int, default=0)
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument("--processes", type=int, default=2)
    chosen = options.parse_args()
    make(chosen.folder, chosen.records, chosen.seed, services=chosen.services, processes=chosen.processes)


if __name__ == "__main__":
    main()
