"""Emails that tell people what happened to their drafts and what waits for them, in their language; as text and HTML.

They are made when they are sent, from what is in the database then. Addresses begin with `KB_URL`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.queries import names_of
from kb.content_store.store import ContentStore
from kb.editing.digest.news import NewsItem, find_news
from kb.editing.digest.schedule import has_due_digests, queue_digests
from kb.editing.digest.waiting import WaitingItem, WaitingKind, WaitingList, waiting_for
from kb.editing.forms.draft_titles import title_in
from kb.extensions import db
from kb.history.model import ReviewAction
from kb.i18n import DEFAULT, N_
from kb.mail import Email
from kb.notifications.model import Notification, NotificationKind
from kb.notifications.outbox import has_due, send_due
from kb.speech import Speech
from kb.web.accounts.emails import post
from kb.web.http import i18n
from kb.web.http.layout import absolute
from kb.web.http.rendering import store

_NAMED = 5  # of each list in a digest

# Subject, and the sentence with the name of the person who did it.
_WORDS: Mapping[str, tuple[str, str]] = {
    ReviewAction.RETURNED: (N_("Praxis: draft returned: %(title)s"), N_("%(name)s returned your draft “%(title)s”.")),
    ReviewAction.HANDED_BACK: (
        N_("Praxis: draft returned: %(title)s"),
        N_("Your draft “%(title)s” was returned automatically."),
    ),
    ReviewAction.COMMENTED: (
        N_("Praxis: new comment: %(title)s"),
        N_("%(name)s commented on the draft “%(title)s”."),
    ),
    ReviewAction.APPROVED: (N_("Praxis: draft approved: %(title)s"), N_("%(name)s approved your draft “%(title)s”.")),
    ReviewAction.PUBLISHED: (
        N_("Praxis: draft published: %(title)s"),
        N_("%(name)s published your draft “%(title)s”."),
    ),
    ReviewAction.ASSIGNED: (
        N_("Praxis: please review: %(title)s"),
        N_("%(name)s asks you to review the draft “%(title)s”."),
    ),
}
_SCHEDULED = N_("Your draft “%(title)s” was published at the scheduled time.")
# Where on the dashboard each list is.
_PLACES: Mapping[WaitingKind, str] = {
    WaitingKind.REVIEW: "h--waiting",
    WaitingKind.BACK: "h--back",
    WaitingKind.SUGGESTION: "h--suggestions",
    WaitingKind.OVERDUE: "h--overdue",
    WaitingKind.STALE: "h--translations",
}


@dataclass(frozen=True)
class EmailPart:
    """A paragraph, a quotation, or a list below a linked line of an email."""

    text: str
    address: str = ""
    items: tuple[str, ...] = ()
    is_quote: bool = False


def compose(notification: Notification, user: User) -> Email | None:
    """Return the email of a notification, or `None` if there is nothing to say any more."""
    words = i18n.speech(_language(user))
    if notification.kind == NotificationKind.DIGEST:
        found = waiting_for(db.session, store(), user, _codes(), current_app.extensions["clock"]().date())
        return _digest(found, user, words) if found else None
    news = find_news(db.session, store(), user, notification)
    return _letter(news, user, words) if news is not None else None


def _letter(news: NewsItem, user: User, words: Speech) -> Email:
    note, by = news.note, news.note.author_id
    name = names_of(db.session, [by]).get(by) if by is not None else None
    places = {"name": name or words.say(N_("former curator")), "title": _title_of(news, words.code)}
    subject, sentence = _WORDS[note.deed]
    if note.deed == ReviewAction.PUBLISHED and by is None:
        sentence = _SCHEDULED
    parts = [EmailPart(words.say(sentence, **places))]
    if note.text and note.deed != ReviewAction.ASSIGNED:
        first, end, rest = note.text.partition("\n")  # reasons of the program are translated
        parts.append(EmailPart(f"{words.say(first)}{end}{rest}", is_quote=True))
    parts.append(EmailPart(words.say(_link_words(news)), _address_of(news, words.code)))
    return _email(user, words.say(subject, **places), parts, words)


def _link_words(news: NewsItem) -> str:
    return N_("Read it on the site") if news.draft is None else N_("Open the draft")


def _title_of(news: NewsItem, language: str) -> str:
    entry = store().current().catalog.columns.get((news.place.kind, news.place.id))
    if entry is not None:
        return entry.title(language)[0]
    return title_in(news.draft.text, news.place.part) if news.draft is not None else news.place.id


def _address_of(news: NewsItem, language: str) -> str:
    if news.draft is not None:
        return _address("reviewing.show", language, draft_id=news.draft.id)
    shown = news.place.part if news.place.part in _codes() else language
    endpoint = f"{news.place.kind}.show"
    if endpoint in current_app.view_functions:
        return _address(endpoint, shown, record_id=news.place.id)
    return _address("desk.record", language, kind=news.place.kind, record_id=news.place.id)


def _digest(found: Sequence[WaitingList], user: User, words: Speech) -> Email:
    desk = _address("desk.index", words.code)
    parts = [EmailPart(words.say(N_("This is waiting for you:")))]
    for each in found:
        items = tuple(_item_words(item, words) for item in each.items[:_NAMED])
        if more := len(each.items) - len(items):
            items = (*items, words.say(N_("and %(count)s more"), count=more))
        line = _count_words(each.kind, len(each.items), words)
        parts.append(EmailPart(line, f"{desk}#{_PLACES[each.kind]}", items))
    return _email(user, words.say(N_("Praxis: waiting for you")), parts, words)


def _item_words(item: WaitingItem, words: Speech) -> str:
    return f"{item.title} ({words.language(item.language)})" if item.language else item.title


def _count_words(kind: WaitingKind, number: int, words: Speech) -> str:
    ngettext: Callable[[str, str, int], str] = words.plural
    match kind:
        case WaitingKind.REVIEW:
            found = ngettext("%(count)s draft to review", "%(count)s drafts to review", number)
        case WaitingKind.BACK:
            found = ngettext("%(count)s draft returned to you", "%(count)s drafts returned to you", number)
        case WaitingKind.SUGGESTION:
            found = ngettext("%(count)s suggestion from readers", "%(count)s suggestions from readers", number)
        case WaitingKind.OVERDUE:
            found = ngettext("%(count)s overdue review of a record", "%(count)s overdue reviews of records", number)
        case WaitingKind.STALE:
            found = ngettext(
                "%(count)s translation with outdated texts", "%(count)s translations with outdated texts", number
            )
    return found % {"count": number}


def _email(user: User, subject: str, parts: Sequence[EmailPart], words: Speech) -> Email:
    settings = f"{_address('account.show', words.code)}#h--emails"
    greeting = EmailPart(words.say(N_("Hello %(name)s,"), name=user.name))
    off = EmailPart(words.say(N_("You can turn off these emails in your account")), settings)
    whole = (greeting, *parts)
    html = current_app.jinja_env.get_template("accounts/emails/notification.html").render(
        language=words.code, subject=subject, parts=whole, off=off
    )
    text = "\n\n".join(map(_as_text, (*whole, EmailPart("-- \nPraxis"), off)))
    return Email(user.email, " ".join(subject.split()), f"{text}\n", html)


def _as_text(part: EmailPart) -> str:
    if part.is_quote:
        return "\n".join(f"> {line}".rstrip() for line in part.text.splitlines())
    first = f"{part.text}:\n{part.address}" if part.address else part.text
    return "\n".join((first, *(f"- {item}" for item in part.items)))


def _address(endpoint: str, language: str, **values: object) -> str:
    router = current_app.url_map.bind("localhost")  # the host name is not part of the address built here
    return absolute(router.build(endpoint, {"language": language, **values}))


def _language(user: User) -> str:
    return user.language if user.language in _codes() else DEFAULT


def _codes() -> tuple[str, ...]:
    return tuple(each.code for each in i18n.offered())


def has_notifications(session: Session, now: datetime) -> bool:
    """Return whether a notification or a digest is due."""
    return has_due(session, now) or has_due_digests(session, now)


def send_notifications(now: datetime) -> bool:
    """Queue the digests that are due, and send everything that is due; return whether the server took it."""
    found: ContentStore = store()
    queue_digests(db.session, found, _codes(), now)
    return send_due(db.session, now, compose, lambda letter: post().send(letter, now))
