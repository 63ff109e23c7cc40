"""Merges the posted form of a conversion into the answers that the page carries.

The answers travel in a hidden field of the form. The server keeps nothing, and every page works without script.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic import ValidationError

from kb.conversion.answers import (
    ENTRY_LETTERS,
    FUNCTION_LETTERS,
    MOST_ENTRIES,
    TEXT_LETTERS,
    WORK_LETTERS,
    WORK_LINES,
    BlankAnswer,
    ConversionAnswers,
    OwnText,
    to_file,
)
from kb.conversion.convert import Conversion, ResolvedPart
from kb.conversion.resolution import ResolvedBlank, ResolvedChoice
from kb.editing.forms.form_values import plain
from kb.errors import Rejected
from kb.i18n import N_
from kb.kinds.register.model import BlankType
from kb.problems import Problem
from kb.records.bundle import is_too_nested
from kb.records.segments import fingerprint
from kb.web.parts.formats import read_day

Posted = Mapping[str, list[str]]
STEP = "step"
CHOICES, BLANKS, TEXTS, TAKE = "choices", "blanks", "texts", "take"
STEPS = (CHOICES, BLANKS, TEXTS, TAKE)
REVIEWED_BY, REVIEWED_ON = "reviewed_by", "reviewed_on"
_TOO_LONG = N_("%(label)s: at most %(limit)s characters.")
_TOO_MANY = N_("%(label)s: at most %(limit)s lines.")
_TOO_NESTED = N_("%(label)s: lists or quotations have too many levels. Use fewer levels.")
_WORK_TOO_LONG = N_(
    "All your texts together are too long. The limit is %(limit)s characters and %(lines)s lines. Shorten your texts "
    "on this page."
)


def choice_name(choice: ResolvedChoice, group: str) -> str:
    """Return the name of a choice's controls for one group of crimes."""
    return f"choice:{choice.id}:{group}"


def blank_name(blank: ResolvedBlank, what: str = "text") -> str:
    """Return the name of one control of a blank: `text`, `entry`, `absent` or `confirmed`."""
    return f"{what}:{blank.id}"


def part_name(part: ResolvedPart, what: str = "part") -> str:
    """Return the name of a part's text control, or of its checkbox `again`, which restores the tool's text."""
    return f"{what}:{part.passage.name}"


def merge_posted(found: Conversion, posted: Posted) -> ConversionAnswers:
    """Return the answers of a conversion, updated with the posted form.

    Raises `Rejected` with a problem for each text over its limit, or one if all answers together are too long.
    """
    step = _first(posted, STEP)
    answers = found.answers
    problems: list[Problem] = []
    if step == CHOICES:
        chosen = {choice.id: dict(_read_choice(choice, posted)) for choice in found.choices if choice.asked}
        answers = answers.model_copy(update={"choices": {**answers.choices, **chosen}})
    elif step == BLANKS:
        answers = answers.model_copy(update={"blanks": dict(_blanks(found, posted, problems))})
    elif step == TEXTS:
        answers = answers.model_copy(update={"texts": dict(_texts(found, posted, problems))})
    elif step == TAKE:
        answers = answers.model_copy(update={"without_about": not posted.get("about"), **_review(posted, problems)})
    lines = sum(each.text.count("\n") for each in answers.texts.values())
    if not problems and (len(to_file(answers)) > WORK_LETTERS or lines > WORK_LINES):
        limits = {"limit": WORK_LETTERS, "lines": WORK_LINES}
        problems.append(Problem("work-too-long", _WORK_TOO_LONG, params=limits))
    if problems:
        raise Rejected(problems)
    return answers


