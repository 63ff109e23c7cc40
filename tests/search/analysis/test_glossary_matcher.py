from __future__ import annotations

import pytest

from kb.content_store.reference_data import ReferenceData


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Referrals and Risk Assessments.", [("referral", "Referrals"), ("risk-assessment", "Risk Assessments")]),
        ("en", "a multi agency  working group", [("multi-agency-working", "multi agency  working")]),
        ("it", "le valutazioni del rischio", [("risk-assessment", "valutazioni del rischio")]),
        (
            "lt",
            "tarpinstitucinio bendradarbiavimo tvarka",
            [("multi-agency-working", "tarpinstitucinio bendradarbiavimo")],
        ),
        (
            "pt",
            "os encaminhamentos e as reavaliações",
            [("referral", "encaminhamentos"), ("reassessment", "reavaliações")],
        ),
        ("ro", "evaluării riscului, referirea", [("risk-assessment", "evaluării riscului"), ("referral", "referirea")]),
    ],
)
def test_labels_are_found_in_other_endings(
    knowledge: ReferenceData, language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    found = knowledge.labels.find(text, language)
    assert [(each.term, text[each.start : each.end]) for each in found] == expected


def test_the_longest_label_wins(knowledge: ReferenceData) -> None:
    assert [each.term for each in knowledge.labels.find("an opt-in referral", "en")] == ["opt-in-referral"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The police refer women to a shelter; the form, the report and the trial are everyday words."),
        ("en", "He was referred. A preferral or a selfreferral is no word."),
        ("it", "l'indirizzo della vittima"),  # an address, with the stem of a referral
        ("ro", "cu referitor la dosar"),
        ("en", "multi-agency, working"),  # a comma between two words separates them
        ("xx", "referral"),
    ],
)
def test_everyday_words_and_other_words_of_a_stem_are_left_alone(
    knowledge: ReferenceData, language: str, text: str
) -> None:
    assert knowledge.labels.find(text, language) == ()


def test_a_text_whose_letters_grow_when_they_are_small_is_left_alone(knowledge: ReferenceData) -> None:
    assert knowledge.labels.find("İ referral", "en") == ()
