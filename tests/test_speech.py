"""Labels within a sentence."""

from __future__ import annotations

import pytest

from kb.speech import lower_first


@pytest.mark.parametrize(
    ("label", "within"),
    [
        ("Not known", "not known"),
        ("Įrodymai", "įrodymai"),
        ("Última versão", "última versão"),
        ("Șase", "șase"),
        ("È noto", "è noto"),
        ("AI text", "AI text"),
        ("PDF", "PDF"),
        ("", ""),
    ],
)
def test_the_first_letter_is_lowered_unless_it_begins_an_abbreviation(label: str, within: str) -> None:
    assert lower_first(label) == within
