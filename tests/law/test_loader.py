from __future__ import annotations

from pathlib import Path

import pytest

from kb.law.loader import load_law
from kb.law.model import InstrumentEvent, InstrumentType
from kb.problems import Problem
from kb.vocabulary.model import Term, Vocabularies, Vocabulary

VOCABULARIES = Vocabularies(
    (
        Vocabulary("practice-areas", "Areas", terms=(Term("referral", "practice-areas", {"en": "referral"}),)),
        Vocabulary("actors", "Actors", terms=(Term("police", "actors", {"en": "police"}),)),
    )
)
HEAD = "short_title: S\nfull_title: F\nkind: directive\nissuer: EU\nyear: 2012\nstatus: in force\n"


def write(folder: Path, instrument_id: str, more: str = "", *, head: str = HEAD) -> None:
    (folder / f"{instrument_id}.yaml").write_text(f"id: {instrument_id}\n{head}{more}", encoding="utf-8")


def found(problems: tuple[Problem, ...]) -> list[tuple[str, str, int | None]]:
    return [(problem.code, Path(problem.path).name, problem.line) for problem in problems]


def test_an_instrument_is_read_whole(tmp_path: Path) -> None:
    write(
        tmp_path,
        "directive",
        """\
translations: {it: direttiva, de: Richtlinie}
alternatives: {en: [VD, victims directive], de: [Opferrichtlinie]}
celex: 32012L0029
eli: http://data.europa.eu/eli/dir/2012/29/oj
oj: OJ L 315, 14.11.2012, p. 57
replaced_by: later
amended_by: [later]
check_before_use: Look it up.
timeline:
  - {date: 2024-04, event: Talks}
note: N.
seen: [general, "https://eur-lex.europa.eu/eli/dir/2012/29"]
articles:
  - {number: 11a, heading: H, summary: S., areas: [referral], concepts: [police], checked: yes}
  - {number: 12, heading: H, summary: S., checked: no}
""",
    )
    write(tmp_path, "later")
    law, problems = load_law(tmp_path, VOCABULARIES)
    assert problems == ()
    directive = law.instrument("32012L0029")
    assert (directive.id, directive.kind, directive.year) == ("directive", InstrumentType.DIRECTIVE, 2012)
    assert directive.title("de") == "Richtlinie"
    assert directive.alternatives == {"en": ("VD", "victims directive"), "de": ("Opferrichtlinie",)}
    assert (directive.replaced_by, directive.amended_by) == ("later", ("later",))
    assert directive.timeline == (InstrumentEvent("2024-04", "Talks"),)
    assert directive.seen == ("general", "https://eur-lex.europa.eu/eli/dir/2012/29")
    first, second = directive.articles
    assert (first.number, first.areas, first.concepts, first.is_checked) == ("11a", ("referral",), ("police",), True)
    assert (second.instrument, second.is_checked) == ("directive", False)


def test_broken_yaml_is_a_problem_and_the_other_files_are_read(tmp_path: Path) -> None:
    write(tmp_path, "good")
    (tmp_path / "bad.yaml").write_text("id: bad\ntitle: [\n", encoding="utf-8")
    law, problems = load_law(tmp_path, VOCABULARIES)
    assert [instrument.id for instrument in law.instruments] == ["good"]
    assert [problem.code for problem in problems] == ["syntax"]


def test_unknown_terms_are_problems_and_left_out(tmp_path: Path) -> None:
    head = "articles:\n  - number: 1\n    heading: H\n    summary: S.\n"
    write(tmp_path, "directive", f"{head}    areas: [police, referral]\n    concepts: [dogs]\n")
    law, problems = load_law(tmp_path, VOCABULARIES)
    assert found(problems) == [("unknown-term", "directive.yaml", 12), ("unknown-term", "directive.yaml", 13)]
    (article,) = law.articles("directive")
    assert (article.areas, article.concepts) == (("referral",), ())


