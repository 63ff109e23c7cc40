from __future__ import annotations

import unicodedata

import pytest

from kb.problems import Problem, Severity
from kb.records.bundle import (
    MAX_CHARACTERS,
    SOURCE,
    bundle_fingerprint,
    decode,
    hash_bytes,
    is_too_nested,
    read_bundle,
    read_source,
    read_translation,
)
from tests.records.sample import ITALIAN, NOTE, TEXT, a_note


def source_problems(text: str, record_id: str = "one") -> list[tuple[str, int | None]]:
    return [(problem.code, problem.line) for problem in read_source(NOTE, record_id, text)[2]]


def translation_problems(text: str, language: str = "it") -> list[Problem]:
    return list(read_translation(a_note(), language, text)[2])


def test_a_record_is_read_with_its_translations() -> None:
    bundle, problems = read_bundle(NOTE, "one", {SOURCE: TEXT, "it": ITALIAN})
    assert problems == ()
    assert bundle is not None
    assert bundle.key == ("notes", "one")
    assert bundle.languages() == ("en", "it")
    assert bundle.segments() == {
        "title": "Stone terraces",
        "summary": "Walls of dry stone.",
        "rows.a.label": "first",
        "rows.b.label": "second",
        "what": "Walls without mortar.",
        "how": "Stone upon stone.",
    }


def test_bytes_that_are_no_utf8_are_a_problem_with_their_line() -> None:
    text, problems = decode(b"a\nb\n\xff\n")
    assert text is None
    assert [(problem.code, problem.line) for problem in problems] == [("encoding", 3)]
    assert decode("ș".encode()) == ("ș", ())


def test_a_huge_file_is_not_even_decoded() -> None:
    text, problems = decode(b"x" * (MAX_CHARACTERS * 4 + 1))
    assert text is None
    assert [problem.code for problem in problems] == ["too-large"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT + "x" * MAX_CHARACTERS, [("too-large", 1)]),
        (TEXT.replace("status", "<<<<<<< ours\nstatus"), [("conflict-marker", 9)]),
        (TEXT + "=======\n", [("conflict-marker", 18)]),
        (TEXT.replace("\n", "\r\n"), [("line-ends", 1)]),
        (TEXT.replace("mortar.", "mortar.\r"), [("line-ends", 13)]),
        (TEXT.removeprefix("---\n"), [("no-front-matter", 1)]),
        ("", [("no-front-matter", 1)]),
        (TEXT.replace("id: one", "id: two"), [("id-differs", 2)]),
        (TEXT.replace("language: en", "language: de"), [("unknown-language", 3)]),
        (TEXT.replace("language: en", "language: english"), [("bad-value", 3)]),
        (TEXT.replace("{id: b", "{id: a"), [("duplicate-row", 8)]),
        (TEXT.replace("{#how}", "{#limits}"), [("unknown-section", 15)]),
        (TEXT.replace("Stone upon stone.\n", ""), [("empty-section", 15)]),
        (TEXT.replace("---\n## What", "---\nLost.\n\n## What"), [("text-before-section", 11)]),
        (TEXT.replace("title: Stone terraces\n", ""), [("missing-key", 1)]),
        (TEXT.replace("status: published", "status: public"), [("unknown-value", 9)]),
        (TEXT.replace("status:", "origin: by-hand\nstatus:"), [("bad-value", 9)]),
    ],
)
def test_a_broken_source_is_told_with_its_line(text: str, expected: list[tuple[str, int]]) -> None:
    assert source_problems(text) == expected
    assert read_source(NOTE, "one", text)[0] is None


def test_troubles_of_facts_and_body_are_told_together() -> None:
    text = TEXT.replace("status: published", "status: public\nzzz: x").replace("{#how}", "{#limits}")
    assert source_problems(text) == [("unknown-value", 9), ("unknown-key", 10), ("unknown-section", 16)]


def test_letters_stored_apart_are_a_warning_and_the_record_is_read() -> None:
    text = TEXT.replace("mortar", unicodedata.normalize("NFD", "mörtar"))
    bundle, _, problems = read_source(NOTE, "one", text)
    assert bundle is not None
    assert [(problem.code, problem.line, problem.severity) for problem in problems] == [
        ("not-nfc", 13, Severity.WARNING)
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [("-" * 40, False), ("*" * 40, False), ("> " * 12, True), ("- " * 12 + "x", True), (" " * 48 + "x", True)],
)
def test_what_is_nested_too_deeply_is_told_and_a_rule_is_not(line: str, expected: bool) -> None:
    assert is_too_nested(f"One.\n\n{line}\n") is expected


