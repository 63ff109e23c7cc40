"""Checks a practice the way the house does: read, then judged, with true lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.kinds.practice.checks import check
from kb.kinds.practice.model import PRACTICE
from kb.problems import Problem, Where
from kb.records.bundle import SOURCE, read_bundle, read_source, read_translation
from kb.records.front_matter import FrontMatter
from tests.builders import a_practice_text
from tests.house import knowledge

VOCABULARIES, LAW = knowledge().vocabularies, knowledge().law


def check_texts(texts: Mapping[str, str], record_id: str = "ask-before-referral") -> tuple[Problem, ...]:
    """Return what the check says of texts that can be read."""
    bundle, problems = read_bundle(PRACTICE, record_id, texts)
    assert bundle is not None, [str(problem) for problem in problems]
    fronts: dict[str, FrontMatter] = {SOURCE: read_source(PRACTICE, record_id, texts[SOURCE])[1]}
    fronts |= {part: read_translation(bundle, part, text)[1] for part, text in texts.items() if part != SOURCE}

    def line(part: str, where: Where) -> int | None:
        return fronts[part].line(where)

    return check(bundle, line, VOCABULARIES, LAW)


def problems_of(translations: Mapping[str, str] | None = None, **changes: Any) -> tuple[Problem, ...]:
    """Return what the check says of a practice with these changes."""
    return check_texts({SOURCE: a_practice_text(**changes), **(translations or {})})


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


def only(problems: tuple[Problem, ...]) -> Problem:
    """Return the one problem there is."""
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


def line_of(text: str, part: str) -> int:
    """Return the line, from 1, in which a piece of text stands for the first time."""
    return text.count("\n", 0, text.index(part)) + 1