def _read_choice(choice: ResolvedChoice, posted: Posted) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the chosen values by group. A new choice for all groups overrides the choice of each group."""
    for_all = _first(posted, choice_name(choice, "all"))
    before = {choice.chosen.get(group, ()) for group in choice.groups}
    by_group = {group: posted.get(choice_name(choice, group), []) for group in choice.groups}
    is_new = bool(for_all) and (before != {(for_all,)} or not any(by_group.values()))
    for group, each in by_group.items():
        given = [for_all] if is_new else each
        if values := tuple(value for value in given if choice.view.find(value)):
            yield group, values


def _blanks(found: Conversion, posted: Posted, problems: list[Problem]) -> Iterable[tuple[str, BlankAnswer]]:
    """Yield the answers of the blanks. Keep the answers of blanks that the page did not show.

    A value equal to the profile's is not stored as an answer, so that it follows the profile.
    """
    shown = {blank.id for blank in found.blanks}
    yield from ((name, answer) for name, answer in found.answers.blanks.items() if name not in shown)
    for blank in found.blanks:
        try:
            answer = _blank(blank, posted)
        except ValidationError as error:
            is_many = any(each["type"] == "too_long" for each in error.errors())
            message, limit = (_TOO_MANY, MOST_ENTRIES) if is_many else (_TOO_LONG, ENTRY_LETTERS)
            problems.append(Problem("too-long", message, params={"label": blank.view.label, "limit": limit}))
        else:
            if answer is not None:
                yield blank.id, answer


def _blank(blank: ResolvedBlank, posted: Posted) -> BlankAnswer | None:
    is_absent = bool(posted.get(blank_name(blank, "absent")))
    is_confirmed = bool(posted.get(blank_name(blank, "confirmed")))
    text = plain(_first(posted, blank_name(blank)))
    own = [text.strip()] if blank.view.blank.type is BlankType.LONG else [line.strip() for line in text.split("\n")]
    entries = (*posted.get(blank_name(blank, "entry"), []), *(each for each in own if each))
    untouched = tuple(offer.text for offer in blank.from_profile)
    if is_absent:
        return None if blank.offered.is_absent and not untouched else BlankAnswer(absent=True)
    if entries == untouched and not is_confirmed and not blank.offered.is_absent:
        return None
    return BlankAnswer(entries=entries, confirmed=is_confirmed)


def _texts(found: Conversion, posted: Posted, problems: list[Problem]) -> Iterable[tuple[str, OwnText]]:
    shown = {part.passage.name for part in found.parts if part.is_printed}
    yield from ((name, own) for name, own in found.answers.texts.items() if name not in shown)
    for part in found.parts:
        name = part_name(part)
        if part.is_printed and name in posted and not posted.get(part_name(part, "again")):
            text = plain(_first(posted, name)).strip()
            label = part.passage.heading or part.passage.name
            before = found.answers.texts.get(part.passage.name)
            why = before.why if before is not None else ""
            if text == plain(part.passage.body).strip():
                continue
            if len(text) > TEXT_LETTERS:
                problems.append(Problem("too-long", _TOO_LONG, params={"label": label, "limit": TEXT_LETTERS}))
            elif is_too_nested(text):
                problems.append(Problem("too-nested", _TOO_NESTED, params={"label": label}))
            else:
                yield part.passage.name, OwnText(text=text, over=fingerprint(part.passage.body), why=why)


def _review(posted: Posted, problems: list[Problem]) -> dict[str, object]:
    """Return the function of the reviewer and the day of the review. Add a problem unless there are both or neither."""
    function, day = plain(_first(posted, REVIEWED_BY)).strip(), _first(posted, REVIEWED_ON).strip()
    found = read_day(day)
    if len(function) > FUNCTION_LETTERS:
        label = N_("Role of the reviewer")
        problems.append(Problem("too-long", _TOO_LONG, params={"label": label, "limit": FUNCTION_LETTERS}))
    elif bool(function) is not bool(day):
        problems.append(
            Problem(
                "half-review", N_("Enter both the role of the reviewer and the date of review, or leave both empty.")
            )
        )
    elif day and found is None:
        problems.append(Problem("bad-date", N_("Enter a date, for example 12.03.2027.")))
    return {"reviewed_by": function, "reviewed_on": found}


def posted_value(posted: Posted, name: str, otherwise: str) -> str:
    """Return the posted value of a control, or `otherwise` without one. A page with problems shows it again."""
    return plain(posted[name][0]) if posted.get(name) else otherwise


def _first(posted: Posted, name: str) -> str:
    return next(iter(posted.get(name, [])), "")
