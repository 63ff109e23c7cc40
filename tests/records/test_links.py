from __future__ import annotations

from kb.records.bundle import SOURCE
from kb.records.links import RecordLink, text_links
from tests.records.sample import ITALIAN, TEXT, a_note


def test_links_in_every_language_are_found_with_their_place() -> None:
    text = TEXT.replace("Stone upon stone.", "Stone.\n\nSee [that](notes/two#what) and [it](pages/about).")
    italian = ITALIAN.replace("Muri senza malta.", "[Muri](notes/two) e [altro](https://example.org/notes/two).")
    assert list(text_links(a_note({"it": italian}, text))) == [
        RecordLink("notes", "two", "what", SOURCE, ("body", "how"), 19),
        RecordLink("pages", "about", None, SOURCE, ("body", "how"), 19),
        RecordLink("notes", "two", None, "it", ("body", "what"), 10),
    ]


def test_a_text_without_links_has_none() -> None:
    assert list(text_links(a_note({"it": ITALIAN}))) == []
