"""Visits every readable route in every language; every page keeps the promises of `tests/page.py`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from kb.cli.messages import TRANSLATED, catalogue
from kb.i18n import DEFAULT, LANGUAGES
from kb.kinds.registry import KINDS
from tests.house import ITEM, ROOT, SLOT, TOKEN, WORKSHOP, WORKSHOP_LINK
from tests.page import Visit, address_of
from tests.site import use_catalogues

slow = pytest.mark.slow
# Routes that return no page, with the test that covers them.
EXCEPTIONS = {
    "static": "tests/web/http/test_assets.py",
    "attachments.show": "tests/web/attachments/test_views.py",
    "audit.download": "tests/web/audit/test_views.py",
    "bulk.download": "tests/web/desk/test_spreadsheets.py",
    "what_changed.feed": "tests/web/changes/test_files.py",
    "downloads.table": "tests/web/tools/test_download_stats.py",
    "gaps.download": "tests/web/gap_map/test_views.py",
    "health.show": "tests/web/machines/test_health.py",
    "language.index": "tests/web/home/test_language_redirect.py",
    "translating.xliff_file": "tests/web/editor/translation/test_xliff_page.py",
    "matrix.download": "tests/web/desk/test_translation_matrix.py",
    "permanent.show": "tests/web/machines/test_short_urls.py",
    "permanent.version": "tests/web/machines/test_short_urls.py",
    "practices.citation": "tests/web/practices/test_citation.py",
    "revisions.show_file": "tests/web/desk/test_history.py",
    "robots.index": "tests/web/http/test_robots_header.py",
    "lists.markdown": "tests/web/lists/test_files.py",
    "lists.table": "tests/web/lists/test_files.py",
    "organisations.file": "tests/web/organisations/test_files.py",
    "search.feed": "tests/web/search/test_files.py",
    "search.suggest": "tests/web/search/test_autocomplete.py",
    **dict.fromkeys(
        (
            *("taking.practice", "taking.country", "taking.countries", "taking.comparison", "taking.listed"),
            *("taking.found", "taking.answer", "taking.answers", "taking.services", "taking.service"),
        ),
        "tests/web/document_export/test_views.py",
    ),
    "converting.download": "tests/web/tools/convert/test_views.py",
    **dict.fromkeys(
        ("old_countries.country", "old_countries.situation", "old_countries.helplines"),
        "tests/web/countries/test_old_addresses.py",
    ),
    "oembed.show": "tests/web/machines/test_oembed.py",
    "sitemap.index": "tests/web/machines/test_sitemap.py",
    "sitemap.show": "tests/web/machines/test_sitemap.py",
    "workshop_calendar.show": "tests/web/workshops/test_room.py",
    "sitemap.workshops": "tests/web/machines/test_sitemap.py",
    "workshop_keeping.export": "tests/web/workshops/builder/test_lifecycle.py",
    "workshop_papers.pack": "tests/web/workshops/public/test_handouts.py",
    "workshop_papers.take": "tests/web/workshops/public/test_handouts.py",
    "workshop_results.download": "tests/web/workshops/builder/test_results.py",
    "workshop_short.show": "tests/web/workshops/test_room.py",
    "workshop_short.feedback": "tests/web/workshops/test_room.py",
    "asking.take": "tests/web/sign_off/test_asking_the_owner.py",
    "workshop_notes.take": "tests/web/workshops/public/test_slides.py",
    "workshop_slides.take": "tests/web/workshops/public/test_slides.py",
}
# Values of URL parameters; a blueprint may use a record of its own.
ARGUMENTS = {
    "kind": "practices",
    "record_id": "stone-terraces",
    "part": "source",
    "number": "1",
    "draft_id": "1",
    "person_id": "1",
    "instrument_id": "vrd",
    "term_id": "risk-assessment",
    "ending": "bib",
    "mark": "c46d44ff366894c5",  # of the picture attached to that practice
    "name": "slope.png",
    "table_format": "csv",
    "section": "what",
    "role": "police",
    "home_country": "ee",
    "crime": "domestic-violence",
    "token": TOKEN,
    "workshop_id": WORKSHOP,
    "slot_id": SLOT,
    "item_id": ITEM,
    "key": WORKSHOP,
    "code": "en",
    "size": "a4",
    "paper": "programme",
    "file_format": "docx",
    "area": "lt-ku",
    "area_paper": "desk",
    "service_id": "bridge",
}
SAMPLE = ROOT / "tests" / "sample"
# The first sample record of each kind. Practices are an exception: their pages need one with all fields.
RECORDS = {
    **{
        kind.name: min(folder.name for folder in (SAMPLE / kind.name).iterdir())
        for kind in KINDS
        if kind.has_pages and kind.name != "practices"
    },
    "help": "ee",
    "service_sheet": "lt",
    "adapting": "gate-slip",
    "lineage": "gate-slip-ee",
    "profiles": "ee",
    "answers": "ee",
    "old_countries": "ee",
}
PAPERS = "guest-papers"  # a tool that makes several papers


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The current catalogues, compiled: a message with a broken placeholder would break its page."""
    folder = tmp_path_factory.mktemp("messages")
    for code in TRANSLATED:
        target = folder / code / "LC_MESSAGES"
        target.mkdir(parents=True)
        with catalogue(code).open("rb") as source, (target / "messages.mo").open("wb") as file:
            write_mo(file, read_po(source, locale=LANGUAGES[code].babel))
    return str(folder)


