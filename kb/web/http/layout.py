"""The frame of every page: menus, links to the other languages, and the target of "Leave this site"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, g, request, url_for
from markupsafe import Markup

from kb.accounts.permissions import Permission, may
from kb.content_store.catalog import CatalogEntry
from kb.documents.design_tokens import FINDING_SIGNS
from kb.i18n import DEFAULT, N_, Language
from kb.kinds.country.guidance import ReaderRole
from kb.kinds.page.kind import KIND as PAGE
from kb.kinds.registry import KINDS, KINDS_BY_NAME
from kb.web.http import i18n
from kb.web.http.country_urls import BY_PARAMETER, home_country
from kb.web.http.current_user import has_session, person
from kb.web.http.i18n import gettext as _
from kb.web.http.page_cache import Store
from kb.web.http.rendering import generation, stamp

# Characters of a query string that stay as they are, as a browser wrote them; all others are quoted again.
_IN_QUERY = "%=&+;:@,/?!$'()*"
# The pages listed in the footer if they are published, in this order; all others follow.
PAGES = ("about", "method", "accessibility", "privacy")
_PAGES_OF_KINDS = {kind.name: kind.page for kind in KINDS if kind.page is not None}
_IN_MENU = sorted((page.menu_place, name) for name, page in _PAGES_OF_KINDS.items() if page.menu_place)
MENU: Mapping[str, str] = {
    "answers.begin": N_("Answers"),
    **{f"{name}.index": KINDS_BY_NAME[name].labels.plural for _place, name in _IN_MENU},
    "rights.index": N_("Rights"),
    "search.index": N_("Search"),
}
# Blueprints that belong to an entry of the menu.
_UNDER: Mapping[str, str] = {
    "compare": "practices",
    "lists": "practices",
    "submit": "practices",
    "gaps": "practices",
    "converting": "tools",
    "self_check": "tools",
    "downloads": "tools",
    **{name: page.menu_parent for name, page in _PAGES_OF_KINDS.items() if page.menu_parent},
}
LISTS: Mapping[str, str] = {
    "countries.index": KINDS_BY_NAME["countries"].labels.plural,
    "organisations.index": KINDS_BY_NAME["organisations"].labels.plural,
    "themes.index": KINDS_BY_NAME["themes"].labels.plural,
    "gaps.index": N_("Gap map"),
    "profiles.compare": N_("Compare countries"),
    "compare.show": N_("Compare practices"),
    "lists.show": N_("Your list"),
    "workshops.index": N_("Workshops"),
    "self_check.index": N_("Self-check"),
    "terms.index": N_("Glossary"),
    "what_changed.index": N_("What changed"),
    "pages.missing": N_("What is missing here"),
}

PARTS_LIMIT = 2 * 1024 * 1024  # letters of the parts of frames in memory
# The additional entry of the main menu for trainers.
_OWN_WORKSHOPS = "workshop_builder.index"


@dataclass(frozen=True)
class MenuLink:
    """An entry of a menu."""

    words: str
    address: str
    is_current: bool = False
    language: str | None = None
    is_own_list: bool = False


@dataclass(frozen=True)
class Operator:
    """The operator of this installation and the contact address; empty where the settings name none."""

    name: str
    contact: str
    address: str


@dataclass(frozen=True)
class HomeCountry:
    """The country in the address: its name, its page, and this page without it, where another can be chosen."""

    name: str
    address: str
    without: str


@dataclass(frozen=True)
class Translated:
    """The current page in one of the languages."""

    language: Language
    address: str
    is_current: bool


def init_app(app: Flask) -> None:
    """Give every template the frame; its parts are computed only when a template uses them."""
    app.extensions["frame parts"] = Store(PARTS_LIMIT)
    app.context_processor(lambda: {"frame": Frame()})
    app.jinja_env.globals.update(use_icon=_use_icon, used_icons=_used_icons, finding_signs=FINDING_SIGNS)


def _use_icon(name: str) -> str:
    """Note in `flask.g` that the page shows this symbol, and return its name.

    The sprite holds only symbols noted before it is rendered, so it is the last element of the page (`base.html`).
    """
    g.setdefault("icons", {})[name] = True
    return name


def _used_icons() -> Sequence[str]:
    """Return the noted symbols; call it once, after everything that shows a symbol is rendered."""
    return tuple(g.get("icons", {}))


class Frame:
    """The frame of the page of this request."""

    def kept(self, name: str, caller: Callable[[], Markup]) -> Markup:
        """Return a part of the frame that all readers of a language, a country and a section of the site share.

        It is rendered once for each of them, and again when anything changes that pages are made from.
        """
        if has_session() or person() is not None:
            return caller()
        parts: Store[tuple[Markup, Sequence[str]]] = current_app.extensions["frame parts"]
        key = f"{name} {stamp()} {home_country()} {request.blueprint} {self.is_at_work}"
        found = parts.find(key)
        if found is None:
            before, g.icons = g.get("icons", {}), {}
            found = caller(), _used_icons()
            g.icons = before
            parts.keep(key, found, len(key) + len(found[0]))
        for icon in found[1]:
            _use_icon(icon)
        return found[0]

    @property
    def leave_url(self) -> str:
        """The target of "Leave", in the reader's language; a plain link, so that it works without JavaScript."""
        return str(current_app.config["LEAVE_URL"]).replace("{language}", i18n.current().code)

    @property
    def help_url(self) -> str:
        """The page with numbers to call: that of the reader's country, else the choice of a country."""
        code = home_country()
        return url_for("help.show", record_id=code.lower()) if code else url_for("help.index")

    @property
    def picture(self) -> str:
        """The preview image that other sites show with a link to this one."""
        return absolute(url_for("static", filename="img/card.png"))

    @property
    def home(self) -> HomeCountry | None:
        """The country of the reader, on pages that exist without it too."""
        code = home_country()
        endpoint = request.endpoint or ""
        is_in_path = bool(endpoint) and current_app.url_map.is_endpoint_expecting(endpoint, "home_country")
        if code is None or not (is_in_path or endpoint in BY_PARAMETER):
            return None
        here = url_for("countries.show", record_id=code.lower())
        without = url_for(endpoint, **(request.view_args or {}), home_country=None)
        return HomeCountry(i18n.country_name(code), here, without)

    def short(self, record_id: str) -> str:
        """Return the permanent short address of a practice."""
        return absolute(url_for("permanent.show", record_id=record_id))

    def oembed(self, language: str | None = None) -> str:
        """Return the oEmbed address, where programs of other sites learn how to show this page."""
        return absolute(url_for("oembed.show", url=self.canonical(language), format="json"))

    def record_address(self, kind: str, record_id: str, language: str) -> str:
        """Return the absolute address of a record's own page, for pages that show it in another way."""
        return absolute(url_for(f"{kind}.show", record_id=record_id, language=language))

    @property
    def operator(self) -> Operator:
        """The operator of this installation."""
        name, contact = str(current_app.config["OPERATOR"]), str(current_app.config["CONTACT"])
        return Operator(name, contact, f"mailto:{contact}" if "@" in contact and "/" not in contact else contact)

    @property
    def sign_in(self) -> str | None:
        """The address where curators sign in."""
        return url_for("account.sign_in") if "account.sign_in" in current_app.view_functions else None

    @property
    def method(self) -> str | None:
        """The address of the page on how practices are rated, if it is published."""
        return self._address_of("method")

    @property
    def privacy(self) -> str | None:
        """The address of the page on privacy, if it is published."""
        return self._address_of("privacy")

    def _address_of(self, page: str) -> str | None:
        return next((link.address for each, link in self._pages if each == page), None)

    @property
    def menu(self) -> tuple[MenuLink, ...]:
        """The main menu."""
        here = _UNDER.get(request.blueprint or "", request.blueprint or "")
        here = _OWN_WORKSHOPS.partition(".")[0] if here.startswith("workshop") else here
        menu = {**MENU, **({_OWN_WORKSHOPS: LISTS["workshops.index"]} if may(person(), Permission.TEACH) else {})}
        return tuple(
            MenuLink(_(words), _menu_address(endpoint), here == endpoint.partition(".")[0])
            for endpoint, words in menu.items()
        )

    @property
    def is_at_work(self) -> bool:
        """Whether this is a page of a workshop for its trainers, which nothing should cover."""
        return "/trainer/" in request.path

    @property
    def lists(self) -> tuple[MenuLink, ...]:
        """Other entry points to the collection, for the footer."""
        return tuple(
            MenuLink(_(words), url_for(endpoint), is_own_list=endpoint == "lists.show")
            for endpoint, words in LISTS.items()
        )

    @property
    def pages(self) -> tuple[MenuLink, ...]:
        """The published pages about the site."""
        return tuple(link for _id, link in self._pages)

    @cached_property
    def _pages(self) -> tuple[tuple[str, MenuLink], ...]:
        entries = {entry.id: entry for entry in generation().catalog.entries(PAGE)}
        ids = sorted(entries, key=lambda each: (PAGES.index(each) if each in PAGES else len(PAGES), each))
        return tuple((each, _page_link(entries[each])) for each in ids)

    @property
    def translations(self) -> tuple[Translated, ...]:
        """This page in every language of the site, filters included; on an error page, the home pages."""
        return tuple(
            Translated(each, _address(each.code, with_query=True), each.code == i18n.current().code)
            for each in i18n.offered()
        )

    def alternates(self, languages: Sequence[str] | None) -> tuple[tuple[str, str], ...]:
        """Return language and absolute address of this page in `languages` (all, if `None`), for search engines."""
        offered = [each.code for each in i18n.offered() if languages is None or each.code in languages]
        found = {code: self.canonical(code) for code in offered}
        default = found.get(DEFAULT) or next(iter(found.values()), None)
        return (*found.items(), *([("x-default", default)] if default else []))

    def canonical(self, language: str | None = None) -> str:
        """Return the canonical address of this page: that of the original where the translation is missing."""
        code = language or i18n.current().code
        if code not in self._canonical:
            self._canonical[code] = absolute(_address(code))
        return self._canonical[code]

    @cached_property
    def _canonical(self) -> dict[str, str]:
        return {}


