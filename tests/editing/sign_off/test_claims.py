"""The claims of a record: what a person ticks, and which sources belong to each."""

from __future__ import annotations

from kb.editing.sign_off.claims import REST, claims_of

TEXT = """---
id: stone-terraces
language: en
title: Stone terraces
summary: Walls hold soil on a slope.
countries: [NO, PT]
figures:
  - {id: yield, value: 12 %, label: more, source: s2}
cost_line:
  text: 40 euros a metre.
  sources: [s1]
sources:
  - {id: s1, title: One, kind: report}
  - {id: s2, title: Two, kind: report}
origin: machine-drafted
---
## What it is {#what}

Walls without mortar.[^s2] They hold.[^s1] Again.[^s2]
"""


def test_texts_sections_rows_and_all_other_facts_are_claims_with_their_sources() -> None:
    claims = claims_of(TEXT)
    assert [(each.name, each.sources) for each in claims] == [
        ("title", ()),
        ("summary", ()),
        ("what", ("s2", "s1")),
        ("figures.yield", ("s2",)),
        ("cost_line", ("s1",)),
        (REST, ()),
    ]


def test_a_changed_claim_has_another_mark_and_the_others_keep_theirs() -> None:
    before = {each.name: each.mark for each in claims_of(TEXT)}
    after = {each.name: each.mark for each in claims_of(TEXT.replace("12 %", "13 %"))}
    assert {name for name in before if before[name] != after[name]} == {"figures.yield"}


def test_who_answers_for_a_record_is_no_claim() -> None:
    signed = TEXT.replace("origin: machine-drafted", "keeper: Ana Costa\nreviewed: 2026-11-25")
    assert [each.mark for each in claims_of(signed)] == [each.mark for each in claims_of(TEXT)]
