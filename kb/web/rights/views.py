"""Views on rights: what instruments and articles require, and practices that do it; summaries are not legal advice."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from kb.web.http.rendering import render, store
from kb.web.rights.page import article_page, instrument_page, rights_page

bp = Blueprint("rights", __name__, url_prefix="/<language:language>/rights")


@bp.get("")
def index() -> Response:
    """Show the articles of the Victims' Rights Directive, and all other instruments."""
    return render("rights/index.html", page=rights_page())


@bp.get("/<instrument_id>")
def instrument(instrument_id: str) -> Response:
    """Show an instrument, found by its id or its CELEX number."""
    found = store().law.instrument(instrument_id)
    if found.id != instrument_id:
        return redirect(url_for("rights.instrument", instrument_id=found.id), 301)
    return render("rights/instrument.html", page=instrument_page(instrument_id))


@bp.get("/<instrument_id>/<number>")
def article(instrument_id: str, number: str) -> Response:
    """Show an article."""
    found = store().law.instrument(instrument_id)
    if found.id != instrument_id:
        return redirect(url_for("rights.article", instrument_id=found.id, number=number), 301)
    return render("rights/article.html", page=article_page(instrument_id, number))
