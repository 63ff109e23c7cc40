"""The page on which an organisation says, without an account, which parts of a record are right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from flask import current_app, request

from kb.editing.model import ConfirmationRequest
from kb.editing.open_text import source_text
from kb.editing.sign_off.claims import REST, TEXTS, ClaimPart, claims_of, parts_of
from kb.editing.suggestions.confirmation import find_request, is_open, reply
from kb.editing.suggestions.rate_limit import network_mark
from kb.editing.suggestions.submit import Handed, Received
from kb.errors import NotFound
from kb.extensions import db
from kb.i18n import N_
from kb.problems import Problem
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile, place_of
from kb.web.http import i18n
from kb.web.http.form_problems import field_problems
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, now, store
from kb.web.sign_off.claim_views import ClaimView, ClaimViews

RIGHT, WRONG, PAST = "right", "wrong", "past"
VERDICTS: Mapping[str, str] = {
    RIGHT: N_("Right"),
    WRONG: N_("Not right"),
    PAST: N_("No longer so"),
}
# What is our judgement and not a fact that the organisation can confirm, and what is not told about it.
_OURS = frozenset(
    ("assessments", "external_ratings", "not_found", "practices", "fields", "parts", "choices_used", REST)
)
_LONGEST = 4_000


@dataclass(frozen=True)
class PartForm:
    """One part: its name, the claims in it, and what was chosen and typed about it.

    `group` is the heading of the long list whose row it is, or empty.
    """

    part: ClaimPart
    heading: str
    group: str
    claims: tuple[ClaimView, ...]
    verdict: str
    words: str


@dataclass(frozen=True)
class Reply:
    """What an organisation sent: a verdict and words by part, its name, what it adds, and an address for questions."""

    verdicts: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, str] = field(default_factory=dict)
    organisation: str = ""
    extra: str = ""
    contact: str = ""


@dataclass(frozen=True)
class OwnerPage:
    """All data of the page. `closed` says why nothing can be sent any more, empty if it can."""

    title: str
    language: str
    recipient: str
    until: date
    parts: tuple[PartForm, ...]
    groups: tuple[tuple[str, tuple[PartForm, ...]], ...]
    verdicts: tuple[tuple[str, str], ...]
    sent: Reply
    problems: tuple[tuple[str, str], ...]
    closed: str
    here: str


def posted_reply() -> Reply:
    """Return what the form sent."""
    form = request.form
    seen = dict(each.split(" ", 1)[::-1] for each in form.getlist("seen") if " " in each)
    return Reply(
        verdicts={name: value for name in seen if (value := form.get(f"verdict.{name}", "")) in VERDICTS},
        words={name: value for name in seen if (value := form.get(f"note.{name}", "").strip()[:_LONGEST])},
        seen=seen,
        organisation=" ".join(form.get("organisation", "").split()),
        extra=form.get("extra", "").strip()[:_LONGEST],
        contact=form.get("contact", "").strip(),
    )


def owner_page(token: str, sent: Reply | None = None, problems: Sequence[Problem] = ()) -> OwnerPage:
    """Return the page of a link. Raises `NotFound` for an unknown link, or if the record is gone."""
    found = find_request(db.session, token)
    place, language = place_of(found.record, SOURCE), i18n.current().code
    entry, text = generation().catalog.columns.get((place.kind, place.id)), source_text(db.session, place)
    if entry is None or text is None:
        raise NotFound(found.record)
    given = sent or Reply(organisation=found.recipient)
    parts = _part_forms(place, text, language, given)
    return OwnerPage(
        title=entry.title(language)[0],
        language=entry.title(language)[1],
        recipient=found.recipient,
        until=found.expires.date(),
        parts=parts,
        groups=tuple((group, tuple(forms)) for group, forms in groupby(parts, key=lambda form: form.group)),
        verdicts=tuple((name, _(words)) for name, words in VERDICTS.items()),
        sent=given,
        problems=field_problems(problems),
        closed=_closed(found),
        here=request.path,
    )


def _closed(found: ConfirmationRequest) -> str:
    if found.answered is not None:
        return _("Your answer has arrived. An editor reads it before the page changes.")
    return "" if is_open(found, now()) else _("This link has expired. Ask the person who sent it for a new one.")


def _part_forms(place: RecordFile, text: str, language: str, given: Reply) -> tuple[PartForm, ...]:
    bundle = generation().catalog.bundle(place.kind, place.id)
    views = ClaimViews(bundle, text, language)
    forms = []
    for part in parts_of(claims_of(text)):
        if part.name.partition(".")[0] in _OURS:
            continue
        claims = tuple(map(views.view, part.claims))
        _key, _dot, row = part.name.partition(".")
        heading = _("In short") if part.name == TEXTS else row or claims[0].heading
        verdict, words = given.verdicts.get(part.name, ""), given.words.get(part.name, "")
        forms.append(PartForm(part, heading, claims[0].heading if row else "", claims, verdict, words))
    return tuple(forms)


def submit_reply(token: str, sent: Reply) -> Received:
    """Send the answer to the curators. Raises `NotFound`, or `Rejected` with all problems at once."""
    found = find_request(db.session, token)
    place = place_of(found.record, SOURCE)
    now_there = {each.name: each.mark for each in parts_of(claims_of(source_text(db.session, place) or ""))}
    right = {
        name: sent.seen[name]
        for name, verdict in sent.verdicts.items()
        if verdict == RIGHT and now_there.get(name) == sent.seen[name]
    }
    network = network_mark(request.remote_addr or "", str(current_app.config["SECRET_KEY"]))
    handed = Handed("", _reason(token, sent), sent.contact, i18n.current().code)
    return reply(db.session, store(), token, sent.organisation, right, handed, network=network, now=now())


def _reason(token: str, sent: Reply) -> str:
    """Return what the curators read: each part that is not right, and what was added."""
    page, remark, extra = owner_page(token, sent), _("Remark"), _("To add")
    lines = [
        f"{form.heading}: {_(VERDICTS[form.verdict]) if form.verdict else remark}. {form.words}".strip()
        for form in page.parts
        if form.words or form.verdict in (WRONG, PAST)
    ]
    return "\n\n".join((*lines, *([f"{extra}: {sent.extra}"] if sent.extra else [])))
