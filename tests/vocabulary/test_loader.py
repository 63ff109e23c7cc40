from __future__ import annotations

from pathlib import Path

import pytest

from kb.problems import Problem
from kb.vocabulary.loader import load_vocabularies
from kb.vocabulary.model import Vocabularies

LABEL = "label: {en: police, it: polizia, lt: policija, pt: polícia, ro: poliție}"


def a_term(term_id: str, *more: str, label: str = LABEL) -> str:
    return "\n    ".join((f"  - id: {term_id}", label, "definition: Words.", *more)) + "\n"


def write(folder: Path, vocabulary_id: str, *terms: str, head: str = "") -> None:
    text = f"id: {vocabulary_id}\ntitle: Title\ndescription: Words.\n{head}terms:\n{''.join(terms)}"
    (folder / f"{vocabulary_id}.yaml").write_text(text, encoding="utf-8")


def found(problems: tuple[Problem, ...]) -> list[tuple[str, str, int | None]]:
    return [(problem.code, Path(problem.path).name, problem.line) for problem in problems]


def ids(vocabularies: Vocabularies) -> list[str]:
    return [term.id for term in vocabularies.terms()]


def test_a_term_is_read_whole(tmp_path: Path) -> None:
    more = (
        "notation: M1",
        "related: [prosecution]",
        "alternatives: {en: [cops, police force], de: [Polizei]}",
        "note: N.",
    )
    write(tmp_path, "actors", a_term("prosecution"), a_term("police", "broader: prosecution", *more))
    vocabularies, problems = load_vocabularies(tmp_path)
    assert problems == ()
    term = vocabularies.term("police")
    assert (term.vocabulary, term.notation, term.broader, term.note) == ("actors", "M1", "prosecution", "N.")
    assert term.label("lt") == "policija"
    assert term.alternatives == {"en": ("cops", "police force"), "de": ("Polizei",)}
    assert (term.related, term.definition) == (("prosecution",), "Words.")
    assert vocabularies.vocabulary("actors").description == "Words."


def test_a_definition_is_english_or_stands_in_several_languages(tmp_path: Path) -> None:
    several = a_term("police").replace("definition: Words.", "definition: {en: Words., lt: Žodžiai., ro: Cuvinte.}")
    write(tmp_path, "actors", several, a_term("courts"))
    vocabularies, problems = load_vocabularies(tmp_path)
    assert problems == ()
    police, courts = vocabularies.terms()
    assert (police.defined("lt"), police.defined("en")) == (("Žodžiai.", "lt"), ("Words.", "en"))
    assert (police.defined("it"), courts.defined("lt")) == (("Words.", "en"), ("Words.", "en"))


def test_a_definition_without_english_is_a_problem(tmp_path: Path) -> None:
    broken = a_term("police").replace("definition: Words.", "definition: {lt: Žodžiai., xx: Words., ro: Poliţie.}")
    write(tmp_path, "actors", broken)
    problems = load_vocabularies(tmp_path)[1]
    assert {code for code, _name, _line in found(problems)} == {"missing-key", "unknown-key", "cedilla"}


def test_broken_yaml_is_a_problem_and_the_other_files_are_read(tmp_path: Path) -> None:
    write(tmp_path, "actors", a_term("police"))
    (tmp_path / "areas.yaml").write_text("id: areas\ntitle: [\n", encoding="utf-8")
    vocabularies, problems = load_vocabularies(tmp_path)
    assert ids(vocabularies) == ["police"]
    assert [(code, name) for code, name, _ in found(problems)] == [("syntax", "areas.yaml")]


def test_unknown_keys_are_problems_at_every_depth(tmp_path: Path) -> None:
    terms = (a_term("police", "colour: blue", "alternatives: {xx: [word]}"),)
    write(tmp_path, "actors", *terms, head="colour: blue\n")
    vocabularies, problems = load_vocabularies(tmp_path)
    assert ids(vocabularies) == ["police"]
    assert found(problems) == [("unknown-key", "actors.yaml", line) for line in (4, 9, 10)]


def test_of_two_terms_with_one_id_the_first_is_kept(tmp_path: Path) -> None:
    write(tmp_path, "actors", a_term("police"))
    write(tmp_path, "services", a_term("police"), a_term("shelter"))
    vocabularies, problems = load_vocabularies(tmp_path)
    assert ids(vocabularies) == ["police", "shelter"]
    assert vocabularies.is_in("police", "actors")
    assert found(problems) == [("duplicate-term", "services.yaml", 5)]
    assert "actors.yaml, line 5" in problems[0].text()


@pytest.mark.parametrize("link", ["broader: nothing", "related: [nothing]"])
def test_a_link_to_nothing_is_a_problem_and_left_out(tmp_path: Path, link: str) -> None:
    write(tmp_path, "actors", a_term("police", link))
    vocabularies, problems = load_vocabularies(tmp_path)
    assert found(problems) == [("unknown-term", "actors.yaml", 8)]
    assert (vocabularies.term("police").broader, vocabularies.term("police").related) == (None, ())


def test_a_link_may_lead_to_a_file_that_is_read_later(tmp_path: Path) -> None:
    write(tmp_path, "actors", a_term("police", "related: [shelter]"))
    write(tmp_path, "services", a_term("shelter"))
    vocabularies, problems = load_vocabularies(tmp_path)
    assert problems == ()
    assert vocabularies.term("police").related == ("shelter",)


def test_a_missing_label_names_its_languages(tmp_path: Path) -> None:
    write(tmp_path, "actors", a_term("police", label="label: {en: police, it: polizia, pt: polícia, de: Polizei}"))
    vocabularies, problems = load_vocabularies(tmp_path)
    assert found(problems) == [("missing-label", "actors.yaml", 6)]
    assert problems[0].params == {"languages": "lt, ro"}
    assert vocabularies.term("police").label("lt") == "police"


