from __future__ import annotations

import re
import threading
from html import unescape
from html.parser import HTMLParser
from time import process_time

import pytest

from kb.records.markdown import cited, links, to_html, to_plain


def attributes(html: str) -> list[tuple[str, str]]:
    """Return the attributes of all elements as a browser reads them."""
    found: list[tuple[str, str]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend((name, value or "") for name, value in attrs)

    Reader().feed(html)
    return found


def test_paragraphs_lists_tables_and_headings_become_html() -> None:
    html = to_html("One *two* **three**.\n\n1. a\n2. b\n\n- c\n\n### Head\n\n| A | B |\n|---|---|\n| 1 | 2 |\n")
    for part in ("<p>One <em>two</em> <strong>three</strong>.</p>", "<ol>", "<li>c</li>", "<h3>Head</h3>"):
        assert part in html
    assert '<th scope="col">A</th>' in html
    assert "<td>1</td>" in html


def test_headings_of_the_page_itself_are_not_made_in_a_text() -> None:
    assert to_html("# One\n\n## Two\n") == "<h3>One</h3>\n<h3>Two</h3>"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick='x'>b</b>",
        "<div>\n\ntext\n\n</div>",
        "<svg/onload=alert(1)>",
        "<!-- comment -->",
        "<style>p{}</style>",
    ],
)
def test_raw_html_is_shown_as_text(text: str) -> None:
    html = to_html(text)
    for element in ("<script", "<img", "<b ", "<div", "<svg", "<!--", "<style"):
        assert element not in html
    assert "&lt;" in html


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](data:text/html;base64,xx)",
        "[a](vbscript:x)",
        "<javascript:alert(1)>",
        "![a](javascript:alert(1))",
        '[a](https://example.org "x\\" onmouseover=\\"alert(1)")',
    ],
)
def test_no_link_runs_anything(text: str) -> None:
    for name, value in attributes(to_html(text)):
        assert not name.startswith("on")
        assert name not in ("href", "src") or value.startswith("https:")


def test_links_outside_know_nothing_of_us() -> None:
    assert 'rel="noopener noreferrer"' in to_html("[a](https://example.org)")
    assert 'href="tel:116006"' in to_html("[a](tel:116006)")


def test_a_mark_becomes_the_number_of_its_source() -> None:
    html = to_html("A claim.[^s1] Another.[^s2][^s1]", {"s1": 1, "s2": 2}, title=lambda number: f"Source {number}")
    assert html.count('class="source-mark"') == 3
    assert 'href="#source-s1"' in html
    assert 'id="mark-s1"' in html
    assert 'id="mark-s1-2"' in html
    assert 'title="Source 2"' in html
    assert re.sub("<[^>]*>", "", html) == "A claim.1 Another.2, 1"


def test_marks_of_several_texts_on_a_page_are_kept_apart() -> None:
    assert 'id="mark-how-s1"' in to_html("A.[^s1]", {"s1": 1}, prefix="how-")


def test_a_mark_without_a_source_stays_as_it_was_typed() -> None:
    assert "[^s9]" in to_html("A claim.[^s9]", {"s1": 1})


def test_a_link_to_a_record_gets_the_address_of_the_reader() -> None:
    html = to_html("See [it](practices/one#how) and [that](https://example.org).", link=lambda target: f"/it/{target}")
    assert 'href="/it/practices/one#how"' in html
    assert 'href="https://example.org"' in html


def test_what_one_text_was_given_does_not_reach_the_next() -> None:
    to_html("A.[^s1] [b](practices/one)", {"s1": 1}, link=lambda target: "/x")
    html = to_html("A.[^s1] [b](practices/one)")
    assert "[^s1]" in html
    assert 'href="practices/one"' in html


def test_threads_do_not_mix_their_texts() -> None:
    wrong: list[str] = []

    def work(name: str) -> None:
        for _ in range(50):
            html = to_html(f"{name}.[^s1] [b](practices/{name})", {"s1": 1}, link=lambda target: f"/{name}/{target}")
            if f'href="/{name}/practices/{name}"' not in html:
                wrong.append(html)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_plain_text_has_a_line_per_block_and_no_marks() -> None:
    text = "One *two* [three](practices/one).[^s1]\n\n1. a\n2. b & c\n\n### Head\n\n| A | B |\n|---|---|\n| 1 | 2 |\n"
    assert to_plain(text).split("\n") == ["One two three.", "a", "b & c", "Head", "A", "B", "1", "2"]


def test_plain_text_keeps_signs_and_letters() -> None:
    assert to_plain("5 < 6 & „ąčę“ ștă <b>x</b>") == "5 < 6 & „ąčę“ ștă <b>x</b>"
    assert to_plain("") == ""


def test_cited_sources_and_links_are_found_with_their_lines() -> None:
    text = "One.[^s1]\n\nTwo [a](practices/x-1#how).[^s2][^s1]\n[b](pages/about) [c](https://example.org/practices/x)\n"
    assert cited(text) == [("s1", 0), ("s2", 2), ("s1", 2)]
    assert links(text) == [("practices/x-1#how", 2), ("pages/about", 3)]
    assert cited("") == links("") == []


@pytest.mark.parametrize("text", ["[" * 50_000, "![" * 25_000, "[^" * 25_000, "[a](b " * 8_000])
def test_brackets_without_end_are_shown_as_they_are_and_at_once(text: str) -> None:
    begun = process_time()
    html = to_html(text)
    assert process_time() - begun < 5  # the library alone takes minutes
    assert html == f"<p>{text.strip()}</p>"
    assert "<a " in to_html("[a](https://example.org)")


@pytest.mark.parametrize(
    "text",
    ["# a\n" * 3_001, "word " * 12_001, "a " * 5_001, "\\*" * 1_001, "`a` " * 501, "*a* " * 501, "&amp;" * 1_001],
)
def test_a_text_that_is_made_to_keep_us_busy_is_shown_with_its_signs(text: str) -> None:
    assert unescape(to_html(text)).replace("<p>", "").replace("</p>", "").split() == text.replace("\n", " ").split()


def test_a_long_block_is_parted() -> None:
    found = to_html("a\n" * 500)
    assert [part.count("a") for part in found.split("</p>")] == [200, 200, 100, 0]
    assert "<h3" not in to_html("a\n=\n\nb\n---\n")  # headings begin with a sign


def test_a_text_that_fells_the_converter_does_not_spoil_the_next() -> None:
    with pytest.raises(RecursionError):
        to_html("- " * 3000 + "x")
    assert to_html("Hi [^s1]", {"s1": 1}).count("source-s1") == 1
