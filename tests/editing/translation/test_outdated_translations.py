"""The effect of a source change on translations is known before publishing."""

from __future__ import annotations

from kb.editing.translation.outdated_translations import Turn, consequences, turns_of
from kb.kinds.page.model import PAGE
from kb.records.segments import fingerprint
from tests.house import ITALIAN_TEXT, TEXT

TITLE, WHAT = fingerprint("Stone terraces"), fingerprint("## What it is\n\nWalls without mortar.")
ROWS = f"""made_from:
  title: {{source: {TITLE}, by: person}}
  what: {{source: {WHAT}, by: person}}
"""
TEXTS = {"source": TEXT, "it": ITALIAN_TEXT.replace("---\n## Che", f"{ROWS}---\n## Che")}
CHANGED = TEXT.replace("title: Stone", "title: Dry").replace("mortar.", "any mortar.")


def test_an_ordinary_change_turns_its_segments_stale_and_a_minor_one_none() -> None:
    found = consequences(PAGE, "stone-terraces", TEXTS, CHANGED)
    assert found is not None
    assert found.ordinary == (Turn("it", ("title", "what"), (), 1),)
    assert found.minor == (Turn("it", (), (), 3),)
    assert found.is_of_account


def test_a_change_of_facts_has_no_consequences() -> None:
    found = consequences(PAGE, "stone-terraces", TEXTS, TEXT.replace("licence: CC-BY-4.0", "keeper: Ana Costa"))
    assert found is not None
    assert found.ordinary == found.minor == (Turn("it", (), (), 3),)


def test_the_earlier_text_standing_again_makes_what_was_made_from_it_fresh() -> None:
    assert turns_of(PAGE, "stone-terraces", {**TEXTS, "source": CHANGED}, TEXT) == (
        Turn("it", (), ("title", "what"), 1),
    )


def test_without_a_translation_or_a_text_that_can_be_read_there_is_nothing_to_say() -> None:
    assert consequences(PAGE, "stone-terraces", {"source": TEXT}, CHANGED) is None
    assert consequences(PAGE, "stone-terraces", TEXTS, TEXT.replace("title: Stone", "title: [")) is None
