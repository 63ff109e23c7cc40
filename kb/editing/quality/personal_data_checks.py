"""Detects possible personal data in a text: telephone numbers, e-mail addresses, dates of birth.

It points out and never decides: a service's number in a text is not a victim's. It ignores what records often contain:
years, dates, hours, amounts, numbers of laws, emergency and free numbers. None of those is a private telephone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kb.editing.quality.text_statistics import readable

_SPACES = re.compile("[\u00a0\u2007\u2009\u202f]")
_DASHES = re.compile("[\u2010-\u2015]")

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

# Patterns with as many digits as a telephone number that are not one.
_YEAR = r"(?:1[5-9]|20)\d\d"
_NO_NUMBERS = re.compile(
    "|".join(
        (
            rf"\b{_YEAR}(?:\s?[-/,]\s?{_YEAR})+\b",  # 2018-2022
            rf"\b{_YEAR}(?:\s{_YEAR})+\b",
            r"\b\d{4}-\d\d-\d\d\b",  # 2026-11-25
            r"(?<![\d.])\b\d{1,2}[./]\s?\d{1,2}[./]\s?\d{2,4}\b(?![./]\d)",  # 25.11.2026
            r"\b\d{1,2}[.:]\d\d\s?-\s?\d{1,2}[.:]\d\d\b",  # 08.00-17.00
            r"\b[1-9]\d*/\d+(?:/\w+)*\b",  # 2012/29/EU, 211/2004
            r"\b(?:ISBN|ISSN|DOI|CELEX|CETS|IBAN)\b[:\s]*[\w./-]+(?: \d[\d -]+)?",
            r"(?<![\d.,])\d{1,3}(?:[.,'\u2019]\d{3})+(?:[.,]\d+)?(?![\d])",  # 1,000,000
            r"(?:[€$£]|\b(?:EUR|USD|GBP|RON|DKK|SEK|NOK|CHF|PLN|CZK|HUF))\s?\d[\d ]*",
            r"\b\d{1,3}(?: \d{3})+(?=\s?(?:[€$£%]|EUR\b|euro|eur[aų]|lei\b|RON\b|kr|mili?o|mln|tūkst))",
            rf"\b\d{{1,2}}(?: \d{{3}})+\b(?:(?! ?\d)|(?= {_YEAR}\b))",  # 12 345 678
            r"\b\d{3}(?: \d{3})* 000\b",  # 250 000 000
            r"\b\(?0?\)?80\d[ -]?\d[\d -]*\d\b",  # 0800 500 333: free of charge
            r"\b116[ -]?\d{3}\b",
        )
    ),
    re.IGNORECASE,
)
_TELEPHONE = re.compile(
    "|".join(
        (
            r"(?<![\w+])(?:\+|00)\s?[1-9](?:[\s().\-/]{0,2}\d){6,13}(?!\w)",  # +370 612 34567
            r"(?<![\w.,/+-])\(?0\d{1,4}\)?(?:[\s./-]{0,2}\d{2,}){1,5}(?!\w)",  # 020 7946 0958
            r"(?<![\w.,/+-])[1-9]\d{0,3}(?:[\s-]\d{2,7}){1,4}(?!\w)",  # 8 612 34567, 912 345 678
            r"(?<![\w.,/+-])[1-9]\d{8,11}(?!\w)",  # 912345678
        )
    )
)
_LEAST, _LEAST_NATIONAL, _MOST = 8, 9, 15

# In the languages of the site and of many sources; the date must follow within a few words.
_BORN = (
    r"\b(?:born|birth|d\.?o\.?b|nat[oaie]|nascit\w*|gim[ėęu]\w*|gimim\w*|nascid[oa]s?|nasciment\w*|n[ăa]scut\w*|"
    r"na[sș]ter\w*|nées?|nés?|naissance|geboren\w*|geburts\w*|nacid[oa]s?|nacimient\w*)\b"
)
_DAY = (
    r"(?:\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:1[89]|20)\d\d|(?:1[89]|20)\d\d\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,2}|"
    r"\d{1,2}(?:st|nd|rd|th|º|°|\.)?\s+(?:of\s+|de\s+|d['\u2019])?[^\W\d_]{3,}\.?,?\s+(?:de\s+|del\s+)?(?:1[89]|20)\d\d|"
    r"[^\W\d_]{3,}\s+\d{1,2}(?:st|nd|rd|th)?,\s+(?:1[89]|20)\d\d|(?:1[89]|20)\d\d\s?m\.\s+[^\W\d_]{3,}\s+\d{1,2})"
)
_BIRTH = re.compile(rf"{_BORN}[^.!?\d]{{0,40}}({_DAY})", re.IGNORECASE)


class Datum(StrEnum):
    """The kind of data it looks like."""

    TELEPHONE = "telephone"
    EMAIL = "email"
    BIRTH = "birth"


@dataclass(frozen=True)
class PersonalDataHit:
    """One match in a text."""

    datum: Datum
    words: str


def personal_data(text: str) -> tuple[PersonalDataHit, ...]:
    """Return possible personal data in a Markdown text, without duplicates."""
    return tuple(dict.fromkeys(_found(text)))


def without_telephones(text: str) -> str:
    """Return the readable text without telephone numbers, which count nothing."""
    plain = _DASHES.sub("-", _SPACES.sub(" ", readable(text)))
    for each in personal_data(text):
        plain = plain.replace(each.words, ";") if each.datum is Datum.TELEPHONE else plain
    return plain


def _found(text: str) -> Iterator[PersonalDataHit]:
    # Link targets may contain e-mail addresses; page URLs and code are not words.
    for match in _EMAIL.finditer(text):
        yield PersonalDataHit(Datum.EMAIL, match[0].strip("."))
    plain = _DASHES.sub("-", _SPACES.sub(" ", readable(text)))
    for match in _BIRTH.finditer(plain):
        yield PersonalDataHit(Datum.BIRTH, " ".join(match[1].split()))
    for match in re.finditer(r"\(tel:([^)\s]+)\)", text):
        yield from _telephone(match[1])
    for match in _TELEPHONE.finditer(_NO_NUMBERS.sub(_gap, plain)):
        yield from _telephone(match[0])


def _gap(match: re.Match[str]) -> str:
    """Return a character that never belongs to a number, so that adjacent digits are not joined."""
    del match
    return " ; "


def _telephone(words: str) -> Iterator[PersonalDataHit]:
    digits = re.sub(r"\D", "", words)
    least = _LEAST if words.lstrip("(")[:1] in "+0" else _LEAST_NATIONAL
    groups = re.findall(r"\d+", words)
    if least <= len(digits) <= _MOST and not all(re.fullmatch(_YEAR, group) for group in groups):
        yield PersonalDataHit(Datum.TELEPHONE, words.strip(" ./-"))
