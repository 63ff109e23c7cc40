"""Handouts of a workshop: what participants get, what only trainers get, and what is never printed."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.content_store.record_source import CatalogRecords
from kb.content_store.store import ContentStore
from kb.documents.blocks import (
    Block,
    ContentControl,
    ControlType,
    Document,
    FormField,
    Heading,
    Listing,
    PageBreak,
    QrCode,
    Table,
    plain,
)
from kb.documents.formats import write
from kb.documents.word.writer import to_docx
from kb.history.frozen_texts import FrozenText
from kb.kinds.exercise.work_methods import WorkMethod
from kb.records.files.paths import RecordFile
from kb.speech import Speech
from kb.workshops.feedback.answers import QUESTIONS, SCALE
from kb.workshops.frozen.item import held
from kb.workshops.handouts.page_setup import PrintedLink, Setting
from kb.workshops.handouts.registry import PAPERS, papers_of
from kb.workshops.model import ItemKind, Slot, Workshop
from kb.workshops.plan.items import ItemTexts, add_piece, add_records
from kb.workshops.plan.slots import Plan, add_slot
from tests import builders
from tests.house import NOW, publish_text
from tests.pango import needs_pango

FONTS = Path(__file__).parents[3] / "kb" / "web" / "static" / "fonts"
TYPED = "praxis.example.org/w/23456-789ab-cdefg"
LINK = "https://praxis.example.org/en/workshops/23456789abcdefg"
NOTES, ANSWER = "Only masons know this.", "Because water freezes."
SHEET = """Read this.

| There | Here |
| --- | --- |
| A wall |  |

1. Why does it slip?
2. Who decides?
"""
QUIZ = """1. **How old is it?**

    - a) ten years
    - b) a hundred

