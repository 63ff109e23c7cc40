"""Counts sentences and their words: abbreviations do not end a sentence; lists and headings are not part of one."""

from __future__ import annotations

import pytest

from kb.editing.quality.text_statistics import count_words, paragraphs, readable, sentences


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "One. Two! Three? Four… Five.", 5),
        ("en", "See e.g. Victim Support. Mr. Costa of St. Mary agreed.", 2),
        ("en", "J. K. Costa and art. 8 of Act No. 5 say so.", 1),
        ("en", "She said “yes.” He left. (He came back.) Nobody knew.", 4),
        ("en", "A claim.[^s1] Another claim.[^s1][^s2] A third.", 3),
        ("en", "It costs 3.5 million. 12 people work there.", 2),
        ("it", "L'art. 3 del d.lgs. 212 del 2015 lo dice. Il dott. Rossi anche.", 2),
        ("lt", "2023 m. Vilniuje pradėta, pvz. Kaune ir t. y. Klaipėdoje. Toliau – kitur.", 2),
        ("pt", "O art. 8.º diz. A Sra. Costa e o Dr. Silva concordam.", 2),
        ("ro", "Conform art. 5 alin. 2 din lege. Dl. Popescu a spus.", 2),
        ("xx", "One. Two.", 2),
        ("en", "", 0),
    ],
)
def test_sentences_end_where_a_reader_ends_them(language: str, text: str, number: int) -> None:
    assert len(list(sentences(text, language))) == number


def test_items_of_a_list_are_apart_and_headings_tables_and_code_are_no_sentences() -> None:
    text = (
        "### A heading\n\nA line\nand its end.\n\n- one\n- two\n  goes on\n\n1. three\n\n| a | b |\n|---|---|\n\n"
        "```\ncode. Here.\n```\n\n> quoted"
    )
    assert list(sentences(text, "en")) == ["A line and its end.", "one", "two goes on", "three"]


def test_what_is_read_has_words_of_links_and_no_addresses_marks_and_code() -> None:
    text = "See [the *report*](https://example.org/a_b), ![a wall](wall.jpg) `x` and https://example.org.[^s1]"
    assert " ".join(readable(text).split()) == "See the report, and"
    assert list(paragraphs("One.\n\n\nTwo\nlines.\n")) == ["One.", "Two\nlines."]


def test_words_are_counted_as_one_says_them() -> None:
    assert count_words("Victims' well-known 24/7 desk costs 1,5 euros – l'aiuto!") == 8
