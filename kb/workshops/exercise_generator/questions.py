"""Selects quiz questions: one fact of a record, with wrong options that are certainly not true of it.

Everything is computed from ids and facts. The same records therefore always give the same quiz, in every language.
"""

from __future__ import annotations

import hashlib
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from kb.vocabulary.model import Vocabularies
from kb.workshops.exercise_generator.source_material import SourceMaterial, is_named
from kb.workshops.exercise_generator.wording import Voice, Voices
from kb.workshops.frozen.facts import FrozenFacts, leaders

WRONG = 3  # number of wrong options per question
_NEAR = 12  # years; options further away are too easy to rule out
_NO_COUNTRY = {"EU", "UN", "XX"}  # codes that contain other countries, or none


@dataclass(frozen=True)
class QuizQuestion:
    """A question about a record. `answer` and `options` are ids, years or names; `options` include the answer."""

    material: SourceMaterial
    about: str
    answer: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class _Asked:
    """A fact that can be asked about: its values, and further values that would also be correct."""

    values: Callable[[FrozenFacts], tuple[str, ...]]
    also_true: Callable[[FrozenFacts, Vocabularies], Iterable[str]] = lambda facts, vocabularies: ()
    is_one_of_few: bool = False  # then a value named in the text can still be a wrong option
    scale: str = ""  # a vocabulary with exclusive terms: it supplies options if records have too few
    is_same: Callable[[str, str], bool] = operator.eq


def questions(
    materials: Sequence[SourceMaterial], others: Sequence[FrozenFacts], voices: Voices, most: int
) -> tuple[QuizQuestion, ...]:
    """Return at most `most` questions, cycling through the records. Wrong options come from all other records."""
    pool = {facts.record: facts for facts in (*others, *(each.facts for each in materials))}
    about = [_about(material, pool, voices) for material in dict.fromkeys(materials)]
    return tuple(islice(_in_turn(about), most))


def names_of(about: str, value: str, voice: Voice) -> tuple[str, ...]:
    """Return the names of a value: the displayed name first, then its alternative names."""
    match about:
        case "country":
            return voice.names_of_country(value)
        case "evidence" | "area" | "actor":
            return (voice.term(value),)
        case "article":
            return (voice.article(*value.split(" ", 1)),)
        case _:
            return (value,)


def _in_turn(about: Iterable[Iterator[QuizQuestion]]) -> Iterator[QuizQuestion]:
    """Yield questions round-robin, one per record. Each question is computed only when it is needed."""
    for in_round in zip_longest(*about):
        yield from (question for question in in_round if question is not None)


def _about(material: SourceMaterial, pool: Mapping[str, FrozenFacts], voices: Voices) -> Iterator[QuizQuestion]:
    """Yield every possible question about a record, in an order specific to the record."""
    others = [facts for record, facts in sorted(pool.items()) if record != material.record]
    for about in _shuffled(ASKED, material.record):
        fitting = (value for value in _true(material, about) if not _is_given_away(material, about, value, voices))
        for answer in _shuffled(fitting, material.record, about):
            wrong = _wrong(material, about, answer, others, voices)
            if len(wrong) == WRONG:
                yield QuizQuestion(material, about, answer, _shuffled([answer, *wrong], material.record, about, answer))
                break


def _true(material: SourceMaterial, about: str) -> tuple[str, ...]:
    return tuple(value for value in ASKED[about].values(material.facts) if value not in _NO_COUNTRY)


def _wrong(
    material: SourceMaterial, about: str, answer: str, others: Iterable[FrozenFacts], voices: Voices
) -> tuple[str, ...]:
    """Return wrong options: values true of other records and not of this one, the most plausible first."""
    asked, vocabularies = ASKED[about], next(iter(voices.values())).vocabularies
    true = {*asked.values(material.facts), *asked.also_true(material.facts, vocabularies)}
    scale = [term.id for term in vocabularies.terms() if term.vocabulary == asked.scale]
    if true & _NO_COUNTRY or (asked.scale and answer not in scale):
        return ()
    found = dict.fromkeys(value for facts in others for value in asked.values(facts))
    possible = [
        value
        for value in (*found, *(each for each in scale if each not in found))
        if value not in _NO_COUNTRY
        and not any(asked.is_same(value, each) for each in true)
        and _kind(about, value) == _kind(about, answer)
        and not (not asked.is_one_of_few and _is_mentioned(material, about, value, voices))
        and not _is_called_alike(about, value, true, voices)
    ]
    order = _shuffled(possible, material.record, about)
    near = sorted(order, key=lambda value: about == "year" and abs(int(value) - int(answer)) > _NEAR)
    return tuple(_distinct(near, about, voices))[:WRONG]


