"""Reads the forms of a workshop. Everything is kept as it was typed, so that it can be shown again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from flask import request, url_for

from kb.editing.forms.form_values import plain
from kb.i18n import N_
from kb.kinds.exercise.work_methods import WorkMethod
from kb.problems import Problem, Where
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.layout import absolute
from kb.web.parts.formats import read_day
from kb.workshops.model import Item, ItemKind, Slot, Texts, Workshop
from kb.workshops.plan.actions import Outline
from kb.workshops.plan.slots import Plan, plan_of

# Maximum digits of a number in a form. A number with more digits is never intended.
_DIGITS = 6
# Letters per line of a text area, and its maximum height in lines.
_LETTERS, _MOST_ROWS = 80, 30


@dataclass(frozen=True)
class SlotForm:
    """The form of a slot. Numbers are kept as typed; `edition` is the edition with which the form was opened."""

    plan: Plan
    minutes: str
    day: str
    edition: int = 0


_SELF_CHECK = N_("Self-check")
_SELF_CHECK_TEXT = N_(
    "1. Open %(address)s and answer for your unit.\n"
    "2. Save the result as a file; nothing stays on the server.\n"
    "3. Give the file to the trainer if you want to. The trainer compares the files on the same page.\n"
    "4. Choose three steps of your plan, and say who does them by when."
)


@dataclass(frozen=True)
class ItemForm:
    """The form of an item's texts."""

    kind: str
    title: Texts
    text: Texts
    answers: Texts
    edition: int = 0


def field(name: str) -> str:
    """Return the text of a field, stripped and with normalized line ends."""
    return plain(request.form.get(name, "")).strip()


def number(name: str) -> int:
    """Return the number in a field, or 0, which is never valid, for anything else."""
    return _number(field(name))


def read_outline_form(kept: Outline | None = None) -> Outline:
    """Return the submitted outline. Texts in languages outside the workshop stay unchanged.

    A new workshop is written in one language. If the user chooses another language, the typed texts count as that
    language.
    """
    language, second = request.form.get("language", ""), request.form.get("second_language", "")
    codes, offered = _codes(language, second), [each.code for each in i18n.offered()]

    def words(name: str, before: Texts) -> Texts:
        if kept is not None:
            return _texts(name, codes, before)
        typed = _texts(name, offered, {})
        is_moved = len(typed) == 1 and language not in typed and language in offered
        return {language: next(iter(typed.values()))} if is_moved else typed

    before = kept or Outline({}, language)
    return Outline(
        title=words("title", before.title),
        language=language,
        second_language=second,
        audience=words("audience", before.audience),
        aims=words("aims", before.aims),
        held=_day(),
        starts=field("starts"),
        ends=field("ends"),
        place=field("place"),
        large_print="large_print" in request.form,
    )


def day_in_words(outline: Outline) -> str:
    """Return the day of an outline in words, so that the user sees how it was parsed."""
    day = read_day(outline.held)
    return i18n.date_words(day) if day is not None else ""


def new_slot(*, day: int = 1) -> SlotForm:
    """Return the form of a new slot."""
    return SlotForm(Plan({}, 45, WorkMethod.TALK, day=day), "45", str(day))


def slot_form(slot: Slot) -> SlotForm:
    """Return the form of an existing slot."""
    plan = plan_of(slot)
    return SlotForm(plan, str(plan.minutes), str(plan.day), slot.edition)


def read_slot_form(workshop: Workshop, kept: Slot | None = None) -> SlotForm:
    """Return the submitted form of a slot."""
    before = plan_of(kept) if kept is not None else Plan({}, 0)
    codes = workshop.languages
    plan = Plan(
        title=_texts("title", codes, before.title),
        minutes=number("minutes"),
        method=request.form.get("method", ""),
        day=number("day"),
        starts=field("starts"),
        text=_texts("text", codes, before.text),
        trainer_notes=_texts("trainer_notes", codes, before.trainer_notes),
        materials=_texts("materials", codes, before.materials),
    )
    return SlotForm(plan, field("minutes"), field("day"), number("edition"))


def item_form(item: Item) -> ItemForm:
    """Return the form of an existing item."""
    return ItemForm(item.kind, item.title, item.text, item.answers, item.edition)


def new_item() -> ItemForm:
    """Return the form of new own text."""
    return ItemForm(ItemKind.TEXT, {}, {}, {})


def self_check_item(workshop: Workshop) -> ItemForm:
    """Return the form of own text that sends participants to the self-check, in the languages of the workshop.

    Their answers stay with them; the trainer sees only the files that they hand in.
    """
    address = absolute(url_for("self_check.index"))
    speeches = {code: i18n.speech(code) for code in workshop.languages}
    title = {code: speech.translate(_SELF_CHECK) for code, speech in speeches.items()}
    text = {code: speech.say(_SELF_CHECK_TEXT, address=address) for code, speech in speeches.items()}
    return ItemForm(ItemKind.TEXT, title, text, {})


def read_item_form(workshop: Workshop, kept: Item | None = None) -> ItemForm:
    """Return the submitted form of an item."""
    title, text, answers = (kept.title, kept.text, kept.answers) if kept is not None else ({}, {}, {})
    codes = workshop.languages
    kind = kept.kind if kept is not None else request.form.get("kind", "")
    return ItemForm(
        kind,
        _texts("title", codes, title),
        _texts("text", codes, text),
        _texts("answers", codes, answers),
        number("edition"),
    )


def has_conflict(problems: Iterable[Problem]) -> bool:
    """Return whether another user saved a change after the form was opened."""
    return any(each.code == "changed-meanwhile" for each in problems)


def edition_after(sent: int, present: int, problems: Iterable[Problem]) -> int:
    """Return the edition for the form when it is shown again.

    It is the current edition only if the form reports the conflict.
    """
    return present if has_conflict(problems) else sent


def problem_lines(problems: Iterable[Problem], *, fields: Sequence[str] | None = None) -> list[tuple[str, str]]:
    """Return problems as text with the ids of their fields. `fields` limits them to the fields of a small page."""
    return [(_id(each.where, fields), _group_digits(each).text(_)) for each in problems]


def _group_digits(problem: Problem) -> Problem:
    """Return a problem with its numbers formatted for the reader's language."""
    params = {name: i18n.number(each) if isinstance(each, int) else each for name, each in problem.params.items()}
    return replace(problem, params=params)


def rows(text: str, least: int) -> int:
    """Return the height of a text area in lines: as its text needs, and at most the height of a window."""
    needed = sum(1 + len(line) // _LETTERS for line in text.split("\n"))
    return max(least, min(needed + 1, _MOST_ROWS))


def _day() -> str:
    """Return the typed day in ISO format. Invalid input stays as typed."""
    typed = field("held")
    day = read_day(typed)
    return day.isoformat() if day is not None else typed


def _id(where: Where, fields: Sequence[str] | None) -> str:
    name = ".".join(map(str, where)) if all(where) else ""
    return name if fields is None or name in fields else ""


def _texts(name: str, codes: Sequence[str], kept: Texts) -> dict[str, str]:
    typed = {code: field(f"{name}.{code}") for code in codes if f"{name}.{code}" in request.form}
    return {**kept, **typed}


def _codes(*codes: str) -> tuple[str, ...]:
    return tuple(code for code in dict.fromkeys(codes) if code)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else 0
