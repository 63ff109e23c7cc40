from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.judging import Key, Query, QueryFileError, Score, Tag, Tagged, judge, rank_of, read_queries
from benchmarks.search_quality import Outcome, report, tagged, worst
from kb.search.index.index_document import IndexDocument
from kb.search.results.results import Hit, SearchResults
from kb.vocabulary.loader import load_vocabularies
from kb.vocabulary.model import Vocabularies

ROOT = Path(__file__).parents[2]
RISK, POLICE, FORM = Tag("concept", "risk"), Tag("concept", "police"), Tag("concept", "form")
PORTUGAL, ROSA = Tag("country", "PT"), Tag("practice", "Codice Rosa")
FIRST, SECOND, THIRD = ("practices", "first"), ("practices", "second"), ("practices", "third")


def a_query(*expect: Tag, any_of: Sequence[Tag] = (), language: str = "en", features: Sequence[str] = ()) -> Query:
    return Query("q", "words", language, expect, tuple(any_of), tuple(features))


def a_record(*terms: str, countries: Sequence[str] = (), names: Sequence[str] = (), is_real: bool = True) -> Tagged:
    return Tagged(frozenset(terms), frozenset(countries), tuple(names), is_real)


def an_outcome(query: Query, base: dict[Key, Tagged], *found: Key) -> Outcome:
    hits = tuple(Hit(kind, name, "en", "en", 1.0) for kind, name in found)
    return Outcome(judge(query, base), SearchResults(total=len(hits), hits=hits))


def test_all_that_is_expected_has_to_be_there() -> None:
    base = {FIRST: a_record("risk", countries=["PT"]), SECOND: a_record("risk"), THIRD: a_record(countries=["PT"])}
    assert judge(a_query(RISK, PORTUGAL), base).good == {FIRST}


def test_one_of_the_alternatives_is_enough() -> None:
    base = {FIRST: a_record("risk", "form"), SECOND: a_record("risk", "police"), THIRD: a_record("risk")}
    assert judge(a_query(RISK, any_of=[POLICE, FORM]), base).good == {FIRST, SECOND}


def test_alternatives_alone_may_be_expected() -> None:
    assert judge(a_query(any_of=[POLICE, FORM]), {FIRST: a_record("form"), SECOND: a_record()}).good == {FIRST}


def test_what_no_record_has_is_not_needed() -> None:
    judged = judge(a_query(RISK, POLICE), {FIRST: a_record("risk")})
    assert judged.good == {FIRST}
    assert judged.missing == (POLICE,)
    assert judged.is_counted


def test_an_alternative_that_no_record_has_is_no_gap_beside_one_that_exists() -> None:
    assert not judge(a_query(any_of=[POLICE, FORM]), {FIRST: a_record("form")}).missing


def test_a_query_of_which_nothing_exists_is_not_counted() -> None:
    judged = judge(a_query(RISK, any_of=[POLICE]), {FIRST: a_record("form")})
    assert not judged.is_counted
    assert judged.missing == (RISK, POLICE)


def test_where_no_record_has_everything_half_is_partly_good_and_not_counted() -> None:
    base = {FIRST: a_record("risk", "police"), SECOND: a_record("form", "police"), THIRD: a_record("risk")}
    judged = judge(a_query(RISK, POLICE, FORM), base)
    assert not judged.is_counted
    assert judged.partly == {FIRST, SECOND}


@pytest.mark.parametrize(
    ("name", "is_it"),
    [("Codice Rosa", True), ("Rete codice rosa", True), ("CODICE-ROSA (Toscana)", True), ("Codice Rosato", False)],
)
def test_a_practice_is_known_by_words_of_a_name(name: str, is_it: bool) -> None:
    assert a_record(names=["Other", name]).carries(ROSA) is is_it


def test_a_practice_that_is_not_there_is_a_gap_and_the_rest_is_judged() -> None:
    judged = judge(a_query(RISK, ROSA), {FIRST: a_record("risk")})
    assert judged.good == {FIRST}
    assert judged.missing == (ROSA,)


def test_a_practice_that_is_there_has_to_be_found() -> None:
    base = {FIRST: a_record("risk"), SECOND: a_record("risk", names=["Codice Rosa"])}
    assert judge(a_query(RISK, ROSA), base).good == {SECOND}


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    return load_vocabularies(ROOT / "content" / "vocabularies")[0]


def test_a_narrower_term_satisfies_its_broader_one_and_ratings_count(vocabularies: Vocabularies) -> None:
    document = IndexDocument("practices", "first", "en", "A title", terms=("warm-referral", "ev-4-controlled"))
    base = tagged([document], vocabularies)
    for term in ("referral", "opt-in-referral", "warm-referral", "ev-4-controlled"):
        assert judge(a_query(Tag("concept", term)), base).good == {FIRST}
    assert not judge(a_query(Tag("concept", "automatic-referral")), base).good


