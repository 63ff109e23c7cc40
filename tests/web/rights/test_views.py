from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.content_store.reference_data import ReferenceData
from kb.content_store.store import ContentStore
from kb.history import log
from kb.law.model import Article
from kb.publishing.actions import Edit, publish
from kb.records.files.paths import place_of
from kb.web.parts.law_references import KINDS, article_line, article_name
from tests.house import NOW, a_curator
from tests.page import Visit, words


def test_what_an_article_asks_and_who_does_it_stand_on_one_page(visit: Visit) -> None:
    page = visit("rights.article", instrument_id="vrd", number="22")
    assert page.heading == "Article 22: Individual assessment of protection needs"
    assert "Each victim is assessed early and individually" in page.text
    assert "1 practice names this article as its legal basis." in page.text
    assert page.link("Stone terraces") == "/en/practices/stone-terraces"
    assert page.link("risk assessment") == "/en/terms/risk-assessment"
    assert page.link("needs assessment") == "/en/themes/needs-assessment"
    assert "Article 16: Assessment of protection needs" in page.text


def test_a_summary_that_nobody_compared_says_so_and_leads_to_the_official_text(visit: Visit) -> None:
    page = visit("rights.article", instrument_id="vrd", number="22", language="lt")
    assert "Our summary, not yet checked against the official text." in page.text
    link = page.link("Official text on EUR-Lex (external site)")
    assert link == "https://eur-lex.europa.eu/legal-content/LT/TXT/?uri=CELEX:32012L0029"
    assert "Translated by AI, not yet reviewed by a person" in page.text


def test_what_is_not_translated_is_shown_in_english(app: Flask) -> None:
    with app.test_request_context("/lt/rights/gdpr/6"):
        line = article_line(Article("gdpr", "6", "Lawful grounds", "Data need a legal ground."))
    assert (line.heading, line.language, line.is_translated) == ("Lawful grounds", "en", False)


def test_the_number_of_practices_is_that_of_the_search(visit: Visit) -> None:
    page = visit("rights.article", instrument_id="vrd", number="8")
    assert visit(page.link("Show 1 practice in search")).heading == "1 result"


def test_every_instrument_and_article_has_a_page(visit: Visit, knowledge: ReferenceData) -> None:
    for instrument in knowledge.law.instruments:
        visit("rights.instrument", instrument_id=instrument.id)
        for article in instrument.articles[:3]:
            visit("rights.article", instrument_id=instrument.id, number=article.number)


def test_all_instruments_stand_on_one_page(visit: Visit, knowledge: ReferenceData) -> None:
    page = visit("rights.index", language="ro")
    assert page.texts("h2")[0] == "Directiva privind drepturile victimelor"
    assert {f"/ro/rights/{each.id}" for each in knowledge.law.instruments} <= set(page.links())


def test_an_instrument_says_how_it_stands(visit: Visit) -> None:
    page = visit("rights.instrument", instrument_id="coe-rec-2006-8")
    assert page.link("CM/Rec(2023)2") == "/en/rights/coe-rec-2023-2"
    assert "Recommendation (not binding)" in page.text
    assert "We do not have a link to the official text." in page.text
    convention = visit("rights.instrument", instrument_id="istanbul-convention")
    assert "treatynum=210" in convention.link("Official text from the Council of Europe (external site)")


def test_a_proposal_says_what_has_to_be_looked_up(visit: Visit) -> None:
    page = visit("rights.instrument", instrument_id="vrd-revision")
    assert "Check this instrument before you rely on it" in page.text
    assert {"10 December 2025", "April 2024"} <= set(page.texts("dt"))


def test_an_instrument_is_found_by_its_celex_number(client: FlaskClient) -> None:
    assert client.get("/en/rights/32012L0029").headers["Location"] == "/en/rights/vrd"
    assert client.get("/en/rights/32012L0029/22").headers["Location"] == "/en/rights/vrd/22"


@pytest.mark.parametrize(
    "address", ["/en/rights/nowhere", "/en/rights/nowhere/1", "/en/rights/vrd/99", "/en/rights/vrd/a b"]
)
def test_what_is_not_described_is_not_found(visit: Visit, address: str) -> None:
    visit(address, status=404)


def test_a_practice_leads_to_the_articles_of_its_legal_basis(visit: Visit) -> None:
    page = visit("practices.show", record_id="stone-terraces")
    assert page.link("Article 22: requirements and related practices") == "/en/rights/vrd/22"


def test_articles_are_called_by_number_range_or_not_at_all(visit: Visit, knowledge: ReferenceData) -> None:
    assert all(each.kind in KINDS for each in knowledge.law.instruments)
    page = visit("rights.instrument", instrument_id="coe-rec-2023-2")
    assert "Articles 3–6: Access and assessment" in page.text
    page = visit("rights.article", instrument_id="vrd-revision", number="helpline")
    assert page.heading == "Victims' helpline"
    assert article_name("helpline") == ""
    assert isinstance(knowledge.law.find_article("vrd", "22"), Article)
    assert words(page.root.find(".//h1")) == page.heading


ROWS = """\
transposition:
  - {id: p9, article: "9(1)", law: "Law on the lamps", provision: "9(3), 11", known: partly, note: "Our own reading.",
    confidence: low, sources: [s1], checked: 2026-11-20}
  - {id: p22, article: "22", known: absent, confidence: low, sources: [s2], checked: 2026-11-20}
guidance:"""


@pytest.fixture
def transposed(session: Session, store: ContentStore) -> None:
    """Publish Estonia with the transposition of two articles."""
    place = place_of("countries/ee", "source")
    head = log.find_head(session, place)
    assert head is not None
    edit = Edit(place, (head.text or "").replace("guidance:", ROWS, 1), head.number, head.fingerprint)
    publish(session, store, a_curator(session, "law@example.org"), [edit], note="", now=NOW)
    session.commit()


@pytest.mark.slow
@pytest.mark.usefixtures("transposed")
def test_an_article_says_how_each_state_transposed_it(visit: Visit) -> None:
    page = visit("rights.article", instrument_id="vrd", number="9")
    row = words(page.elements("table", class_="scan")[0])
    for said in ("Estonia", "Law on the lamps, 9(3), 11", "Partly known", "Our own reading.", "Emergency numbers"):
        assert said in row
    assert page.link("Lawyer") == "/en/ee/lawyer"
    assert page.link("Estonia") == "/en/ee/situation#transposition"
    assert "Does not exist here" in visit("rights.article", instrument_id="vrd", number="22").text
    assert "How States transposed this article" not in visit("rights.article", instrument_id="gdpr", number="9").text
    assert "law of 1 country" in visit("rights.index").text


def test_an_article_without_national_law_has_no_table(visit: Visit) -> None:
    assert not visit("rights.article", instrument_id="vrd", number="9").elements("table")
