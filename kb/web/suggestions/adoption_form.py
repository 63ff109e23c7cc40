"""The form *We tried it*: what was typed, its problems, and what is sent to the curators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import current_app, request, url_for
from pydantic import ValidationError

from kb.editing.suggestions.adoption import ASKED, NEEDED, with_adoption
from kb.editing.suggestions.rate_limit import network_mark
from kb.editing.suggestions.submit import Handed, Received, suggest_source
from kb.errors import NotFound
from kb.extensions import db
from kb.history import log
from kb.i18n import N_
from kb.kinds.country.membership import EUROPE
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.kinds.tool.kind import KIND as TOOL
from kb.problems import Problem
from kb.records.adoptions import Adoption
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.search.analysis.collation import sort_key
from kb.web.http import i18n
from kb.web.http.bot_check import robot_problems
from kb.web.http.form_problems import problem_text
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, now, store, today

KINDS = (PRACTICE.name, TOOL.name)
_LONGEST = 1_000  # letters of a text
_MISSING: Mapping[str, str] = {
    "organisation": N_("Enter the name of the organisation."),
    "country": N_("Choose the country."),
    "took": N_("Say what you took over."),
}


@dataclass(frozen=True)
class AdoptionPage:
    """The form; `problems` are pairs of a field and a message."""

    title: str
    title_language: str
    told: Mapping[str, str]
    countries: tuple[tuple[str, str], ...]
    contact: str
    problems: tuple[tuple[str, str], ...]
    here: str
    back: str
    days: int


def posted_adoption() -> dict[str, str]:
    """Return what was typed."""
    return {name: text for name in ASKED if (text := " ".join(request.form.get(name, "").split()))}


def submit_adoption(kind: str, record_id: str, told: Mapping[str, str]) -> Received:
    """Send the form to the curators. Raises `NotFound`, or `Rejected` with all problems at once."""
    place = RecordFile(kind, record_id, SOURCE)
    head = log.find_head(db.session, place)
    if head is None or not head.text:
        raise NotFound(f"{kind}/{record_id}")
    problems = [*robot_problems(), *_problems(told)]
    order = tuple(store().kinds[kind].shape.model.model_fields)
    text = with_adoption(head.text, told, order, today()) if not problems else head.text
    note = _("We tried it: %(name)s", name=told.get("organisation", ""))
    sender = Handed("", note, request.form.get("contact", "").strip(), i18n.current().code)
    network = network_mark(request.remote_addr or "", str(current_app.config["SECRET_KEY"]))
    return suggest_source(db.session, place, text, sender, problems=problems, network=network, now=now())


def _problems(told: Mapping[str, str]) -> Iterator[Problem]:
    missing = [name for name in ASKED if name in NEEDED and not told.get(name)]
    for name in missing:
        yield Problem("missing-key", _MISSING[name], (name,))
    for name, text in told.items():
        if len(text) > _LONGEST:
            message = N_("This text is too long. The limit is %(limit)s characters.")
            yield Problem("too-long", message, (name,), params={"limit": _LONGEST})
    if missing:
        return
    try:
        Adoption.model_validate({"id": "a1", **told, "told_on": today()})
    except ValidationError as error:
        for found in error.errors():
            yield Problem("bad-value", N_("Check this field: its value cannot be taken."), (str(found["loc"][0]),))


def adoption_page(kind: str, record_id: str, told: Mapping[str, str], problems: Sequence[Problem] = ()) -> AdoptionPage:
    """Return the form for a published practice or tool. Raises `NotFound` for anything else."""
    entry = generation().catalog.find(kind, record_id) if kind in KINDS else None
    if entry is None:
        raise NotFound(f"{kind}/{record_id}")
    language = i18n.current().code
    title, title_language = entry.title(language)
    names = sorted(((code, i18n.country_name(code)) for code in EUROPE), key=lambda each: sort_key(each[1], language))
    return AdoptionPage(
        title=title,
        title_language=title_language,
        told=told,
        countries=tuple(names),
        contact=request.form.get("contact", ""),
        problems=tuple((str(each.where[0]) if each.where else "", problem_text(each)) for each in problems),
        here=request.path,
        back=url_for(f"{kind}.show", record_id=record_id),
        days=current_app.config["SUGGESTION_DAYS"],
    )
