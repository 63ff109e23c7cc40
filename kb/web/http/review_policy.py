"""Settings of this installation on reviewing, for pages."""

from __future__ import annotations

from flask import current_app


def four_eyes() -> bool:
    """Whether a second person has to approve every text before it is published."""
    return bool(current_app.config["FOUR_EYES"])
