from __future__ import annotations

import pytest

from kb.errors import NotFound
from kb.law.model import Article, Instrument, InstrumentType, Law


def the_law() -> Law:
    article = Article("victims-directive", "8", "Access", "Words.", areas=("referral",))
    instrument = Instrument(
        id="victims-directive",
        short_title="Victims' Rights Directive",
        full_title="Directive 2012/29/EU",
        kind=InstrumentType.DIRECTIVE,
        issuer="EU",
        year=2012,
        status="in force",
        translations={"it": "direttiva vittime"},
        celex="32012L0029",
        also_celex="32012L0030",
        consolidated="02012L0029-20240101",
        articles=(article,),
    )
    return Law((instrument,))


@pytest.mark.parametrize("key", ["victims-directive", "32012L0029", "32012L0030", "02012L0029-20240101"])
def test_an_instrument_is_found_by_its_id_and_its_celex_numbers(key: str) -> None:
    assert the_law().instrument(key).id == "victims-directive"


def test_an_unknown_instrument_is_not_found() -> None:
    with pytest.raises(NotFound):
        the_law().instrument("32016R0679")
    with pytest.raises(NotFound):
        the_law().articles("32016R0679")


def test_an_id_is_no_celex_number() -> None:
    assert the_law().find_by_celex("victims-directive") is None


def test_an_article_is_found_by_its_number() -> None:
    law = the_law()
    article = law.find_article("32012L0029", "8")
    assert article is not None
    assert article in law.articles("victims-directive")
    assert law.find_article("32012L0029", "9") is None
    assert law.find_article("32016R0679", "8") is None


def test_an_article_counts_as_unchecked_unless_said_otherwise() -> None:
    assert not the_law().articles("victims-directive")[0].is_checked


def test_a_short_title_falls_back_to_english() -> None:
    instrument = the_law().instrument("victims-directive")
    assert instrument.title("it") == "direttiva vittime"
    assert instrument.title("lt") == "Victims' Rights Directive"
