"""Builds a worksheet from a practice: what the practice relies on there, and room to write what exists here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kb.i18n import N_
from kb.problems import Problem
from kb.records.markdown import escaped
from kb.workshops.exercise_generator.markdown_writer import (
    cut_title,
    joined,
    laws,
    link,
    made_from,
    numbered,
    section,
    table,
    warning,
)
from kb.workshops.exercise_generator.source_material import SourceMaterial
from kb.workshops.exercise_generator.texts import ExerciseText
from kb.workshops.exercise_generator.wording import Voice, Voices
from kb.workshops.model import ItemKind
from kb.workshops.plan.items import ItemTexts
from kb.workshops.plan.transaction import refuse

_NEEDS: Mapping[str, str] = {
    "staff": N_("Staff"),
    "money": N_("Funding"),
    "law": N_("Legal changes"),
    "data_protection": N_("Personal data"),
    "time": N_("Time needed"),
}
_COLUMNS = (
    ExerciseText.WORKSHEET_THERE,
    ExerciseText.WORKSHEET_HERE,
    ExerciseText.WORKSHEET_MISSING,
    ExerciseText.WORKSHEET_DECIDES,
)
_QUESTIONS = (
    ExerciseText.WORKSHEET_QUESTION_1,
    ExerciseText.WORKSHEET_QUESTION_2,
    ExerciseText.WORKSHEET_QUESTION_3,
    ExerciseText.WORKSHEET_QUESTION_4,
)


def worksheet(practice: SourceMaterial, voices: Voices) -> ItemTexts:
    """Return the worksheet “What would you need here?”. Raises `Rejected` if the practice has too little text."""
    if not any(_conditions(practice, code) or _resources(practice, voices[code]) for code in voices):
        message = N_(
            "“%(title)s” lists no conditions or resources, so there is nothing to compare. Select another practice."
        )
        title = practice.title(next(iter(voices)))
        refuse([Problem("too-little", message, ("worksheet",), params={"title": title})])
    title = ExerciseText.WORKSHEET_TITLE
    return ItemTexts(
        ItemKind.WORKSHEET,
        {code: cut_title(voice.text(title, title=practice.title(code))) for code, voice in voices.items()},
        {code: _text(practice, voice) for code, voice in voices.items()},
        (practice.record,),
        {code: made_from([practice], voice) for code, voice in voices.items()},
    )


def _text(practice: SourceMaterial, voice: Voice) -> str:
    code = voice.code
    groups = (
        (N_("Conditions for transfer"), map(escaped, _conditions(practice, code))),
        (N_("Resources needed"), _resources(practice, voice)),
        (N_("Legal basis"), map(escaped, laws(practice, voice))),
        (N_("Steps"), map(escaped, practice.steps("how", code))),
    )
    return joined(
        (
            voice.text(ExerciseText.WORKSHEET_INTRO, practice=link(practice, code)),
            warning(practice, voice),
            *(section(voice.say(heading), _rows(rows, voice)) for heading, rows in groups),
            section(voice.text(ExerciseText.WORKSHEET_ONLY_HERE), _rows([""] * 2, voice)),
            section(voice.text(ExerciseText.WORKSHEET_DISCUSS), numbered(map(voice.text, _QUESTIONS))),
        )
    )


def _rows(rows: Iterable[str], voice: Voice) -> str:
    found = [(row, "", "", "") for row in rows]
    return table([voice.text(name) for name in _COLUMNS], found) if found else ""


def _conditions(practice: SourceMaterial, code: str) -> tuple[str, ...]:
    rows = practice.facts.rows("transfer_conditions")
    return tuple(filter(None, (practice.text(f"transfer_conditions.{row.one('id')}.label", code) for row in rows)))


def _resources(practice: SourceMaterial, voice: Voice) -> tuple[str, ...]:
    def lines() -> Iterator[str]:
        for name, label in _NEEDS.items():
            if text := practice.text(f"needs.{name}", voice.code):
                yield f"**{voice.say(label)}:** {escaped(text)}"

    return tuple(lines())
