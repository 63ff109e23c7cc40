"""Data of the choice of role and crime in a country: links to cards with their short answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from flask import url_for

from kb.kinds.country.crime_groups import CRIME_GROUPS, CrimeGroup
from kb.kinds.country.guidance import DutyVerdict, Guidance, GuidanceKind, ReaderRole
from kb.kinds.country.guidance_card import guidance_card
from kb.kinds.country.model import Country
from kb.records.markdown import to_plain
from kb.records.record import Passage, Reading
from kb.web.answers.labels import NOT_COLLECTED, QUESTIONS
from kb.web.countries.page import find_reading
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.labels.guidance_fields import LAWYER_VERDICTS, ROLES, VERDICTS
from kb.web.labels.practice_facts import Value
from kb.web.parts.answer_links import AnswerLink, card_address, role_links


@dataclass(frozen=True)
class PlainText:
    """A text of a card without Markdown, and its language."""

    plain: str
    language: str


def plain_text(passage: Passage | None) -> PlainText | None:
    """Return a passage as plain text."""
    return PlainText(_plain(passage.text), passage.language) if passage is not None else None


@lru_cache(maxsize=4000)  # some 250 bytes each
def _plain(text: str) -> str:
    return to_plain(text)


def verdict_word(role: ReaderRole, row: Guidance) -> str:
    """Return the answer to the question of a role in words."""
    words = LAWYER_VERDICTS if role is ReaderRole.LAWYER else VERDICTS
    return _(words[row.verdict or DutyVerdict.NOT_KNOWN])


def short_answer(reading: Reading[Country] | None, role: ReaderRole, crime: CrimeGroup) -> tuple[str, bool]:
    """Return the verdict of a card in one line, and whether it is open."""
    row = guidance_card(reading.record, role, crime).row(GuidanceKind.DUTY) if reading is not None else None
    if reading is None or row is None:
        return _(NOT_COLLECTED), True
    text = plain_text(reading.passage(f"guidance.{row.id}.text"))
    first = text.plain.partition(". ")[0].rstrip(".") if text is not None else ""
    word = verdict_word(role, row)
    return f"{word} {first}".strip(), row.verdict in (None, DutyVerdict.NOT_KNOWN)


def other_crimes(
    reading: Reading[Country] | None, code: str, role: ReaderRole, current: CrimeGroup | None = None
) -> Iterator[AnswerLink]:
    """Yield the cards of all crimes for a role."""
    for crime in CrimeGroup:
        short, is_open = short_answer(reading, role, crime)
        yield AnswerLink(_(CRIME_GROUPS[crime]), card_address(code, role, crime), short, is_open, crime is current)


@dataclass(frozen=True)
class ChoosePage:
    """The choice of role and crime in a country, with the short answers."""

    code: str
    country: str
    role: ReaderRole
    role_name: str
    question: str
    roles: tuple[AnswerLink, ...]
    crimes: tuple[AnswerLink, ...]
    has_record: bool
    path: tuple[Value, ...]


def choose_page(code: str, role: ReaderRole) -> ChoosePage:
    """Return the data for the template of the choice."""
    reading = find_reading(code)
    name = i18n.country_name(code)
    return ChoosePage(
        code=code,
        country=name,
        role=role,
        role_name=_(ROLES[role]),
        question=_(QUESTIONS[role]),
        roles=tuple(role_links(code, role)),
        crimes=tuple(other_crimes(reading, code, role)),
        has_record=reading is not None,
        path=(Value(name, url_for("countries.show", record_id=code.lower())),),
    )
