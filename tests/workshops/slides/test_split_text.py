"""Splits long texts over several slides: nothing is lost, and cuts are where a reader would make them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random

import pytest

from kb.documents.blocks import Block, Box, Cell, Heading, Listing, ListItem, Look, Paragraph, Run, Table
from kb.workshops.slides.split_text import SlideSpace, height, lines, shares, shortened, split

ROOM = SlideSpace(lines=8, letters=30)
WORDS = ["stone", "wall", "terrace", "rain", "water", "3", "900", "slope", "mortar"]


def a_text(random: Random, sentences: int) -> str:
    made = (" ".join(random.choices(WORDS, k=random.randint(1, 14))).capitalize() for _ in range(sentences))
    return " ".join(f"{each}." for each in made)


def a_paragraph(text: str) -> Paragraph:
    half = len(text) // 2
    return Paragraph((Run(text[:half]), Run(text[half:])))


def a_block(random: Random) -> Block:
    text = a_paragraph(a_text(random, random.randint(1, 12)))
    match random.randrange(6):
        case 0:
            return Heading(3, (Run("A heading"),))
        case 1:
            items = tuple(ListItem((a_paragraph(a_text(random, random.randint(1, 9))),)) for _ in range(5))
            return Listing(items, is_numbered=random.random() < 0.5)
        case 2:
            return Box((text, a_paragraph("More.")), Look.QUOTE)
        case 3:
            rows = tuple((Cell((Run("09:00"),)), Cell((Run(a_text(random, 2)),))) for _ in range(9))
            return Table((Cell((Run("Time"),)), Cell((Run("What"),))), rows)
        case _:
            return text


def said(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield all words in order; of tables only the rows, because every slide repeats the column headings."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield from "".join(run.text for run in block.runs).split()
            case Listing():
                for item in block.items:
                    yield from said(item.blocks)
            case Box():
                yield from said(block.blocks)
            case Table():
                for row in block.rows:
                    for cell in row:
                        yield from "".join(run.text for run in cell.runs).split()


@pytest.mark.parametrize("seed", range(60))
def test_no_word_is_lost_and_none_changes_its_place(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - the same texts in each run
    blocks = [a_block(random) for _ in range(random.randint(1, 8))]
    slides = split(blocks, SlideSpace(random.uniform(1, 12), random.randint(8, 66)))
    assert [word for slide in slides for word in said(slide)] == list(said(blocks))
    assert all(slides)


@pytest.mark.parametrize("seed", range(20))
def test_slides_hold_no_more_than_they_have_room_for(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    for slide in split([a_paragraph(a_text(random, 40)) for _ in range(3)], ROOM):
        assert sum(height(block, ROOM.letters) for block in slide) <= ROOM.lines + 1


def test_a_short_text_is_one_slide_and_no_text_too() -> None:
    assert split([a_paragraph("Short.")], ROOM) == ((a_paragraph("Short."),),)
    assert split([], ROOM) == ((),)


def test_a_heading_goes_with_what_follows_it() -> None:
    slides = split([a_paragraph("A line of text. " * 9), Heading(3, (Run("Next"),)), a_paragraph("Text.")], ROOM)
    assert [isinstance(slide[0], Heading) for slide in slides] == [False, True]


def test_a_text_is_cut_behind_a_sentence_and_not_behind_a_number_or_an_abbreviation() -> None:
    text = "In 2019 m. police rose. " + "Of Art. 8 we say that nothing of it is new. " * 6
    first, *_rest = split([Paragraph((Run(text),))], ROOM)
    assert " ".join(said(first)).endswith("nothing of it is new.")


def test_numbers_of_a_list_go_on() -> None:
    items = tuple(ListItem((Paragraph((Run(f"Step {number} of a long way"),)),)) for number in range(1, 15))
    lists = [block for slide in split([Listing(items, is_numbered=True)], ROOM) for block in slide]
    assert [(block.start, len(block.items)) for block in lists if isinstance(block, Listing)] == [
        (1, 6),
        (7, 6),
        (13, 2),
    ]


def test_a_table_has_its_headings_on_every_slide() -> None:
    header = (Cell((Run("Time"),)),)
    tables = [slide[0] for slide in split([Table(header, ((Cell((Run("09:00"),)),),) * 20)], ROOM)]
    assert len(tables) > 1
    assert all(isinstance(table, Table) and table.header == header for table in tables)


def test_what_is_shortened_says_so_and_ends_with_a_sentence() -> None:
    blocks, is_short = shortened([a_paragraph("All of it stands here. " * 30)], ROOM)
    assert is_short
    assert list(said(blocks))[-1] == "here."
    assert shortened([a_paragraph("All of it.")], ROOM) == ((a_paragraph("All of it."),), False)


def test_lines_are_filled_word_by_word() -> None:
    assert lines("aaa bbb ccc", 7) == 2
    assert lines("aaa\nbbb", 7) == 2
    assert lines("a" * 20, 7) == 3
    assert lines("", 7) == 1


def test_a_row_that_is_higher_than_a_slide_goes_on_in_a_row_of_its_own() -> None:
    header = (Cell((Run("What"),)), Cell((Run("Where"),)))
    long = (Cell((Run("It is so. " * 60),)), Cell((Run("Here"),)))
    short = (Cell((Run("Last"),)), Cell(()))
    slides = split([Table(header, (long, short))], ROOM)
    assert all(sum(height(block, ROOM.letters) for block in slide) <= ROOM.lines + 1 for slide in slides)
    tables = [block for slide in slides for block in slide if isinstance(block, Table)]
    first = [word for table in tables for row in table.rows for word in said([replace(table, rows=((row[0],),))])]
    assert first == [*("It is so. " * 60).split(), "Last"]
    assert [row[1].runs for table in tables for row in table.rows if row[1].runs] == [(Run("Here"),)]


def test_a_word_that_no_slide_holds_is_cut() -> None:
    slides = split([a_paragraph("w" * 900)], ROOM)
    assert len(slides) > 1
    assert "".join(word for slide in slides for word in said(slide)) == "w" * 900


def test_several_texts_share_a_slide_and_each_begins_there() -> None:
    texts = [[a_paragraph("All of the first stands here. " * 30)], [a_paragraph("Short.")]]
    found = shares(texts, ROOM)
    assert " ".join(said(found)).startswith("All of the first")
    assert list(said(found))[-1] == "Short."
    assert sum(height(block, ROOM.letters) for block in found) <= ROOM.lines + 0.5


def test_what_stops_inside_a_sentence_says_so() -> None:
    blocks, is_short = shortened([a_paragraph("no end " * 200)], ROOM)
    assert is_short
    assert list(said(blocks))[-1] == "…"
