from __future__ import annotations

from kb.web.compare.fields import opening


def test_a_short_section_is_shown_whole_without_marks_of_sources() -> None:
    assert opening("Water ran down.[^s1]\n\nSome **walls** fell.") == ("Water ran down.", "Some walls fell.")


def test_a_long_section_is_cut_after_a_sentence() -> None:
    first = "The first sentence says something about the first of all walls. " * 4
    assert opening(f"{first}The last one is never shown because it is too long for what is left here, see.") == (
        first.strip(),
    )


def test_no_sentence_ends_at_an_abbreviation() -> None:
    text = f"{'word ' * 50}as art. Xaver says it. {'More words. ' * 30}"
    assert not opening(text)[0].endswith("art.")


def test_one_sentence_that_is_too_long_is_shown_all_the_same() -> None:
    text = f"{'word ' * 100}end."
    assert opening(text) == (text,)


def test_a_table_is_left_to_the_page_of_the_practice() -> None:
    assert opening("Some figures follow.\n\n| Year | Number |\n|---|---|\n| 2012 | 1 |") == ("Some figures follow.",)
