"""Views of exercises: the list, and each with its doses, questions and model answers."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from kb.kinds.exercise.kind import KIND as EXERCISE
from kb.web.exercises.page import exercise_page
from kb.web.http.redirects import moved
from kb.web.http.rendering import generation, render
from kb.web.parts.cards import hit_of

bp = Blueprint("exercises", __name__, url_prefix="/<language:language>/exercises")


@bp.get("")
def index() -> Response:
    """Show all exercises."""
    return render("exercises/index.html", hits=[hit_of(entry) for entry in generation().catalog.entries(EXERCISE)])


@bp.get("/<record_id>")
def show(record_id: str) -> Response:
    """Show an exercise."""
    if (response := moved("exercises", record_id)) is not None:
        return response
    return render("exercises/show.html", page=exercise_page(record_id))
