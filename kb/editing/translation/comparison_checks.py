"""Compares a text with its translation: numbers, links, marks of sources, placeholders, emphasis, lists, headings.

Differences may be correct, so these are warnings. Two other checks run before publishing: whether source marks agree
(`records/citation_checks.py`), and the targets of links between records (`content_store/checks.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kb.editing.translation.numerals import Numeral, figures_in, unmatched
from kb.records.markdown import SOURCE_MARK


class Aspect(StrEnum):
    """The compared property."""

    NUMBERS = "numbers"
    LINKS = "links"
    SOURCES = "sources"
    PLACEHOLDERS = "placeholders"
    EMPHASIS = "emphasis"
    LIST = "list"
    HEADINGS = "headings"
    UNTRANSLATED = "untranslated"  # both texts are the same


@dataclass(frozen=True)
class Mismatch:
    """A difference between two texts. Counts use `expected` and `found`, all else `missing` and `extra`."""

    aspect: Aspect
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    expected: int = 0
    found: int = 0


# A link target may hold one pair of brackets; every length has a limit, so that no text takes long.
_LINK = re.compile(
    r"!?\[[^\[\]\n]{0,500}\]\(\s*<?([^\s()<>]{1,1000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200})?)>?(?:\s+\"[^\"\n]{0,300}\")?\s*\)"
)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_PLACEHOLDER = re.compile(r"\{\{[^{}\n]*\}\}|%\(\w+\)[sd]|\{[A-Za-z_][\w.-]*\}|\[\[[^\[\]\n]*\]\]")
_BLANK = re.compile(r"(?<![\w_])_{3,}(?![\w_])|\.{5,}|…{2,}")
_EMPHASIS = re.compile(
    r"(?<![*\w])(\*{1,3})(?=[^\s*])[^*\n]*?[^\s*]\1(?![*\w])|(?<![_\w])(_{1,3})(?=[^\s_])[^_\n]*?[^\s_]\2(?![_\w])|(?<![*\w])(\*{1,3})[^\s*]\3(?![*\w])"
)
_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])[ \t]+", re.M)
_HEADING = re.compile(r"^(#{3,6})[ \t]+", re.M)
_FEW_LETTERS = 12
_END = ".,;:!?"


@lru_cache(maxsize=4096)  # each save of one text looks at all texts of its record
def compare(source: str, target: str, source_language: str, target_language: str) -> tuple[Mismatch, ...]:
    """Return the differences of a translation from its source; none if it is missing."""
    if not target.strip():
        return ()
    found = (
        _untranslated(source, target),
        _numbers(source, target, source_language, target_language),
        _listed(Aspect.LINKS, _links(source), _links(target)),
        _listed(Aspect.SOURCES, _marks(source), _marks(target)),
        _listed(Aspect.PLACEHOLDERS, _placeholders(source), _placeholders(target)),
        _counted(Aspect.EMPHASIS, _EMPHASIS, _words_alone(source), _words_alone(target)),
        _counted(Aspect.LIST, _ITEM, source, target),
        _counted(Aspect.HEADINGS, _HEADING, source, target),
    )
    return tuple(each for each in found if each is not None)


def _untranslated(source: str, target: str) -> Mismatch | None:
    same = " ".join(source.split()) == " ".join(target.split())
    words = " ".join(re.findall(r"[^\W\d_]+", _words_alone(source)))
    is_text = len(words) > _FEW_LETTERS and " " in words  # names and short words may be equal in both
    return Mismatch(Aspect.UNTRANSLATED) if same and is_text else None


def _numbers(source: str, target: str, source_language: str, target_language: str) -> Mismatch | None:
    was, now = _figures(source, source_language), _figures(target, target_language)
    missing, extra = unmatched(was, now)
    return Mismatch(Aspect.NUMBERS, missing, extra) if missing or extra else None


def _figures(text: str, language: str) -> tuple[Numeral, ...]:
    return figures_in(_ITEM.sub(" ", _words_alone(text)), language)


def _words_alone(text: str) -> str:
    """Return only the words of a text: without source marks, link targets and placeholders."""
    text = SOURCE_MARK.sub(" ", text)
    text = _LINK.sub(lambda match: match[0].rpartition("](")[0].lstrip("!") + "]", text)
    return _BLANK.sub(" ", _PLACEHOLDER.sub(" ", _ADDRESS.sub(" ", text)))


def _links(text: str) -> list[str]:
    targets = _LINK.findall(text)
    return [*targets, *(each.rstrip(_END + ")") for each in _ADDRESS.findall(_LINK.sub(" ", text)))]


def _marks(text: str) -> list[str]:
    return list(dict.fromkeys(f"[^{each}]" for each in SOURCE_MARK.findall(text)))


def _placeholders(text: str) -> list[str]:
    return [*_PLACEHOLDER.findall(SOURCE_MARK.sub(" ", text)), *("___" for _ in _BLANK.findall(text))]


def _listed(aspect: Aspect, source: Sequence[str], target: Sequence[str]) -> Mismatch | None:
    was, now = Counter(source), Counter(target)
    missing, extra = tuple(_each(was - now)), tuple(_each(now - was))
    return Mismatch(aspect, missing, extra) if missing or extra else None


def _each(counts: Counter[str]) -> Iterator[str]:
    yield from counts.elements()


def _counted(aspect: Aspect, pattern: re.Pattern[str], source: str, target: str) -> Mismatch | None:
    expected, found = _count(pattern.finditer(source)), _count(pattern.finditer(target))
    return Mismatch(aspect, expected=expected, found=found) if expected != found else None


def _count(matches: Iterable[re.Match[str]]) -> int:
    return sum(1 for _ in matches)
