"""The gallery: every component in every state, for those who build pages; absent from a site in use."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, current_app
from markupsafe import Markup
from werkzeug.wrappers import Response

from kb.content.record import Passage, State
from kb.web.frame import Link
from kb.web.hits import Hit
from kb.web.languages import LanguageLine
from kb.web.practice_facts import Row, Value
from kb.web.ratings import Rating, Reason
from kb.web.rendering import render
from kb.web.search_page import Chip, Choice, FacetView, PageLink
from kb.web.texts import Part, StateLine, state_line

bp = Blueprint("gallery", __name__)

_DAY = date(2026, 11, 25)
