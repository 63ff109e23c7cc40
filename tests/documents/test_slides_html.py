"""Slides as one file that loads nothing, and as a PDF with a page for each of them."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest

from kb.documents.blocks import Heading, Listing, ListItem, Look, Paragraph, Run
from kb.documents.pdf import MOST_SLIDES, slides_to_pdf
from kb.documents.slide_blocks import Deck, Side, Slide, SlideKind, Square
from kb.documents.slides_html import bar_html, slides_html, to_file
from kb.errors import Rejected
from tests.documents.pdf_file import PdfFile
from tests.pango import needs_pango

STATIC = Path(__file__).parents[2] / "kb" / "web" / "static"
LITHUANIAN = "ąčęėįšųūž"


def text(words: str, link: str = "") -> Paragraph:
    return Paragraph((Run(words, link=link),))


def a_deck(*slides: Slide) -> Deck:
    return Deck("After the report", ("en", "lt"), slides or SLIDES)


SLIDES = (
    Slide(SlideKind.TITLE, (Side("en", "After the report", (text("Vilnius"),)), Side("lt", "Po pranešimo"))),
    Slide(
        SlideKind.RECORD,
        (
            Side("en", "Terraces", (text("Walls."),), "Finland", "Praxis, version 6", Square(4, "pos", 2, ("E4",))),
            Side("lt", "Terasos", (text(LITHUANIAN),), part=(1, 2)),
        ),
        moment="09:00 – 09:45",
    ),
    Slide(
        SlideKind.TEXT,
        (Side("en", "<b>Steps</b>", (Listing((ListItem((text("Three"),)),), is_numbered=True, start=3),)),),
    ),
    Slide(
        SlideKind.END,
        (
            Side(
                "en",
                "To read on",
                (Heading(5, (Run("Here"),)), text("There", "https://praxis.test/")),
            ),
        ),
    ),
)


def test_every_slide_has_its_number_and_languages() -> None:
    html = slides_html(a_deck())
    assert html.count("<article ") == 4
    assert html.count("<h1 ") == 1
    assert 'id="slide-2"' in html
    assert "2 / 4" in html
    assert '<div class="slide__side" lang="lt">' in html
    assert "&lt;b&gt;Steps" in html
    assert "<h5" not in html
    assert '<ol start="3">' in html


def test_the_file_loads_nothing_from_anywhere() -> None:
    html = to_file(a_deck(), STATIC)
    root = html5lib.parse(html, namespaceHTMLElements=False)
    assert not [each for each in root.iter() if each.get("src") is not None or each.tag == "link"]
    assert {each.get("href") for each in root.iter() if each.get("href")} == {"https://praxis.test/"}
    assert {match[:20] for match in re.findall(r"url\(\"?([^)\"]*)", html)} == {"data:font/woff2;base"}
    assert not re.search(r"@import|\bimport\b|fetch\(|XMLHttpRequest", html)
    policy = next(each.get("content") for each in root.iter("meta") if each.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert "http" not in policy
    html5lib.HTMLParser(strict=True).parse(html)


def test_a_text_cannot_leave_its_place_in_the_file() -> None:
    bad = "</script></style><script>alert(1)</script>"
    html = to_file(a_deck(Slide(SlideKind.TEXT, (Side("en", bad, (text(bad),), bad, bad),))), STATIC)
    assert html.count("<script") == 1
    assert "alert(1)</script>" not in html


@needs_pango
def test_a_pdf_has_a_page_for_each_slide_and_is_tagged() -> None:
    pdf = PdfFile(slides_to_pdf(a_deck(), STATIC / "fonts"))
    assert len(pdf.pages) == 4
    assert b"/Lang (lt)" in pdf.whole
    assert LITHUANIAN in pdf.pages[1]
    assert "09:00 – 09:45" in pdf.pages[1]
    assert "3." in pdf.pages[2]
    assert b"pdfuaid" in pdf.data or "pdfuaid" in pdf.metadata
    assert pdf.tags("H1") == 1
    assert pdf.tags("H2") == 5
    assert all(pdf.embedded_fonts)
    assert re.search(rb"/MediaBox \[0 0 960\.\d+ 540", pdf.whole)


@needs_pango
@pytest.mark.parametrize("count", [1, 2])
def test_a_slide_that_needs_more_than_a_page_goes_on_to_the_next(count: int) -> None:
    words = [f"word{number}" for number in range(900)]
    long = Side("en", "Long", (text(" ".join(words)), Paragraph((Run("The end"),), Look.SMALL)), source="Source")
    pdf = PdfFile(slides_to_pdf(a_deck(Slide(SlideKind.CARD, (long,) * count)), STATIC / "fonts"))
    whole = re.sub(r"\s+", " ", " ".join(pdf.pages))
    assert len(pdf.pages) > 2
    assert not [word for word in words if not re.search(rf"{word}\b", whole)]
    assert "The end" in whole


@needs_pango
def test_too_many_slides_are_refused_in_time() -> None:
    with pytest.raises(Rejected):
        slides_to_pdf(a_deck(*SLIDES[:1] * (MOST_SLIDES + 1)), STATIC / "fonts")


def test_a_line_break_stays_one() -> None:
    html = slides_html(a_deck(Slide(SlideKind.TEXT, (Side("en", "T", (text("a\nb"),)),))))
    assert "a<br>b" in html


@pytest.mark.parametrize(("level", "transfer", "bars"), [(4, 2, 6), (0, 0, 0), (5, 4, 9)])
def test_the_square_has_a_bar_for_each_step_that_is_reached(level: int, transfer: int, bars: int) -> None:
    side = Side("en", "T", square=Square(level, "nm", transfer, ()))
    assert slides_html(a_deck(Slide(SlideKind.RECORD, (side,)))).count('height="5"') == bars


@needs_pango
def test_a_slide_that_is_a_little_too_high_has_smaller_letters_and_one_page_with_its_number() -> None:
    high = Side("en", "High", tuple(text(f"Line {number}") for number in range(9)))
    pdf = PdfFile(slides_to_pdf(a_deck(*SLIDES[:2], Slide(SlideKind.TEXT, (high,)), SLIDES[3]), STATIC / "fonts"))
    assert len(pdf.pages) == 4
    assert "Line 8" in pdf.pages[2]
    assert [re.search(r"\d / \d", page[::-1])[0][::-1] for page in pdf.pages] == ["1 / 4", "2 / 4", "3 / 4", "4 / 4"]  # type: ignore[index]


def test_titles_and_texts_have_the_size_that_they_need() -> None:
    long, longer = Side("en", "a " * 40), Side("en", "a " * 100, (text("b"),))
    html = slides_html(a_deck(Slide(SlideKind.SLOT, (long,)), Slide(SlideKind.TEXT, (longer,), size=2)))
    assert '"slide slide--slot slide--bare slide--long"' in html
    assert '"slide slide--text slide--longer slide--fine"' in html


def test_the_bar_leads_to_files_where_there_are_some() -> None:
    bar = bar_html(a_deck(), [("/x?a=1&b=2", "As <PDF>")])
    assert '<a href="/x?a=1&amp;b=2">As &lt;PDF&gt;</a>' in bar
    assert "<details" not in bar_html(a_deck())
