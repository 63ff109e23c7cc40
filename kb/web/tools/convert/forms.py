"""Merges the posted form of one page of an adaptation into the answers that the page carries.

The answers travel in a hidden field of the form. The server keeps nothing, and every page works without script.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

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
from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.register.model import BlankTopic, BlankType
from kb.problems import Problem
from kb.records.bundle import is_too_nested
from kb.records.segments import fingerprint
from kb.web.http import i18n
from kb.web.parts.formats import read_day
from kb.web.tools.convert.countries import country_code
from kb.web.tools.convert.field_names import FieldNames
from kb.web.tools.convert.steps import Step, StepKind, topics

Posted = Mapping[str, list[str]]
STEP = "step"
PAPER, CRIME, COUNTRY, LANGUAGE = "paper", "crime", "country", "in"
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


def merge_posted(found: Conversion, step: Step, posted: Posted) -> ConversionAnswers:
    """Return the answers of an adaptation, updated with the posted form of a page.

    Raises `Rejected` with a problem for each text that cannot be taken, or one if all answers together are too long.
    """
    answers, problems = found.answers, list[Problem]()
    match step.kind:
        case StepKind.BEGIN:
            answers = answers.model_copy(update=begun(found, posted))
        case StepKind.CHOICE:
            choice = next(each for each in found.choices if each.id == step.about)
            earlier = answers.choices.get(choice.id, {})
            answers = _with(answers, "choices", {choice.id: {**earlier, **dict(_read_choice(choice, posted))}})
        case StepKind.TOPIC:
            answers = _blanks(found, step, posted, problems)
        case StepKind.TEXT:
            answers = _text(found, step, posted, problems)
        case StepKind.DONE:
            answers = answers.model_copy(update={"without_about": not posted.get("about"), **_review(posted, problems)})
        case StepKind.TEXTS:
            pass
    lines = sum(each.text.count("\n") for each in answers.texts.values())
    if not problems and (len(to_file(answers)) > WORK_LETTERS or lines > WORK_LINES):
        limits = {"limit": WORK_LETTERS, "lines": WORK_LINES}
        problems.append(Problem("work-too-long", _WORK_TOO_LONG, params=limits))
    if problems:
        raise Rejected(problems)
    return answers


def begun(found: Conversion, posted: Posted) -> dict[str, Any]:
    """Return what the first page decides: the paper, the crime, the country and the language of the document.

    What the form does not name stays as it is. An unknown paper or country counts as not given, an unknown crime as
    all of them.
    """
    answers = found.answers
    papers = {paper.id for paper in found.tool.record.papers}
    paper, language, crime = _first(posted, PAPER), _first(posted, LANGUAGE), _first(posted, CRIME)
    group = next((each.value for each in CrimeGroup if each.slug == crime), "")
    if not crime:
        group = answers.crime
    return {
        "paper": paper if paper in papers else answers.paper,
        "crime": group,
        "country": country_code(_first(posted, COUNTRY)) or answers.country,
        "language": language if language in {each.code for each in i18n.offered()} else answers.language,
    }


def _with(answers: ConversionAnswers, name: str, values: Mapping[str, Any]) -> ConversionAnswers:
    return answers.model_copy(update={name: {**getattr(answers, name), **values}})


def _read_choice(choice: ResolvedChoice, posted: Posted) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the chosen values by group. A new choice for all groups overrides the choice of each group."""
    for_all = [value for value in posted.get(choice_name(choice, "all"), []) if choice.view.find(value)]
    before = {choice.chosen.get(group, ()) for group in choice.groups}
    by_group = {group: posted.get(choice_name(choice, group), []) for group in choice.groups}
    is_new = bool(for_all) and (before != {tuple(for_all)} or not any(by_group.values()))
    for group, each in by_group.items():
        given = for_all if is_new else each
        yield group, tuple(value for value in given if choice.view.find(value))


def _blanks(found: Conversion, step: Step, posted: Posted, problems: list[Problem]) -> ConversionAnswers:
    """Return the answers with those of a page of blanks.

    A value equal to the profile's is not stored as an answer, so that it follows the profile.
    """
    blanks = dict(found.answers.blanks)
    for blank in topics(found)[BlankTopic(step.about)]:
        try:
            answer = _blank(blank, posted)
        except ValidationError as error:
            is_many = any(each["type"] == "too_long" for each in error.errors())
            message, limit = (_TOO_MANY, MOST_ENTRIES) if is_many else (_TOO_LONG, ENTRY_LETTERS)
            problems.append(Problem("too-long", message, params={"label": blank.view.label, "limit": limit}))
        else:
            blanks.pop(blank.id, None)
            if answer is not None:
                blanks[blank.id] = answer
    return found.answers.model_copy(update={"blanks": blanks})


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


def _text(found: Conversion, step: Step, posted: Posted, problems: list[Problem]) -> ConversionAnswers:
    """Return the answers with the user's text of one part. The tool's own text is not stored."""
    texts = dict(found.answers.texts)
    part = next(part for part in found.parts if part.passage.name == step.about)
    before = texts.pop(step.about, None)
    if part_name(part) not in posted:
        return found.answers
    typed = plain(_first(posted, part_name(part))).strip()
    names = FieldNames.of(found)
    label = part.passage.heading or part.passage.name
    text, unknown = names.to_codes(typed)
    if posted.get(part_name(part, "again")) or text == plain(part.passage.body).strip():
        return found.answers.model_copy(update={"texts": texts})
    if unknown:
        message = N_("%(label)s: there is no field named %(name)s. Copy the name of a field from the tool’s text.")
        problems.append(Problem("unknown-name", message, params={"label": label, "name": unknown[0]}))
    elif len(text) > TEXT_LETTERS:
        problems.append(Problem("too-long", _TOO_LONG, params={"label": label, "limit": TEXT_LETTERS}))
    elif is_too_nested(text):
        problems.append(Problem("too-nested", _TOO_NESTED, params={"label": label}))
    else:
        why = before.why if before is not None else ""
        texts[step.about] = OwnText(text=text, over=fingerprint(part.passage.body), why=why)
    return found.answers.model_copy(update={"texts": texts})


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
