"""The reader's language, from the URL: messages, dates, numbers and names. The only module that uses flask_babel.

Every page has an address `/<language>/…`, so that one address shows one page in one language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import flask_babel  # type: ignore[import-untyped]
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from flask import Flask, current_app, g, has_request_context, request
from markupsafe import Markup, escape
from werkzeug.routing import BaseConverter

from kb.extensions import babel
from kb.i18n import DEFAULT, LANGUAGES, Language, without_context
from kb.speech import LocaleWords, Speech, lower_first


def gettext(message: str, **places: object) -> str:
    """Return a message in the reader's language, with its named placeholders filled. It is markup if one of them is."""
    words = without_context(str(_translations().ugettext(message)))
    if not places:
        return words
    return (escape(words) if any(isinstance(place, Markup) for place in places.values()) else words) % places


def ngettext(singular: str, plural: str, num: int, **places: object) -> str:
    """Return a message for a number of things; `%(count)s` is the number in the reader's format."""
    words = str(_translations().ungettext(singular, plural, num))
    return words % {"num": num, "count": number(num), **places}


def translator(code: str) -> Callable[[str], str]:
    """Return a function that translates messages into one language, independent of the request; for letters.

    It needs an application context.
    """
    with flask_babel.force_locale(LANGUAGES[code].babel):
        return _translate(flask_babel.get_translations())


def speech(code: str | None = None) -> Speech:
    """Return the messages and formats of the reader's language, or of another one. Needs an application context."""
    if code is None or code == current().code:
        found, code = _translations(), current().code
    else:
        with flask_babel.force_locale(LANGUAGES[code].babel):
            found = flask_babel.get_translations()
    return Speech(code, _translate(found), found.ungettext)


def _translate(found: Any) -> Callable[[str], str]:
    """Return a function that translates with a catalogue; it omits the context of a message that is missing there."""
    return lambda message: without_context(str(found.ugettext(message)))


def _translations() -> Any:
    """Return the catalogue of the reader's language, looked up once per request: a page has some 200 messages."""
    if not has_request_context():
        return flask_babel.get_translations()
    found = g.get("translations")
    if found is None:
        found = g.translations = flask_babel.get_translations()
    return found


def init_app(app: Flask, languages: tuple[str, ...], catalogues: str) -> None:
    """Take the language from the URL, and give templates the functions that depend on it."""
    app.config["LANGUAGES"] = tuple(LANGUAGES[code] for code in languages)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = catalogues
    babel.init_app(app, default_locale=LANGUAGES[DEFAULT].babel, locale_selector=lambda: current().babel)
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension's, which flask_babel adds
        lambda message: _translations().ugettext(message),
        lambda singular, plural, num: _translations().ungettext(singular, plural, num),
        newstyle=True,
    )
    app.jinja_env.filters["lower_first"] = lower_first
    app.url_map.converters["language"] = type("Offered", (BaseConverter,), {"regex": "|".join(languages)})
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_put_language)
    app.jinja_env.globals.update(
        lang=lang,
        country_name=country_name,
        language_name=language_name,
        date_words=date_words,
        number=number,
        listing=listing,
    )


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Keep the language of the URL for the request, so that no view needs it as an argument."""
    if values and "language" in values:
        g.language = values.pop("language")


def _put_language(endpoint: str, values: dict[str, Any]) -> None:
    """Keep links in the reader's language unless they name another one."""
    is_known = endpoint in current_app.view_functions  # for unknown endpoints, the error of `url_for` is clearest
    if is_known and "language" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values["language"] = current().code


def offered() -> tuple[Language, ...]:
    """Return the languages of this site."""
    languages: tuple[Language, ...] = current_app.config["LANGUAGES"]
    return languages


def current() -> Language:
    """Return the language of this request: that of its URL, else the one that the reader prefers."""
    if not has_request_context():
        return LANGUAGES[DEFAULT]
    code = g.get("language")
    if code is None:
        first = request.path.split("/")[1]
        code = g.language = first if first in {each.code for each in offered()} else preferred()
    return LANGUAGES[code]


def speak(code: str) -> None:
    """Use another language for the rest of this request: that of a page which a program asks about."""
    g.language = code
    for found in ("translations", "addresses"):
        g.pop(found, None)
    flask_babel.refresh()


def preferred(fallback: str = DEFAULT) -> str:
    """Return the offered language that the reader's browser prefers; a region counts as its language."""
    codes = [each.code for each in offered()]
    return next(
        (code for wanted in request.accept_languages.values() if (code := wanted.lower().split("-")[0]) in codes),
        fallback,
    )


def locale() -> Locale:
    """Return the reader's Babel locale."""
    return _locale_words().locale


def _locale_words() -> LocaleWords:
    return LocaleWords(current().code)


def lang(code: str | None) -> Markup:
    """Return the `lang` attribute of an element, empty where its language is that of the page."""
    return Markup("") if not code or code == current().code else Markup(' lang="{}"').format(escape(code))


def country_name(code: str) -> str:
    """Return the name of a country, or its code if Babel knows none."""
    return _locale_words().country(code)


def language_name(code: str) -> str:
    """Return the name of a language, or its code if Babel knows none."""
    return _locale_words().language(code)


def date_words(day: date) -> str:
    """Return a date in the reader's format: 25 November 2026."""
    return _locale_words().date(day)


def short_date(day: date) -> str:
    """Return a date in a short format of the reader's: 25 Nov 2026."""
    return str(format_date(day, "medium", locale=locale()))


def month_words(day: date) -> str:
    """Return the month of a date in the reader's format: April 2024."""
    return str(format_skeleton("yMMMM", day, locale=locale()))


def number(value: int) -> str:
    """Return a number with the reader's thousands separators. Babel is slow, and few numbers need it."""
    return str(value) if 0 <= value < 1000 else format_decimal(value, locale=locale())


def listing(names: Iterable[str]) -> str:
    """Return names joined as a list in the reader's language: a, b and c."""
    return _locale_words().listing(names)
