"""The national situation: a country's profile, two to five side by side, and how far something happens on a map."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.kinds.country.membership import EUROPE, MEMBERS, code_of
from kb.kinds.country.questions import ACTORS, CELLS, THEMES
from kb.records.record import Reading
from kb.search.analysis.collation import sort_key
from kb.web.countries.page import find_reading
from kb.web.countries.profile.comparison import FEWEST, MOST, csv_rows, side_by_side
from kb.web.countries.profile.extent_map import extent_map
from kb.web.countries.profile.page import profile_page
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, render
from kb.web.parts.csv_file import csv_response

bp = Blueprint("profiles", __name__, url_prefix="/<language:language>/countries")


@bp.get("/<record_id>/situation")
def show(record_id: str) -> ResponseReturnValue:
    """Show how a country refers, assesses and informs, as far as it is known."""
    code = code_of(record_id)
    if code is None:
        abort(404)
    if code.lower() != record_id:
        return redirect(url_for("profiles.show", record_id=code.lower()), 301)
    return render("countries/profile/show.html", page=profile_page(code, find_reading(code)))


@bp.get("/side-by-side")
def compare() -> ResponseReturnValue:
    """Show the answers of two to five countries, question by question; or the same as a file for spreadsheets."""
    codes, theme = asked_countries(), asked_theme()
    readings = tuple((code, find_reading(code)) for code in codes)
    if request.args.get("format") == "csv" and len(codes) >= FEWEST:
        return csv_response(f"praxis-{'-'.join(code.lower() for code in codes)}.csv", csv_rows(readings, theme))
    return render(
        "countries/profile/comparison.html",
        codes=codes,
        names=tuple(country_title(code, reading) for code, reading in readings),
        groups=side_by_side(readings, theme) if len(codes) >= FEWEST else (),
        options=_options(),
        themes=tuple((each, _(words)) for each, words in THEMES.items()),
        theme=theme,
        fewest=FEWEST,
        most=MOST,
    )


@bp.get("/extent")
def extent() -> ResponseReturnValue:
    """Show on a map and in a table how far one theme is lived by one actor."""
    theme, actor = request.args.get("theme", ""), request.args.get("actor", "")
    cell = f"{theme}-{actor}"
    cell = cell if cell in CELLS else next(iter(CELLS))
    return render(
        "countries/profile/extent.html",
        page=extent_map(cell),
        themes=tuple((each, _(words)) for each, words in THEMES.items()),
        actors=tuple((each, _(words)) for each, words in ACTORS.items()),
        theme=CELLS[cell][0],
        actor=CELLS[cell][1],
    )


def country_title(code: str, reading: Reading | None) -> str:
    """Return the name of a country, in the reader's language where its record has not got it."""
    return reading.title.text if reading is not None and not reading.is_fallback else i18n.country_name(code)


def asked_countries() -> tuple[str, ...]:
    """Return the countries of the address, each once; more than five are cut."""
    wanted = (part for text in request.args.getlist("c") for part in text.split(","))
    found = (code for text in wanted if (code := code_of(text.strip().lower())) is not None)
    return tuple(dict.fromkeys(found))[:MOST]


def asked_theme() -> str:
    """Return the theme of the address, or nothing where all are asked for."""
    theme = request.args.get("theme", "")
    return theme if theme in THEMES else ""


def _options() -> tuple[tuple[str, str], ...]:
    """Return the countries to choose from: those with a profile first, then the other Member States, by name."""
    written = {entry.id.upper() for entry in generation().catalog.entries("countries")}
    return tuple(_by_name(written | MEMBERS))


def _by_name(codes: Iterable[str]) -> list[tuple[str, str]]:
    language = i18n.current().code
    named = ((code, i18n.country_name(code)) for code in codes if code in EUROPE)
    return sorted(named, key=lambda pair: sort_key(pair[1], language))
