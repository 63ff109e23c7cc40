"""Numbers in texts of different languages, made comparable: 3,900 in English is 3 900 in Lithuanian, 3.5 is 3,5.

Writers do not all keep to the signs of their language, so a figure may be read in more than one way, and two figures
are the same if any reading of the one is a reading of the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# A space between thousands, of whatever width; a point between them outside English, a comma in it.
_SPACES = " \u00a0\u202f\u2009"
_COMMA_LANGUAGES = frozenset({"en"})  # a comma between thousands and a decimal point
# Signs and digits as they are written together, without what ends a sentence.
_NUMBER = re.compile(rf"(?<![^\W_])\d+(?:[.,'’]\d+|[{_SPACES}]\d{{3}}(?!\d))*")
_GROUPED = re.compile(rf"\d{{1,3}}(?:[{_SPACES}'’]\d{{3}})+")
_PLAIN = re.compile(r"\d+")
# 2018/19 is 2018/2019; and eight o'clock is 8 or 8:00.
_YEAR_BEFORE = re.compile(r"((?:19|20)\d\d)\s?[/\u2013-]\s?$")
_MINUTES = "00"


@dataclass(frozen=True)
class Figure:
    """A number as it is written, and what it may mean: its digits without signs, a point before decimals."""

    text: str
    readings: frozenset[str]


def figures_in(text: str, language: str) -> tuple[Figure, ...]:
    """Return the numbers of a text in their order. Digits inside a word that begins with letters (E3) are a name."""
    found = (_short_year(text, match) or _figures(match[0], language) for match in _NUMBER.finditer(text))
    return tuple(figure for figures in found for figure in figures if figure.text != _MINUTES)


def _short_year(text: str, match: re.Match[str]) -> list[Figure]:
    before = _YEAR_BEFORE.search(text, max(0, match.start() - 8), match.start())
    if before is None or len(match[0]) != 2:
        return []
    return [Figure(match[0], frozenset({_digits(match[0]), before[1][:2] + match[0]}))]


def _figures(text: str, language: str) -> list[Figure]:
    readings = _readings(text, language)
    if readings:
        return [Figure(text, readings)]
    # A date, a time, a number of a paragraph, two numbers side by side: each part by itself.
    return [Figure(part, frozenset({_digits(part)})) for part in _PLAIN.findall(text)]


def _readings(text: str, language: str) -> frozenset[str]:
    thousands, decimal = (",", ".") if language in _COMMA_LANGUAGES else (".", ",")
    found = {_read(text, thousands, decimal)}
    # Which of two signs it is cannot be told of 1.500 alone; who writes 3.5 in a language of commas means 3.5.
    if re.fullmatch(rf"\d+{re.escape(thousands)}\d{{1,2}}", text):
        found.add(_read(text, decimal, thousands))
    return frozenset(each for each in found if each)


def _read(text: str, thousands: str, decimal: str) -> str:
    whole, sign, fraction = text.partition(decimal)
    if sign and not fraction.isdecimal():
        return ""
    if _GROUPED.fullmatch(whole) or re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+", whole):
        whole = "".join(_PLAIN.findall(whole))
    if not whole.isdecimal():
        return ""
    fraction = fraction.rstrip("0")
    return f"{_digits(whole)}.{fraction}" if fraction else _digits(whole)


def _digits(text: str) -> str:
    return text.lstrip("0") or "0"


def unmatched(source: Sequence[Figure], target: Sequence[Figure]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the numbers of the source that the target does not have, and those that it has beyond them."""
    left = list(target)
    missing: list[str] = []
    # What can be read in one way alone chooses first.
    for figure in sorted(source, key=lambda each: len(each.readings)):
        same = next((each for each in left if each.readings & figure.readings), None)
        if same is None:
            missing.append(figure.text)
        else:
            left.remove(same)
    in_order = [each.text for each in source if each.text in missing]
    return tuple(in_order[: len(missing)]), tuple(each.text for each in left)
