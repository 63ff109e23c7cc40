"""The ids of the texts that are printed in generated exercises; the texts are in `content/texts`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kb.texts.model import TextIds


class ExerciseText(StrEnum):
    """A text of a generated exercise."""

    CASE_TITLE = "case-title"
    CASE_SITUATION = "case-situation"
    CASE_INVOLVED = "case-involved"
    CASE_YOUR_TASK = "case-your-task"
    CASE_TASK = "case-task"
    CASE_QUESTION_1 = "case-question-1"
    CASE_QUESTION_2 = "case-question-2"
    CASE_QUESTION_3 = "case-question-3"
    CASE_QUESTION_4 = "case-question-4"
    CASE_QUESTION_5 = "case-question-5"
    CASE_TIMING = "case-timing"
    CASE_DETAILS = "case-details"
    CASE_WHAT_WAS_DONE = "case-what-was-done"
    CASE_LOOK_UP = "case-look-up"
    WORKSHEET_TITLE = "worksheet-title"
    WORKSHEET_INTRO = "worksheet-intro"
    WORKSHEET_THERE = "worksheet-there"
    WORKSHEET_HERE = "worksheet-here"
    WORKSHEET_MISSING = "worksheet-missing"
    WORKSHEET_DECIDES = "worksheet-decides"
    WORKSHEET_ONLY_HERE = "worksheet-only-here"
    WORKSHEET_DISCUSS = "worksheet-discuss"
    WORKSHEET_QUESTION_1 = "worksheet-question-1"
    WORKSHEET_QUESTION_2 = "worksheet-question-2"
    WORKSHEET_QUESTION_3 = "worksheet-question-3"
    WORKSHEET_QUESTION_4 = "worksheet-question-4"
    COMPARISON_TITLE = "comparison-title"
    COMPARISON_INTRO = "comparison-intro"
    COMPARISON_CRITERION = "comparison-criterion"
    COMPARISON_JUDGE_1 = "comparison-judge-1"
    COMPARISON_JUDGE_2 = "comparison-judge-2"
    COMPARISON_JUDGE_3 = "comparison-judge-3"
    COMPARISON_JUDGE_4 = "comparison-judge-4"
    COMPARISON_YEARS = "comparison-years"
    COMPARISON_QUESTION_1 = "comparison-question-1"
    COMPARISON_QUESTION_2 = "comparison-question-2"
    COMPARISON_QUESTION_3 = "comparison-question-3"
    COMPARISON_QUESTION_4 = "comparison-question-4"
    COMPARISON_QUESTION_5 = "comparison-question-5"
    COMPARISON_COMPLETE = "comparison-complete"
    QUIZ_TITLE = "quiz-title"
    QUIZ_INTRO = "quiz-intro"
    QUIZ_COUNTRY = "quiz-country"
    QUIZ_YEAR = "quiz-year"
    QUIZ_EVIDENCE = "quiz-evidence"
    QUIZ_AREA = "quiz-area"
    QUIZ_ACTOR = "quiz-actor"
    QUIZ_LEADER = "quiz-leader"
    QUIZ_ARTICLE = "quiz-article"
    QUIZ_ANSWERS = "quiz-answers"
    QUIZ_SOURCE = "quiz-source"
    LAW_ARTICLES = "law-articles"
    VERSION = "version"


_PLACES: Mapping[str, frozenset[str]] = {
    ExerciseText.CASE_TITLE: frozenset({"title"}),
    ExerciseText.CASE_TIMING: frozenset({"how", "talk", "work"}),
    ExerciseText.CASE_WHAT_WAS_DONE: frozenset({"countries"}),
    ExerciseText.WORKSHEET_TITLE: frozenset({"title"}),
    ExerciseText.WORKSHEET_INTRO: frozenset({"practice"}),
    ExerciseText.COMPARISON_TITLE: frozenset({"countries"}),
    ExerciseText.COMPARISON_YEARS: frozenset({"early", "first", "last", "late"}),
    ExerciseText.QUIZ_COUNTRY: frozenset({"title"}),
    ExerciseText.QUIZ_YEAR: frozenset({"title"}),
    ExerciseText.QUIZ_EVIDENCE: frozenset({"title"}),
    ExerciseText.QUIZ_AREA: frozenset({"title"}),
    ExerciseText.QUIZ_ACTOR: frozenset({"title"}),
    ExerciseText.QUIZ_LEADER: frozenset({"title"}),
    ExerciseText.QUIZ_ARTICLE: frozenset({"law", "title"}),
    ExerciseText.QUIZ_SOURCE: frozenset({"fact", "number", "record"}),
    ExerciseText.LAW_ARTICLES: frozenset({"articles", "law"}),
    ExerciseText.VERSION: frozenset({"number"}),
}
EXERCISE_TEXTS = TextIds("generated-exercises", tuple(ExerciseText), _PLACES)
