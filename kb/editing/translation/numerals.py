"""Compares numbers in texts of different languages: 3,900 in English is 3 900 in Lithuanian, 3.5 is 3,5.

Writers do not always use the separators of their language, so a figure may have several readings. Two figures are equal
if they share a reading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# Thousands separators: a space of any width; a point outside English, a comma in it.
_SPACES = " \u00a0\u202f\u2009"
_COMMA_LANGUAGES = frozenset({"en"})  # a comma between thousands and a decimal point
# Digits and separators written together, without the full stop of a sentence.
_NUMBER = re.compile(rf"(?<![^\W_])\d+(?::\d\d(?!\d)|[.,'’]\d+|[{_SPACES}]\d{{3}}(?!\d))*")
_GROUPED = re.compile(rf"\d{{1,3}}(?:[{_SPACES}'’]\d{{3}})+")
_PLAIN = re.compile(r"\d+")
# 2018/19 is 2018/2019; and eight o'clock is 8 or 8:00.
_YEAR_BEFORE = re.compile(r"((?:19|20)\d\d)\s?[/\u2013-]\s?$")
_MINUTES = "00"
_TIME = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)")


@dataclass(frozen=True)
class Numeral:
    """A number as written, and its readings: digits without separators, a point before decimals."""

    text: str
    readings: frozenset[str]


def figures_in(text: str, language: str) -> tuple[Numeral, ...]:
    """Return the numbers of a text in order. Digits in a word that begins with letters (E3) are a name."""
    found = (_short_year(text, match) or _figures(match[0], language) for match in _NUMBER.finditer(text))
    return tuple(figure for figures in found for figure in figures if figure.text != _MINUTES)


def _short_year(text: str, match: re.Match[str]) -> list[Numeral]:
    before = _YEAR_BEFORE.search(text, max(0, match.start() - 8), match.start())
    if before is None or len(match[0]) != 2:
        return []
    return [Numeral(match[0], frozenset({_digits(match[0]), before[1][:2] + match[0]}))]


def _figures(text: str, language: str) -> list[Numeral]:
    readings = _readings(text, language)
    if readings:
        return [Numeral(text, readings)]
    # A date, a time, a paragraph number, two adjacent numbers: each part separately.
    return [Numeral(part, frozenset({_digits(part)})) for part in _PLAIN.findall(text)]


def _readings(text: str, language: str) -> frozenset[str]:
    thousands, decimal = (",", ".") if language in _COMMA_LANGUAGES else (".", ",")
    found = {_read(text, thousands, decimal)}
    # 1.500 alone has two readings; a writer of 3.5 in a language with decimal commas means 3.5.
    if re.fullmatch(rf"\d+{re.escape(thousands)}\d{{1,2}}", text):
        found.add(_read(text, decimal, thousands))
    if time := _TIME.fullmatch(text):
        found.add(f"{_digits(time[1])}:{time[2]}")
        found |= {_digits(time[1])} if time[2] == _MINUTES else set()
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


def unmatched(source: Sequence[Numeral], target: Sequence[Numeral]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the numbers of the source that the target lacks, and the target's additional ones."""
    left = list(target)
    by_reading: dict[str, list[int]] = {}
    for place, figure in enumerate(left):
        for reading in figure.readings:
            by_reading.setdefault(reading, []).append(place)
    used: set[int] = set()
    missing: set[int] = set()
    # Numbers with a single reading choose first.
    for place in sorted(range(len(source)), key=lambda each: len(source[each].readings)):
        there = (by_reading.get(reading, []) for reading in sorted(source[place].readings))
        found = next((same for places in there if (same := _free(places, used)) is not None), None)
        missing |= {place} if found is None else set()
        used |= {found} if found is not None else set()
    return (
        tuple(each.text for place, each in enumerate(source) if place in missing),
        tuple(each.text for place, each in enumerate(left) if place not in used),
    )


def _free(places: list[int], used: set[int]) -> int | None:
    """Return the first unused place; used ones are removed."""
    while places and places[0] in used:
        places.pop(0)
    return places[0] if places else None
