"""E-mails to people with an account, in their language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kb.accounts.model import Purpose
from kb.accounts.one_time_links import OneTimeLink
from kb.i18n import N_
from kb.mail import Email

_SUBJECTS: Mapping[Purpose, str] = {
    Purpose.INVITATION: N_("Your account on Praxis"),
    Purpose.RESET: N_("A new password for Praxis"),
}
_WORDS: Mapping[Purpose, tuple[str, ...]] = {
    Purpose.INVITATION: (
        N_("Hello %(name)s,"),
        N_("you are invited to work on Praxis, a knowledge base of practices in victims' support: %(site)s"),
        N_("Open this address and choose a password:"),
        "%(address)s",
        N_("The address works once, and for 7 days. Do not pass it on: whoever opens it can sign in as you."),
        N_("If you did not expect this, do nothing: without a password nobody can sign in."),
    ),
    Purpose.RESET: (
        N_("Hello %(name)s,"),
        N_("a new password was asked for, for your account on Praxis: %(site)s"),
        N_("Open this address and choose a password:"),
        "%(address)s",
        N_("The address works once, and for 2 hours. Do not pass it on: whoever opens it can sign in as you."),
        N_("If you did not ask for it, do nothing: your password stays as it is."),
    ),
}


def letter(link: OneTimeLink, address: str, site: str, gettext: Callable[[str], str]) -> Email:
    """Return the e-mail with a link. `site` and `address` are absolute URLs, `gettext` translates to the recipient's
    language.
    """
    places = {"name": link.user.name, "site": site, "address": address}
    paragraphs = (gettext(each) % places for each in _WORDS[link.purpose])
    return Email(link.user.email, gettext(_SUBJECTS[link.purpose]), "\n\n".join(paragraphs) + "\n")
