"""E-mails to people with an account, in their language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kb.accounts.model import Purpose
from kb.accounts.one_time_links import OneTimeLink
from kb.i18n import N_
from kb.mail import Email

_SUBJECTS: Mapping[Purpose, str] = {
    Purpose.INVITATION: N_("Your Praxis account"),
    Purpose.RESET: N_("New password for Praxis"),
}
_WORDS: Mapping[Purpose, tuple[str, ...]] = {
    Purpose.INVITATION: (
        N_("Hello %(name)s,"),
        N_("You have been invited to work on Praxis, a knowledge base of practices in victim support: %(site)s"),
        N_("Open this link and choose a password:"),
        "%(address)s",
        N_("The link works once and expires after 7 days. Do not share it: anyone who opens it can sign in as you."),
        N_("If you did not expect this email, do nothing. No one can sign in without a password."),
    ),
    Purpose.RESET: (
        N_("Hello %(name)s,"),
        N_("A new password was requested for your Praxis account: %(site)s"),
        N_("Open this link and choose a password:"),
        "%(address)s",
        N_("The link works once and expires after 2 hours. Do not share it: anyone who opens it can sign in as you."),
        N_("If you did not request a new password, do nothing. Your password will not change."),
    ),
}


def letter(link: OneTimeLink, address: str, site: str, gettext: Callable[[str], str]) -> Email:
    """Return the e-mail with a link. `site` and `address` are absolute URLs, `gettext` translates to the recipient's
    language.
    """
    places = {"name": link.user.name, "site": site, "address": address}
    paragraphs = (gettext(each) % places for each in _WORDS[link.purpose])
    return Email(link.user.email, gettext(_SUBJECTS[link.purpose]), "\n\n".join(paragraphs) + "\n")
