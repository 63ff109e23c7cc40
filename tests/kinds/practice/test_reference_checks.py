from __future__ import annotations

from typing import Any

import pytest

from kb.kinds.country.membership import EUROPE
from kb.kinds.practice.reference_checks import country_codes
from kb.problems import Severity
from tests.builders import a_material
from tests.kinds.practice.checking import codes, only, problems_of


def test_an_unknown_term_is_named_with_the_nearest() -> None:
    problem = only(problems_of(areas=["opt-in-referral", "signpostin"]))
    assert (problem.code, problem.where) == ("unknown-term", ("areas", 1))
    assert problem.text() == "signpostin does not exist. Did you mean signposting?"


def test_an_unknown_term_without_anything_near_is_a_problem_too() -> None:
    problem = only(problems_of(actors=["zzz"]))
    assert problem.text() == "zzz is not in the actors vocabulary. Enter a term from this vocabulary."


def test_a_term_of_another_vocabulary_is_a_problem() -> None:
    problem = only(problems_of(actors=["signposting"]))
    assert problem.code == "wrong-vocabulary"
    assert (
        problem.text()
        == "signposting is from the practice-areas vocabulary. Use a term from the actors vocabulary here."
    )


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"victim_groups": ["police"]}, ("victim_groups", 0)),
        ({"crime_types": ["police"]}, ("crime_types", 0)),
        ({"stages": ["police"]}, ("stages", 0)),
        ({"document_types": ["police"]}, ("document_types", 0)),
        ({"implementation_status": "police"}, ("implementation_status",)),
        ({"secure_channel": {"used": "yes", "kinds": ["police"]}}, ("secure_channel", "kinds", 0)),
        ({"materials": [a_material(kind="police")]}, ("materials", 0, "kind")),
    ],
)
def test_each_list_takes_terms_of_its_own_vocabulary(changes: dict[str, Any], where: tuple[object, ...]) -> None:
    problem = only(problems_of(**changes))
    assert (problem.code, problem.where) == ("wrong-vocabulary", where)


def test_right_terms_are_no_problem() -> None:
    assert (
        problems_of(
            victim_groups=["victims-of-domestic-violence"],
            crime_types=["domestic-violence"],
            stages=["stage-reporting"],
            document_types=["doc-form"],
            implementation_status="impl-national",
            secure_channel={"used": "yes", "kinds": ["secure-email"]},
            materials=[a_material(kind="doc-form"), a_material("m2")],
        )
        == ()
    )


def test_a_wide_area_beside_its_narrow_one_is_a_warning() -> None:
    problem = only(problems_of(areas=["referral", "warm-referral"]))
    assert (problem.code, problem.severity, problem.where) == (
        *("broader-beside-narrower", Severity.WARNING),
        ("areas", 0),
    )
    assert "referral is broader than warm-referral" in problem.text()


@pytest.mark.parametrize("code", ["PT", "EU", "NO", "XK"])
def test_countries_are_known_by_their_iso_code(code: str) -> None:
    assert problems_of(countries=[code], tried_in=[code]) == ()


@pytest.mark.parametrize("code", ["XX", "ZZ", "UN", "EZ"])
def test_a_code_that_is_no_country_is_a_problem(code: str) -> None:
    assert only(problems_of(countries=[code])).code == "unknown-country"


def test_the_codes_of_institutions_lead_to_the_iso_code() -> None:
    assert only(problems_of(countries=["UK"])).text() == "UK is not an ISO country code. Use GB."
    assert only(problems_of(tried_in=["EL"])).where == ("tried_in", 0)
    assert country_codes() >= EUROPE | {"EU"}
    assert not country_codes() & {"UK", "EL"}


def test_the_country_of_national_law_is_checked() -> None:
    row = {"id": "l1", "text": "Law 1, art. 2", "country": "QQ"}
    problem = only(problems_of(legal_basis=[row]))
    assert (problem.code, problem.where) == ("unknown-country", ("legal_basis", 0, "country"))


def test_an_unknown_celex_number_is_named_with_the_nearest() -> None:
    problem = only(problems_of(legal_basis=[{"id": "l1", "celex": "32012L0028"}]))
    assert (problem.code, problem.where, problem.params["near"]) == (
        *("unknown-law", ("legal_basis", 0, "celex")),
        "32012L0029",
    )
    assert "near" not in only(problems_of(legal_basis=[{"id": "l1", "celex": "zzz"}])).params


def test_an_article_that_nobody_described_is_a_warning() -> None:
    problem = only(problems_of(legal_basis=[{"id": "l1", "celex": "32012L0029", "articles": ["8", "99"]}]))
    assert (problem.code, problem.severity) == ("unknown-article", Severity.WARNING)
    assert problem.where == ("legal_basis", 0, "articles", 1)
    assert "Article 99 of Victims' Rights Directive (VRD)" in problem.text()


def test_a_legal_basis_is_one_of_two_things() -> None:
    neither = {"id": "l1", "country": "PT"}
    both = {"id": "l2", "celex": "32012L0029", "text": "Law 1", "country": "PT"}
    mixed = {"id": "l3", "text": "Law 1", "articles": ["2"], "country": "PT"}
    problems = problems_of(legal_basis=[neither, both, mixed])
    assert codes(problems) == ["bad-legal-basis"] * 3
    assert [problem.where for problem in problems] == [
        *(("legal_basis", 0), ("legal_basis", 1)),
        ("legal_basis", 2, "articles"),
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"text": "Law 1"}, "unproven-check"),
        ({"text": "Law 1", "checked_on": "2026-11-25"}, "unproven-check"),
        ({"celex": "32012L0029", "articles": ["8"]}, "unproven-check"),
    ],
)
def test_a_check_of_law_names_the_day_and_the_official_text(row: dict[str, Any], code: str) -> None:
    problem = only(problems_of(legal_basis=[{"id": "l1", "checked": "yes", **row}]))
    assert (problem.code, problem.where) == (code, ("legal_basis", 0))


def test_law_that_was_read_is_no_problem() -> None:
    day = {"checked": "yes", "checked_on": "2026-11-25"}
    national = {"id": "l1", "text": "Law 1", "address": "https://law.example/1", **day}
    assert problems_of(legal_basis=[national, {"id": "l2", "celex": "32012L0029", "articles": ["8"], **day}]) == ()
