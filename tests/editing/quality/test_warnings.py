"""Warnings in the editor: only about new or changed text, at its place, never blocking."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.editing.forms.body_sections import replace_body
from kb.editing.forms.splice_facts import splice_in_order
from kb.editing.quality.warnings import draft_warnings, source_warnings, translation_warnings
from kb.kinds.registry import KINDS
from kb.problems import Severity
from kb.records.files.paths import RecordFile
from tests.builders import a_tool_text
from tests.house import ITALIAN, ITALIAN_TEXT, SAMPLE, SOURCE_PLACE, TEXT, a_curator, publish_text

PRACTICES = next(kind for kind in KINDS if kind.shape.name == "practices")
TERRACES = (SAMPLE / "practices/stone-terraces/practice.md").read_text(encoding="utf-8")
PLACE = RecordFile("practices", "stone-terraces", "it")
LONG = " ".join(["word"] * 36)


def written(what: str, before: str = TERRACES) -> list[tuple[str, str]]:
    """Return codes and places of the warnings after a section was replaced."""
    text = replace_body(TERRACES, f"## What it is {{#what}}\n\n{what}\n\n## Results {{#results}}\n\nGood.[^s1][^s2]\n")
    return [
        (each.code, ".".join(str(part) for part in each.where)) for each in source_warnings(PRACTICES, text, before)
    ]


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("Ring her at +370 612 34567.", "personal-telephone"),
        ("Write to ana@example.org.", "personal-email"),
        ("She was born on 3 May 1985.", "personal-birth"),
        ("It reached 61 % of them.", "unsourced-figure"),
        (f"{LONG}.", "long-sentence"),
        ("![](slope.jpg)", "picture-without-words"),
        ("#### Too deep", "skipped-heading"),
        ("### Right\n\n##### Too deep", "skipped-heading"),
        ("Read [here](https://example.org).", "bare-link"),
        ("Spauskite [čia](https://example.org).", "bare-link"),
    ],
)
def test_each_is_pointed_out_at_its_section(what: str, code: str) -> None:
    assert written(what) == [(code, "body.what")]


@pytest.mark.parametrize(
    "what",
    [
        "Three terraces, a service on each.[^s1]",
        "It reached 61 % of them.[^s1]",
        "![A wall of stone](slope.jpg)",
        "### Right\n\n#### Deeper\n\n### Right again",
        "Read [the report of the guild](https://example.org) and ring 116 006.",
        "```\n#### code ![](x) [here](y)\n```",
        f"- {' '.join(['word'] * 30)}\n- {' '.join(['word'] * 30)}",
    ],
)
def test_nothing_else_is(what: str) -> None:
    assert written(what) == []


def test_what_stood_there_before_is_left_alone() -> None:
    old = replace_body(TERRACES, f"## What it is {{#what}}\n\n{LONG}.[^s1]\n\n## Results {{#results}}\n\nOld.[^s2]\n")
    new = old.replace("Old.", "New.")
    assert source_warnings(PRACTICES, new, old) == ()
    assert source_warnings(PRACTICES, old, old) == ()
    assert [each.code for each in source_warnings(PRACTICES, old)] == ["long-sentence"]


def test_words_among_the_facts_are_looked_at_and_names_are_not() -> None:
    text = splice_in_order(
        TERRACES,
        {
            "summary": "Ring 020 7946 0958.",
            "names": ["020 7946 0958"],
            "needs": {"money": "Ask ana@example.org."},
            "figures": [{"id": "f1", "value": "12", "label": f"{LONG}.", "source": "s1"}],
        },
        (),
    )
    found = {(each.code, each.where) for each in source_warnings(PRACTICES, text, TERRACES)}
    assert found == {
        ("personal-telephone", ("summary",)),
        ("personal-email", ("needs", "money")),
        ("long-sentence", ("figures", 0, "label")),
    }


def test_numbers_of_helplines_stand_in_their_own_fields() -> None:
    kind = next(kind for kind in KINDS if kind.shape.name == "countries")
    text = (
        "---\nid: pt\nlanguage: en\ntitle: Portugal\nsummary: Help.\nhelplines:\n"
        "  - {id: h1, kind: victims, number: '+351 21 358 7900', note: 'Or ring 21 358 7900', source: s1}\n"
        "sources:\n  - {id: s1, title: X, kind: report}\n---\n"
    )
    assert source_warnings(kind, text) == ()


def test_sources_that_answers_name_are_cited_and_their_contacts_are_meant_to_be_there() -> None:
    kind = next(kind for kind in KINDS if kind.shape.name == "countries")
    text = (
        "---\nid: pt\nlanguage: en\ntitle: Portugal\nsummary: Help.\nfacts:\n"
        "  - {id: k1, fact: f-dpa, known: answered, text: 'Ring +351 21 358 7900.', sources: [s1]}\n"
        "sources:\n  - {id: s1, title: X, kind: report}\n  - {id: s2, title: Y, kind: report}\n---\n"
    )
    assert [(each.code, each.where) for each in source_warnings(kind, text)] == [("uncited-source", ("sources", 1))]


def test_a_tool_says_what_to_do_and_needs_no_source_for_its_figures() -> None:
    kind = next(kind for kind in KINDS if kind.shape.name == "tools")
    sections = {"offer": "Ask {{b-service}} again after 14 days, in 80 % of cases.[^s1]\n\nRing within 72 hours."}
    assert source_warnings(kind, a_tool_text(sections=sections)) == ()


def test_a_source_that_nothing_points_at_is_named_even_while_the_record_is_not_whole() -> None:
    text = "---\nid: x\nlanguage: en\nsources:\n  - {id: s1, title: A}\n  - {id: s2, title: B}\n---\n"
    body = "## What {#what}\n\nA claim.[^s2]\n"
    assert [(each.code, each.where) for each in source_warnings(PRACTICES, text + body)] == [
        ("uncited-source", ("sources", 0))
    ]


def test_warnings_keep_nobody_from_anything_and_are_few_at_once() -> None:
    text = replace_body(TERRACES, f"## What it is {{#what}}\n\n{' '.join([f'{LONG}.'.capitalize()] * 9)}\n")
    found = [each for each in source_warnings(PRACTICES, text, TERRACES) if each.code == "long-sentence"]
    assert len(found) == 3
    assert {each.severity for each in found} == {Severity.WARNING}


def test_a_translation_is_looked_at_in_its_own_words() -> None:
    before = "---\nlanguage: it\nwords:\n  title: Terrazze\n---\n"
    text = before + "## Che cos'è {#what}\n\nChiami il 333 1234567, 61 % di tutti. Legga [qui](https://example.org).\n"
    found = translation_warnings(PRACTICES, PLACE, TERRACES, text, before)
    assert [(each.code, each.where) for each in found] == [
        ("personal-telephone", ("body", "what")),
        ("bare-link", ("body", "what")),
    ]


def test_a_draft_is_compared_with_the_revision_it_was_written_on(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    text = TEXT.replace("Stone upon stone.", "Ring 020 7946 0958.")
    found = draft_warnings(session, store, SOURCE_PLACE, text, 1)
    assert [each.where for each in found] == [("body", "how")]
    assert draft_warnings(session, store, SOURCE_PLACE, TEXT, 1) == ()
    assert draft_warnings(session, store, ITALIAN, ITALIAN_TEXT, 0) == ()
    assert draft_warnings(session, store, SOURCE_PLACE, "no facts", 1) == ()


def test_somebody_who_did_not_choose_to_be_named_is_pointed_out_as_a_new_keeper(
    session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    curator = a_curator(session)
    kept = TEXT.replace("status:", f"keeper: {curator.name.upper()}\nstatus:", 1)
    found = draft_warnings(session, store, SOURCE_PLACE, kept, 1)
    assert [(each.code, each.where) for each in found] == [("unnamed-keeper", ("keeper",))]
    curator.is_named = True
    session.commit()
    assert draft_warnings(session, store, SOURCE_PLACE, kept, 1) == ()
    service = TEXT.replace("status:", "keeper: Guild of Terraces\nstatus:", 1)
    assert draft_warnings(session, store, SOURCE_PLACE, service, 1) == ()
