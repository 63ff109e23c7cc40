from __future__ import annotations

import pytest

from kb.texts.model import ContentText, ContentTexts, TextIds

IDS = TextIds("gates", ("gate", "wall"))
TEXTS = ContentTexts(
    {
        "gates": {
            "gate": ContentText("gate", {"en": "Gate of %(town)s", "lt": "%(town)s vartai"}),
            "wall": ContentText("wall", {"en": "Wall, 100%"}),
        }
    }
)


def test_a_text_is_in_the_readers_language_else_in_english_else_its_id() -> None:
    assert TEXTS.get(IDS, "gate", "lt", town="Trakai") == "Trakai vartai"
    assert TEXTS.get(IDS, "gate", "it", town="Trakai") == "Gate of Trakai"
    assert TEXTS.get(IDS, "tower", "lt") == "tower"
    assert ContentTexts().get(IDS, "gate", "lt") == "gate"


@pytest.mark.parametrize("places", [{}, {"city": "Trakai"}])
def test_a_placeholder_without_a_value_stays(places: dict[str, str]) -> None:
    assert TEXTS.get(IDS, "gate", "en", **places) == "Gate of %(town)s"


def test_a_value_is_put_in_as_it_is() -> None:
    assert TEXTS.get(IDS, "gate", "en", town=r"%(town)s \1") == r"Gate of %(town)s \1"
    assert TEXTS.get(IDS, "wall", "en", town="Trakai") == "Wall, 100%"