def test_german_french_and_spanish_labels_may_be_missing(tmp_path: Path) -> None:
    write(tmp_path, "actors", a_term("police"))
    _, problems = load_vocabularies(tmp_path)
    assert problems == ()


def test_a_circle_is_noted_once_and_taken_apart(tmp_path: Path) -> None:
    write(
        tmp_path,
        "actors",
        a_term("outside", "broader: one"),
        a_term("one", "broader: two"),
        a_term("two", "broader: one"),
        a_term("self", "broader: self"),
    )
    vocabularies, problems = load_vocabularies(tmp_path)
    assert [problem.params for problem in problems] == [{"terms": "one → two → one"}, {"terms": "self → self"}]
    assert {problem.code for problem in problems} == {"circle"}
    assert vocabularies.broader_chain("outside") == ("one",)
    assert vocabularies.broader_chain("two") == ()


def test_cedilla_letters_in_romanian_are_problems(tmp_path: Path) -> None:
    label = "label: {en: police, it: polizia, lt: policija, pt: polícia, ro: poliţie}"
    write(tmp_path, "actors", a_term("police", "alternatives: {ro: [poliția, poliţişti]}", label=label))
    vocabularies, problems = load_vocabularies(tmp_path)
    assert found(problems) == [("cedilla", "actors.yaml", 6), ("cedilla", "actors.yaml", 8)]
    assert problems[1].text() == "Write Romanian ș and ț with a comma below: polițiști, not poliţişti."
    assert vocabularies.term("police").label("ro") == "poliţie"


@pytest.mark.parametrize("term_id", ["Police", "police_force", "-police"])
def test_a_bad_id_is_a_problem_and_its_term_left_out(tmp_path: Path, term_id: str) -> None:
    write(tmp_path, "actors", a_term(term_id), a_term("prosecution"))
    vocabularies, problems = load_vocabularies(tmp_path)
    assert ids(vocabularies) == ["prosecution"]
    assert found(problems) == [("bad-id", "actors.yaml", 5)]


def test_other_names_of_countries_are_read_by_code_and_language(tmp_path: Path) -> None:
    aliases = "id: countries\ntitle: Names\naliases:\n  NO:\n    en: [Norwegian]\n  no:\n    en: [Norse]\n"
    (tmp_path / "countries.yaml").write_text(aliases, encoding="utf-8")
    vocabularies, problems = load_vocabularies(tmp_path)
    assert vocabularies.country_aliases == {"NO": {"en": ("Norwegian",)}}
    assert vocabularies.all == ()
    assert found(problems) == [("bad-country", "countries.yaml", 6)]


def test_words_of_people_who_ask_for_help_are_read_by_part_and_language(tmp_path: Path) -> None:
    words = "id: help-words\ntitle: Words\nparts:\n  me: {en: [me, myself], ro: [şi]}\n  you: {en: [you]}\n"
    (tmp_path / "help-words.yaml").write_text(words, encoding="utf-8")
    vocabularies, problems = load_vocabularies(tmp_path)
    assert vocabularies.help_words["me"]["en"] == ("me", "myself")
    assert vocabularies.help_words["harm"] == {}
    assert vocabularies.all == ()
    assert found(problems) == [("cedilla", "help-words.yaml", 4), ("unknown-key", "help-words.yaml", 5)]


def test_problems_come_all_at_once_in_order_of_file_and_line(tmp_path: Path) -> None:
    write(tmp_path, "services", a_term("shelter", "broader: nothing"))
    write(tmp_path, "actors", a_term("police", "broader: nothing", "colour: blue"))
    _, problems = load_vocabularies(tmp_path)
    assert found(problems) == [
        ("unknown-term", "actors.yaml", 8),
        ("unknown-key", "actors.yaml", 9),
        ("unknown-term", "services.yaml", 8),
    ]


def test_a_missing_folder_gives_no_terms_and_a_problem(tmp_path: Path) -> None:
    vocabularies, problems = load_vocabularies(tmp_path / "absent")
    assert vocabularies.terms() == ()
    assert [problem.code for problem in problems] == ["no-folder"]


def test_a_name_to_avoid_has_another_to_write_and_no_label_or_definition_uses_it(tmp_path: Path) -> None:
    avoid = "avoid: {lt: {senas vardas: naujas vardas}, it: {vecchio nome: }, xx: {old: new}}"
    write(tmp_path, "actors", a_term("police", avoid), a_term("courts", label=LABEL.replace("policija", "seni vardai")))
    vocabularies, problems = load_vocabularies(tmp_path)
    assert vocabularies.term("police").avoid == {"lt": {"senas vardas": "naujas vardas"}, "it": {"vecchio nome": ""}}
    assert {problem.code for problem in problems} == {"unknown-key", "missing-key", "avoided-name"}
    told = next(problem for problem in problems if problem.code == "avoided-name")
    assert told.text().startswith("Write naujas vardas, not seni vardai.")


def test_a_term_has_the_words_of_the_law_of_a_country_and_what_it_is_confused_with(tmp_path: Path) -> None:
    official = "official: {PT: {words: queixa, law: CPP art. 49}, RO: {words: plângere}}"
    beware = "beware: {en: Not the same., it: Diverso., lt: Kas kita., pt: Diferente., ro: Altceva.}"
    write(tmp_path, "actors", a_term("police", official, beware))
    vocabularies, problems = load_vocabularies(tmp_path)
    term = vocabularies.term("police")
    assert (term.official[0].country, term.official[0].words, term.official[0].law) == ("PT", "queixa", "CPP art. 49")
    assert term.beware["lt"] == "Kas kita."
    assert [problem.code for problem in problems] == ["missing-key"]
