"""Equal numbers in the notations of different languages."""

from __future__ import annotations

import pytest

from kb.editing.translation.numerals import figures_in, unmatched


def compared(source: str, target: str, languages: tuple[str, str] = ("en", "lt")) -> tuple[list[str], list[str]]:
    missing, extra = unmatched(figures_in(source, languages[0]), figures_in(target, languages[1]))
    return list(missing), list(extra)


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        ("3,900 clients", "3 900 klientų", ("en", "lt")),
        ("3,900 clients", "3\u202f900 klientų", ("en", "lt")),
        ("3,900 clients", "3.900 clienti", ("en", "it")),
        ("1,234,567", "1.234.567", ("en", "pt")),
        ("1,234.50 euros", "1.234,5 euro", ("en", "it")),
        ("3.5 per cent", "3,5 %", ("en", "ro")),
        ("3.5 per cent", "3.5 %", ("en", "ro")),  # the source's notation in the translation means the same
        ("58 per cent in 2019", "58 % în 2019", ("en", "ro")),
        ("the 1st of 3", "1-oji iš 3", ("en", "lt")),
        ("in 2018/19", "2018/2019", ("en", "pt")),
        ("2019–2021", "dal 2019 al 2021", ("en", "it")),
        ("from 9:00 to 17:30", "nuo 9 iki 17.30 val.", ("en", "lt")),
        ("level E3 on 5 May", "E3 lygis, gegužės 5 d.", ("en", "lt")),
        ("007", "7", ("en", "lt")),
        ("12 000 €", "12,000 euros", ("lt", "en")),
    ],
)
def test_the_same_number_in_the_signs_of_both_languages(source: str, target: str, languages: tuple[str, str]) -> None:
    assert compared(source, target, languages) == ([], [])


@pytest.mark.parametrize(
    ("source", "target", "missing", "extra"),
    [
        ("31,500 in 2023", "31 500", ["2023"], []),
        ("31,500", "31,5", ["31,500"], ["31,5"]),
        ("58 per cent", "85 proc.", ["58"], ["85"]),
        ("5 and 5", "5", ["5"], []),
        ("none", "nė vienas iš 7", [], ["7"]),
    ],
)
def test_a_number_that_is_not_there_or_was_not_there(
    source: str, target: str, missing: list[str], extra: list[str]
) -> None:
    assert compared(source, target) == (missing, extra)
