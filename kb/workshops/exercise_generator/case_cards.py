"""Builds case cards: an exercise record with its answers kept separate, or a situation taken from a practice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.i18n import N_
from kb.kinds.exercise.model import INVENTED, NOTICE, TASK
from kb.kinds.exercise.work_methods import METHOD_WORDS
from kb.problems import Problem
from kb.records.markdown import escaped
from kb.records.record import Passage
from kb.workshops.exercise_generator.markdown_writer import (
    bullets,
    cut_title,
    joined,
    link,
    made_from,
    numbered,
    section,
    sources,
    unmarked,
    warning,
)
from kb.workshops.exercise_generator.source_material import SourceMaterial
from kb.workshops.exercise_generator.texts import ExerciseText
from kb.workshops.exercise_generator.wording import Voice, Voices
from kb.workshops.frozen.exercise import doses, for_participants
from kb.workshops.frozen.facts import EXERCISES
from kb.workshops.model import ItemKind
from kb.workshops.plan.items import ItemTexts
from kb.workshops.plan.transaction import refuse

# Horizontal rule that starts a new page in the sheet of a case. Doses are handed out one after another.
NEXT_SHEET = "---"
_QUESTIONS = (
    ExerciseText.CASE_QUESTION_1,
    ExerciseText.CASE_QUESTION_2,
    ExerciseText.CASE_QUESTION_3,
    ExerciseText.CASE_QUESTION_4,
    ExerciseText.CASE_QUESTION_5,
)
_NOWHERE = "XX"  # means "no country"


def case(material: SourceMaterial, voices: Voices) -> ItemTexts:
    """Return the card. Raises `Rejected` if the record has no text to tell a case from."""
    if not any(_sections(material, code) for code in voices):
        message = N_("“%(title)s” does not describe a situation that can be used for a case. Select another record.")
        title = material.title(next(iter(voices)))
        refuse([Problem("too-little", message, ("case",), params={"title": title})])
    is_exercise = material.kind == EXERCISES
    text, answers = (_sheet, _model_answers) if is_exercise else (_situation, _what_was_done)
    return ItemTexts(
        ItemKind.CASE,
        {code: cut_title(_title(material, voice)) for code, voice in voices.items()},
        {code: text(material, voice) for code, voice in voices.items()},
        (material.record,),
        {code: joined((answers(material, voice), made_from([material], voice))) for code, voice in voices.items()},
    )


def _title(material: SourceMaterial, voice: Voice) -> str:
    """Return the title of the card. The title of a practice is not used: it would reveal what was done there."""
    if material.kind == EXERCISES:
        about = material.title(voice.code)
    else:
        countries = [each for each in material.facts.several("countries") if each != _NOWHERE]
        about = voice.speech.listing(
            map(voice.speech.country, countries)
            if countries
            else map(voice.term, material.facts.several("crime_types"))
        )
    return voice.text(ExerciseText.CASE_TITLE, title=about) if about else voice.say(N_("Case"))


def _sections(material: SourceMaterial, code: str) -> list[str]:
    """Return the ids of the sections that tell the story."""
    told = doses(material.facts) if material.kind == EXERCISES else ("problem",)
    there = material.sections(code)
    return [name for name in told if name in there]


def _sheet(exercise: SourceMaterial, voice: Voice) -> str:
    there = exercise.sections(voice.code)
    return joined(
        (
            f"*{voice.say(INVENTED)}*",
            _under_heading(there.get(NOTICE)),
            *_doses(exercise, there, voice),
            section(voice.say(N_("Questions")), numbered(_escaped_heading(each) for each in _asked(exercise, there))),
        )
    )


def _doses(exercise: SourceMaterial, there: Mapping[str, Passage], voice: Voice) -> Iterator[str]:
    for place, row in enumerate(exercise.facts.rows("doses")):
        if place:
            yield NEXT_SHEET
        yield _under_heading(there.get(row.one("id")))
        if (task := there.get(f"{row.one('id')}{TASK}")) is not None:
            how, work, talk = voice.say(METHOD_WORDS.get(row.one("method"), "")), row.one("work"), row.one("talk")
            yield joined(
                (_under_heading(task), f"*{voice.text(ExerciseText.CASE_TIMING, how=how, work=work, talk=talk)}*")
            )


def _model_answers(exercise: SourceMaterial, voice: Voice) -> str:
    there = exercise.sections(voice.code)
    given = for_participants(exercise.facts)
    rest = [passage for name, passage in there.items() if name not in given]
    return joined(
        (
            *(_under_heading(passage) for passage in rest),
            section(voice.text(ExerciseText.CASE_LOOK_UP), bullets(_national(exercise, voice))),
            sources(exercise, (passage.text for passage in rest), voice),
        )
    )


def _national(exercise: SourceMaterial, voice: Voice) -> Iterator[str]:
    for row in exercise.facts.rows("national"):
        if text := exercise.text(f"national.{row.one('id')}.label", voice.code):
            yield escaped(text)


def _asked(exercise: SourceMaterial, there: Mapping[str, Passage]) -> Iterator[Passage]:
    return (there[name] for name in exercise.facts.several("asked") if name in there)


def _situation(practice: SourceMaterial, voice: Voice) -> str:
    problem = unmarked(practice.text("problem", voice.code))
    actors = [escaped(voice.term(actor)) for actor in practice.facts.several("actors")]
    task = voice.text(ExerciseText.CASE_TASK)
    return joined(
        (
            section(voice.text(ExerciseText.CASE_SITUATION), problem),
            section(voice.text(ExerciseText.CASE_INVOLVED), bullets(actors)),
            section(voice.text(ExerciseText.CASE_YOUR_TASK), task),
            section(voice.say(N_("Questions")), numbered(map(voice.text, _QUESTIONS))),
        )
    )


def _what_was_done(practice: SourceMaterial, voice: Voice) -> str:
    told = {name: practice.text(name, voice.code) for name in ("what", "how", "limits")}
    countries = voice.speech.listing(map(voice.speech.country, practice.facts.several("countries")))
    heading = voice.text(ExerciseText.CASE_WHAT_WAS_DONE, countries=countries)
    return joined(
        (
            voice.text(ExerciseText.CASE_DETAILS),
            section(
                heading,
                joined(
                    (
                        link(practice, voice.code),
                        warning(practice, voice),
                        unmarked(told["what"]),
                        unmarked(told["how"]),
                    )
                ),
            ),
            section(voice.say(N_("Problems and limits")), unmarked(told["limits"])),
            sources(practice, (practice.text("problem", voice.code), *told.values()), voice),
        )
    )


def _under_heading(passage: Passage | None) -> str:
    return section(_escaped_heading(passage), unmarked(passage.body)) if passage is not None else ""


def _escaped_heading(passage: Passage) -> str:
    return escaped(passage.heading or passage.name)
