from __future__ import annotations

from dataclasses import fields

from kb.kinds.country.card import CountryCard
from kb.kinds.country.model import COUNTRY, Channel, Country, Free
from kb.kinds.country.template import new_country
from kb.records.bundle import read_source
from kb.records.front_matter import splice
from tests.kinds.country.checking import a_country, a_helpline


def test_a_country_is_read_with_its_helplines() -> None:
    country: Country = a_country(helplines=[a_helpline(hours=None, free=None, languages=None, note=None)]).record
    (line,) = country.helplines
    assert (line.digits, line.free, line.channels, line.hours) == ("116006", Free.NOT_KNOWN, (Channel.PHONE,), ())
    assert (country.code, country.numbers) == ("PT", ("116 006",))


def test_notes_are_words_and_names_are_not() -> None:
    assert list(a_country().segments()) == ["title", "summary", "helplines.victims.note", "after"]


def test_the_card_holds_facts_of_the_record() -> None:
    assert all(hasattr(a_country().record, field.name) for field in fields(CountryCard))


def test_nothing_is_wrong_with_a_new_country_but_what_is_missing() -> None:
    text = new_country("pt", "lt")
    _, _, problems = read_source(COUNTRY, "pt", text)
    assert [(problem.code, problem.where) for problem in problems] == [
        ("missing-key", ("title",)),
        ("missing-key", ("summary",)),
    ]
    bundle, _, problems = read_source(COUNTRY, "pt", splice(text, {"title": "Portugalija", "summary": "Trumpai."}))
    assert problems == ()
    assert bundle is not None
    assert (bundle.record.language, bundle.record.status) == ("lt", "draft")
