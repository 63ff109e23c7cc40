"""The vocabularies and the law of a content folder, which are read once and never change while a process runs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from kb.law.loader import load_law
from kb.law.model import Law
from kb.problems import Problem
from kb.search.analysis.glossary_matcher import LabelFinder
from kb.search.analysis.term_matcher import TermFinder
from kb.search.query.help_words import HelpWords
from kb.vocabulary.loader import load_vocabularies
from kb.vocabulary.model import Vocabularies


@dataclass(frozen=True)
class ReferenceData:
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

    @cached_property
    def help_words(self) -> HelpWords:
        """What knows the questions of people who ask for help."""
        return HelpWords(self.vocabularies)


def load_knowledge(content: Path) -> ReferenceData:
    """Read the vocabularies and the law of a content folder; once in a process, unless a file has changed."""
    # Content folders that link to the same files share what was read.
    folders = [path.resolve() if path.is_symlink() else path for path in (content / "vocabularies", content / "law")]
    stats = ((path, path.stat()) for folder in folders for path in sorted(folder.glob("*")))
    return _load(*folders, tuple((path, stat.st_size, stat.st_mtime_ns) for path, stat in stats))


@lru_cache(maxsize=4)
def _load(vocabulary_folder: Path, law_folder: Path, _files: tuple[tuple[Path, int, int], ...]) -> ReferenceData:
    vocabularies, vocabulary_problems = load_vocabularies(vocabulary_folder)
    law, law_problems = load_law(law_folder, vocabularies)
    return ReferenceData(vocabularies, law, (*vocabulary_problems, *law_problems))
