"""Data of the pages *Follow*, *Confirm* and *Stop*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import current_app, request, url_for

from kb.errors import NotFound
from kb.extensions import db
from kb.following.model import Frequency, Subscription
from kb.following.subscriptions import find_subscription
from kb.i18n import N_
from kb.problems import Problem
from kb.web.following.topics import Topic, read_topic, stored_topic
from kb.web.http.form_problems import field_problems
from kb.web.http.i18n import gettext as _
from kb.web.http.layout import absolute
from kb.web.http.rendering import now

FREQUENCIES: Mapping[str, str] = {
    Frequency.WEEKLY: N_("Once a week"),
    Frequency.MONTHLY: N_("Once a month"),
}


@dataclass(frozen=True)
class FollowPage:
    """The page that offers a feed, and a form for e-mail if there is a mail server.

    `problems` are pairs of a field and a message.
    """

    topic: Topic
    feed: str
    here: str
    has_mail: bool
    frequencies: tuple[tuple[str, str], ...]
    email: str
    frequency: str
    problems: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SubscriptionPage:
    """One subscription, for whoever has its link; `page` is empty if what is followed is gone."""

    title: str
    page: str
    frequency: str
    is_confirmed: bool
    here: str
    stop: str


def has_mail() -> bool:
    """Whether this site has a mail server."""
    return bool(current_app.config["SMTP"])


def follow_page(problems: Sequence[Problem] = ()) -> FollowPage:
    """Return the page for what the address names, with what was typed. Raises `NotFound` for an unknown record."""
    topic = read_topic(request.args)
    return FollowPage(
        topic=topic,
        feed=absolute(topic.feed),
        here=address_of(topic),
        has_mail=has_mail(),
        frequencies=tuple((value, _(words)) for value, words in FREQUENCIES.items()),
        email=request.form.get("email", ""),
        frequency=request.form.get("frequency", Frequency.WEEKLY),
        problems=field_problems(problems),
    )


def address_of(topic: Topic) -> str:
    """Return the address of the page *Follow* of a topic."""
    return f"{url_for('follow.show')}?{topic.what}" if topic.what else url_for("follow.show")


def subscription_page(token: str) -> SubscriptionPage | None:
    """Return the subscription of a link, or `None` if it was stopped or not confirmed in time."""
    found = find_subscription(db.session, token, now())
    if found is None:
        return None
    topic = _topic_of(found)
    return SubscriptionPage(
        title=topic.title if topic is not None else _("This page does not exist any more."),
        page=topic.page if topic is not None else "",
        frequency=_(FREQUENCIES[found.frequency]),
        is_confirmed=found.confirmed is not None,
        here=request.path,
        stop=url_for("follow.off", token=token),
    )


def _topic_of(found: Subscription) -> Topic | None:
    try:
        return stored_topic(found.what)
    except NotFound:
        return None
