from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest

from benchmarks.corpus import files
from benchmarks.facts import World, record_id
from kb.i18n import LANGUAGES
from kb.kinds.practice.checks import check
from kb.kinds.practice.model import PRACTICE, Practice
from kb.problems import Problem
from kb.records.bundle import SOURCE, read_source, read_translation
from kb.records.record import Bundle
from tests.draws import draws
from tests.house import knowledge

pytestmark = pytest.mark.slow

FEW = range(draws(12))
VOCABULARIES, LAW = knowledge().vocabularies, knowledge().law
WORLD = World.of(VOCABULARIES, LAW)


@cache
def record(number: int) -> tuple[Bundle[Any], tuple[Problem, ...]]:
    texts = dict(files(WORLD, number))
    bundle, _, problems = read_source(PRACTICE, record_id(number), texts["practice.md"])
    assert bundle is not None, problems
    translations = {}
    for language in LANGUAGES:
        if language != bundle.record.language:
            translation, _, found = read_translation(bundle, language, texts[f"practice.{language}.md"])
            assert translation is not None, found
            translations[language] = translation
            problems += found
    whole = Bundle(PRACTICE, bundle.record, bundle.sections, translations)
    return whole, (*problems, *check(whole, lambda _part, _where: 1, VOCABULARIES, LAW))


def test_generated_records_pass_the_checks_of_real_ones() -> None:
    found = [problem for number in FEW for problem in record(number)[1]]
    assert {problem.code for problem in found} <= {"uncited-source", "no-study-named"}
    assert {problem.path for problem in found} <= {SOURCE}


def test_every_record_is_there_in_every_language() -> None:
    for number in FEW:
        assert set(record(number)[0].languages()) == set(LANGUAGES)


def test_a_record_has_as_many_words_as_a_real_one() -> None:
    lengths = [
        sum(len(passage.text.split()) for passage in bundle.reading(language).passages.values())
        for bundle in (record(number)[0] for number in FEW)
        for language in LANGUAGES
    ]
    assert 1000 < sum(lengths) / len(lengths) < 1250


def test_records_differ_in_their_facts() -> None:
    practices: list[Practice] = [record(number)[0].record for number in FEW]
    for name in ("language", "countries", "areas", "evidence_level", "transferability", "start_year", "legal_basis"):
        assert len(Counter(getattr(practice, name) for practice in practices)) > 2, name


@pytest.mark.long
def test_the_same_number_and_seed_make_the_same_record() -> None:
    assert list(files(WORLD, 3)) == list(files(WORLD, 3))
    assert list(files(WORLD, 3)) != list(files(WORLD, 3, seed=8))
