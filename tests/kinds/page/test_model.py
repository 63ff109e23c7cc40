from __future__ import annotations

from kb.kinds.page.model import PAGE, Page
from kb.records.bundle import SOURCE, read_bundle, read_source
from kb.records.record import Record
from tests.builders import PAGE_SECTIONS, a_page_text


def test_a_page_is_read_with_sections_of_its_own_choice() -> None:
    bundle, problems = read_bundle(PAGE, "about", {SOURCE: a_page_text()})
    assert problems == ()
    assert bundle is not None
    assert [section.id for section in bundle.sections] == list(PAGE_SECTIONS)
    assert bundle.segments()["aim"] == "## Aim\n\nWe collect practices."


def test_a_page_has_what_every_record_has_and_no_more() -> None:
    assert set(Page.model_fields) == set(Record.model_fields)
    _, _, problems = read_source(PAGE, "about", a_page_text(countries=["PT"]))
    assert [problem.code for problem in problems] == ["unknown-key"]
