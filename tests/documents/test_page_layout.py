"""Places to write stand beside their labels where that is shorter, and columns are as wide as their texts need."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.documents.blocks import Box, Cell, ContentControl, ControlType, Document, FormField, Look, Paragraph, Run, Table
from kb.documents.formats import write
from kb.documents.page_layout import (
    column_shares,
    grouped,
    lines_of,
    may_break,
    option_lines,
    stands_beside,
)
from kb.documents.print_sizes import PrintSizes
from tests.documents.pdf_file import PdfFile
from tests.documents.real_tools import FONTS
from tests.pango import needs_pango

SIZES = PrintSizes(), PrintSizes(is_large=True)


def a_field(kind: ControlType, label: str = "Age", options: tuple[str, ...] = ()) -> FormField:
    return FormField((Run(label),), ContentControl("c1", kind, label, options))


def a_table(*rows: tuple[str, ...], widths: tuple[int, ...] = ()) -> Table:
    first, *rest = (tuple(Cell((Run(text),)) for text in row) for row in rows)
    return Table(first, tuple(rest), widths=widths)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (a_field(ControlType.LINE, "A label " * 30), True),
        (a_field(ControlType.DATE), True),
        (a_field(ControlType.AREA), False),
        (a_field(ControlType.CHOICE, options=("yes", "no", "not known")), True),
        (a_field(ControlType.CHOICES, options=("something that takes a line",) * 6), False),
    ],
)
def test_a_place_to_write_stands_beside_its_label(field: FormField, expected: bool) -> None:
    assert stands_beside(field) is expected


def test_fields_that_stand_beside_their_labels_come_together() -> None:
    line, area, words = a_field(ControlType.LINE), a_field(ControlType.AREA), Paragraph((Run("x"),))
    assert list(grouped([words, line, line, area, line])) == [words, (line, line), area, (line,)]


def test_columns_are_as_wide_as_their_texts() -> None:
    shares = column_shares(a_table(("May the service …", "Yes", "No"), ("leave a message?", "", "")))
    assert shares[0] > 3 * shares[1]
    assert sum(shares) == 100
    assert sum(column_shares(a_table(("a", "b", "c"), widths=(1, 1, 1)))) == 100


def test_the_column_with_most_to_say_is_the_widest_and_none_is_narrower_than_its_words() -> None:
    row = ("1", "a sentence with many words in it, " * 5, "Beweissicherungsmaßnahme", "26 November 2026")
    number, text, word, day = column_shares(a_table(("No", "What", "Word", "Day"), row, row))
    assert text == max(number, text, word, day)
    assert number == min(number, text, word, day)
    assert word >= 100 * len("Beweissicherungs") / 80


def test_what_rounding_takes_is_taken_from_all_columns_alike() -> None:
    shares = column_shares(a_table(("M1 Grupė", *("i1",) * 12)))
    assert sum(shares) == 100
    assert shares[0] > max(shares[1:])
    assert max(shares[1:]) - min(shares[1:]) <= 1


def test_widths_that_are_asked_for_are_given() -> None:
    assert column_shares(a_table(("a" * 50, "b"), widths=(1, 3))) == (25, 75)


def test_short_options_stand_beside_each_other_and_are_not_torn_apart() -> None:
    long = "an option with so many words that it takes a line"
    assert list(option_lines(("a man", "b", long, long, "c"))) == [("a\xa0man", "b"), (long,), (long,), ("c",)]


def test_lines_are_counted() -> None:
    assert lines_of([Paragraph((Run("x" * 161),)), a_table(("a", "b"), ("c", "d"))]) == 7


def test_options_that_are_listed_stand_below_their_question_however_short() -> None:
    field = FormField((Run("x"),), ContentControl("x", ControlType.CHOICE, "x", ("a", "b")))
    assert stands_beside(field)
    assert not stands_beside(replace(field, is_listed=True))


def test_only_high_rows_go_on_on_the_next_page_and_more_do_in_large_print() -> None:
    low, middle, high = ((Cell((Run("word " * number),)), Cell(())) for number in (5, 40, 200))
    for row, expected in ((low, (False, False)), (middle, (False, True)), (high, (True, True))):
        assert (
            tuple(may_break(row, (50, 50), PrintSizes(is_large=is_large).letters) for is_large in (False, True))
            == expected
        )


def test_large_letters_have_fewer_places_on_a_line() -> None:
    row = ("Beweissicherungsmaßnahme", "a sentence with many words in it, " * 5)
    normal, large = (
        column_shares(a_table(("No", "What"), row), PrintSizes(is_large=is_large).table_letters)
        for is_large in (False, True)
    )
    assert large[0] > normal[0]


@needs_pango
@pytest.mark.parametrize(("lines", "expected"), [(30, 1), (10, 2)])
def test_what_belongs_together_leaves_no_more_than_half_a_page_empty(lines: int, expected: int) -> None:
    def many(text: str, count: int) -> tuple[Paragraph, ...]:
        return tuple(Paragraph((Run(f"{text} {number}"),)) for number in range(count))

    document = Document("Title", "en", (*many("Before", 25), Box(many("Inside", lines), Look.NOTICE)))
    pages = PdfFile(write(document, "pdf", FONTS)).pages
    assert next(number for number, page in enumerate(pages, 1) if "Inside 0" in page) == expected
