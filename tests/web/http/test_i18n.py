from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask

from kb.cli.messages import speech
from kb.i18n import DEFAULT, LANGUAGES, NC_
from kb.web.http import i18n
from tests.site import use_catalogues


@pytest.mark.parametrize(
    ("language", "day", "number", "country", "names"),
    [
        ("en", "25 November 2026", "1,234,567", "Czechia", "a, b and c"),
        ("it", "25 novembre 2026", "1.234.567", "Cechia", "a, b e c"),
        ("lt", "2026 m. lapkričio 25 d.", "1\xa0234\xa0567", "Čekija", "a, b ir c"),
        ("pt", "25 de novembro de 2026", "1\xa0234\xa0567", "Chéquia", "a, b e c"),
        ("ro", "25 noiembrie 2026", "1.234.567", "Cehia", "a, b și c"),
    ],
)
def test_each_language_writes_in_its_own_way(
    app: Flask, language: str, day: str, number: str, country: str, names: str
) -> None:
    with app.test_request_context(f"/{language}/"):
        assert i18n.date_words(date(2026, 11, 25)) == day
        assert i18n.number(1234567) == number
        assert i18n.country_name("CZ") == country
        assert i18n.listing(["a", "b", "c"]) == names


def test_an_unknown_name_is_its_code(app: Flask) -> None:
    with app.test_request_context("/en/"):
        assert i18n.country_name("QQ") == "QQ"
        assert i18n.language_name("qq") == "qq"


def test_another_language_is_marked_and_ones_own_is_not(app: Flask) -> None:
    with app.test_request_context("/lt/"):
        assert i18n.lang("en") == ' lang="en"'
        assert i18n.lang("lt") == ""
        assert i18n.lang(None) == ""
        assert i18n.lang('x"><script>') == ' lang="x&#34;&gt;&lt;script&gt;"'


def test_places_in_messages_are_filled(app: Flask) -> None:
    with app.test_request_context("/en/"):
        assert i18n.gettext("Source %(number)s", number=3) == "Source 3"
        assert i18n.ngettext("%(count)s result", "%(count)s results", 1234) == "1,234 results"


def test_outside_of_a_request_the_language_is_the_default(app: Flask) -> None:
    with app.app_context():
        assert i18n.current().code == "en"


def test_catalogues_are_found_by_language_where_babel_names_a_region(app: Flask) -> None:
    with app.test_request_context("/pt/"):
        assert str(i18n.locale()) == "pt_PT"
        assert app.config["BABEL_TRANSLATION_DIRECTORIES"].endswith("kb/messages")


def test_messages_are_translated_where_a_catalogue_has_them(app: Flask, tmp_path: Path) -> None:
    catalogue = Catalog(locale="pt")
    catalogue.add("Search", "Procurar")
    (tmp_path / "pt" / "LC_MESSAGES").mkdir(parents=True)
    with (tmp_path / "pt" / "LC_MESSAGES" / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    use_catalogues(app, str(tmp_path))
    found = {}
    for language in ("pt", "lt"):
        with app.test_request_context(f"/{language}/"):
            found[language] = i18n.gettext("Search")
    assert found == {"pt": "Procurar", "lt": "Search"}


def test_words_of_two_meanings_are_translated_by_their_context(app: Flask, tmp_path: Path) -> None:
    catalogue = Catalog(locale="pt")
    catalogue.add("Publisher", "Entidade editora")
    catalogue.add("Publisher", "Responsável", context="role")
    (tmp_path / "pt" / "LC_MESSAGES").mkdir(parents=True)
    with (tmp_path / "pt" / "LC_MESSAGES" / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    use_catalogues(app, str(tmp_path))
    role = NC_("role", "Publisher")
    with app.test_request_context("/pt/"):
        assert (i18n.gettext("Publisher"), i18n.gettext(role)) == ("Entidade editora", "Responsável")
        assert i18n.speech().say(role) == i18n.translator("pt")(role) == "Responsável"
        assert i18n.speech("lt").say(role) == "Publisher"
    with app.test_request_context("/lt/"):
        assert i18n.gettext(role) == "Publisher"


@pytest.mark.parametrize("code", LANGUAGES)
def test_commands_know_contexts_as_well(code: str) -> None:
    role = speech(code).say(NC_("role", "Publisher"))
    assert role == "Publisher" if code == DEFAULT else role not in ("Publisher", speech(code).say("Published by"))
