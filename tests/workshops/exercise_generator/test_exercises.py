"""Cases, worksheets, comparison tasks and quizzes as Markdown: for participants, and for trainers only."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from kb.errors import Rejected
from kb.i18n import LANGUAGES
from kb.kinds.exercise.model import INVENTED
from kb.records.markdown import to_html
from kb.workshops.exercise_generator.case_cards import case
from kb.workshops.exercise_generator.comparison_task import comparison
from kb.workshops.exercise_generator.quiz import quiz
from kb.workshops.exercise_generator.source_material import SourceMaterial
from kb.workshops.exercise_generator.worksheet import worksheet
from kb.workshops.frozen.item import Frozen, Held
from kb.workshops.plan.items import ItemTexts
from tests.workshops.exercise_generator.materials import VRD, a_practice, frozen, of_the_house, voices
from tests.workshops.exercise_generator.test_questions import OTHERS

NEEDY: dict[str, Any] = {
    "texts": {
        "transfer_conditions.c1.label": "A slope | nobody *owns*",
        "needs.staff": "One mason.",
        "how": "1. Ask.[^s1] In two\n   sentences.\n2. Write.\n\nThen go.",
        "legal_basis.l2.text": "Wall Act",
    },
    "transfer_conditions": [{"id": "c1"}],
    "legal_basis": [{"id": "l1", "celex": VRD, "articles": ["8", "22"]}, {"id": "l2"}],
}
EXERCISE = SourceMaterial(
    "exercises/key",
    Held(
        {
            "en": frozen(
                "exercises/key",
                {
                    "title": "The key",
                    "notice": "A closed gate.",
                    "d1": "A guest has lost it.",
                    "d1-task": "Say it.",
                    "q1": "No, anybody may ring.[^s1]",
                    "traps": "The gate stays shut.",
                    "national.n1.label": "Whom does one ring?",
                },
                {
                    "doses": [{"id": "d1", "method": "pair", "work": "10", "talk": "5"}],
                    "asked": ["q1"],
                    "national": [{"id": "n1", "fact": "f-emergency"}],
                    "sources": [
                        {"id": "s1", "title": "Of [gates]", "address": "https://example.org/gates", "year": "2020"},
                        {"id": "s2", "title": "Not cited"},
                    ],
                },
                body=["notice", "d1", "d1-task", "q1", "traps"],
                headings={
                    "notice": "Before",
                    "d1": "Evening",
                    "d1-task": "Task",
                    "q1": "Is it needed?",
                    "traps": "Traps",
                },
            )
        }
    ),
)


def refused(make: Callable[[], ItemTexts]) -> list[tuple[str, tuple[str | int, ...]]]:
    with pytest.raises(Rejected) as caught:
        make()
    return [(problem.code, problem.where) for problem in caught.value.problems]


def rows(text: str) -> list[list[str]]:
    """Return the rows of all tables of a text."""
    lines = (line for line in text.split("\n") if line.startswith("| ") and not line.startswith("| ---"))
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def test_a_worksheet_has_room_beside_all_that_the_practice_rests_on() -> None:
    made = worksheet(a_practice(**NEEDY), voices())
    there = [row[0] for row in rows(made.text["en"]) if row[0] != "Where it is used"]
    assert there == [
        r"A slope \| nobody \*owns\*",
        "**Staff:** One mason.",
        "Victims' Rights Directive (VRD), articles 8 and 22",
        "Wall Act",
        "Ask. In two sentences.",
        "Write.",
        "",
        "",
    ]
    assert all(row[1:] == ["", "", ""] for row in rows(made.text["en"]) if row[0] != "Where it is used")
    assert "<td>A slope | nobody *owns*</td>" in to_html(made.text["en"])
    assert "[Stone walls](practices/walls)" in made.text["en"]
    assert (made.kind, made.made_from) == ("worksheet", ("practices/walls",))
    assert "version 4" in made.answers["en"]


def test_a_practice_that_says_too_little_makes_no_worksheet() -> None:
    assert refused(lambda: worksheet(a_practice(), voices())) == [("too-little", ("worksheet",))]


def test_a_warning_goes_with_everything_that_is_made_of_a_practice() -> None:
    texts: dict[str, str] = {**NEEDY["texts"], "warning": "It reached the suspect.", "problem": "Nobody asked."}
    harmful = a_practice(**{**NEEDY, "texts": texts})
    fine = a_practice("fine", evidence_level="ev-1-described", level="local")
    warned = "**Warning:** It reached the suspect."
    assert warned in worksheet(harmful, voices()).text["en"]
    assert warned in comparison([harmful, fine], voices()).text["en"]
    assert warned in case(harmful, voices()).answers["en"]


def test_of_each_row_of_facts_one_place_is_free_and_the_answers_fill_it() -> None:
    practices = of_the_house()[:3]
    made = comparison(practices, voices("en", "lt"))
    for code in ("en", "lt"):
        whole = {name: cells for name, *cells in rows(made.answers[code])}
        partly = {name: cells for name, *cells in rows(made.text[code])}
        facts = whole.keys() - {"Criterion", "Kriterijus"}
        assert len(facts) == 8
        free = dict[int, int]()
        for name in facts:
            places = [
                place for place, cell in enumerate(partly[name]) if not cell and whole[name][place] != "not known"
            ]
            assert len(places) == 1
            assert [a for a, b in zip(partly[name], whole[name], strict=True) if a and a != b] == []
            free[places[0]] = free.get(places[0], 0) + 1
        assert len(free) == len(practices)
        assert all(not any(partly[name]) for name in partly.keys() - whole.keys())


def test_the_first_and_the_last_that_began_are_asked_about() -> None:
    early, late = a_practice("early", start_year="1990", level="local"), a_practice("late", level="local")
    assert "B started in 1990, A in 2012." in comparison([late, early], voices()).text["en"]
    same = comparison([late, a_practice("third", level="local")], voices()).text["en"]
    assert "started in" not in same


def test_two_or_three_practices_with_facts_are_compared() -> None:
    one, bare = a_practice(level="local"), [a_practice(name, countries=[], start_year="") for name in "ab"]
    wrong = [("bad-number", ("comparison",))]
    assert refused(lambda: comparison([one], voices())) == wrong
    assert refused(lambda: comparison(of_the_house()[:4], voices())) == wrong
    assert refused(lambda: comparison(bare, voices())) == [("too-little", ("comparison",))]


def test_an_invented_case_is_told_and_its_answers_stand_apart() -> None:
    made = case(EXERCISE, voices())
    text, answers = made.text["en"], made.answers["en"]
    assert text.startswith(f"*{INVENTED}*")
    for words in (
        "### Evening\n\nA guest has lost it.",
        "In pairs, 10 minutes, then 5 minutes together",
        "1. Is it needed?",
    ):
        assert words in text
    assert "anybody may ring" not in text
    assert "The gate stays shut" not in text
    for words in ("### Is it needed?\n\nNo, anybody may ring.", "### Traps", "- Whom does one ring?"):
        assert words in answers
    assert r"[Of \[gates\]](<https://example.org/gates>), 2020" in answers
    assert "Not cited" not in answers
    assert "[^" not in text + answers


def test_a_case_of_a_practice_tells_the_problem_and_keeps_what_was_done_for_the_trainer() -> None:
    said = {"problem": "Nobody asked.[^s1]", "what": "A walk.", "how": "1. Go.", "limits": "It rains."}
    made = case(a_practice(texts=said, actors=["police"]), voices())
    assert "### Situation\n\nNobody asked.\n" in made.text["en"]
    assert "- police" in made.text["en"]
    assert "A walk." not in made.text["en"]
    for words in ("What was done in: Portugal", "A walk.", "1. Go.", "It rains."):
        assert words in made.answers["en"]
    assert refused(lambda: case(a_practice(), voices())) == [("too-little", ("case",))]


def test_the_title_of_a_case_does_not_tell_what_was_done() -> None:
    said = {"title": "Police pass names on, with consent", "problem": "Nobody asked."}
    found = case(a_practice(texts=said, countries=["FI"]), voices(*LANGUAGES))
    names = {"en": "Finland", "it": "Finlandia", "lt": "Suomija", "pt": "Finlândia", "ro": "Finlanda"}
    case_words = {"en": "Case", "it": "Caso", "lt": "Atvejis", "pt": "Caso", "ro": "Caz"}
    assert found.title == {code: f"{case_words[code]}: {name}" for code, name in names.items()}
    assert not any("consent" in text for text in found.text.values())
    assert "Police pass names on, with consent" in found.answers["en"]


def test_a_case_of_several_countries_names_them_and_one_of_none_whom_it_is_about() -> None:
    def title(**facts: Any) -> str:
        return case(a_practice(texts={"problem": "Nobody asked."}, **facts), voices()).title["en"]

    assert title(countries=["FI", "PT"]) == "Case: Finland and Portugal"
    assert title(countries=["XX"], crime_types=["stalking"]) == "Case: stalking"
    assert title(countries=["XX"]) == title(countries=[]) == "Case"


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_case_of_the_collection_is_called_after_its_practice(code: str) -> None:
    for practice in of_the_house():
        made = case(practice, voices(code))
        assert practice.title(code) not in made.title[code] + made.text[code]
        assert len(made.title[code]) > len("Case: ")


@pytest.mark.parametrize("code", ["en", "lt"])
def test_each_answer_of_a_quiz_is_the_option_of_its_letter_with_its_source(code: str) -> None:
    made = quiz(of_the_house()[:5], [each.facts for each in of_the_house()], voices("en", "lt"), 12)
    asked = re.split(r"(?m)^\d+\. ", made.text[code])[1:]
    answers = re.findall(
        r"(?m)^\d+\. \*\*([a-d]\) .*?)\.\*\* \w+: \[.*?\]\(practices/[a-z0-9-]+\), (?:version|versija Nr\.) 1",
        made.answers[code],
    )
    assert len(asked) == len(answers) == 12
    for question, answer in zip(asked, answers, strict=True):
        assert f"    - {answer}\n" in question + "\n"
    assert to_html(made.text[code]).count("<ol>") == 1
    assert to_html(made.text[code]).count("<ul>") == 12
    assert list(made.problems("en")) == []


def test_an_article_that_nobody_read_in_the_official_text_is_said_so() -> None:
    made = quiz(of_the_house()[:5], [each.facts for each in of_the_house()], voices(), 20)
    lines = [line for line in made.answers["en"].split("\n") if "“Legal basis”" in line]
    assert lines
    assert all("Not yet checked against the official text." in line for line in lines)


def test_a_quiz_needs_three_questions_and_a_number_of_them() -> None:
    bare = a_practice(countries=[], start_year="")
    assert refused(lambda: quiz([bare], OTHERS, voices(), 8)) == [("too-little", ("quiz",))]
    for number in (0, 2, 21):
        assert refused(lambda number=number: quiz([a_practice()], OTHERS, voices(), number)) == [  # type: ignore[misc]
            ("bad-number", ("number",))
        ]


@pytest.mark.parametrize("make", [worksheet, case])
def test_a_record_without_the_language_is_used_in_another_and_says_so(make: Callable[..., ItemTexts]) -> None:
    said: dict[str, Any] = {**NEEDY, "texts": {**NEEDY["texts"], "problem": "Nobody asked."}}
    made = make(a_practice(**said), voices("en", "lt"))
    assert "Not available in this language, so shown in: anglų." in made.answers["lt"]
    assert "Not available in this language" not in made.answers["en"]
    assert set(made.title) == {"en", "lt"}


def test_a_title_is_no_longer_than_it_may_be() -> None:
    made = worksheet(a_practice(**{**NEEDY, "texts": {**NEEDY["texts"], "title": "x" * 300}}), voices())
    assert len(made.title["en"]) == 300
    assert list(made.problems("en")) == []


def test_of_a_text_that_was_removed_nobody_is_told_that_it_was_never_there() -> None:
    there = a_practice().held.texts["en"]
    missing, removed = (SourceMaterial("practices/walls", Held({"en": there}, erased)) for erased in ((), ("lt",)))
    lithuanian = voices("lt")["lt"]
    assert "Not available in this language, so shown in: anglų." in missing.origin(lithuanian)
    assert removed.origin(lithuanian) == ("The text in lietuvių was removed on request. Shown in: anglų.")
    foreign = SourceMaterial("practices/walls", Held({"en": Frozen(there.raw, is_foreign=True)}, ("lt",)))
    assert "removed on request" in foreign.origin(lithuanian)
    assert "This text was imported from another Praxis site and has not been checked here." in foreign.origin(
        lithuanian
    )
