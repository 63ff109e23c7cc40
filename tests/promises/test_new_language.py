"""A new language needs only one entry in `kb/i18n.py` and one catalogue: every page works and is fully translated.

The test language is German, for which the vocabularies have labels. The tests generate its catalogue, with every
message in brackets. Text outside of brackets is not marked for translation, unless it comes from content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from babel import Locale
from babel.dates import format_timedelta
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient

from kb.app import create_app
from kb.cli.messages import TEMPLATE
from kb.config import Settings
from kb.content_store.reference_data import ReferenceData
from kb.content_store.store import ContentStore
from kb.extensions import db
from kb.i18n import LANGUAGES, Language
from tests.house import NOW
from tests.page import Page, address_of
from tests.promises.test_routes import readable
from tests.site import use_catalogues

CODE = "de"
# Pages for developers: the gallery shows examples in the language they were written in.
FOR_BUILDERS = {"gallery"}
# Names and symbols that are the same in every language. A territory without a German name in Babel. The word that joins
# lists.
NAMES = "Praxis CSV GeoJSON vCard BibTeX RIS CSL JSON CELEX Word OpenDocument ODT PDF CQ und"
_MESSAGE = re.compile(r"⟦[^⟦⟧]*⟧|https?://\S+")
_BEFORE = re.compile(r"^☐ |^[DGQT]\d\.? ")  # before a form's option, and the code before an assessment question
_WORD = re.compile(r"[^\W\d_]{2,}")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a catalogue in which every message is in brackets."""
    with TEMPLATE.open("rb") as file:
        template = read_po(file)
    whole = Catalog(locale=CODE)
    for message in template:
        if message.id:
            texts = (message.id,) if isinstance(message.id, str) else message.id
            marked = [f"⟦{text}⟧" for text in texts]
            whole.add(message.id, marked[0] if isinstance(message.id, str) else marked, context=message.context)
    target = tmp_path_factory.mktemp("messages")
    (target / CODE / "LC_MESSAGES").mkdir(parents=True)
    with (target / CODE / "LC_MESSAGES" / "messages.mo").open("wb") as file:
        write_mo(file, whole)
    return target


@pytest.fixture
def site(
    settings: Settings, knowledge: ReferenceData, catalogue: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    """A site with one additional language."""
    monkeypatch.setitem(LANGUAGES, CODE, Language(CODE, "Deutsch", "de_DE"))
    more = settings.model_copy(update={"languages": (*settings.languages, CODE)})
    store = ContentStore(more.content, more.data, knowledge=knowledge)
    app = create_app(more, follow=False, store=store, now=lambda: NOW)
    app.testing = True
    use_catalogues(app, str(catalogue))
    yield app
    store.close()
    with app.app_context():
        db.engine.dispose()
        use_catalogues(app)


@dataclass(frozen=True)
class Known:
    """Texts allowed outside of brackets: words of the language from other sources, and texts of records."""

    words: frozenset[str]
    records: str

    def has(self, text: str) -> bool:
        """Return whether a text consists of such words only, or occurs in a record."""
        text = _BEFORE.sub("", text.strip())
        return set(_WORD.findall(text)) <= self.words or " ".join(text.split()) in self.records


@pytest.fixture
def known(knowledge: ReferenceData, site: Flask) -> Known:
    """Labels, titles of laws, countries with codes, languages, months and days; records with all names in them."""
    locale = Locale.parse(CODE)
    labels = [term.label(CODE) for term in knowledge.vocabularies.terms()]
    titles = [each.title(CODE) for each in knowledge.law.instruments]
    names = [language.name for language in LANGUAGES.values()]
    given = [
        *locale.territories,
        *locale.territories.values(),
        *locale.languages.values(),
        *locale.months["format"]["wide"].values(),
        *(format_timedelta(timedelta(days=days), "day", 1000, locale=locale) for days in (1, 3)),
    ]
    files = (file.read_text(encoding="utf-8") for file in site.extensions["store"].content.root.rglob("*.md"))
    # Texts that are not translated yet are shown in English.
    texts = [*files, *(text.words["en"] for file in knowledge.texts.files.values() for text in file.values())]
    said = _WORD.findall(" ".join((*labels, *titles, *names, *given, NAMES)))
    return Known(frozenset(said), " ".join(" ".join(texts).split()))


@pytest.mark.slow
def test_every_page_works_in_a_language_that_was_just_added(site: Flask, known: Known) -> None:
    client, left = site.test_client(), {}
    for endpoint, values in readable(site):
        if endpoint.partition(".")[0] in FOR_BUILDERS:
            continue
        page = _fetch(site, client, endpoint, values)
        if page is None:
            continue
        assert page.language == CODE, endpoint
        assert page.problems(site) == [], endpoint
        if found := sorted(set(_left_behind(page, known))):
            left[endpoint] = found
    assert left == {}


def _fetch(app: Flask, client: FlaskClient, endpoint: str, values: Mapping[str, str]) -> Page | None:
    """Return a page, or `None` where readers have to sign in."""
    address = address_of(app, endpoint, language=CODE, **values)
    response = client.get(address)
    if response.status_code in (302, 303):
        return None
    assert response.status_code == 200, address
    return Page(response.get_data(as_text=True), address, dict(response.headers))


def _left_behind(page: Page, known: Known) -> Iterator[str]:
    """Yield texts that claim the page's language but come from neither the catalogue nor the content."""
    body = page.root.find("body")
    assert body is not None
    for text in _texts(body):
        rest = _MESSAGE.sub(" ", text)
        while rest != (rest := _MESSAGE.sub(" ", rest)):
            pass
        if _WORD.search(rest) and not known.has(rest):
            yield " ".join(rest.split())


def _texts(element: Element) -> Iterator[str]:
    """Yield the texts in an element, except texts in another language, scripts, styles, drawings and code."""
    if element.tag in ("script", "style", "template", "svg", "code", "time") or element.get("lang", CODE) != CODE:
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
    yield from (element.get(name, "") for name in ("aria-label", "title", "placeholder", "alt"))
