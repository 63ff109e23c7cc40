"""The content folder passes its own check, and its generated lines are up to date."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.__main__ import cli
from kb.content.files import ContentFolder
from kb.i18n import LANGUAGES
from kb.library.check import check_content
from kb.library.kinds import KINDS
from kb.library.knowledge import load_knowledge

CONTENT = Path(__file__).parents[2] / "content"
FOLDER = ContentFolder(CONTENT, {kind.shape.name: kind.shape for kind in KINDS})


def test_the_content_has_no_problem() -> None:
    knowledge = load_knowledge(CONTENT)
    kinds = {kind.shape.name: kind for kind in KINDS}
    count, problems = check_content(FOLDER, kinds, knowledge.vocabularies, knowledge.law)
    assert [str(problem) for problem in (*knowledge.problems, *problems)] == []
    assert count >= 12


def test_the_generated_lines_are_up_to_date() -> None:
    done = CliRunner().invoke(cli, ["content", "format", "--check"])
    assert done.exit_code == 0, done.output


# Written in English first: their translations are under way. A record leaves this list with its last language.
NOT_TRANSLATED_YET = {"tools/referral-manual", "tools/secure-transfer"}


RECORDS = [f"{kind}/{record_id}" for kind, record_id in FOLDER.records()]
ADAPTATIONS = [record for record in RECORDS if record.startswith("adaptations/")]


@pytest.mark.parametrize("record", [record for record in RECORDS if record not in ADAPTATIONS])
def test_every_record_is_there_in_every_language(record: str) -> None:
    kind, _, record_id = record.partition("/")
    texts, _ = FOLDER.texts(kind, record_id)
    assert (len(texts) == len(LANGUAGES)) is (record not in NOT_TRANSLATED_YET)


def test_four_tools_are_adapted_to_four_countries() -> None:
    tools = ("partnership-agreement", "referral-form-police", "rights-information", "support-needs-assessment")
    assert {f"adaptations/{tool}-{country}" for tool in tools for country in ("it", "lt", "pt", "ro")} <= {*ADAPTATIONS}


def test_three_invented_cases_and_three_programmes_are_there() -> None:
    cases = ("exercises/shared-telephone", "exercises/only-money", "exercises/three-families")
    assert {*cases, "programmes/half-day", "programmes/one-day", "programmes/two-days"} <= {*RECORDS}
    for record in cases:
        texts, _ = FOLDER.texts(*record.split("/"))
        assert "\ninvented: yes\n" in texts["source"]


@pytest.mark.parametrize("record", ADAPTATIONS)
def test_an_adaptation_is_there_in_its_country_s_language_and_in_english(record: str) -> None:
    kind, _, record_id = record.partition("/")
    texts, _ = FOLDER.texts(kind, record_id)
    assert f"\nlanguage: {record_id.rpartition('-')[2]}\n" in texts["source"]
    assert "en" in texts


def test_nobody_claims_a_review_that_did_not_happen() -> None:
    for kind, record_id in FOLDER.records():
        for part, text in FOLDER.texts(kind, record_id)[0].items():
            front = text.partition("\n---\n")[0]
            assert "by: person" not in front, (record_id, part)
            assert "\nreviewed:" not in front, (record_id, part)
            assert "\nkeeper:" not in front, (record_id, part)
            if part == "source":
                assert "\norigin: machine-drafted" in front, record_id
