"""Names that no text may use are found in every ending, and not where somebody is quoted."""

from __future__ import annotations

import pytest

from kb.vocabulary.avoided_names import find_avoided
from kb.vocabulary.model import Term, Vocabularies, Vocabulary

AVOID = {
    "lt": {"paramos tarnyba": "pagalbos tarnyba"},
    "it": {"ufficio aiuti": "servizio di assistenza"},
    "pt": {"gabinete de ajuda": "serviço de apoio"},
    "ro": {"punct de ajutor": "serviciu de sprijin"},
}
TERM = Term("help", "actors", {"en": "help"}, avoid=AVOID)
WORDS = Vocabularies((Vocabulary("actors", "Actors", terms=(TERM,)),))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("lt", "Kreipkitės į paramos tarnybą arba Paramos  tarnybose.", ["paramos tarnybą", "Paramos  tarnybose"]),
        ("lt", "Teikia pagalbos tarnyba, parama teikiama tarnyboje.", []),
        ("lt", "Straipsnis „Teisė naudotis paramos tarnybų pagalba“ ir *paramos tarnyba*.", []),
        ("lt", "„Taip“, sakė ji, ir paramos tarnyba „atėjo“.", ["paramos tarnyba"]),
        ("it", "gli uffici aiuti", ["uffici aiuti"]),
        ("pt", "os gabinetes de ajuda", ["gabinetes de ajuda"]),
        ("ro", "punctele de ajutor", ["punctele de ajutor"]),
        ("en", "paramos tarnyba", []),
    ],
)
def test_each_ending_is_found_and_a_quotation_is_let_be(language: str, text: str, expected: list[str]) -> None:
    found = list(find_avoided(text, language, WORDS))
    assert [each.written for each in found] == expected
    assert all(each.instead == next(iter(AVOID[language].values())) for each in found)
    assert all(text[each.start :].startswith(each.written) for each in found)
