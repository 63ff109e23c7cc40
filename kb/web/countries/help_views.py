"""Need help now? Numbers to call in each country, for somebody in distress: few words, nothing to understand first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from kb.kinds.country import emergency_number
from kb.kinds.country.membership import EUROPE, code_of
from kb.kinds.country.model import HelplineKind
from kb.search.analysis.collation import sort_key
from kb.web.countries.helplines import helpline_groups, sources_of
from kb.web.countries.page import find_reading
from kb.web.http import i18n
from kb.web.http.rendering import generation, render
from kb.web.practices.page import line

bp = Blueprint("help", __name__, url_prefix="/<language:language>/help")


@dataclass(frozen=True)
class CountryOption:
    """A country to choose."""

    name: str
    address: str


@bp.get("")
def index() -> Response:
    """Let the reader choose a country; nothing is guessed about where anybody is."""
    checked = {entry.id.upper() for entry in generation().catalog.entries("countries") if entry.card.numbers}
    others = {code for code in EUROPE - checked if emergency_number.is_112_answered(code)}
    unknown = EUROPE - checked - others
    return render(
        "countries/help/index.html",
        checked=_choices(checked),
        others=_choices(others),
        unknown=_choices(unknown),
        emergency=emergency_number,
    )


@bp.get("/<record_id>")
def show(record_id: str) -> Response:
    """Show the numbers of a country; where we have checked none, what is known at least."""
    code = code_of(record_id)
    if code is None:
        abort(404)
    if code.lower() != record_id:
        return redirect(url_for("help.show", record_id=code.lower()), 301)
    reading = find_reading(code)
    groups = helpline_groups(reading) if reading is not None else ()
    sources = sources_of(groups)
    notes = [each.note for group in groups for each in group.lines if each.note is not None]
    return render(
        "countries/help/show.html",
        name=i18n.country_name(code),
        address=url_for("countries.show", record_id=record_id),
        urgent=next((group for group in groups if group.id == HelplineKind.EMERGENCY), None),
        groups=tuple(group for group in groups if group.id != HelplineKind.EMERGENCY),
        sources=sources,
        source_numbers={source.id: number for number, source in enumerate(sources, 1)},
        line=line(reading, notes) if reading is not None and notes else None,
        emergency=emergency_number,
        is_112_answered=emergency_number.is_112_answered(code),
    )


def _choices(codes: Iterable[str]) -> tuple[CountryOption, ...]:
    language = i18n.current().code
    choices = (CountryOption(i18n.country_name(code), url_for("help.show", record_id=code.lower())) for code in codes)
    return tuple(sorted(choices, key=lambda choice: sort_key(choice.name, language)))
