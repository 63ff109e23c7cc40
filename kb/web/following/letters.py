"""The two e-mails to readers who follow something: one to confirm, and one with the changes.

Both are written in a request context in the reader's language. They hold no image and no address that tells who opened
it. An address that stops is in the headers too (RFC 8058).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from flask import render_template, url_for

from kb.following.model import Frequency
from kb.following.queue import DueEmail
from kb.i18n import N_
from kb.mail import Email
from kb.web.changes.page import ChangeView, view_of
from kb.web.changes.recent import RecentChange
from kb.web.following.topics import Topic
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.layout import absolute
from kb.web.parts.formats import day_words

PER_EMAIL = 40
_WHY: Mapping[Frequency, str] = {
    Frequency.WEEKLY: N_("You asked for an email once a week if something changed."),
    Frequency.MONTHLY: N_("You asked for an email once a month if something changed."),
}


@dataclass(frozen=True)
class DigestEntry:
    """A change in an e-mail: title and language of the record, day, what happened, and the absolute address."""

    title: str
    language: str | None
    day: str
    lines: tuple[str, ...]
    address: str


@dataclass(frozen=True)
class Digest:
    """The changes of one e-mail; `more` says how many are left out."""

    title: str
    entries: tuple[DigestEntry, ...]
    more: str
    page: str
    why: str
    off: str


def confirmation(due: DueEmail, topic: Topic) -> Email:
    """Return the e-mail with the link that confirms a subscription."""
    paragraphs = (
        _("Someone asked Praxis for emails to this address: %(site)s", site=absolute(url_for("home.index"))),
        _("%(label)s: %(words)s", label=_("You follow"), words=topic.title),
        _("To confirm, open this link and press the button:"),
        absolute(url_for("follow.confirm_page", token=due.token)),
        _("The link works for 48 hours. If you do not confirm, your address is deleted then."),
        _("If you did not ask for this, do nothing. To delete your address now, open this link and press the button:"),
        absolute(url_for("follow.off", token=due.token)),
    )
    return Email(due.email, _("Confirm that you want these emails"), "\n\n".join(paragraphs) + "\n")


def digest(due: DueEmail, topic: Topic, changes: Sequence[RecentChange]) -> Email:
    """Return the e-mail with changes, newest first."""
    left = len(changes) - PER_EMAIL
    off = absolute(url_for("follow.off", token=due.token))
    found = Digest(
        title=topic.title,
        entries=tuple(_entry(change, view_of(change)) for change in islice(changes, PER_EMAIL)),
        more=ngettext("%(count)s more change", "%(count)s more changes", left) if left > 0 else "",
        page=absolute(topic.page),
        why=_(_WHY[due.frequency]),
        off=off,
    )
    headers = (("List-Unsubscribe", f"<{off}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    html = render_template("following/digest.html", digest=found)
    return Email(due.email, topic.title, "\n".join(_lines(found)), html, headers)


def _entry(change: RecentChange, view: ChangeView) -> DigestEntry:
    (title,) = view.titles
    page = absolute(title.address or url_for("what_changed.index"))
    lines = (_("%(label)s: %(words)s", label=view.kind, words=line) for line in view.lines)
    return DigestEntry(title.text, title.language, day_words(change.when), tuple(lines), page)


def _lines(found: Digest) -> Iterator[str]:
    yield from (found.title, "=" * min(len(found.title), 70), "")
    for entry in found.entries:
        yield from (entry.title, entry.day, *entry.lines, entry.address, "")
    if found.more:
        yield from (found.more, "")
    yield from (_("%(label)s: %(words)s", label=_("What you follow"), words=found.page), "")
    yield from (found.why, _("To stop and delete your address, open this link:"), found.off, "")
