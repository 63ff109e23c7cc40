"""The vocabularies, the law and the texts of a content folder, read once and constant while a process runs."""

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
from kb.texts.loader import load_texts
from kb.texts.model import ContentTexts
from kb.vocabulary.loader import load_vocabularies
from kb.vocabulary.model import Vocabularies

# The folders that are read once, at start. Their files are edited on disk, not on the site.
FOLDERS = ("vocabularies", "law", "texts")


@dataclass(frozen=True)
class ReferenceData:
    """Vocabularies, law and content texts, read once at startup, with the problems of their files."""

    vocabularies: Vocabularies
    law: Law
    texts: ContentTexts
    problems: tuple[Problem, ...]

    @cached_property
    def finder(self) -> TermFinder:
        """Finds terms in texts; shared by all users of the data."""
        return TermFinder(self.vocabularies)

    @cached_property
    def labels(self) -> LabelFinder:
        """Finds the terms that are explained in texts."""
        return LabelFinder(self.vocabularies)

    @cached_property
    def help_words(self) -> HelpWords:
        """Detects searches by people who ask for help."""
        return HelpWords(self.vocabularies)


def load_knowledge(content: Path) -> ReferenceData:
    """Load the vocabularies, the law and the texts of a content folder; cached in the process until a file changes."""
    # Content folders that link to the same files share the loaded data.
    folders = [path.resolve() if path.is_symlink() else path for path in (content / name for name in FOLDERS)]
    stats = ((path, path.stat()) for folder in folders for path in sorted(folder.glob("*")))
    return _load(tuple(folders), tuple((path, stat.st_size, stat.st_mtime_ns) for path, stat in stats))


@lru_cache(maxsize=4)
def _load(folders: tuple[Path, ...], _files: tuple[tuple[Path, int, int], ...]) -> ReferenceData:
    vocabulary_folder, law_folder, text_folder = folders
    vocabularies, vocabulary_problems = load_vocabularies(vocabulary_folder)
    law, law_problems = load_law(law_folder, vocabularies)
    texts, text_problems = load_texts(text_folder, vocabularies)
    return ReferenceData(vocabularies, law, texts, (*vocabulary_problems, *law_problems, *text_problems))
