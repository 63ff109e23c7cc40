"""JSON-LD data of pages."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask, render_template_string
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.history import log
from kb.publishing.actions import Edit, publish
from kb.records.files.paths import place_of
from tests.house import NOW, a_curator
from tests.page import Page, Visit

SITE = "http://localhost:5000"


def told(page: Page) -> Any:
    (script,) = page.elements("script", type="application/ld+json")
    return json.loads(script.text or "")


def test_the_home_page_tells_how_to_search_the_site(visit: Visit) -> None:
    data = told(visit("home.index", language="it"))
    assert (data["@context"], data["@type"], data["url"]) == ("https://schema.org", "WebSite", f"{SITE}/it/")
    assert data["potentialAction"]["target"]["urlTemplate"] == f"{SITE}/it/search?q={{search_term_string}}"
    assert data["potentialAction"]["query-input"] == "required name=search_term_string"


def test_a_practice_tells_what_it_is_and_where_it_comes_from(visit: Visit) -> None:
    article, crumbs = told(visit("practices.show", record_id="stone-terraces"))["@graph"]
    assert (article["@type"], article["url"]) == ("Article", f"{SITE}/en/practices/stone-terraces")
    assert (article["headline"], article["inLanguage"]) == ("Stone terraces", "en")
    assert article["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert (article["dateModified"], article["version"]) == ("2026-11-25", 1)
    assert article["creativeWorkStatus"] == "Original, drafted by AI"
    assert article["citation"][0] == {
        "@type": "CreativeWork",
        "name": "Muros e socalcos",
        "url": "https://example.org/muros",
        "publisher": {"@type": "Organization", "name": "Terrace Guild"},
        "datePublished": "2021",
        "inLanguage": "pt",
    }
    assert [(each["position"], each["name"]) for each in crumbs["itemListElement"]] == [
        (1, "Practices"),
        (2, "warm referral"),
        (3, "Stone terraces"),
    ]
    assert all(each["item"].startswith(SITE) for each in crumbs["itemListElement"])


def test_a_translation_names_its_original(visit: Visit) -> None:
    article = told(visit("practices.show", record_id="stone-terraces", language="lt"))["@graph"][0]
    assert (article["headline"], article["inLanguage"]) == ("Akmeninės terasos", "lt")
    assert article["translationOfWork"] == {"@id": f"{SITE}/en/practices/stone-terraces"}


def test_a_page_that_shows_the_original_describes_the_original(visit: Visit) -> None:
    article = told(visit("practices.show", record_id="naktinis-autobusas", language="ro"))["@graph"][0]
    assert (article["url"], article["inLanguage"]) == (f"{SITE}/lt/practices/naktinis-autobusas", "lt")
    assert "translationOfWork" not in article


def test_no_text_can_end_the_script(visit: Visit, session: Session, store: ContentStore) -> None:
    place, evil = place_of("practices/stone-terraces", "source"), "</script><b>&\u2028'\""
    head = log.find_head(session, place)
    assert head is not None
    text = (head.text or "").replace('"Muros e socalcos"', json.dumps(evil.replace("\u2028", "")))
    edit = Edit(place, text, head.number, head.fingerprint)
    publish(session, store, a_curator(session, "other@example.org"), [edit], note="", now=NOW)
    session.commit()
    page = visit("practices.show", record_id="stone-terraces")
    assert told(page)["@graph"][0]["citation"][0]["name"] == "</script><b>&'\""
    assert page.html.count("</script>") == 2  # one of the site's module, one of the data


def test_signs_that_end_lines_in_scripts_are_escaped(app: Flask) -> None:
    with app.test_request_context():
        source = '{% from "components/structured_data.html" import structured_data %}{{ structured_data(data) }}'
        html = render_template_string(source, data={"name": "<!--<script>\u2028"})
    assert html == '<script type="application/ld+json">{"name": "\\u003c!--\\u003cscript\\u003e\\u2028"}</script>'