def test_missing_and_unknown_keys_are_problems(tmp_path: Path) -> None:
    write(tmp_path, "directive", "colour: blue\narticles:\n  - {number: 1, page: 2}\n", head="kind: directive\n")
    law, problems = load_law(tmp_path, VOCABULARIES)
    assert law.instrument("directive").kind is InstrumentType.DIRECTIVE
    missing = {problem.where[-1] for problem in problems if problem.code == "missing-key"}
    unknown = {problem.where[-1] for problem in problems if problem.code == "unknown-key"}
    assert missing == {"short_title", "full_title", "issuer", "year", "status", "heading", "summary"}
    assert unknown == {"colour", "page"}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("celex: 2012/29/EU", "bad-celex"),
        ("seen: [eur-lex.europa.eu]", "bad-address"),
        ("timeline: [{date: spring, event: Talks}]", "bad-date"),
        ("replaced_by: nothing", "unknown-instrument"),
        ("amended_by: [nothing]", "unknown-instrument"),
        ("translations: {xx: title}", "unknown-key"),
        ("alternatives: {xx: [name]}", "unknown-key"),
        ("alternatives: {en: name}", "expected-list"),
        ("alternatives: {en: [{name: N}]}", "expected-text"),
        ("alternatives: [name]", "expected-group"),
        ("articles: [{number: 1, heading: H, summary: S., checked: perhaps}]", "unknown-value"),
        ("articles: [{number: 1, heading: H, summary: S.}, {number: 1, heading: H, summary: S.}]", "duplicate-article"),
    ],
)
def test_a_wrong_value_is_a_problem_at_its_line(tmp_path: Path, line: str, code: str) -> None:
    write(tmp_path, "directive", f"{line}\n")
    law, problems = load_law(tmp_path, VOCABULARIES)
    assert found(problems) == [(code, "directive.yaml", 8)]
    assert law.instrument("directive").replaced_by is None
    assert law.instrument("directive").alternatives == {}


@pytest.mark.parametrize(("line", "code"), [("kind: song", "unknown-value"), ("year: 12", "bad-year")])
def test_a_wrong_kind_or_year_leaves_the_instrument_without(tmp_path: Path, line: str, code: str) -> None:
    key = line.split(":")[0]
    head = "".join(line + "\n" if row.startswith(key) else row for row in HEAD.splitlines(keepends=True))
    write(tmp_path, "directive", head=head)
    law, problems = load_law(tmp_path, VOCABULARIES)
    assert [problem.code for problem in problems] == [code]
    assert getattr(law.instrument("directive"), key) is None


def test_of_two_instruments_with_one_celex_number_the_first_keeps_it(tmp_path: Path) -> None:
    write(tmp_path, "one", "celex: 32012L0029\n")
    write(tmp_path, "two", "celex: 32012L0029\n")
    law, problems = load_law(tmp_path, VOCABULARIES)
    assert law.instrument("32012L0029").id == "one"
    assert found(problems) == [("duplicate-celex", "two.yaml", 8)]
    assert law.instrument("two").celex is None


def test_heading_and_summary_are_said_in_the_readers_language_else_in_english(tmp_path: Path) -> None:
    words = "{lt: {heading: Antraštė, summary: Santrauka.}, it: {heading: Titolo}, xx: {heading: X, summary: X}}"
    more = f"articles:\n  - {{number: 8, heading: H, summary: S., words: {words}}}\n"
    write(tmp_path, "directive", more)
    law, problems = load_law(tmp_path, VOCABULARIES)
    article = law.find_article("directive", "8")
    assert article is not None
    assert article.said("lt") == ("Antraštė", "Santrauka.", "lt")
    assert article.said("ro") == ("H", "S.", "en")
    assert {problem.code for problem in problems} == {"unknown-key", "missing-key"}


def test_the_status_is_said_in_the_readers_language_else_in_english(tmp_path: Path) -> None:
    write(tmp_path, "directive", "words: {lt: {status: galioja}, it: {status: vale, check_before_use: Si.}}\n")
    write(tmp_path, "newer", "check_before_use: Look.\nwords: {lt: {status: galioja, check_before_use: Žiūrėkite.}}\n")
    law, problems = load_law(tmp_path, VOCABULARIES)
    assert law.instrument("directive").standing("lt") == ("galioja", "", "lt")
    assert law.instrument("newer").standing("lt") == ("galioja", "Žiūrėkite.", "lt")
    assert law.instrument("newer").standing("ro") == ("in force", "Look.", "en")
    assert found(problems) == [("unknown-key", "directive.yaml", 8)]
