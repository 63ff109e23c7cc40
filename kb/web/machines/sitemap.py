"""The sitemap for search engines: every public page in every language it exists in, and when it changed.

A small site has one file. Above a limit there is an index of files, so that no file takes too long to build. A record
is never split over two files. Public workshops have a separate file that is built for each request, so that a closed
workshop disappears at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from flask import Blueprint, Flask, Response, current_app, url_for
from sqlalchemy.exc import SQLAlchemyError

from kb.content_store.catalog import CatalogEntry
from kb.errors import NotFound
from kb.extensions import db
from kb.history.versions import last_changes
from kb.i18n import DEFAULT
from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.country.guidance import ReaderRole
from kb.kinds.country.kind import KIND as COUNTRY
from kb.kinds.theme.kind import KIND as THEME
from kb.vocabulary.model import Term
from kb.web.http import i18n
from kb.web.http.db_errors import needs_database
from kb.web.http.layout import absolute
from kb.web.http.rendering import generation, has_pages, store, with_cache_headers
from kb.web.workshops.public.page import offered_languages
from kb.workshops.model import Workshop
from kb.workshops.plan.access import all_public

bp = Blueprint("sitemap", __name__)

# Addresses in one file; the protocol allows five times as many.
LIMIT = 10_000
_OPEN = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
_INDEX = '<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
# Placeholder of the record id in an address; building each address with `url_for` would take seconds.
_PLACE = "place-of-the-id"


@dataclass(frozen=True)
class _SitemapPage:
    """One page with its addresses by language, the default one first."""

    addresses: Mapping[str, str]
    changed: str


def init_app(app: Flask, pages: Sequence[str]) -> None:
    """List these endpoints of pages without a record; those missing on the site are left out."""
    app.extensions["site map"] = tuple(pages)


@bp.get("/sitemap.xml")
def index() -> Response:
    """Show all addresses, or the index of the files with them."""
    if (count := _files()) == 1:
        return _xml(_urlset(_pages()))
    files = (absolute(url_for("sitemap.show", number=number)) for number in range(1, count + 1))
    rows = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in files)
    return _xml(f"{_INDEX}{rows}</sitemapindex>\n")


@bp.get("/sitemap-<int:number>.xml")
def show(number: int) -> Response:
    """Show one file of addresses."""
    if not 1 <= number <= _files():
        raise NotFound(f"sitemap {number}")
    first = (number - 1) * _per_file()
    return _xml(_urlset(_pages(first, first + _per_file())))


@bp.get("/sitemap-workshops.xml")
@needs_database()
def workshops() -> Response:
    """Show the addresses of public workshops, at most as many as the protocol allows."""
    pages = [_workshop(each) for each in all_public(db.session)]
    return _xml(_urlset(iter(pages[: _per_file()])), is_kept=False)


def _workshop(workshop: Workshop) -> _SitemapPage:
    codes = offered_languages(workshop) or (DEFAULT,)
    addresses = {code: absolute(url_for("workshops.show", key=workshop.id, language=code)) for code in codes}
    return _SitemapPage(addresses, workshop.changed.date().isoformat())


def _per_file() -> int:
    """Return how many pages fit into a file, even if each exists in every language."""
    return max(1, LIMIT // len(i18n.offered()))


def _files() -> int:
    records = sum(len(generation().catalog.entries(kind)) for kind in _kinds())
    return -(-(len(_fixed_pages()) + records) // _per_file())


def _kinds() -> tuple[str, ...]:
    """Return the kinds of records that have a page."""
    return tuple(kind for kind in store().kinds if has_pages(kind) and f"{kind}.show" in current_app.view_functions)


def _fixed_pages() -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """Return the pages that have no record: endpoint and values."""
    terms = store().vocabularies.terms()
    themes = {entry.id for entry in generation().catalog.entries(THEME)}
    articles = (article for instrument in store().law.instruments for article in instrument.articles)
    return (
        *((endpoint, {}) for endpoint in current_app.extensions["site map"] if endpoint in current_app.view_functions),
        *(("terms.show", {"term_id": term.id}) for term in terms),
        *(("themes.show", {"record_id": each.id}) for each in terms if _is_area(each) and each.id not in themes),
        *(("rights.instrument", {"instrument_id": each.id}) for each in store().law.instruments),
        *(("rights.article", {"instrument_id": each.instrument, "number": each.number}) for each in articles),
        *(("help.show", {"record_id": entry.id}) for entry in generation().catalog.entries(COUNTRY)),
        *_answer_pages(),
    )


def _answer_pages() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the cards of the countries that have guidance, and the choices that lead to them."""
    for entry in generation().catalog.entries(COUNTRY):
        for role in ReaderRole if entry.card.has_guidance else ():
            here = {"record_id": entry.id, "role": role.value}
            yield "answers.choose", here
            yield from (("answers.show", here | {"crime": crime.slug}) for crime in CrimeGroup)


def _is_area(term: Term) -> bool:
    return term.vocabulary == "practice-areas"


def _pages(first: int = 0, last: int | None = None) -> Iterator[_SitemapPage]:
    """Yield pages, all or those of one file; addresses are built only for these."""
    codes = [language.code for language in i18n.offered()]
    fixed = _fixed_pages()
    for endpoint, values in fixed[first:last]:
        yield _SitemapPage({code: absolute(url_for(endpoint, **values, language=code)) for code in codes}, "")
    entries = [entry for kind in _kinds() for entry in generation().catalog.entries(kind)]
    patterns = {
        kind: {code: absolute(url_for(f"{kind}.show", language=code, record_id=_PLACE)) for code in codes}
        for kind in _kinds()
    }
    changed = _last_changes()
    for entry in entries[max(0, first - len(fixed)) : None if last is None else max(0, last - len(fixed))]:
        yield _record(entry, patterns[entry.kind], changed)


def _record(entry: CatalogEntry, patterns: Mapping[str, str], changed: Mapping[str, datetime]) -> _SitemapPage:
    at = changed.get(f"{entry.kind}/{entry.id}")
    addresses = {code: patterns[code].replace(_PLACE, entry.id) for code in patterns if code in entry.languages}
    return _SitemapPage(addresses, at.date().isoformat() if at else entry.newest)


def _last_changes() -> Mapping[str, datetime]:
    """Return when records changed last; empty if the database does not answer, as the sitemap works without."""
    try:
        return last_changes(db.session)
    except SQLAlchemyError:
        current_app.logger.exception("the log could not be read")
        return {}


def _urlset(pages: Iterator[_SitemapPage]) -> str:
    return "".join((_OPEN, *(_urls(page) for page in pages), "</urlset>\n"))


def _urls(page: _SitemapPage) -> str:
    """Return one entry for each language; each names all of them, itself included, as the protocol requires."""
    default = page.addresses.get(DEFAULT) or next(iter(page.addresses.values()), "")
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(address)}"/>'
        for code, address in (*page.addresses.items(), ("x-default", default))
    )
    changed = f"<lastmod>{page.changed}</lastmod>" if page.changed else ""
    return "".join(f"<url><loc>{escape(address)}</loc>{changed}{links}</url>\n" for address in page.addresses.values())


def _xml(text: str, *, is_kept: bool = True) -> Response:
    return with_cache_headers(Response(text, content_type="application/xml; charset=utf-8"), is_kept=is_kept)
