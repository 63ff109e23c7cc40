from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.search.analysis.tokenizer import fold, normal, split
from kb.search.analysis.word_forms import analyzer
from kb.search.results.highlight import Excerpt, HighlightTerms, excerpts, marked
from tests.draws import draws
from tests.search.strategies import PARTS, texts

SENTENCE = "Officers refer people to a service in their own words and on the same day. "


def shown(excerpt: Excerpt) -> str:
    """Return an excerpt with brackets around marked text."""
    return "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in excerpt)


@pytest.mark.parametrize(
    ("language", "wanted", "text"),
    [
        ("en", HighlightTerms(("victim",)), "The [VICTIMS] of crime"),
        ("en", HighlightTerms(("vic",)), "The [Victims], [victimised]"),
        ("en", HighlightTerms(("vi",)), "The victims"),  # a prefix has at least three letters
        ("en", HighlightTerms(labels=("vic",)), "The victims"),  # labels are not prefixes
        ("en", HighlightTerms(("policy",)), "[Policies] of the police"),
        ("lt", HighlightTerms(("kokybe",)), "Apie [kokybės] vertinimą"),
        ("ro", HighlightTerms(("copil",)), "Drepturile [copiilor]"),
        ("ro", HighlightTerms(("scoala",)), "În [şcoli] și [școală]"),
        ("pt", HighlightTerms(("vítima",)), "apoio às [vitimas]"),
        ("de", HighlightTerms(("beduerfnis",)), "Die [Bedürfnisse]"),
        ("it", HighlightTerms(("aiuto",)), "L'[aiuto] dell’[aiuto]"),
        ("en", HighlightTerms(("116006",)), "Call [116 006] or [116-006], not 116 007"),
        ("en", HighlightTerms(("email",)), "By [e-mail] or [email]"),
        ("en", HighlightTerms(("e-mail",)), "By [e-mail] or [email]"),
        ("en", HighlightTerms(("colocated",)), "A [co-located] team"),
        ("en", HighlightTerms(phrases=("victim support",)), "[Victim support], support of victims"),
        ("en", HighlightTerms(labels=("individual assessment",)), "An [individual assessment] of individual needs"),
        (
            "en",
            HighlightTerms(("assessment",), labels=("individual assessment",)),
            "[individual assessments], [assessments]",
        ),
        ("en", HighlightTerms(("the",)), "[the] police"),
        ("en", HighlightTerms(), "Nothing is wanted"),
        ("en", HighlightTerms(("", "-", "'"), ("", "!"), ("",)), "Nothing is wanted"),
        ("en", HighlightTerms(("referral",)), "A [refer\u00adral]s form"),
        ("lt", HighlightTerms(("kokybė",)), "[kokybe\u0307], gera"),
    ],
)
def test_what_is_wanted_is_marked_in_its_own_spelling(language: str, wanted: HighlightTerms, text: str) -> None:
    plain = text.replace("[", "").replace("]", "")
    assert shown(marked(plain, language, wanted)) == (text if "\u00ad" not in text else "A [refer\u00adrals] form")


def test_a_passage_says_where_it_is_cut() -> None:
    (excerpt,) = excerpts("word " * 100 + "victim " + "word " * 100, "en", HighlightTerms(("victim",)))
    assert shown(excerpt).startswith("… word word")
    assert "word [victim] word" in shown(excerpt)
    assert shown(excerpt).endswith("word word …")


def test_typed_words_come_before_labels() -> None:
    text = "individual assessment " + SENTENCE * 5 + "a form. " + SENTENCE * 5 + "individual assessment"
    found = excerpts(text, "en", HighlightTerms(("form",), labels=("individual assessment",)), limit=1)
    assert [shown(each).count("[form]") for each in found] == [1]
    both = excerpts(text, "en", HighlightTerms(("form",), labels=("individual assessment",)))
    assert "[individual assessment]" in shown(both[0])
    assert "[form]" in shown(both[1])


def test_there_are_no_more_passages_than_asked_for() -> None:
    text = ("A victim. " + SENTENCE * 5) * 5
    for limit in range(4):
        assert len(excerpts(text, "en", HighlightTerms(("victim",)), limit)) == limit


def test_without_a_wanted_word_there_is_no_passage() -> None:
    assert excerpts(SENTENCE, "en", HighlightTerms(("victim",), ("no such",), ("thing",))) == ()
    assert excerpts("", "en", HighlightTerms(("victim",))) == ()


def test_a_form_that_begins_otherwise_is_found_where_forms_are_of_a_dictionary() -> None:
    assert "[oameni]" in shown(excerpts(SENTENCE + "mulți oameni. ", "ro", HighlightTerms(("om",)))[0])


def test_a_text_of_one_endless_word_is_cut() -> None:
    (excerpt,) = excerpts("victim" * 10_000, "en", HighlightTerms(("victim",)))
    assert len(shown(excerpt)) < 100_000


wants = st.builds(
    HighlightTerms,
    st.lists(st.sampled_from(PARTS) | st.text(max_size=4), max_size=3).map(tuple),
    st.lists(st.lists(st.sampled_from(PARTS), max_size=3).map(" ".join), max_size=2).map(tuple),
    st.lists(st.lists(st.sampled_from(PARTS), max_size=2).map(" ".join), max_size=2).map(tuple),
)
languages = st.sampled_from(["en", "it", "lt", "pt", "ro", "de", "fr", "es", "el", "bg", "mt", "xx"])


@settings(max_examples=draws(60))
@given(texts, languages, wants)
def test_the_pieces_joined_are_the_text(text: str, language: str, wanted: HighlightTerms) -> None:
    assert "".join(piece.text for piece in marked(text, language, wanted)) == text
    assert all(piece.text for piece in marked(text, language, wanted))


@settings(max_examples=draws(60))
@given(texts.map(lambda text: text * 4), languages, wants)
def test_the_pieces_of_a_passage_joined_are_a_part_of_the_text(
    text: str, language: str, wanted: HighlightTerms
) -> None:
    for excerpt in excerpts(text, language, wanted):
        assert any(piece.is_marked for piece in excerpt)
        whole = "".join(piece.text for piece in excerpt)
        assert whole in text or whole.removeprefix("… ").removesuffix(" …") in text


@given(texts, languages, st.sampled_from(PARTS))
def test_every_word_with_a_wanted_form_is_marked(text: str, language: str, part: str) -> None:
    forms = analyzer(language).forms
    marks = [piece.text for piece in marked(text, language, HighlightTerms((part,))) if piece.is_marked]
    said = " | ".join(marks)
    for wanted, _, _ in split(normal(part)):
        if len([*split(normal(part))]) == 1:
            for word, _, _ in split(normal(text)):
                is_long_number = wanted.isdecimal() and len(wanted) > 3  # long numbers do not match as prefixes
                begins = len(wanted) >= 3 and fold(word).startswith(fold(wanted)) and not is_long_number
                if begins or not set(forms(wanted)).isdisjoint(forms(word)):
                    assert word in [each for each, _, _ in split(normal(said))]
