"""The configuration of the Flask application, made from the settings.

Apart because `app.py` is the table of contents of the site.
"""

from __future__ import annotations

from typing import Any

from kb.config import Settings

# Larger than the longest record, but too small to keep a worker busy.
REQUEST_LIMIT = 4 * 1024 * 1024
# Controls of the longest form: a country with answers for all roles and crimes has some 6,000.
MOST_CONTROLS = 10_000


def flask_config(settings: Settings) -> dict[str, Any]:
    """Return the configuration of extensions and web modules; they never read the settings themselves."""
    return {
        "SECRET_KEY": settings.secret(),
        "SESSION_COOKIE_NAME": "__Host-praxis" if settings.is_secure else "praxis",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.is_secure,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "MAX_CONTENT_LENGTH": REQUEST_LIMIT,
        "MAX_FORM_MEMORY_SIZE": REQUEST_LIMIT,
        "MAX_FORM_PARTS": MOST_CONTROLS,
        "SQLALCHEMY_ENGINES": {"default": _engine(settings)},
        "WTF_CSRF_CHECK_DEFAULT": False,  # `security.py` checks the token for signed-in users
        # This check needs the referrer, which our pages tell browsers never to send. `security.py` has checked the
        # origin of a POST request by then.
        "WTF_CSRF_SSL_STRICT": False,
        "WTF_CSRF_TIME_LIMIT": None,  # a token lives as long as the sign-in, so that a long edit is not lost
        "PUBLIC_URL": settings.url,
        "LEAVE_URL": settings.leave_url,
        "OPERATOR": settings.operator,
        "CONTACT": settings.contact,
        "EMBED_ORIGINS": settings.embed_origins,
        "IDLE_MINUTES": settings.idle_minutes,
        "SIGN_IN_HOURS": settings.sign_in_hours,
        "FOUR_EYES": settings.four_eyes,
        "SECOND_FACTOR": settings.second_factor,
        "SMTP": settings.smtp.get_secret_value() if settings.smtp else "",
        "MAIL_FROM": settings.mail_from,
        "AUDIT_DAYS": settings.audit_days,
        "SOURCE_LOOKUP": settings.source_lookup,
        "SUGGESTION_DAYS": settings.suggestion_days,
        "PROPOSALS": settings.proposals,
        "PROPOSALS_FOR_DRAFTS": settings.proposals_for_drafts,
    }


def _engine(settings: Settings) -> dict[str, object]:
    """Return the options of the database engine: no user text in exceptions, and short waits."""
    pool = {} if settings.database_address.startswith("sqlite") else {"pool_timeout": 5}
    return {"url": settings.database_address, "hide_parameters": True, **pool}
