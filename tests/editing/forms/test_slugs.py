"""Ids derived from words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.editing.forms.slugs import LONGEST, id_of_words, propose_id
from kb.records.record import ID_PATTERN


@pytest.mark.parametrize(
    ("title", "record_id"),
    [
        ("Calls in the days after a crime", "calls-in-the-days-after-a-crime"),
        ("„Skambutis“ po nusikaltimo, šiąnakt", "skambutis-po-nusikaltimo-sianakt"),
        ("Łódź – Straße ÅØ", "lodz-strasse-ao"),
        ("Θεσσαλονίκη τηλέφωνο", "thessaloniki-tilefono"),
        ("Кризисен център България", "krizisen-tsentar-balgariya"),
        ("L'aiuto dell’altro", "laiuto-dellaltro"),
        ("Victims’ desk, 24/7", "victims-desk-24-7"),
        ("…", ""),
        ("", ""),
    ],
)
def test_a_title_becomes_an_id(title: str, record_id: str) -> None:
    assert id_of_words(title) == record_id


@given(st.text())
def test_whatever_comes_of_words_is_an_id_or_nothing(title: str) -> None:
    made = id_of_words(title)
    assert made == "" or (re.fullmatch(ID_PATTERN, made) and len(made) <= LONGEST)


def test_a_long_title_is_cut_between_words() -> None:
    made = id_of_words("Outreach workers in Copenhagen find victims, witnesses and relatives in the police report")
    assert made == "outreach-workers-in-copenhagen-find-victims-witnesses-and"
    assert len(id_of_words("x" * 200)) == LONGEST


def test_a_proposal_begins_with_the_country_once_and_is_free() -> None:
    taken = {"pt-wall", "pt-wall-2"}
    assert propose_id("PT", "Wall", taken.__contains__) == "pt-wall-3"
    assert propose_id("PT", "PT wall of stone", taken.__contains__) == "pt-wall-of-stone"
    assert propose_id("", "Wall", taken.__contains__) == "wall"
    assert propose_id("PT", "…", taken.__contains__) == ""
