from __future__ import annotations

from itertools import pairwise

import pytest

from kb.search.analysis.term_matcher import TermFinder, id_of, kind_of
from kb.search.analysis.word_forms import analyzer, fold
from kb.vocabulary.model import LABEL_LANGUAGES, Term, Vocabularies, Vocabulary


def read(finder: TermFinder, text: str, language: str) -> list[tuple[str, set[str]]]:
    tokens = analyzer(language).tokens(text)
    return [
        (" ".join(token.written for token in tokens[match.start : match.end]), set(match.concepts))
        for match in finder.find(tokens, language)
    ]


def recognised(finder: TermFinder, text: str, language: str) -> set[str]:
    return {concept for _, concepts in read(finder, text, language) for concept in concepts}


@pytest.mark.parametrize("language", LABEL_LANGUAGES)
def test_every_label_of_every_term_is_recognised(finder: TermFinder, vocabularies: Vocabularies, language: str) -> None:
    missed = [
        (term.id, label)
        for term in vocabularies.terms()
        for label in (term.labels.get(language, ""), *term.alternatives.get(language, ()))
        if label and term.id not in recognised(finder, label, language)
    ]
    assert missed == []


@pytest.mark.parametrize("language", LABEL_LANGUAGES)
def test_labels_are_recognised_without_accents(finder: TermFinder, vocabularies: Vocabularies, language: str) -> None:
    missed = [
        (term.id, label)
        for term in vocabularies.terms()
        if (label := term.labels.get(language, "")) and term.id not in recognised(finder, fold(label.lower()), language)
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("language", "text", "concept"),
    [
        ("en", "referrals of victims", "referral"),
        ("it", "valutazioni dei rischi", "risk-assessment"),
        ("lt", "rizikos vertinimo", "risk-assessment"),
        ("lt", "aukų nukreipimui", "referral"),
        ("ro", "evaluarea riscurilor", "risk-assessment"),
        ("ro", "evaluarii riscului", "risk-assessment"),
        ("pt", "vítimas de violência doméstica", "victims-of-domestic-violence"),
        ("de", "Weiterverweisungen", "referral"),
        ("en", "116 006", "victim-helpline"),
        ("en", "Portugal", "country:PT"),
        ("en", "Portuguese", "country:PT"),
        ("it", "pratiche lituane", "country:LT"),
        ("it", "Paesi Bassi", "country:NL"),
        ("lt", "Vokietijoje", "country:DE"),
        ("pt", "Roménia", "country:RO"),
        ("pt", "romenia", "country:RO"),
        ("ro", "în Lituania", "country:LT"),
        ("fr", "Allemagne", "country:DE"),
        ("es", "Países Bajos", "country:NL"),
    ],
)
def test_other_forms_of_a_label_are_recognised(finder: TermFinder, language: str, text: str, concept: str) -> None:
    assert concept in recognised(finder, text, language)


def test_the_longest_label_wins(finder: TermFinder) -> None:
    assert read(finder, "opt-in referral of victims", "en")[0] == ("opt in referral", {"opt-in-referral"})


def test_labels_do_not_overlap(finder: TermFinder) -> None:
    tokens = analyzer("pt").tokens("Lituânia violência doméstica ordem de proteção")
    matches = list(finder.find(tokens, "pt"))
    assert all(earlier.end <= later.start for earlier, later in pairwise(matches))
    assert len(matches) == 3


def test_stop_words_inside_a_label_may_be_left_out(finder: TermFinder) -> None:
    assert "special-protection-measures" in recognised(finder, "ordem proteção", "pt")


def test_a_label_is_not_recognised_by_its_last_word_alone() -> None:
    term = Term("no-proceedings", "stages", {"en": "no proceedings"})
    finder = TermFinder(Vocabularies((Vocabulary("stages", "Stages", terms=(term,)),)))
    assert recognised(finder, "no proceedings", "en") == {"no-proceedings"}
    assert recognised(finder, "proceedings", "en") == set()


@pytest.mark.parametrize(("language", "text"), [("pt", "mal"), ("lt", "mal"), ("en", "oma"), ("en", "man")])
def test_a_short_stem_does_not_make_a_country(finder: TermFinder, language: str, text: str) -> None:
    assert not any(kind_of(concept) == "country" for concept in recognised(finder, text, language))


def test_a_term_and_a_country_are_told_apart() -> None:
    assert (kind_of("country:PT"), id_of("country:PT")) == ("country", "PT")
    assert (kind_of("referral"), id_of("referral")) == ("term", "referral")


def test_a_language_without_labels_recognises_nothing(finder: TermFinder) -> None:
    assert recognised(finder, "referral Portugal", "hr") == set()


def test_nothing_is_recognised_in_nothing(finder: TermFinder) -> None:
    assert recognised(finder, "", "en") == set()
