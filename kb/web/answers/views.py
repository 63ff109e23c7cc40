"""Views of answers: the choice of role and crime in a country, the card of each, and several countries side by side."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.country.guidance import ReaderRole
from kb.kinds.country.membership import code_of
from kb.web.answers.choice import choose_page
from kb.web.answers.forms import asked_answer, crime_of
from kb.web.answers.page import answer_page
from kb.web.answers.side_by_side import begin_page, side_by_side_page
from kb.web.countries.profile.forms import asked_countries
from kb.web.http.rendering import render
from kb.web.organisations.near import near
from kb.web.parts.answer_links import card_address

bp = Blueprint("answers", __name__, url_prefix="/<language:language>")

_COUNTRY = "<string(length=2):record_id>"
ROLE = f"<any({', '.join(repr(role.value) for role in ReaderRole)}):role>"


@bp.get("/answers")
def begin() -> ResponseReturnValue:
    """Let the reader choose country, role and crime; lead on to the card once all are chosen."""
    asked = asked_answer()
    if asked.code is not None and asked.role is not None and asked.crime is not None:
        return redirect(card_address(asked.code, asked.role, asked.crime), 303)
    return render("answers/begin.html", page=begin_page(asked))


@bp.get(f"/{_COUNTRY}/{ROLE}")
def choose(record_id: str, role: str) -> ResponseReturnValue:
    """Show the crimes with their short answers for one role in a country."""
    code = code_of(record_id) or abort(404)
    if code.lower() != record_id:
        return redirect(url_for("answers.choose", record_id=code.lower(), role=role), 301)
    return render("answers/choose.html", page=choose_page(code, ReaderRole(role)))


@bp.get(f"/{_COUNTRY}/{ROLE}/<crime>")
def show(record_id: str, role: str, crime: str) -> ResponseReturnValue:
    """Show the answer for one country, role and crime group."""
    code, group = code_of(record_id) or abort(404), crime_of(crime) or abort(404)
    if code.lower() != record_id:
        return redirect(url_for("answers.show", record_id=code.lower(), role=role, crime=crime), 301)
    page = answer_page(code, ReaderRole(role), group)
    return render("answers/show.html", page=page, found=near(code, request.args, request.path, group))


@bp.get(f"/answers/{ROLE}/<crime>")
def compare(role: str, crime: str) -> ResponseReturnValue:
    """Show the answers of two to five countries side by side."""
    group: CrimeGroup = crime_of(crime) or abort(404)
    return render("answers/side_by_side.html", page=side_by_side_page(asked_countries(), ReaderRole(role), group))