2. **Why?**
"""

Make = Callable[..., Document]


def a_speech(code: str) -> Speech:
    return Speech(code, str, lambda one, more, number: one if number == 1 else more)


@pytest.fixture
def full(session: Session, store: ContentStore, ana: User, taught: Workshop) -> Workshop:
    """The workshop with a slot for each kind of content."""
    slot = add_slot(
        session,
        ana,
        taught.id,
        Plan(
            {"en": "Walls", "lt": "Sienos"},
            45,
            WorkMethod.PAIR,
            text={"en": "Look at **three** walls."},
            trainer_notes={"en": NOTES},
            materials={"en": "- chalk"},
        ),
        now=NOW,
    )
    taught.items[0].slot_id = slot.id
    session.commit()
    for kind, title, text in (
        (ItemKind.WORKSHEET, "What would you need here?", SHEET),
        (ItemKind.QUIZ, "A quiz", QUIZ),
        (ItemKind.CASE, "A case", "A wall fell at night."),
        (ItemKind.TEXT, "Numbers", "Ring **112**."),
    ):
        add_piece(session, ana, taught.id, ItemTexts(kind, {"en": title}, {"en": text}), slot_id=slot.id, now=NOW)
    session.refresh(taught)
    return taught


@pytest.fixture
def make(session: Session, store: ContentStore) -> Make:
    """Return a function that generates a handout of a workshop."""

    def paper(workshop: Workshop, name: str, *, code: str = "en", is_large: bool = False, address: str = LINK) -> Any:
        setting = Setting(
            workshop=workshop,
            speech=a_speech(code),
            vocabularies=store.vocabularies,
            held=lambda item: held(session, item),
            link=lambda target: f"https://praxis.example.org/{code}/{target}",
            today=NOW.date(),
            page=PrintedLink(address, address and TYPED),
            feedback=PrintedLink(address and f"{address}/feedback"),
            shelf=CatalogRecords(store.current().catalog),
            is_large=is_large,
        )
        return PAPERS[name].make(setting)

    return paper


def words_of(document: Document) -> str:
    """Return the text of a handout as a Word file."""
    file = docx.Document(io.BytesIO(to_docx(document)))
    return "\n".join(text for text in (_text(each) for each in file.element.body.iter()) if text)


def points_of(document: Document) -> set[float]:
    """Return the font sizes in a PDF, in points."""
    sizes: set[float] = set()

    def note(text: str, _matrix: Any, place: Any, _font: Any, size: float) -> None:
        if text.strip():
            # WeasyPrint uses pixels: three quarters of a point.
            sizes.add(round(size * abs(place[3]) * 0.75, 1))

    for page in pypdf.PdfReader(io.BytesIO(write(document, "pdf", FONTS))).pages:
        page.extract_text(visitor_text=note)
    return sizes


def _text(element: Any) -> str:
    return element.text or "" if element.tag.endswith("}t") else ""


def controls(document: Document) -> list[ContentControl]:
    return [block.control for block in document.blocks if isinstance(block, FormField)]


def kinds(document: Document, kind: type[Block]) -> Iterator[Any]:
    return (block for block in document.blocks if isinstance(block, kind))


def test_the_programme_says_when_what_and_how(full: Workshop, make: Make) -> None:
    words = words_of(make(full, "programme"))
    for expected in ("After the report", "09:00–09:45", "Walls", "45 min, in pairs", "three", "Stone terraces"):
        assert expected in words, expected
    assert "Sienos" in words_of(make(full, "programme", code="lt"))


def test_the_handout_gives_each_record_as_it_was_frozen_and_where_it_stands(full: Workshop, make: Make) -> None:
    words = words_of(make(full, "handout"))
    for expected in (
        "Walls without mortar.",
        "saved copy of version 1, 25 November 2026",
        "Original",
        "/en/pages/stone-terraces",
        "Ring ",
        "A case",
    ):
        assert expected in words, expected
    assert "Why does it slip?" not in words
    italian = words_of(make(full, "handout", code="it"))
    assert "Muri senza malta." in italian
    assert "Walls without mortar." not in italian


def test_a_text_from_another_house_says_so_and_breaks_no_file(session: Session, full: Workshop, make: Make) -> None:
    for row in session.query(FrozenText):
        assert row.content is not None
        values = json.loads(row.content)
        values["facts"]["sources"] = [
            {"id": "s", "title": "T <&", "language": '"/><x', "address": "https://e.example/"}
        ]
        values["facts"]["doses"] = [3, {"id": 4}]
        values["passages"] = [
            each | ({"text": f"{each['text']}[^s]"} if each["name"] == "what" else {}) for each in values["passages"]
        ]
        row.content, row.is_foreign = json.dumps(values), True
    session.commit()
    for name in ("docx", "odt", "html", "md"):
        assert write(make(full, "handout"), name, FONTS)
    words = words_of(make(full, "handout"))
    assert "This text was imported from another Praxis site and has not been checked here" in words
    assert "T <&" in words
    assert "Current text online:" not in words


@pytest.mark.parametrize("name", ["programme", "handout"])
def test_each_line_of_the_aims_is_an_entry(session: Session, full: Workshop, make: Make, name: str) -> None:
    full.aims = {"en": "Say what to keep\nMend it"}
    session.commit()
    listing = next(kinds(make(full, name), Listing))
    assert len(listing.items) == 2


def test_what_waits_in_the_basket_is_on_no_paper(session: Session, full: Workshop, make: Make) -> None:
    full.items[0].slot_id = None
    session.commit()
    for name in PAPERS:
        assert "Stone terraces" not in words_of(make(full, name)), name


def test_where_a_text_was_erased_the_handout_says_so(session: Session, full: Workshop, make: Make) -> None:
    for row in session.query(FrozenText).filter(FrozenText.language == "en"):
        row.content = None
    session.commit()
    words = words_of(make(full, "handout"))
    assert "The text in English was removed on request." in words
    assert "Shown in: Italian" in words
    assert "Not available in this language" not in words
    assert "Muri senza malta." in words
    for row in session.query(FrozenText):
        row.content = None
    session.commit()
    words = words_of(make(full, "handout"))
    assert "The text of this item was removed on request." in words
    assert "mortar" not in words
    assert "malta" not in words


def test_worksheets_have_room_below_questions_and_in_free_cells(full: Workshop, make: Make) -> None:
    document = make(full, "worksheets")
    labels = {control.label: control for control in controls(document)}
    assert labels["Why does it slip?"].type is ControlType.AREA
    assert labels["How old is it?"].options == ("a) ten years", "b) a hundred")
    assert "Your notes" in labels  # of the case, which has no specific questions
    assert "Ring" not in words_of(document)
    (table,) = kinds(document, Table)
    assert table.row_mm > 10
    large = {control.label: control for control in controls(make(full, "worksheets", is_large=True))}
    assert large["Who decides?"].lines > labels["Who decides?"].lines
    assert len({control.name for control in controls(document)}) == len(controls(document))


def test_participants_are_given_neither_notes_nor_answers(full: Workshop, make: Make) -> None:
    for item in full.items:
        item.__dict__["answers"] = {"en": ANSWER}
    for paper in PAPERS.values():
        words = words_of(make(full, paper.name))
        assert (NOTES in words) is (paper.name == "for-trainers"), paper.name
        assert (ANSWER in words) is (paper.name == "for-trainers"), paper.name
        assert paper.is_open is (paper.name in ("programme", "handout", "worksheets"))
    assert "chalk" in words_of(make(full, "for-trainers"))


def test_the_attendance_list_is_empty_and_says_that_it_is_stored_nowhere(full: Workshop, make: Make) -> None:
    document = make(full, "attendance")
    assert "never stores it" in words_of(document)
    (table,) = kinds(document, Table)
    assert len(table.header) == 3
    assert all(not cell.runs and cell.control is None for row in table.rows for cell in row)
    assert not controls(document)


def test_a_workshop_of_two_days_has_a_list_for_each(session: Session, full: Workshop, make: Make) -> None:
    full.slots.append(
        Slot(
            position=1,
            day=2,
            minutes=30,
            method=WorkMethod.TALK,
            title={"en": "B"},
            text={},
            trainer_notes={},
            materials={},
        )
    )
    session.commit()
    assert len(list(kinds(make(full, "attendance"), Table))) == 2


def test_feedback_on_paper_asks_what_is_asked_online(full: Workshop, make: Make) -> None:
    document = make(full, "feedback")
    assert [control.name for control in controls(document)] == [question.id for question in QUESTIONS]
    assert controls(document)[0].options == SCALE
    assert "Please do not write any names" in words_of(document)


@needs_pango
@pytest.mark.parametrize("is_large", [False, True])
def test_the_code_of_feedback_stands_on_the_first_page(full: Workshop, make: Make, is_large: bool) -> None:
    document = make(full, "feedback", is_large=is_large)
    kinds_of = [type(block) for block in document.blocks]
    assert kinds_of.index(QrCode) < kinds_of.index(FormField)
    first = pypdf.PdfReader(io.BytesIO(write(document, "pdf", FONTS))).pages[0]
    assert LINK.rpartition("/")[2] in "".join(first.extract_text().split())


@pytest.mark.parametrize("name", ["handout", "attendance", "feedback"])
def test_a_code_leads_to_the_page_of_participants_unless_they_have_none(full: Workshop, make: Make, name: str) -> None:
    (code,) = kinds(make(full, name), QrCode)
    if name == "feedback":
        assert code.address == f"{LINK}/feedback"
    else:
        assert code.address == LINK
        assert plain(code.runs).endswith(f"\n{TYPED}")
    assert not list(kinds(make(full, name, address=""), QrCode))


@needs_pango
@pytest.mark.parametrize("name", PAPERS)
def test_large_print_has_no_small_letters(full: Workshop, make: Make, name: str) -> None:
    assert min(points_of(make(full, name, is_large=True))) >= 16
    assert min(points_of(make(full, name))) < 10
    word = docx.Document(io.BytesIO(to_docx(make(full, name, is_large=True))))
    for style in ("Normal", "Small", "Table text", "Field", "Subtitle"):
        assert word.styles[style].font.size.pt >= 16, style
    assert all(int(size) >= 32 for size in word.element.body.xpath("//w:r/w:rPr/w:sz/@w:val"))


def test_a_workshop_without_a_programme_has_papers_too(session: Session, taught: Workshop, make: Make) -> None:
    for name in PAPERS:
        assert "After the report" in words_of(make(taught, name)), name


TOOL = RecordFile("tools", "referral-form", "source")


@pytest.fixture
def with_tool(session: Session, store: ContentStore, ana: User, full: Workshop) -> Workshop:
    """The workshop with a tool twice in its programme; the tool was published again later."""
    publish_text(session, store, builders.a_register_text(), RecordFile("register", "shared", "source"))
    publish_text(session, store, builders.a_tool_text(title="A form to pass on a name"), TOOL)
    slot = min(full.slots, key=lambda each: each.position)
    for _time in range(2):
        add_records(session, store, ana, full.id, [TOOL.record], slot_id=slot.id, now=NOW)
    publish_text(session, store, builders.a_tool_text(title="A newer form"), TOOL)
    session.refresh(full)
    return full


def setting_of(session: Session, store: ContentStore, workshop: Workshop, *, is_large: bool = False) -> Setting:
    return Setting(
        workshop=workshop,
        speech=a_speech("en"),
        vocabularies=store.vocabularies,
        held=lambda item: held(session, item),
        link=lambda target: f"https://praxis.example.org/en/{target}",
        today=NOW.date(),
        shelf=CatalogRecords(store.current().catalog),
        is_large=is_large,
    )


def test_a_tool_is_a_paper_once_as_it_was_frozen_and_marked_as_for_training(
    session: Session, store: ContentStore, with_tool: Workshop
) -> None:
    setting = setting_of(session, store, with_tool, is_large=True)
    tools = [paper for paper in papers_of(setting).values() if paper.is_tool]
    (paper,) = tools
    assert (paper.name, paper.title, paper.is_open) == ("tool-referral-form", "A form to pass on a name", True)
    assert paper.language == "en"
    document = paper.make(setting)
    assert document.title == "A form to pass on a name"
    assert document.stamp == "TRAINING"
    assert document.is_large
    words = words_of(document)
    assert "For training only. Do not write anything about real people here." in words
    assert "This is the current version of the tool" not in words
    assert "{{" not in words
    for name in ("docx", "odt", "html", "md"):
        assert write(document, name, FONTS)


def test_a_frozen_tool_that_no_conversion_can_read_is_printed_as_it_is_today_and_says_so(
    session: Session, store: ContentStore, with_tool: Workshop
) -> None:
    for row in session.query(FrozenText).filter(FrozenText.content.contains("pass on a name")):
        assert row.content is not None
        row.content = json.dumps(json.loads(row.content) | {"facts": {"kind": "nothing we know"}})
    session.commit()
    setting = setting_of(session, store, with_tool)
    document = papers_of(setting)["tool-referral-form"].make(setting)
    assert document.title == "A newer form"
    assert "This is the current version of the tool, version 2." in words_of(document)
    for row in session.query(FrozenText):
        row.is_foreign = True  # the tool with the same name here may be another one
    session.commit()
    assert not [paper for paper in papers_of(setting_of(session, store, with_tool)).values() if paper.is_tool]


def test_an_erased_tool_is_no_paper(session: Session, store: ContentStore, with_tool: Workshop) -> None:
    for row in session.query(FrozenText):
        row.content = None
    session.commit()
    assert list(papers_of(setting_of(session, store, with_tool))) == list(PAPERS)


def test_the_handout_has_each_record_once_and_the_way_to_a_form(with_tool: Workshop, make: Make) -> None:
    document = make(with_tool, "handout")
    words = words_of(document)
    assert words.count("A form to pass on a name") == 1
    assert "https://praxis.example.org/en/tools/referral-form/convert" in words
    assert "This tool is handed out as a separate training document." in words
    assert not list(kinds(document, PageBreak))
    item = max((each for each in with_tool.items if each.record == TOOL.record), key=lambda each: each.position)
    item.__dict__["text"] = {"en": "Fill in part A this time."}
    words = words_of(make(with_tool, "handout"))
    assert "Fill in part A this time." in words
    assert "The text is printed above." in words
    assert words.count("/convert") == 1


@pytest.fixture
def exercise(session: Session, full: Workshop) -> Workshop:
    """The workshop with an exercise in two doses in place of its record."""
    passages = {"a": "It rains.", "a-task": "Look.", "b": "It pours.", "b-task": "Run.", "model": "Stay.[^s]"}
    for row in session.query(FrozenText):
        assert row.content is not None
        values = json.loads(row.content)
        values["kind"], values["body"] = "exercises", list(passages)
        values["facts"] |= {
            "doses": [{"id": "a"}, {"id": "b"}],
            "sources": [
                {"id": "r", "title": "Never cited", "language": "en", "address": "https://r.example/"},
                {"id": "s", "title": "On staying", "language": "en", "address": "https://s.example/", "year": "2020"},
            ],
        }
        values["passages"] = [each for each in values["passages"] if each["name"] in ("title", "summary")] + [
            values["passages"][0] | {"name": name, "text": f"H\n\n{text}", "heading": f"H {name}"}
            for name, text in passages.items()
        ]
        row.content = json.dumps(values)
    session.commit()
    return full


def test_model_answers_have_their_sources_below_them(exercise: Workshop, make: Make) -> None:
    words = words_of(make(exercise, "for-trainers"))
    assert words.index("H model") < words.index("Sources") < words.index("On staying")
    assert "2020" in words
    assert "Never cited" not in words
    assert "On staying" not in words_of(make(exercise, "worksheets"))


def test_each_dose_of_a_case_is_a_sheet_of_its_own(exercise: Workshop, make: Make) -> None:
    blocks = make(exercise, "worksheets").blocks
    words = [plain(block.runs) if isinstance(block, Heading) else type(block) for block in blocks]
    first = words.index("H b")
    assert PageBreak in words[words.index("H a-task") : first]
    assert PageBreak not in words[words.index("H a") : words.index("H a-task")]


def test_a_line_in_a_case_begins_a_sheet(session: Session, ana: User, full: Workshop, make: Make) -> None:
    for kind in (ItemKind.CASE, ItemKind.WORKSHEET):
        breaks = len(list(kinds(make(full, "worksheets"), PageBreak)))
        piece = ItemTexts(kind, {"en": "Doses"}, {"en": "First.\n\n---\n\nThen."})
        slot = full.slots[0].id
        add_piece(session, ana, full.id, piece, slot_id=slot, now=NOW)
        session.refresh(full)
        more = len(list(kinds(make(full, "worksheets"), PageBreak))) - breaks
        assert more == (2 if kind is ItemKind.CASE else 1)


def test_every_question_of_a_quiz_has_its_options_below_it(full: Workshop, make: Make) -> None:
    fields = [block for block in make(full, "worksheets").blocks if isinstance(block, FormField)]
    asked = [field for field in fields if field.control.options]
    assert asked
    assert all(field.is_listed for field in asked)
    file = docx.Document(io.BytesIO(to_docx(make(full, "worksheets"))))
    options = [
        each
        for each in file.paragraphs
        if each.text.replace("\N{NO-BREAK SPACE}", " ").strip() in ("a) ten years", "b) a hundred")
    ]
    assert len(options) == 2
    assert all(each.paragraph_format.first_line_indent < 0 for each in options)
    assert [each.paragraph_format.keep_with_next for each in options] == [True, False]


@pytest.mark.parametrize(("is_large", "rows"), [(False, 30), (True, 18)])
def test_the_attendance_list_has_room_for_a_large_group(full: Workshop, make: Make, is_large: bool, rows: int) -> None:
    (table,) = kinds(make(full, "attendance", is_large=is_large), Table)
    assert len(table.rows) >= rows


def test_columns_to_write_in_are_wide_enough_and_words_are_not_broken(full: Workshop, make: Make) -> None:
    for is_large in (False, True):
        (table,) = kinds(make(full, "worksheets", is_large=is_large), Table)
        assert sum(table.widths) == 100
        assert min(table.widths) >= 18
