"""Areas: codes, names and the way up to the country."""

from __future__ import annotations

from pathlib import Path

from kb.content_store.reference_data import ReferenceData
from kb.vocabulary.areas import Areas
from kb.vocabulary.loader import load_vocabularies

FILE = """\
id: areas
title: Areas
description: For tests.
areas:
  lt-ku: {name: Kauno apskritis, level: county, tile: [3, 3], point: [23.88, 55.08], also: [Kaunas]}
  lt-15: {name: Kauno miestas, level: municipality, broader: lt-ku}
"""


def read(folder: Path, text: str) -> tuple[Areas, list[str]]:
    (folder / "areas.yaml").write_text(text, encoding="utf-8")
    vocabularies, problems = load_vocabularies(folder)
    return vocabularies.areas, [problem.code for problem in problems]


def test_an_area_leads_up_to_its_country(tmp_path: Path) -> None:
    areas, problems = read(tmp_path, FILE)
    assert problems == []
    assert areas.chain("lt-15") == ("lt-15", "lt-ku", "lt")
    assert [area.code for area in areas.widest("LT")] == ["lt-ku"]
    assert [area.name for area in areas.narrower("lt-ku")] == ["Kauno miestas"]
    assert areas.by_code["lt-ku"].point == (23.88, 55.08)


def test_a_wrong_row_costs_that_row_alone(tmp_path: Path) -> None:
    wrong = "  lt-99: {name: Nowhere, level: county, broader: lt-xx}\n  Kaunas: {name: Kaunas, level: county}\n"
    areas, problems = read(tmp_path, FILE + wrong + "  lt-98: {name: X, level: county, tile: [99, 1]}\n")
    assert problems == ["unknown-area", "bad-area", "bad-tile"]
    assert set(areas.by_code) == {"lt-ku", "lt-15", "lt-98"}


def test_every_widest_area_has_a_tile_of_its_own_and_a_point(knowledge: ReferenceData) -> None:
    areas = knowledge.vocabularies.areas
    assert areas.countries == ("IT", "LT", "PT", "RO")
    for country in areas.countries:
        tiles = [area.tile for area in areas.widest(country)]
        assert None not in tiles
        assert len(set(tiles)) == len(tiles)
        assert all(area.point for area in areas.widest(country))
