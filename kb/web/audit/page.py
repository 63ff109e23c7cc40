"""The page and the CSV rows of the audit log, and the query of its filters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from flask import Response, current_app
from sqlalchemy import select

from kb.accounts.audit_log import NOT_SIGNED_IN
from kb.accounts.model import User
from kb.accounts.rate_limit import failures
from kb.extensions import db
from kb.history.model import ReviewAction
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing.activity_log import ActivityFilter, ActivityKind, ActivityLine, all_deeds, list_deeds
from kb.web.audit.labels import KINDS, deed_words, detail_words
from kb.web.http import i18n
from kb.web.http.form_problems import field_problems
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, now, render
from kb.web.labels.roles import person_name

# Number of records of one change that the list names; the file names all.
_NAMED = 5


@dataclass(frozen=True)
class AuditQuery:
    """The values of the filter form as they were sent, and their problems."""

    person: str
    kind: str
    since: str
    until: str
    wanted: ActivityFilter
    problems: tuple[Problem, ...]

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> AuditQuery:
        """Parse the parameters of the URL."""
        person, kind, since, until = (args.get(name, "") for name in ("person", "kind", "from", "to"))
        days = {"from": _day(since), "to": _day(until)}
        message = N_("Enter a date, for example 2026-11-30.")
        typed = {"from": since, "to": until}
        problems = tuple(Problem("bad-day", message, (name,)) for name in days if typed[name] and days[name] is None)
        wanted = ActivityFilter(
            int(person) if person.isascii() and person.isdigit() and len(person) < 10 else None,
            ActivityKind(kind) if kind in set(ActivityKind) else None,
            days["from"],
            days["to"] + timedelta(days=1) if days["to"] is not None else None,
        )
        return cls(person, kind, since, until, wanted, problems)

    def params(self) -> dict[str, str]:
        """Return the parameters of a URL with the same filters."""
        given = {"person": self.person, "kind": self.kind, "from": self.since, "to": self.until}
        return {name: value for name, value in given.items() if value}


def _day(text: str) -> datetime | None:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return datetime.combine(day, time(), UTC) if day.year < date.max.year else None


@dataclass(frozen=True)
class AuditLine:
    """An action in the list; `records` are pairs of a record and its part, `more` counts those left out."""

    line: ActivityLine
    words: str
    detail: str
    records: tuple[tuple[str, str], ...]
    more: int


def audit_page(asked: AuditQuery, page: int) -> Response:
    """Return one page of the entries that a query matches; status 422 if the query has problems."""
    found = list_deeds(db.session, asked.wanted, page=page)
    failed = failures(db.session, now())
    return render(
        "audit/index.html",
        status=422 if asked.problems else 200,
        asked=asked,
        problems=field_problems(asked.problems),
        lines=tuple(_audit_line(line) for line in found.lines),
        found=found,
        total=i18n.ngettext("%(count)s entry", "%(count)s entries", found.total),
        failed=i18n.ngettext(
            "%(count)s sign-in failed in the last 24 hours.",
            "%(count)s sign-ins failed in the last 24 hours.",
            failed,
        ),
        people=_people(),
        kinds=tuple((kind, _(words)) for kind, words in KINDS.items()),
        days=int(current_app.config["AUDIT_DAYS"]),
        actor_words=_actor,
        user_name=_name,
        record_title=_title,
    )


def audit_rows(wanted: ActivityFilter) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the CSV file, the heading first."""
    yield (_("Date and time"), _("Type"), _("Who"), _("Action"), _("Account concerned"), _("Record"), _("Details"))
    for line in all_deeds(db.session, wanted):
        yield (
            line.at.astimezone(UTC).isoformat(timespec="seconds"),
            _(KINDS[line.kind]),
            _actor(line),
            deed_words(line),
            _name(line.user_id),
            " ".join(f"{record}/{part}" for record, part in line.parts),
            detail_words(line),
        )


def _audit_line(line: ActivityLine) -> AuditLine:
    records: dict[str, list[str]] = {}
    for record, part in line.parts:
        records.setdefault(record, []).append(_part(part))
    named = tuple((record, i18n.listing(parts)) for record, parts in list(records.items())[:_NAMED])
    return AuditLine(line, deed_words(line), detail_words(line), named, len(records) - len(named))


def _people() -> tuple[tuple[int, str], ...]:
    people = ((user.id, f"{person_name(user)} ({user.email})") for user in db.session.scalars(select(User)))
    return tuple(sorted(people, key=lambda each: each[1].casefold()))


def _name(user_id: int | None) -> str:
    user = db.session.get(User, user_id) if user_id is not None else None
    return person_name(user) if user is not None else ""


def _actor(line: ActivityLine) -> str:
    """Return the name of the actor; if no user was signed in, the origin of the change."""
    if line.actor_id is not None:
        return _name(line.actor_id)
    if line.deed in NOT_SIGNED_IN or line.deed == ReviewAction.WITHDRAWN_SUGGESTION:
        return _("someone not signed in")
    return _("the system") if line.kind in (ActivityKind.RECORD, ActivityKind.REVIEW) else _("the command line")


def _title(record: str) -> str:
    kind, _slash, record_id = record.partition("/")
    entry = generation().catalog.columns.get((kind, record_id))
    return entry.title(i18n.current().code)[0] if entry else record


def _part(part: str) -> str:
    return _("Original") if part == "source" else i18n.language_name(part) if len(part) == 2 else part
