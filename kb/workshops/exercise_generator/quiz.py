"""Builds a quiz from facts: questions for participants, and each answer with its source for the trainer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import ascii_lowercase

from kb.i18n import N_
from kb.problems import Problem
from kb.records.markdown import escaped
from kb.workshops.exercise_generator.markdown_writer import joined, link, made_from, section
from kb.workshops.exercise_generator.questions import QuizQuestion, names_of, questions
from kb.workshops.exercise_generator.source_material import SourceMaterial
from kb.workshops.exercise_generator.texts import ExerciseText
from kb.workshops.exercise_generator.wording import Voice, Voices
from kb.workshops.frozen.facts import FrozenFacts
from kb.workshops.model import ItemKind
from kb.workshops.plan.items import ItemTexts
from kb.workshops.plan.transaction import refuse

FEWEST, MOST, USUAL = 3, 20, 8
# By subject: the question, and the name of the fact that answers it.
_WORDS: Mapping[str, tuple[ExerciseText, str]] = {
    "country": (ExerciseText.QUIZ_COUNTRY, N_("Countries")),
    "year": (ExerciseText.QUIZ_YEAR, N_("Start year")),
    "evidence": (ExerciseText.QUIZ_EVIDENCE, N_("Evidence")),
    "area": (ExerciseText.QUIZ_AREA, N_("Practice areas")),
    "actor": (ExerciseText.QUIZ_ACTOR, N_("Who is involved")),
    "leader": (ExerciseText.QUIZ_LEADER, N_("Organisations")),
    "article": (ExerciseText.QUIZ_ARTICLE, N_("Legal basis")),
}


def quiz(materials: Sequence[SourceMaterial], others: Sequence[FrozenFacts], voices: Voices, number: int) -> ItemTexts:
    """Return a quiz of at most `number` questions. Raises `Rejected` if fewer than three can be asked."""
    if not FEWEST <= number <= MOST:
        message = N_("Enter a number of questions from %(fewest)s to %(most)s.")
        refuse([Problem("bad-number", message, ("number",), params={"fewest": FEWEST, "most": MOST})])
    asked = questions(materials, others, voices, number)
    if len(asked) < FEWEST:
        message = N_(
            "Not enough facts for a quiz. Questions found: %(count)s. Questions needed: %(fewest)s. Select more "
            "practices."
        )
        refuse([Problem("too-little", message, ("quiz",), params={"count": len(asked), "fewest": FEWEST})])
    used = tuple(dict.fromkeys(question.material for question in asked))
    return ItemTexts(
        ItemKind.QUIZ,
        {code: voice.text(ExerciseText.QUIZ_TITLE) for code, voice in voices.items()},
        {code: _text(asked, voice) for code, voice in voices.items()},
        tuple(each.record for each in used),
        {code: joined((_answers(asked, voice), made_from(used, voice))) for code, voice in voices.items()},
    )


def _text(asked: Sequence[QuizQuestion], voice: Voice) -> str:
    return joined(
        (voice.text(ExerciseText.QUIZ_INTRO), *(_question(number, each, voice) for number, each in enumerate(asked, 1)))
    )


def _question(number: int, question: QuizQuestion, voice: Voice) -> str:
    options = (
        f"    - {letter}) {_called(question, value, voice)}"
        for letter, value in zip(ascii_lowercase, question.options, strict=False)
    )
    title = question.material.title(voice.code)
    words = voice.text(_WORDS[question.about][0], title=title, law=_law(question, voice))
    return "\n".join((f"{number}. **{escaped(words)}**", "", *options))


def _law(question: QuizQuestion, voice: Voice) -> str:
    return voice.instrument(question.answer.partition(" ")[0]) if question.about == "article" else ""


def _called(question: QuizQuestion, value: str, voice: Voice) -> str:
    return escaped(names_of(question.about, value, voice)[0])


def _answers(asked: Sequence[QuizQuestion], voice: Voice) -> str:
    lines = (_answer(number, each, voice) for number, each in enumerate(asked, 1))
    return section(voice.text(ExerciseText.QUIZ_ANSWERS), "\n".join(lines))


def _answer(number: int, question: QuizQuestion, voice: Voice) -> str:
    letter = ascii_lowercase[question.options.index(question.answer)]
    source = voice.text(
        ExerciseText.QUIZ_SOURCE,
        record=link(question.material, voice.code),
        number=question.material.version,
        fact=voice.say(_WORDS[question.about][1]),
    )
    unread = "" if _is_read(question, voice) else voice.say(N_("Not yet checked against the official text."))
    said = f"**{letter}) {_called(question, question.answer, voice)}.**"
    return " ".join(filter(None, (f"{number}.", said, source, unread)))


def _is_read(question: QuizQuestion, voice: Voice) -> bool:
    """Return whether an article was checked against the official text. Other facts need no such check."""
    if question.about != "article":
        return True
    celex, number = question.answer.split(" ", 1)
    article = voice.law.find_article(celex, number)
    rows = (row for row in question.material.facts.rows("legal_basis") if row.one("celex") == celex)
    return article is not None and article.is_checked and all(row.one("checked") != "no" for row in rows)
