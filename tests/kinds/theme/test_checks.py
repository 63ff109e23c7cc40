from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kb.content_store.reference_data import ReferenceData
from kb.kinds.theme.checks import check, links
from kb.kinds.theme.model import SECTIONS, THEME
from kb.kinds.theme.search_document import to_documents
from kb.kinds.theme.template import HEADINGS, new_theme
from kb.law.model import Law
from kb.problems import Problem, Where
from kb.records.bundle import SOURCE, read_bundle, read_source
from kb.records.front_matter import Value, emit
from kb.records.links import RecordLink
from kb.records.markdown import to_plain
from kb.records.record import Bundle

SAMPLE = Path(__file__).parents[2] / "sample" / "themes" / "referral"
ITALIAN = (SAMPLE / "theme.it.md").read_text(encoding="utf-8")


def a_theme(translations: Mapping[str, str] | None = None, **changes: Any) -> tuple[Bundle[Any], str]:
    facts: dict[str, Any] = {
        "id": "referral",
        "language": "en",
        "title": "From one to the next",
        "summary": "How a guest comes to the house.",
        "models": [a_model("signposting")],
        "sources": [{"id": "s1", "title": "The book of gates", "kind": "report"}],
        "status": "published",
        "licence": "CC-BY-4.0",
    }
    kept: dict[str, Value] = {key: value for key, value in (facts | changes).items() if value is not None}
    text = f"---\n{emit(kept)}---\n## About {{#about}}\n\nA claim.[^s1]\n"
    bundle, problems = read_bundle(THEME, str(kept["id"]), {SOURCE: text, **(translations or {})})
    assert bundle is not None, [str(problem) for problem in problems]
    return bundle, text


def a_model(term: str, **changes: Value) -> dict[str, Value]:
    return {"id": f"m-{term}", "term": term, "choose": "Choose this when …", "note": "It asks.", **changes}


def problems_of(knowledge: ReferenceData, **changes: Any) -> tuple[Problem, ...]:
    bundle, text = a_theme(**changes)
    front = read_source(THEME, bundle.record.id, text)[1]

    def line(part: str, where: Where) -> int | None:
        return front.line(where) if part == SOURCE else None

    return check(bundle, line, knowledge.vocabularies, knowledge.law)


def codes(knowledge: ReferenceData, **changes: Any) -> list[tuple[str, Where]]:
    return [(problem.code, problem.where) for problem in problems_of(knowledge, **changes)]


def test_a_good_theme_has_no_problem(knowledge: ReferenceData) -> None:
    assert problems_of(knowledge) == ()


@pytest.mark.parametrize("theme_id", ["police", "nowhere"])
def test_a_theme_introduces_a_practice_area(knowledge: ReferenceData, theme_id: str) -> None:
    assert ("not-an-area", ("id",)) in codes(knowledge, id=theme_id, models=None)
    assert codes(knowledge, id="warm-referral", models=None) == []


def test_models_are_narrower_terms_of_the_area_and_each_stands_once(knowledge: ReferenceData) -> None:
    models = [a_model(term) for term in ("police", "secure-email", "warm-referral")]
    found = codes(knowledge, models=[*models, a_model("warm-referral", id="again")])
    assert found == [
        ("unknown-term", ("models", 0, "term")),
        ("other-area", ("models", 1, "term")),
        ("duplicate-model", ("models", 3, "term")),
    ]


def test_a_published_theme_has_sources_and_cites_them(knowledge: ReferenceData) -> None:
    assert [code for code, _ in codes(knowledge, sources=None)] == ["no-sources", "unknown-source"]
    more = [{"id": "s1", "title": "A", "kind": "report"}, {"id": "s2", "title": "B", "kind": "press"}]
    assert codes(knowledge, sources=more) == [("uncited-source", ("sources", 1, "id"))]


def test_a_problem_knows_its_line(knowledge: ReferenceData) -> None:
    bundle, text = a_theme(models=[a_model("police")])
    (problem,) = problems_of(knowledge, models=[a_model("police")])
    assert problem.line is not None
    assert "police" in text.split("\n")[problem.line - 1]
    assert bundle.record.models[0].term == "police"


def test_examples_and_texts_are_links() -> None:
    bundle, _text = a_theme(models=[a_model("signposting", practices=["one"])], successor="information")
    assert links(bundle) == (
        RecordLink("practices", "one", None, SOURCE, ("models", 0, "practices", 0)),
        RecordLink("themes", "information", None, SOURCE, ("successor",)),
    )


def test_a_theme_is_searched_by_its_area_and_counted_under_none(knowledge: ReferenceData) -> None:
    bundle, _text = a_theme({"it": ITALIAN})
    english, italian = to_documents(bundle, knowledge.vocabularies, Law(), to_plain)
    assert (english.kind, english.title, english.terms) == ("themes", "From one to the next", ("referral",))
    assert "area" not in english.facets
    assert english.body.split("\n") == ["A claim.", "Choose this when …", "It asks."]
    assert (italian.language, italian.title) == ("it", "Da uno all'altro")
    assert "Choose this when" not in italian.body


@pytest.mark.parametrize("language", [*HEADINGS, "de"])
def test_the_template_lacks_nothing_but_words(knowledge: ReferenceData, language: str) -> None:
    _bundle, _front, problems = read_source(THEME, "referral", new_theme("referral", language))
    assert {(problem.code, problem.where) for problem in problems} == {
        ("missing-key", ("title",)),
        ("missing-key", ("summary",)),
        *(("empty-section", ("body", section)) for section in SECTIONS),
    }
    assert len(HEADINGS["en"]) == len(SECTIONS)
