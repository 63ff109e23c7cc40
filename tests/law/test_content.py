"""The law that the house ships."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb.law.loader import load_law
from kb.law.model import Law
from kb.vocabulary.loader import load_vocabularies
from kb.vocabulary.model import LABEL_LANGUAGES

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="module")
def law() -> Law:
    vocabularies, _ = load_vocabularies(CONTENT / "vocabularies")
    loaded, problems = load_law(CONTENT / "law", vocabularies)
    assert [str(problem) for problem in problems] == []
    return loaded


def test_every_instrument_and_article_is_there(law: Law) -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (CONTENT / "law").glob("*.yaml")}
    written = {name: len(re.findall(r"^ *- number:", text, re.MULTILINE)) for name, text in texts.items()}
    assert {instrument.id: len(instrument.articles) for instrument in law.instruments} == written


def test_the_victims_rights_directive_has_all_its_articles(law: Law) -> None:
    assert [article.number for article in law.articles("32012L0029")] == [str(number) for number in range(1, 33)]
    referral = law.find_article("32012L0029", "8")
    assert referral is not None
    assert referral.areas == ("referral", "secure-communication", "information")


def test_every_instrument_of_the_union_has_a_celex_number(law: Law) -> None:
    assert all(instrument.celex for instrument in law.instruments if instrument.issuer == "EU")


def test_no_other_name_of_an_instrument_is_written_with_a_cedilla(law: Law) -> None:
    names = [name for instrument in law.instruments for name in instrument.alternatives.get("ro", ())]
    assert names
    assert not set("".join(names)) & set("şţŞŢ")


def test_instruments_have_other_names_in_all_languages_in_which_terms_are_labelled(law: Law) -> None:
    without = {each.id for each in law.instruments if set(each.alternatives) != set(LABEL_LANGUAGES)}
    assert without == {"number-116-006"}  # nobody calls it anything but by its number
