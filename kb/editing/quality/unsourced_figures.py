"""Finds figures in paragraphs without a source.

A figure is a share, an amount of money, or a number of a hundred or more. Years, articles, and numbers of laws or
telephones do not count. Small numbers are ignored too: "three steps" needs no source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.editing.quality.personal_data_checks import without_telephones
from kb.editing.quality.text_statistics import paragraphs
from kb.records.markdown import SOURCE_MARK

_FIGURE = re.compile(
    r"(?<![\w/.,\u2019'-])\d{1,3}(?:[ \u00a0\u202f.,'\u2019]\d{3})+(?![\d/]|[.,]\d)|"  # 26,018
    r"(?<![\w/-])\d+(?:[.,]\d+)?(?![\w/])"
)
_SHARE = re.compile(
    r"\s?(?:%|per\s?cent\b|percent\b|proc\b|procent\w*|nuošim\w*|por cento\b|per cento\b|la sută\b|in 10\b|out of\b)"
)
_MONEY_BEHIND = re.compile(
    r"\s?(?:[€£$]|EUR\b|euro|eur[aų]|GBP\b|RON\b|lei\b|kr\b|kron|million|mln\b|mili|tūkst)", re.IGNORECASE
)
_MONEY_BEFORE = re.compile(r"(?:[€£$]|\bEUR|\bGBP|\bUSD|\bRON)\s?$")
# Words before a number that identifies something rather than counts.
_NAMED = re.compile(
    r"(?:\b(?:art|arts|article|articles|artt|articolo|articoli|artigo|artigos|articolul|straipsni\w*|str|section|sections|"
    r"no|nos|nr|n|num|number|nº|n\.º|law|act|legge|lege\w*|lei|įstatym\w*|directive|direktyv\w*|direttiva|diretiva|"
    r"directiva|regulation|decree|decreto|decret|page|pages|p|pp|pag|pág|chapter|para|paragraph|form|modulo|room|"
    r"cets|celex|com|oj|iso|telephone|phone|tel|line)\b\.?(?:\s?\(\d{4}\))?|§+)[\s:(]*$",
    re.IGNORECASE,
)
_MONTH = re.compile(r"^\s+(?:of\s+|de\s+)?[^\W\d_]{3,}\s+(?:de\s+)?(?:1[89]|20)\d\d\b|^\s?d\.")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_LINES = re.compile(r"11[0-9]|116[ .]?\d{3}|999|911")
_LEAST = 100


def unsourced_figures(text: str) -> tuple[str, ...]:
    """Return the figures of all paragraphs without a source mark, without duplicates."""
    return tuple(dict.fromkeys(_unsourced(text)))


def _unsourced(text: str) -> Iterator[str]:
    for paragraph in paragraphs(text):
        if not SOURCE_MARK.search(paragraph) and not paragraph.lstrip().startswith("#"):
            yield from _figures(" ".join(without_telephones(paragraph).split()))


def _figures(text: str) -> Iterator[str]:
    for match in _FIGURE.finditer(text):
        number, before, behind = match[0], text[: match.start()], text[match.end() :]
        if share := _SHARE.match(behind):
            yield f"{number}{share[0]}"
        elif money := _MONEY_BEHIND.match(behind):
            yield f"{number}{money[0]}"
        elif _MONEY_BEFORE.search(before) or _counts(number, before, behind):
            yield number


def _counts(number: str, before: str, behind: str) -> bool:
    if _YEAR.fullmatch(number) or _LINES.fullmatch(number) or _NAMED.search(before) or _MONTH.match(behind):
        return False
    digits = re.sub(r"\D", "", number) if re.search(r"[ \u00a0\u202f.,'\u2019]\d{3}$", number) else number
    return "." in digits or "," in digits or int(digits) >= _LEAST
