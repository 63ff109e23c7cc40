"""The slides of a workshop: content, order and languages, and the notes about left-out content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from kb.documents.blocks import Block, Listing, Look, Paragraph, QrCode
from kb.documents.slide_blocks import Deck, Slide, SlideKind, Square
from kb.history.frozen_texts import written
from kb.speech import Speech
from kb.workshops.frozen.item import Frozen, Held
from kb.workshops.model import Item, ItemText, Slot, Workshop, new_id
from kb.workshops.slides.deck import Address, deck
from kb.workshops.slides.presenter_notes import notes
from kb.workshops.slides.record_slides import Telling
from tests.workshops.slides.test_split_text import said

NOW = datetime(2026, 11, 25, tzinfo=UTC)
ADDRESS = Address("https://praxis.test/w/abcdefghij", ("praxis.test/w/", "abcde-fghij"))
SQUARE = Square(4, "pos", 2, ("E4 tested", "positive effect", "conditional"))
LONG = "The first sentence says it all. " * 60


def speech(code: str) -> Speech:
    """Return a language whose messages are the English ones, prefixed with the language code."""
    mark = "" if code == "en" else f"{code}:"
    return Speech(code, lambda words: mark + words, lambda one, more, number: one if number == 1 else more)


def telling(*codes: str, has_answers: bool = True) -> Telling:
    speeches = {code: speech(code) for code in codes}
    return Telling(
        speeches, lambda text, _: SQUARE if text.kind == "practices" else None, lambda text: text.id, has_answers
    )


def a_workshop(*slots: Slot, second: str = "", **changes: Any) -> Workshop:
    """Return a workshop of one day with these slots."""
    titles = {"en": "After the report", **({second: "Po pranešimo"} if second else {})}
    values = {
        "audience": {},
        "aims": {},
        "held": "2027-03-12",
        "starts": "09:00",
        "ends": "",
        "place": "Vilnius",
        **changes,
    }
    workshop = Workshop(id=new_id(), title=titles, language="en", second_language=second, **values)
    workshop.slots = list(slots)
    for position, slot in enumerate(slots):
        slot.position = position
    return workshop


def a_slot(title: str = "Walls", minutes: int = 45, method: str = "talk", *, day: int = 1, **texts: Any) -> Slot:
    words = {name: texts.get(name, {}) for name in ("text", "trainer_notes", "materials")}
    return Slot(
        id=new_id(),
        day=day,
        starts="",
        minutes=minutes,
        method=method,
        title={"en": title, **texts.get("titles", {})},
        **words,
    )


def put(workshop: Workshop, slot: Slot, kind: str, **values: Any) -> Item:
    """Put an item into a slot."""
    item = Item(
        id=new_id(),
        slot_id=slot.id,
        position=len(workshop.items),
        kind=kind,
        record=values.pop("record", ""),
        made_from="",
        answers={},
    )
    item.title, item.text, item.frozen = values.pop("title", {}), values.pop("text", {}), NOW
    item.texts = [ItemText(language=code, sha256="0") for code in values.pop("codes", ())]
    for name, value in values.items():
        setattr(item, name, value)
    workshop.items.append(item)
    return item


def a_passage(name: str, text: str, heading: str | None = None) -> dict[str, Any]:
    text = f"## {heading}\n\n{text}" if heading else text
    return {
        "name": name,
        "text": text,
        "language": "en",
        "state": "original",
        "by": None,
        "reviewed": None,
        "heading": heading,
    }


def frozen(language: str = "en", kind: str = "practices", body: Iterable[dict[str, Any]] = (), **values: Any) -> Frozen:
    """Return a frozen record."""
    sections = list(body)
    return Frozen(
        written(
            {
                "kind": kind,
                "id": "terraces",
                "language": language,
                "parts": {"source": 6},
                "facts": values.get("facts", {}),
                "lines": [["countries", ["Finland"]]],
                "passages": [
                    a_passage("title", values.get("title", f"Stone terraces {language}")),
                    a_passage("summary", values.get("summary", "Walls that hold the earth.")),
                    *sections,
                ],
                "body": [each["name"] for each in sections],
                "attached": {},
            }
        )
    )


def made(workshop: Workshop, held: Mapping[str, Held] | None = None, **options: Any) -> Deck:
    told = telling(*workshop.languages, has_answers=options.get("has_answers", True))
    return deck(workshop, held or {}, told, address=options.get("address", ADDRESS), deck_words={})


def words_of(slide: Slide, language: str = "en") -> str:
    return " ".join(said(slide.side(language).blocks))


def kinds(found: Deck) -> list[SlideKind]:
    return [slide.kind for slide in found.slides]


def titles(found: Deck, kind: SlideKind) -> list[str]:
    return [slide.sides[0].title for slide in found.slides if slide.kind is kind]


def looks(blocks: Iterable[Block]) -> list[Look]:
    return [block.look for block in blocks if isinstance(block, Paragraph)]


def test_a_deck_begins_with_title_and_programme_and_ends_with_where_to_read_on() -> None:
    slot = a_slot("Walls", text={"en": "Say your name."})
    found = made(a_workshop(slot, a_slot("Coffee", 15, "break"), aims={"en": "- See it"}))
    assert kinds(found) == [
        SlideKind.TITLE,
        SlideKind.TEXT,
        SlideKind.DAY,
        SlideKind.SLOT,
        SlideKind.BREAK,
        SlideKind.END,
    ]
    first, aims, day, talk, pause, end = found.slides
    assert (first.sides[0].title, words_of(first)) == ("After the report", "12 March 2027, Vilnius")
    assert (aims.sides[0].title, words_of(aims)) == ("Aims", "See it")
    assert words_of(day) == "09:00 Walls 45 min, presentation 09:45 Coffee 15 min"
    assert (talk.moment, talk.sides[0].kicker, words_of(talk)) == (
        "09:00 – 09:45",
        "45 min, presentation",
        "Say your name.",
    )
    assert (pause.sides[0].title, words_of(pause)) == ("Coffee", "We continue at 10:00.")
    assert "praxis.test/w/ abcde-fghij" in words_of(end)
    assert [block.address for block in end.sides[0].blocks if isinstance(block, QrCode)] == [ADDRESS.link]
    assert talk.slot_id == slot.id


def test_each_line_of_the_aims_is_an_entry() -> None:
    aims = made(a_workshop(a_slot("Walls"), aims={"en": "See it\nMend it"})).slides[1]
    (listing,) = aims.sides[0].blocks
    assert isinstance(listing, Listing)
    assert len(listing.items) == 2


def test_two_languages_have_the_address_each_and_one_code() -> None:
    end = made(a_workshop(second="lt")).slides[-1]
    assert all("abcde-fghij" in words_of(end, code) for code in ("en", "lt"))
    assert [sum(isinstance(block, QrCode) for block in side.blocks) for side in end.sides] == [1, 0]


def test_a_private_workshop_has_no_slide_that_leads_to_it() -> None:
    assert SlideKind.END not in kinds(made(a_workshop(), address=None))


def test_each_day_has_its_programme_with_its_date() -> None:
    found = made(a_workshop(a_slot("One"), a_slot("Two", day=2)))
    days = [slide.sides[0] for slide in found.slides if slide.kind is SlideKind.DAY]
    assert [(side.title, side.kicker) for side in days] == [("Day 1", "12 March 2027"), ("Day 2", "13 March 2027")]


def test_two_languages_stand_side_by_side_and_one_alone_where_the_other_is_missing() -> None:
    both = a_slot("Walls", titles={"lt": "Sienos"}, text={"en": "Look.", "lt": "Žiūrėkite."})
    found = made(a_workshop(both, a_slot("Only English"), second="lt"))
    sides = [
        [(side.language, side.title) for side in slide.sides] for slide in found.slides if slide.kind is SlideKind.SLOT
    ]
    assert sides == [[("en", "Walls"), ("lt", "Sienos")], [("en", "Only English")]]
    day = next(slide for slide in found.slides if slide.kind is SlideKind.DAY)
    assert words_of(day) == "09:00 Walls 09:45 Only English"
    assert words_of(day, "lt") == "09:00 Sienos 09:45 Only English"


def test_a_long_programme_is_cut_at_the_same_row_in_both_languages() -> None:
    slots = [
        a_slot(f"Part {number}", 10, titles={"lt": "Dalis, kuri vadinasi labai ilgai ir netelpa"})
        for number in range(20)
    ]
    days = [slide for slide in made(a_workshop(*slots, second="lt")).slides if slide.kind is SlideKind.DAY]
    assert len(days) > 2
    for day in days:
        times = [[word for word in words_of(day, code).split() if ":" in word] for code in ("en", "lt")]
        assert times[0] == times[1]
    assert [side.part for side in days[0].sides] == [(1, len(days))] * 2


@pytest.mark.parametrize("second", ["", "lt"])
def test_a_long_text_goes_on_and_nothing_of_it_is_lost(second: str) -> None:
    text = {"en": LONG, **({"lt": "Trumpai."} if second else {})}
    found = [
        slide for slide in made(a_workshop(a_slot(text=text), second=second)).slides if slide.kind is SlideKind.SLOT
    ]
    assert len(found) > 2
    assert " ".join(words_of(slide) for slide in found) == LONG.strip()
    assert [slide.side("en").part for slide in found] == [(place, len(found)) for place in range(1, len(found) + 1)]
    assert len(found[-1].sides) == 1


def test_a_practice_is_shown_with_country_rating_version_and_address() -> None:
    slot = a_slot()
    workshop = a_workshop(slot)
    item = put(workshop, slot, "record", record="practices/terraces", codes=["en"])
    body = [
        a_passage("problem", "Rain."),
        a_passage("how", "Build.[^s1]"),
        a_passage("results", LONG),
        a_passage("limits", "Frost."),
        a_passage("transfer", "Stones."),
    ]
    found = made(workshop, {item.id: Held({"en": frozen(body=body)})})
    intro = next(slide for slide in found.slides if slide.kind is SlideKind.RECORD)
    assert " ".join(said(intro.notes["en"])) == "Requirements for transfer Stones."
    card = intro.sides[0]
    assert (card.title, card.kicker, card.square) == ("Stone terraces en", "Finland", SQUARE)
    assert card.source == "Praxis, version 6, as of 25 November 2026, terraces"
    assert " ".join(said(card.blocks)) == "Walls that hold the earth."
    shown = {slide.sides[0].title: slide for slide in found.slides if slide.kind is SlideKind.TEXT}
    assert list(shown) == ["How it works", "Results"]
    assert words_of(shown["How it works"]) == "Build."
    # A short section keeps all of its words next to a long one.
    assert "Problems and limits Frost. Shortened. The full text is" in words_of(shown["Results"])
    assert words_of(shown["Results"]).startswith("The first sentence says it all. The first")
    assert looks(shown["How it works"].sides[0].blocks) == [Look.PLAIN]


def test_what_is_shortened_says_so_and_stands_whole_in_the_notes() -> None:
    slot = a_slot()
    workshop = a_workshop(slot)
    item = put(workshop, slot, "record", record="practices/terraces", codes=["en"])
    found = made(workshop, {item.id: Held({"en": frozen(body=[a_passage("results", LONG)])})})
    slide = next(slide for slide in found.slides if slide.sides[0].title == "Results")
    assert "Shortened. The full text is in the workshop materials." in words_of(slide)
    assert len(words_of(slide)) < len(LONG) / 2
    assert " ".join(said(slide.notes["en"])) == LONG.strip()


def test_a_record_is_shown_in_the_languages_of_the_workshop_else_in_the_next_best() -> None:
    slot = a_slot()
    workshop = a_workshop(slot, second="lt")
    both = put(workshop, slot, "record", record="practices/terraces", codes=["en", "lt"])
    other = put(workshop, slot, "record", record="practices/walls", codes=["it"])
    held = {both.id: Held({"en": frozen(), "lt": frozen("lt")}), other.id: Held({"it": frozen("it", title="Terrazze")})}
    cards = [slide for slide in made(workshop, held).slides if slide.kind is SlideKind.RECORD]
    assert [[side.language for side in slide.sides] for slide in cards] == [["en", "lt"], ["it"]]
    assert "Not available in: English and Lithuanian." in " ".join(said(cards[1].notes["it"]))


def test_a_text_that_was_removed_says_so() -> None:
    slot = a_slot()
    workshop = a_workshop(slot, second="lt")
    gone = put(workshop, slot, "record", record="practices/terraces", codes=["en", "lt"])
    half = put(workshop, slot, "record", record="practices/walls", codes=["en", "lt"])
    held = {gone.id: Held({}, ("en", "lt")), half.id: Held({"en": frozen()}, ("lt",))}
    removed = [slide for slide in made(workshop, held).slides if slide.kind is SlideKind.GONE]
    assert [[side.language for side in slide.sides] for slide in removed] == [["en", "lt"], ["lt"]]
    assert words_of(removed[0]) == "The text of this item was removed on request."


CASE = [
    a_passage("notice", "You may leave.", "Before you begin"),
    a_passage("d1", "A key is lost.", "At the door"),
    a_passage("d1-task", "What now?", "Task"),
    a_passage("q1", "Yes, it is.", "Is it a case?"),
    a_passage("prepare", "Bring a key.", "To prepare"),
]
CASE_FACTS = {"doses": [{"id": "d1", "method": "pair", "work": "10", "talk": "5"}], "asked": ["q1"]}


@pytest.mark.parametrize("has_answers", [True, False])
def test_a_case_is_cards_tasks_and_questions_with_answers_for_those_who_teach(has_answers: bool) -> None:
    slot = a_slot()
    workshop = a_workshop(slot)
    item = put(workshop, slot, "record", record="exercises/key", codes=["en"])
    text = frozen(kind="exercises", body=CASE, facts=CASE_FACTS)
    found = made(workshop, {item.id: Held({"en": text})}, has_answers=has_answers)
    assert titles(found, SlideKind.CARD) == ["At the door"]
    dose = next(slide for slide in found.slides if slide.kind is SlideKind.CARD)
    assert words_of(dose) == "A key is lost. Task What now? 10 min, in pairs"
    assert titles(found, SlideKind.QUESTION) == ["Questions"]
    asked = next(slide for slide in found.slides if slide.kind is SlideKind.QUESTION)
    assert words_of(asked) == "Is it a case?"
    assert titles(found, SlideKind.ANSWER) == (["1. Is it a case?"] if has_answers else [])
    assert ("Yes, it is." in " ".join(map(words_of, found.slides))) == has_answers
    intro = next(slide for slide in found.slides if slide.kind is SlideKind.RECORD)
    assert "The people, places and events in this case are invented." in words_of(intro)
    assert "Bring a key." in " ".join(said(intro.notes["en"]))
    assert "Bring a key." not in " ".join(words_of(slide) for slide in found.slides)


def test_a_long_dose_has_a_slide_for_its_task_and_loses_nothing() -> None:
    slot = a_slot()
    workshop = a_workshop(slot)
    item = put(workshop, slot, "record", record="exercises/key", codes=["en"])
    body = [a_passage("d1", LONG, "At the door"), *CASE[2:]]
    found = made(workshop, {item.id: Held({"en": frozen(kind="exercises", body=body, facts=CASE_FACTS)})})
    cards = [slide for slide in found.slides if slide.kind is SlideKind.CARD]
    assert len(cards) > 1
    assert " ".join(map(words_of, cards)) == LONG.strip()
    task = next(slide for slide in found.slides if slide.sides[0].title == "Task")
    assert (task.sides[0].kicker, words_of(task)) == ("10 min, in pairs", "What now?")


def test_a_long_model_answer_is_one_slide_and_stands_whole_in_its_notes() -> None:
    slot = a_slot()
    workshop = a_workshop(slot)
    item = put(workshop, slot, "record", record="exercises/key", codes=["en"])
    body = [*CASE[:3], a_passage("q1", LONG, "Is it a case?")]
    found = made(workshop, {item.id: Held({"en": frozen(kind="exercises", body=body, facts=CASE_FACTS)})})
    (answer,) = (slide for slide in found.slides if slide.kind is SlideKind.ANSWER)
    assert words_of(answer).endswith("Shortened. The full text is in the workshop materials.")
    assert " ".join(said(answer.notes["en"])) == LONG.strip()


def test_many_questions_of_a_case_are_cut_at_the_same_place_in_both_languages() -> None:
    slot = a_slot()
    workshop = a_workshop(slot, second="lt")
    item = put(workshop, slot, "record", record="exercises/key", codes=["en", "lt"])
    asked = [f"q{number}" for number in range(9)]
    facts = {"doses": [], "asked": asked}
    held = {
        code: frozen(code, "exercises", [a_passage(name, "Yes.", f"{name}? {more}") for name in asked], facts=facts)
        for code, more in (("en", ""), ("lt", "Ar tikrai taip yra ir ką tai reiškia mums visiems? " * 2))
    }
    found = made(workshop, {item.id: Held(held)}, has_answers=False)
    slides = [slide for slide in found.slides if slide.kind is SlideKind.QUESTION]
    assert len(slides) > 1
    for slide in slides:
        names = [[word for word in words_of(slide, code).split() if word in {f"{each}?" for each in asked}]
                 for code in ("en", "lt")]  # fmt: skip
        assert names[0] == names[1]
    assert sum(len(words_of(slide).split()) for slide in slides) == len(asked)


def test_a_record_that_was_shown_is_named_again_with_the_number_of_its_slide() -> None:
    first, second = a_slot(), a_slot("Again")
    workshop = a_workshop(first, second)
    held = dict[str, Held]()
    for slot, text in ((first, frozen()), (second, frozen()), (second, frozen(summary="Another text."))):
        item = put(workshop, slot, "record", record="practices/terraces", codes=["en"], text={"en": "My words."})
        held[item.id] = Held({"en": text})
    found = made(workshop, held)
    shown = [(number, slide) for number, slide in enumerate(found.slides, 1) if slide.kind is SlideKind.RECORD]
    assert [words_of(slide) for _number, slide in shown] == [
        "Walls that hold the earth.",
        f"Already shown on slide {shown[0][0]}.",
        "Another text.",
    ]
    assert all("My words." in " ".join(said(slide.notes["en"])) for _number, slide in shown)


@pytest.mark.parametrize("facts", [{"doses": "d1", "asked": 7}, {"doses": [3, {"id": 4}], "asked": ["none", 5]}])
def test_facts_of_another_house_break_no_slide(facts: dict[str, Any]) -> None:
    slot = a_slot()
    workshop = a_workshop(slot)
    item = put(workshop, slot, "record", record="exercises/key", codes=["en"])
    assert made(workshop, {item.id: Held({"en": frozen(kind="exercises", body=CASE, facts=facts)})}).slides


QUIZ = "### Is a complaint needed?\n\nYes or no?\n\n**Answer:** No.\n\n### Which channel?\n\n> The telephone."


def test_the_answer_of_a_quiz_stands_on_the_slide_behind_its_question() -> None:
    slot = a_slot()
    workshop = a_workshop(slot)
    put(workshop, slot, "quiz", title={"en": "Before"}, text={"en": QUIZ})
    slides = [slide for slide in made(workshop).slides if slide.kind in (SlideKind.QUESTION, SlideKind.ANSWER)]
    assert [(slide.kind, slide.sides[0].title, words_of(slide)) for slide in slides] == [
        (SlideKind.QUESTION, "Is a complaint needed?", "Yes or no?"),
        (SlideKind.ANSWER, "Is a complaint needed?", "Answer: No."),
        (SlideKind.QUESTION, "Which channel?", ""),
        (SlideKind.ANSWER, "Which channel?", "The telephone."),
    ]
    shown = made(workshop, has_answers=False)
    assert "No." not in " ".join(words_of(slide) for slide in shown.slides)


def test_a_numbered_quiz_with_its_answers_apart_is_told_question_by_question() -> None:
    slot = a_slot()
    workshop = a_workshop(slot)
    text = "One answer is right.\n\n1. **Which wall?**\n\n    - a) High\n    - b) Low\n\n2. **Whose?**\n\n    - a) Ours"
    answers = {"en": "### Right answers\n\n1. **b) Low.** Source.\n2. **a) Ours.**\n\n### Made from\n\n- One"}
    put(workshop, slot, "quiz", title={"en": "Quiz"}, text={"en": text}, answers=answers)
    slides = [slide for slide in made(workshop).slides if slide.kind in (SlideKind.QUESTION, SlideKind.ANSWER)]
    assert [(slide.kind, slide.sides[0].title, words_of(slide)) for slide in slides] == [
        (SlideKind.QUESTION, "Quiz", "One answer is right."),
        (SlideKind.QUESTION, "1. Which wall?", "a) High b) Low"),
        (SlideKind.ANSWER, "1. Which wall?", "b) Low. Source."),
        (SlideKind.QUESTION, "2. Whose?", "a) Ours"),
        (SlideKind.ANSWER, "2. Whose?", "a) Ours."),
    ]


OPTIONS = ["The police of the town", "The centre for victims", "The court of the region", "A ministry of the State"]


@pytest.mark.parametrize("second", ["", "lt"])
def test_a_question_of_a_quiz_has_all_its_options_on_one_slide(second: str) -> None:
    slot = a_slot()
    workshop = a_workshop(slot, second=second)
    name = "Police pass victims' contact details, with their consent, to Victim Support Finland (RIKU)"
    marks = {"en": "“{}”", "lt": "„{}“"}
    asked, answers = dict[str, str](), dict[str, str]()
    for code in workshop.languages:
        options = "\n".join(f"    - {letter}) {option}" for letter, option in zip("abcd", OPTIONS, strict=True))
        words = f"Which organisation is listed as leading {marks[code].format(name)}?"
        asked[code] = f"1. **{words}**\n\n{options}"
        answers[code] = (
            f"### Right\n\n1. **b) {OPTIONS[1]}.** Source: [{name}](practices/riku), version 1. Unread. {LONG}"
        )
    put(workshop, slot, "quiz", title=dict.fromkeys(asked, "Quiz: what do you know?"), text=asked, answers=answers)
    slides = [slide for slide in made(workshop).slides if slide.kind in (SlideKind.QUESTION, SlideKind.ANSWER)]
    assert [slide.kind for slide in slides] == [SlideKind.QUESTION, SlideKind.ANSWER]
    question, answer = slides
    for code in workshop.languages:
        assert all(option in words_of(question, code) for option in OPTIONS)
        assert question.side(code).title.startswith("1. Which organisation is listed")
        assert ("…" in question.side(code).title) == bool(second)
        assert words_of(answer, code).startswith(f"b) {OPTIONS[1]}. Source: Police pass victims' contact details")
        assert "Shortened. The full text is" in words_of(answer, code)
        whole = " ".join(said(question.notes[code]))
        assert name in whole
        assert LONG.strip() in whole
    # The label "Quiz" appears once, in the first language.
    assert question.side("en").kicker == "Quiz: what do you know?"


SHEET = (
    "Write beside it what there is.\n\n### Staff\n\n| There | Here |\n| --- | --- |\n| Ten | |\n\n"
    "### Talk\n\n1. What comes first?\n2. Who decides?"
)


@pytest.mark.parametrize("kind", ["worksheet", "comparison"])
def test_a_sheet_is_one_slide_with_what_is_to_be_done_and_its_table_in_the_notes(kind: str) -> None:
    slot = a_slot()
    workshop = a_workshop(slot)
    put(workshop, slot, kind, title={"en": "What would you need?"}, text={"en": SHEET}, answers={"en": "All of it."})
    (slide,) = (slide for slide in made(workshop).slides if slide.kind is SlideKind.QUESTION)
    assert words_of(slide) == (
        "Write beside it what there is. You have the handout in front of you. Talk What comes first? Who decides?"
    )
    noted = " ".join(said(slide.notes["en"]))
    assert noted.startswith("Write beside it what there is. Staff Ten Talk")
    assert noted.endswith("All of it.")


def test_a_part_of_a_case_is_one_slide_and_short_ones_stand_together() -> None:
    slot = a_slot()
    workshop = a_workshop(slot)
    text = f"### Situation\n\n{LONG}\n\n### Who\n\n- police\n\n### Task\n\nWhat now?"
    put(workshop, slot, "case", title={"en": "Case: the key"}, text={"en": text}, answers={"en": "Under the stone."})
    first, second = (slide for slide in made(workshop).slides if slide.kind is SlideKind.CARD)
    assert (first.sides[0].title, second.sides[0].title) == ("Situation", "Who")
    assert "Shortened. The full text is" in words_of(first)
    assert " ".join(said(first.notes["en"])) == f"Under the stone. {LONG.strip()}"
    assert words_of(second) == "police Task What now?"
    assert {first.sides[0].kicker, second.sides[0].kicker} == {"Case: the key"}


def test_a_line_across_begins_another_slide_of_a_case() -> None:
    slot = a_slot()
    workshop = a_workshop(slot)
    put(workshop, slot, "case", title={"en": "Case: the key"}, text={"en": "It is gone.\n\n---\n\nIt is back."})
    shown = [slide for slide in made(workshop).slides if slide.kind is SlideKind.CARD]
    assert [(slide.sides[0].title, words_of(slide)) for slide in shown] == [
        ("Case: the key", "It is gone."),
        ("Case: the key", "It is back."),
    ]


def test_the_longest_title_has_the_smallest_letters() -> None:
    steps = []
    for letters in (40, 100, 230):
        workshop = a_workshop()
        workshop.title = {"en": "word " * (letters // 5)}
        steps.append(made(workshop).slides[0].title_step)
    assert steps == [0, 1, 2]


def test_answers_of_a_case_are_in_the_notes_alone() -> None:
    slot = a_slot()
    workshop = a_workshop(slot)
    answers = {"en": "Under the stone."}
    put(workshop, slot, "case", title={"en": "The key"}, text={"en": "It is lost."}, answers=answers)
    slide = next(slide for slide in made(workshop).slides if slide.kind is SlideKind.CARD)
    assert words_of(slide) == "It is lost."
    assert " ".join(said(slide.notes["en"])) == "Under the stone."


def test_own_words_make_a_slide_for_each_heading() -> None:
    slot = a_slot()
    workshop = a_workshop(slot)
    put(workshop, slot, "text", title={"en": "The key"}, text={"en": "It is lost.\n\n### Task\n\nWhat now?"})
    slides = [slide.sides[0] for slide in made(workshop).slides if slide.kind is SlideKind.TEXT]
    assert [(side.kicker, side.title) for side in slides] == [("", "The key"), ("The key", "Task")]


def test_a_slot_without_a_text_names_what_stands_in_it() -> None:
    slot = a_slot()
    workshop = a_workshop(slot)
    put(workshop, slot, "text", title={"en": "One"}, text={"en": "A."})
    put(workshop, slot, "text", title={"en": "Two"}, text={"en": "B."})
    assert words_of(next(slide for slide in made(workshop).slides if slide.kind is SlideKind.SLOT)) == "One Two"


def test_notes_have_a_time_plan_with_the_numbers_of_slides_and_what_the_trainer_noted() -> None:
    slot = a_slot("Walls", trainer_notes={"en": "Only masons know."}, materials={"en": "Stones"})
    workshop = a_workshop(slot, a_slot("Coffee", 15, "break"))
    found = made(workshop)
    text = " ".join(said(notes(workshop, found, speech("en"))))
    assert text.startswith("Timetable 09:00 – 09:45 Walls 45 min, presentation 3 09:45 – 10:00 Coffee 15 min 4")
    for words in ("Notes Only masons know.", "Materials Stones", "Slides"):
        assert words in text
    assert "Only masons know." not in " ".join(words_of(slide) for slide in found.slides)


def test_notes_say_what_does_not_add_up() -> None:
    workshop = a_workshop(a_slot(minutes=90), ends="10:00")
    assert "ends at 10:30" in " ".join(said(notes(workshop, made(workshop), speech("en"))))
