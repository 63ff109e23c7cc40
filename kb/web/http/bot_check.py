"""Tell people from robots in forms that need no account, without a captcha, a cookie or another site.

The form has a honeypot field that only programs fill in, and the signed time at which it was shown. A person takes a
few seconds to fill it in.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from flask import current_app, request

from kb.i18n import N_
from kb.problems import Problem
from kb.web.http.rendering import now

TRAP, SHOWN = "website", "shown"
QUICKEST = timedelta(seconds=3)
LONGEST = timedelta(hours=12)


def stamp() -> str:
    """Return the current time, signed, for a hidden field of a form.

    A form that is shown again keeps its first time stamp, so that a small correction needs no three seconds.
    """
    sent = request.form.get(SHOWN, "")
    if (age := _age(sent)) is not None and age < LONGEST:
        return sent
    moment = str(int(now().timestamp()))
    return f"{moment}.{_signature(moment)}"


def robot_problems() -> tuple[Problem, ...]:
    """Return why a posted form looks like a program's work; each problem says what a person has to do."""
    if request.form.get(TRAP, ""):
        return (Problem("trap", N_("Clear the field “Leave this field empty” and send the form again."), (TRAP,)),)
    age = _age(request.form.get(SHOWN, ""))
    if age is None or age >= LONGEST:
        return (
            Problem(
                "old-form",
                N_("The form was open for too long. Your text is still there. Send the form again."),
            ),
        )
    if age < QUICKEST:
        return (
            Problem(
                "too-quick",
                N_("You sent the form very quickly. Check your text, then send the form again."),
            ),
        )
    return ()


def _age(sent: str) -> timedelta | None:
    """Return how long ago a form was shown, or `None` if the signature of its time is not ours."""
    moment, _dot, signature = sent.partition(".")
    own = _signature(moment).encode()
    if not (moment.isascii() and moment.isdecimal() and hmac.compare_digest(signature.encode(errors="replace"), own)):
        return None
    return now() - datetime.fromtimestamp(int(moment), now().tzinfo)


def _signature(moment: str) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"form {moment}".encode(errors="replace"), hashlib.sha256).hexdigest()