def test_a_record_has_its_titles_of_all_languages_and_a_generated_one_none(vocabularies: Vocabularies) -> None:
    titles = {"en": "The pink code", "it": "Il codice rosa"}
    real = [IndexDocument("practices", "first", code, title) for code, title in titles.items()]
    made = [IndexDocument("practices", "generated-0001", code, title) for code, title in titles.items()]
    base = tagged([*real, *made], vocabularies)
    assert base[FIRST].carries(ROSA)
    assert not base["practices", "generated-0001"].carries(ROSA)


def test_the_rank_is_that_of_the_first_good_result() -> None:
    assert rank_of([FIRST, SECOND, THIRD], {SECOND, THIRD}) == 2
    assert rank_of([FIRST], {SECOND}) is None


def test_the_score_counts_the_first_1_3_and_10_and_the_mean_reciprocal_rank() -> None:
    score = Score.of([1, 2, 10, 20, None])
    assert score.success == (0.2, 0.4, 0.6)
    assert score.reciprocal == pytest.approx((1 + 1 / 2 + 1 / 10 + 1 / 20) / 5)


def test_the_worst_language_counts_and_gaps_do_not() -> None:
    base = {FIRST: a_record("risk"), SECOND: a_record()}
    outcomes = [
        an_outcome(a_query(RISK), base, FIRST),
        an_outcome(a_query(RISK, language="lt"), base, FIRST),
        an_outcome(a_query(RISK, language="lt"), base, SECOND),
        an_outcome(a_query(POLICE, language="ro"), base, SECOND),
    ]
    assert worst(outcomes) == 0.5


def test_the_report_ends_with_the_worst_language() -> None:
    base = {FIRST: a_record("risk"), SECOND: a_record("risk", is_real=False), THIRD: a_record()}
    lines = list(report([an_outcome(a_query(RISK), base, SECOND)], base))
    assert lines[-1].splitlines()[-1] == "worst success@10 1.00"


def test_real_records_have_a_line_of_their_own() -> None:
    base = {FIRST: a_record("risk"), SECOND: a_record("risk", is_real=False)}
    lines = list(report([an_outcome(a_query(RISK), base, SECOND, FIRST)], base))
    assert lines[1].split() == ["en", "1", "1.00", "1.00", "1.00", "1.00"]
    assert lines[2].split()[3:] == ["1", "0.00", "1.00", "1.00", "0.50"]


def test_a_failure_says_what_came_instead() -> None:
    base = {FIRST: a_record("risk"), SECOND: a_record("police", countries=["PT"])}
    text = "\n".join(report([an_outcome(a_query(RISK), base, SECOND)], base))
    assert "Failures: 1 of 1" in text
    assert "- 1 second" in text
    assert "PT police" in text


def test_names_of_countries_are_also_counted_together() -> None:
    base = {FIRST: a_record("risk")}
    query = a_query(RISK, features=["country-adjective", "typo"])
    names = [line.split("  ")[0] for line in report([an_outcome(query, base, FIRST)], base)]
    assert {"country (all)", "country-adjective", "typo"} <= set(names)


def test_the_judged_queries_can_be_read() -> None:
    queries = read_queries(ROOT / "benchmarks" / "queries.yaml")
    assert len(queries) == 60
    assert {query.language for query in queries} == {"en", "it", "lt", "pt", "ro"}
    assert next(query for query in queries if query.id == "en-07").text == "116006"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("queries: [", "cannot be read"),
        ("- a", "needs a list under the key `queries`"),
        ("queries: [a]", "entry 1: is no mapping"),
        ("queries: [{id: x-1, lang: en, expect: ['concept:a']}]", r"entry 1 \(x-1\): needs a text under `query`"),
        ("queries: [{id: x-1, query: a, lang: english, expect: ['concept:a']}]", r"\(x-1\): `lang` is a code"),
        ("queries: [{id: x-1, query: a, lang: en, expect: risk}]", "`expect` is a list of texts"),
        ("queries: [{id: x-1, query: a, lang: en, expect: [risk]}]", "`expect` has 'risk'; write concept"),
        ("queries: [{id: x-1, query: a, lang: en}]", r"\(x-1\): expects nothing"),
    ],
)
def test_a_malformed_file_is_named_with_its_entry(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QueryFileError, match=f"mine.yaml.*{said}"):
        read_queries(path)


def test_scalars_of_a_file_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("queries: [{id: 1, query: 0800, lang: no, expect: ['country:no']}]", encoding="utf-8")
    assert read_queries(path) == (Query("1", "0800", "no", (Tag("country", "NO"),)),)
