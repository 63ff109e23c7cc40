from __future__ import annotations

import pytest

from kb.records.record import Facts
from kb.records.segments import Section, Words, fingerprint, sections, splice_sections, words

BODY = """## What it is {#what}

One.

Two.

## How it works {#how}
Three.


## Limits {#limits}

Four.
"""
ORDER = ("what", "how", "results", "limits")


def ids(body: str) -> list[str]:
    return [section.id for section in sections(body)[0]]


def texts(body: str) -> dict[str, str]:
    found, problems = sections(body)
    assert problems == ()
    return {section.id: section.text for section in found}


def codes(body: str, first_line: int = 1) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.line) for problem in sections(body, first_line)[1]]


class Row(Facts):
    id: str
    label: Words
    note: Words | None = None
    value: str = ""


class Group(Facts):
    text: Words | None = None


class Sample(Facts):
    title: Words
    name: str
    rows: tuple[Row, ...] = ()
    group: Group | None = None
    rule: Words | None = None


def test_words_are_named_by_their_path_and_nothing_else_is() -> None:
    rows = (Row(id="a", label="A"), Row(id="b", label="B", note="N", value="7"))
    sample = Sample(title="T", name="Proper", rows=rows, group=Group(text="G"))
    assert list(words(sample)) == [
        *(("title", "T"), ("rows.a.label", "A"), ("rows.b.label", "B"), ("rows.b.note", "N")),
        ("group.text", "G"),
    ]


def test_the_path_of_a_word_stays_when_rows_change_places() -> None:
    one, two = Row(id="a", label="A"), Row(id="b", label="B")
    assert dict(words(Sample(title="T", name="P", rows=(one, two)))) == dict(
        words(Sample(title="T", name="P", rows=(two, one)))
    )


def test_a_fingerprint_has_sixteen_digits_and_is_that_of_the_guide() -> None:
    import hashlib

    assert fingerprint("Text") == hashlib.sha256(b"Text").hexdigest()[:16]


@pytest.mark.parametrize(
    "same", ["Două\ntrei", "Două\r\ntrei", "Două  \ntrei\t", "\n\nDouă\ntrei\n", "Doua\u0306\ntrei"]
)
def test_line_ends_spaces_and_composition_do_not_change_a_fingerprint(same: str) -> None:
    assert fingerprint(same) == fingerprint("Două\ntrei")


@pytest.mark.parametrize("other", ["Două trei", "două\ntrei", "Doua\ntrei", "Două\n\ntrei", " Două\ntrei"])
def test_any_other_difference_changes_a_fingerprint(other: str) -> None:
    assert fingerprint(other) != fingerprint("Două\ntrei")


def test_a_body_is_cut_at_its_headings() -> None:
    assert texts(BODY) == {"what": "One.\n\nTwo.", "how": "Three.", "limits": "Four."}
    found, _ = sections(BODY, first_line=10)
    assert [(section.heading, section.line, section.text_line) for section in found] == [
        *(("What it is", 10, 12), ("How it works", 16, 17)),
        ("Limits", 20, 22),
    ]


def test_offsets_lead_to_the_text() -> None:
    for section in sections(BODY)[0]:
        assert BODY[section.start : section.end].strip("\n") == section.text


def test_headings_of_other_levels_and_in_code_do_not_cut() -> None:
    body = "## A {#a}\n\n# One\n\n### Three\n\n```\n## B {#b}\n```\n\n    ## C {#c}\n\n## D {#d}\n\nx\n"
    assert ids(body) == ["a", "d"]


def test_no_body_has_no_sections() -> None:
    assert sections("") == ((), ())
    assert sections("\n\n") == ((), ())


def test_text_before_the_first_heading_is_not_lost_in_silence() -> None:
    assert codes("Words.\n\n## A {#a}\n\nx\n", 7) == [("text-before-section", 7)]
    assert codes("Words alone.\n", 7) == [("text-before-section", 7)]


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("## What it is", "heading-without-id"),
        ("## What it is {#}", "heading-without-id"),
        ("## What {#What}", "bad-section-id"),
        ("## What {#what_it}", "bad-section-id"),
        ("## What {#../x}", "bad-section-id"),
        ("## Again {#what}", "duplicate-section"),
    ],
)
def test_a_heading_has_an_id_of_its_own(heading: str, code: str) -> None:
    assert codes(f"## What it is {{#what}}\n\nx\n\n{heading}\n\ny\n") == [(code, 5)]


def test_a_heading_may_be_empty_but_for_its_id() -> None:
    assert sections("## {#what}\n\nx\n")[0] == (Section("what", "", "x", 1, 3, 11, 14),)


def test_lines_end_only_where_the_file_has_line_ends() -> None:
    found, _ = sections("## A {#a}\n\none\u2028two\x0cthree\n\n## B {#b}\n\nx\n")
    assert [section.line for section in found] == [1, 5]


def test_a_changed_section_leaves_every_other_byte() -> None:
    changed = splice_sections(BODY, {"how": ("How it works", "New.")}, ORDER)
    assert changed == BODY.replace("## How it works {#how}\nThree.\n\n\n", "## How it works {#how}\n\nNew.\n\n")


def test_a_section_with_its_old_text_keeps_its_bytes() -> None:
    same = {section.id: (section.heading, section.text) for section in sections(BODY)[0]}
    assert splice_sections(BODY, same, ORDER) == BODY
    assert splice_sections(BODY, {}, ORDER) == BODY


def test_a_new_heading_is_written() -> None:
    assert "## Come funziona {#how}\n\nThree.\n\n" in splice_sections(BODY, {"how": ("Come funziona", "Three.")}, ORDER)


def test_a_new_section_goes_to_its_place() -> None:
    assert ids(splice_sections(BODY, {"results": ("Results", "New.")}, ORDER)) == ["what", "how", "results", "limits"]
    assert ids(splice_sections("", {"how": ("How", "x"), "what": ("What", "y")}, ORDER)) == ["what", "how"]


def test_where_the_order_is_free_a_new_section_goes_to_the_end() -> None:
    assert ids(splice_sections(BODY, {"aim": ("Aim", "New.")}, None)) == ["what", "how", "limits", "aim"]


def test_a_section_is_taken_out() -> None:
    assert texts(splice_sections(BODY, {"how": None}, ORDER)) == {"what": "One.\n\nTwo.", "limits": "Four."}
    assert texts(splice_sections(BODY, {"limits": None}, ORDER)) == {"what": "One.\n\nTwo.", "how": "Three."}
    assert splice_sections(BODY, {"what": None, "how": None, "limits": None}, ORDER) == ""


@pytest.mark.parametrize("body", [BODY, BODY.rstrip("\n"), BODY + "\n\n", "## A {#what}\n", ""])
def test_what_is_put_together_can_be_cut_again(body: str) -> None:
    changed = splice_sections(body, {"results": ("Results", "New."), "how": ("How", "Else.")}, ORDER)
    assert texts(changed) | {"results": "New.", "how": "Else."} == texts(changed)
    assert changed.endswith("\n") or not body.endswith("\n")
    assert not changed.endswith("\n\n")
