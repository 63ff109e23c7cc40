"""The gallery: every component in every state, for those who build pages; absent from a site in use."""

from __future__ import annotations

from datetime import date

from flask import Blueprint

bp = Blueprint("gallery", __name__)

_DAY = date(2026, 11, 25)