def _kind(about: str, value: str) -> str:
    """Return a group that all options of a question share: for an article, its law."""
    return value.partition(" ")[0] if about == "article" else ""


def _is_mentioned(material: SourceMaterial, about: str, value: str, voices: Voices) -> bool:
    """Return whether the record mentions a value anywhere. Such a value might be true of it in some way."""
    return any(material.mentions(code, names_of(about, value, voice)) for code, voice in voices.items())


def _is_given_away(material: SourceMaterial, about: str, value: str, voices: Voices) -> bool:
    """Return whether the title of the record gives away the answer."""
    return any(is_named(material.title(code), names_of(about, value, voice)) for code, voice in voices.items())


def _is_called_alike(about: str, value: str, true: Iterable[str], voices: Voices) -> bool:
    return any(
        names_of(about, value, voice)[0].casefold() in {names_of(about, each, voice)[0].casefold() for each in true}
        for voice in voices.values()
    )


def _distinct(values: Iterable[str], about: str, voices: Voices) -> Iterator[str]:
    """Yield values, skipping each that has the same name as an earlier one."""
    seen = set[tuple[str, str]]()
    for value in values:
        names = {(code, names_of(about, value, voice)[0].casefold()) for code, voice in voices.items()}
        if not names & seen:
            seen |= names
            yield value


def _shuffled(values: Iterable[str], *seed: str) -> tuple[str, ...]:
    """Return values in a deterministic order that does not depend on their meaning."""
    return tuple(sorted(values, key=lambda value: hashlib.sha256("/".join((*seed, value)).encode()).digest()))


def _countries(facts: FrozenFacts) -> tuple[str, ...]:
    return facts.several("countries")


def _also_countries(facts: FrozenFacts, _vocabularies: Vocabularies) -> Iterator[str]:
    yield from facts.several("tried_in")
    yield from (row.one("country") for row in facts.rows("legal_basis"))


def _start(facts: FrozenFacts) -> tuple[str, ...]:
    year = facts.one("start_year")
    return (year,) if year.isascii() and year.isdecimal() else ()


def _also_years(facts: FrozenFacts, _vocabularies: Vocabularies) -> Iterator[str]:
    yield facts.one("end_year")


def _evidence(facts: FrozenFacts) -> tuple[str, ...]:
    level = facts.one("evidence_level")
    return (level,) if level else ()


def _terms(name: str) -> _Asked:
    """Return the fact for a list of terms. Broader and narrower terms count as true too."""

    def also_true(facts: FrozenFacts, vocabularies: Vocabularies) -> Iterator[str]:
        for term in facts.several(name):
            yield from vocabularies.broader_chain(term)
            yield from _below(term, vocabularies)

    return _Asked(lambda facts: facts.several(name), also_true)


def _below(term: str, vocabularies: Vocabularies) -> Iterator[str]:
    for each in vocabularies.narrower(term):
        yield each
        yield from _below(each, vocabularies)


def _also_organisations(facts: FrozenFacts, _vocabularies: Vocabularies) -> Iterator[str]:
    yield from (row.one("name") for row in facts.rows("organisations"))


def _articles(facts: FrozenFacts) -> tuple[str, ...]:
    rows = [row for row in facts.rows("legal_basis") if row.one("celex")]
    return tuple(dict.fromkeys(f"{row.one('celex')} {number}" for row in rows for number in row.several("articles")))


def _overlap(value: str, other: str) -> bool:
    """Return whether two article numbers overlap: `8(5)` lies within `8`, and `4` within `3-6`."""
    return value.partition(" ")[0] == other.partition(" ")[0] and bool(_numbers(value) & _numbers(other))


def _numbers(article: str) -> set[str]:
    number = article.partition(" ")[2]
    if span := re.fullmatch(r"(\d{1,3})\s*[-–]\s*(\d{1,3})", number):
        return {str(each) for each in range(int(span[1]), int(span[2]) + 1)}
    return {re.split(r"[^\w]", number)[0]}


# Facts by the subject of a question. Levels of evidence exclude each other. For articles, only the facts of the record
# decide.
ASKED: Mapping[str, _Asked] = {
    "country": _Asked(_countries, _also_countries),
    "year": _Asked(_start, _also_years),
    "evidence": _Asked(_evidence, is_one_of_few=True, scale="evidence-levels"),
    "area": _terms("areas"),
    "actor": _terms("actors"),
    "leader": _Asked(leaders, _also_organisations),
    "article": _Asked(_articles, is_one_of_few=True, is_same=_overlap),
}
