"""The vocabularies and the law of a content folder, which are read once and never change while a process runs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from kb.law.model import Law
from kb.law.store import load_law
from kb.problems import Problem
from kb.search.explained import LabelFinder
from kb.search.terms import TermFinder
from kb.vocabulary.model import Vocabularies
from kb.vocabulary.store import load_vocabularies


@dataclass(frozen=True)
class Knowledge:
    """What is read once at the start: vocabularies and law, with what is wrong in their files."""

    vocabularies: Vocabularies
    law: Law
    problems: tuple[Problem, ...]

    @cached_property
    def finder(self) -> TermFinder:
        """What finds the terms in texts: one for all who read them."""
        return TermFinder(self.vocabularies)

    @cached_property
    def labels(self) -> LabelFinder:
        """What finds the terms that are explained where they stand."""
        return LabelFinder(self.vocabularies)


def load_knowledge(content: Path) -> Knowledge:
    """Read the vocabularies and the law of a content folder; once in a process, unless a file has changed."""
    paths = (path for name in ("vocabularies", "law") for path in sorted((content / name).glob("*")))
    stats = ((path, path.stat()) for path in paths)
    return _load(content, tuple((path, stat.st_size, stat.st_mtime_ns) for path, stat in stats))


@lru_cache(maxsize=4)
def _load(content: Path, _files: tuple[tuple[Path, int, int], ...]) -> Knowledge:
    vocabularies, vocabulary_problems = load_vocabularies(content / "vocabularies")
    law, law_problems = load_law(content / "law", vocabularies)
    return Knowledge(vocabularies, law, (*vocabulary_problems, *law_problems))