def test_a_line_of_seven_signs_inside_a_text_is_no_conflict() -> None:
    assert source_problems(TEXT.replace("mortar.", "mortar. <<<<<<< here\n\n========")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ITALIAN.replace("language: it", "language: lt"), [("language-differs", 2)]),
        (ITALIAN.removeprefix("---\n"), [("no-front-matter", 1)]),
        (ITALIAN.replace("words:", "word:"), [("unknown-key", 3)]),
        (ITALIAN.replace("title: ", "title: {a: b}\n  x: "), [("expected-text", 4)]),
        (ITALIAN.replace("---\n##", "made_from: {title: {source: abc, by: machine}}\n---\n##"), [("bad-value", 7)]),
        (ITALIAN.replace("---\n##", "countries: [IT]\n---\n##"), [("unknown-key", 7)]),
    ],
)
def test_a_broken_translation_is_told_with_its_line(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(problem.code, problem.line) for problem in translation_problems(text)] == expected
    assert read_translation(a_note(), "it", text)[0] is None


def test_a_translation_into_its_own_language_or_an_unknown_one_is_not_read() -> None:
    english = ITALIAN.replace("language: it", "language: en")
    assert [problem.code for problem in translation_problems(english, "en")] == ["same-language"]
    german = ITALIAN.replace("language: it", "language: de")
    assert [problem.code for problem in translation_problems(german, "de")] == ["unknown-language"]


def test_a_translation_with_words_that_the_source_has_not_is_read_with_a_warning() -> None:
    row = "  zzz: {source: '0123456789abcdef', by: machine}\n"
    text = ITALIAN.replace("  rows.a.label", "  rows.z.label: x\n  rows.a.label")
    text = text.replace("---\n##", f"made_from:\n{row}---\n##") + "\n## Limiti {#how2}\n\nx\n"
    problems = translation_problems(text)
    assert [(problem.code, problem.line, problem.severity) for problem in problems] == [
        ("unknown-segment", 6, Severity.WARNING),
        ("unknown-segment", 15, Severity.WARNING),
        ("unknown-segment", 9, Severity.WARNING),
    ]
    assert read_translation(a_note(), "it", text)[0] is not None


def test_romanian_with_cedillas_is_an_error_at_its_line() -> None:
    text = ITALIAN.replace("language: it", "language: ro").replace("Muri a secco", "Ziduri şi terase")
    text = text.replace("Muri senza malta.", "Ziduri.\n\nFără mortar, ţinute de piatră.")
    problems = translation_problems(text, "ro")
    assert [(problem.code, problem.line) for problem in problems] == [("cedilla", 5), ("cedilla", 12)]


def test_a_broken_translation_is_left_out_and_the_record_is_read() -> None:
    bundle, problems = read_bundle(NOTE, "one", {SOURCE: TEXT, "it": "broken", "lt": ITALIAN.replace(": it", ": lt")})
    assert bundle is not None
    assert bundle.languages() == ("en", "lt")
    assert [(problem.code, problem.path) for problem in problems] == [("no-front-matter", "it")]


def test_without_a_good_source_there_is_no_record() -> None:
    bundle, problems = read_bundle(NOTE, "one", {"it": ITALIAN})
    assert bundle is None
    assert [(problem.code, problem.path) for problem in problems] == [("no-source-file", SOURCE)]
    assert read_bundle(NOTE, "one", {SOURCE: "broken", "it": ITALIAN})[0] is None


def test_the_fingerprint_of_a_record_is_that_of_all_its_files() -> None:
    marks = {SOURCE: hash_bytes(TEXT.encode()), "it": hash_bytes(ITALIAN.encode())}
    mark = bundle_fingerprint(marks)
    assert mark == bundle_fingerprint(dict(reversed(marks.items())))
    assert mark == a_note({"it": ITALIAN}).fingerprint
    assert mark != a_note().fingerprint
    assert mark != a_note({"it": ITALIAN + "\n"}).fingerprint
    assert a_note({"it": ITALIAN}).fingerprint != a_note({"lt": ITALIAN.replace(": it", ": lt")}).fingerprint