def readable(app: Flask) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the endpoint of every route that answers GET, with values for its URL parameters."""
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in EXCEPTIONS:
            yield rule.endpoint, values_of(rule)


def values_of(rule: Rule) -> dict[str, str]:
    """Return values for the parameters of a URL; add new parameters to `ARGUMENTS`."""
    blueprint = rule.endpoint.partition(".")[0]
    values = {name: ARGUMENTS[name] for name in rule.arguments - {"language"}}
    if blueprint == "converting":
        values |= {"kind": "tools", "record_id": RECORDS["tools"]} | ({"name": "docx"} if "name" in values else {})
        is_paper = "paper" in rule.arguments and "paper" not in (rule.defaults or {})
        return values | ({"record_id": PAPERS, "paper": "slip"} if is_paper else dict(rule.defaults or {}))
    if blueprint in ("workshop_feedback", "workshop_short"):
        return values | {"key": WORKSHOP_LINK}
    if blueprint == "translating":
        return values | {"part": "it"}
    if rule.endpoint == "taking.service":
        values |= {"record_id": RECORDS["organisations"]}
    if blueprint == "taking":
        values |= {"name": "docx"} | (
            {"record_id": "ee"} if rule.endpoint in ("taking.country", "taking.answer") else {}
        )
    if rule.endpoint in ("workshop_notes.take", "workshop_slides.take", "asking.take"):
        return values | {"name": "html" if blueprint == "workshop_slides" else "docx"}
    return values | ({"record_id": RECORDS[blueprint]} if blueprint in RECORDS and "record_id" in values else {})


@pytest.mark.parametrize("language", [pytest.param(code, marks=() if code == DEFAULT else slow) for code in LANGUAGES])
def test_every_route_is_visited_or_asks_to_sign_in(
    app: Flask, client: FlaskClient, visit: Visit, catalogues: str, language: str
) -> None:
    from tests.promises.test_permissions import EVERYONE, audience  # which imports from this module

    use_catalogues(app, catalogues)
    visited, asked = set(), set()
    for endpoint, values in readable(app):
        response = client.get(address_of(app, endpoint, language=language, **values))
        if response.status_code in (302, 303):
            assert f"/{language}/sign-in" in response.headers["Location"], endpoint
            asked.add(endpoint)
        else:
            visit(address_of(app, endpoint, language=language, **values))
            visited.add(endpoint)
    there = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())} - set(EXCEPTIONS)
    assert visited == {endpoint for endpoint in there if audience(endpoint) == EVERYONE}
    assert asked == there - visited


def test_the_exceptions_still_exist(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert set(EXCEPTIONS) <= endpoints


def test_every_address_of_a_page_begins_with_its_language(app: Flask) -> None:
    pages = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in EXCEPTIONS]
    assert pages
    assert [rule.rule for rule in pages if not rule.rule.startswith("/<language:language>/")] == []