def _menu_address(endpoint: str) -> str:
    """Return the address of an entry of the menu; in a country, answers begin with its crimes."""
    code = home_country()
    if endpoint == "answers.begin" and code is not None:
        return url_for("answers.choose", record_id=code.lower(), role=ReaderRole.POLICE.value)
    return url_for(endpoint)


def _page_link(entry: CatalogEntry) -> MenuLink:
    title, language = entry.title(i18n.current().code)
    is_current = request.blueprint == "pages" and (request.view_args or {}).get("record_id") == entry.id
    return MenuLink(title, url_for("pages.show", record_id=entry.id), is_current, language)


def show_same_as(endpoint: str, **values: Any) -> None:
    """Tell search engines that this page shows the same as another one: its address becomes the canonical one."""
    g.shown_same_as = endpoint, values


def _address(language: str, *, with_query: bool = False) -> str:
    """Return the address of this page in a language: `with_query` as the reader has it, else as search engines list it.

    Search engines are given no country of the reader (`country_urls.py`).
    """
    endpoint, values = request.endpoint, request.view_args or {}
    if not with_query:
        endpoint, values = g.get("shown_same_as", (endpoint, values))
    if not with_query or endpoint in BY_PARAMETER:  # a parameter is in the query anyway
        values = {**values, "home_country": None}
    if endpoint is None or not current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        return url_for("home.index", language=language)
    address = url_for(endpoint, **values, language=language)
    if request.method == "POST" and not current_app.url_map.bind("localhost").test(address, "GET"):
        return url_for("home.index", language=language)  # only a button leads here
    query = request.query_string.decode(errors="replace") if with_query else ""
    return f"{address}?{quote(query, safe=_IN_QUERY)}" if query else address


def absolute(address: str) -> str:
    """Return the absolute address, with the site in front, as other programs need it."""
    return f"{str(current_app.config['PUBLIC_URL']).rstrip('/')}{address}"
