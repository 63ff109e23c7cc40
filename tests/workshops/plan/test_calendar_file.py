"""Calendar files, parsed as other programs do: lines folded by octets, escaped texts, floating times."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.kinds.exercise.work_methods import WorkMethod
from kb.workshops.model import Slot, Workshop
from kb.workshops.plan.calendar_file import CalendarWords, calendar_file, escaped, fold
from tests.house import NOW

ADDRESS = "https://praxis.example/en/workshops/23456789abcdefg"
TITLE = "Ką daryti; kaip, ir \\ kodėl?"


def words(workshop: Workshop, title: str = TITLE) -> CalendarWords:
    return CalendarWords(title, "lt", {slot.id: slot.title["en"] for slot in workshop.slots}, ADDRESS)


def read(text: str) -> list[dict[str, str]]:
    """Return the events of a file: unfold lines, split them, and unescape values."""
    assert "\n" not in text.replace("\r\n", "")
    events = list[dict[str, str]]()
    for line in text.replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and name != "END":
            events[-1][name] = value
    return events


def plain(value: str) -> str:
    found, letters = "", iter(value)
    for letter in letters:
        after = next(letters) if letter == "\\" else letter
        found += "\n" if letter == "\\" and after == "n" else after
    return found


@dataclass
class House:
    session: Session
    workshop: Workshop
    slots: list[Slot] = field(default_factory=list)

    def slot(self, title: str, minutes: int, *, day: int = 1, starts: str = "") -> None:
        slot = Slot(
            workshop_id=self.workshop.id,
            position=len(self.slots),
            day=day,
            starts=starts,
            minutes=minutes,
            method=WorkMethod.TALK,
            title={"en": title},
            text={},
            trainer_notes={"en": "Only I know."},
            materials={},
        )
        self.slots.append(slot)
        self.session.add(slot)
        self.session.commit()
        self.session.expire_all()


@pytest.fixture
def planned(session: Session, ana: User, taught: Workshop) -> House:
    taught.held, taught.place = "2027-03-28", "Vilnius, Gedimino pr. 1"  # the day of the change to daylight saving time
    session.commit()
    return House(session, taught)


def test_each_day_is_an_event_at_the_time_of_the_room(planned: House) -> None:
    planned.slot("Welcome", 20)
    planned.slot("Case; in pairs", 90)
    planned.slot("Second day", 60, day=2, starts="10:00")
    text = calendar_file(planned.workshop, words(planned.workshop))
    assert text is not None
    first, second = read(text)
    assert (first["DTSTART"], first["DTEND"]) == ("20270328T090000", "20270328T105000")
    assert (second["DTSTART"], second["DTEND"]) == ("20270329T100000", "20270329T110000")
    assert first["UID"] != second["UID"]
    assert plain(first["SUMMARY;LANGUAGE=lt"]) == TITLE
    assert plain(first["LOCATION"]) == "Vilnius, Gedimino pr. 1"
    assert plain(first["DESCRIPTION"]) == "09:00 Welcome\n09:20 Case; in pairs"
    assert first["URL"] == ADDRESS
    assert first["DTSTAMP"].endswith("Z")
    assert "Only I know" not in text


def test_the_same_event_has_the_same_name_when_it_is_taken_again(planned: House) -> None:
    planned.slot("Welcome", 20)
    before = calendar_file(planned.workshop, words(planned.workshop))
    planned.workshop.changed = NOW + timedelta(hours=1)
    after = calendar_file(planned.workshop, words(planned.workshop))
    assert before is not None
    assert after is not None
    assert read(before)[0]["UID"] == read(after)[0]["UID"]
    assert read(before)[0]["DTSTAMP"] < read(after)[0]["DTSTAMP"]
    assert planned.workshop.id not in before


def test_a_slot_that_goes_past_midnight_ends_on_the_next_day(planned: House) -> None:
    planned.slot("Night", 600, starts="20:00")
    text = calendar_file(planned.workshop, words(planned.workshop))
    assert text is not None
    assert read(text)[0]["DTEND"] == "20270329T060000"


@pytest.mark.parametrize(
    ("ends", "times"),
    [
        ("16:00", {"DTSTART": "20270328T090000", "DTEND": "20270328T160000"}),
        ("", {"DTSTART;VALUE=DATE": "20270328", "DTEND;VALUE=DATE": "20270329"}),
        ("08:00", {"DTSTART;VALUE=DATE": "20270328", "DTEND;VALUE=DATE": "20270329"}),
    ],
)
def test_without_a_programme_it_is_what_the_outline_says(planned: House, ends: str, times: dict[str, str]) -> None:
    planned.workshop.ends = ends
    text = calendar_file(planned.workshop, words(planned.workshop))
    assert text is not None
    assert times.items() <= read(text)[0].items()
    assert "DESCRIPTION" not in read(text)[0]


def test_without_a_date_there_is_no_file(planned: House) -> None:
    planned.workshop.held = ""
    assert calendar_file(planned.workshop, words(planned.workshop)) is None
    planned.workshop.held, planned.workshop.ends = "9999-12-31", ""  # the last possible date
    assert calendar_file(planned.workshop, words(planned.workshop)) is None


@pytest.mark.parametrize("text", ["ė" * 200, "a" * 74 + "ė" * 3, "🙂" * 60, "x" * 75, "x" * 76, "", "a b " * 60])
def test_lines_are_folded_by_octets_and_no_letter_is_torn(text: str) -> None:
    lines = list(fold(text))
    assert all(len(line.encode()) <= 75 for line in lines)
    assert all(line.startswith(" ") for line in lines[1:])
    assert lines[0] + "".join(line[1:] for line in lines[1:]) == text


def test_no_text_ends_a_line_or_begins_another_event() -> None:
    assert escaped("a\r\nEND:VEVENT\rb\nc\x00\x0b\x85") == "a\\nEND:VEVENT\\nb\\nc"
    assert escaped("a;b,c\\n") == "a\\;b\\,c\\\\n"
