"""The sheet of a support service on the site: what was typed, its problems, and what is sent to the curators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for

from kb.editing.forms.splice_facts import splice_in_order
from kb.editing.suggestions.rate_limit import network_mark
from kb.editing.suggestions.service_sheet import ServiceSheet, sheet_of, sheet_problems, with_sheet
from kb.editing.suggestions.submit import Handed, Received, suggest_source
from kb.errors import NotFound
from kb.extensions import db
from kb.history import log
from kb.i18n import N_
from kb.kinds.country.crime_groups import CRIME_GROUPS, CrimeGroup
from kb.kinds.country.membership import code_of
from kb.kinds.organisation.kind import KIND as ORGANISATION
from kb.kinds.organisation.model import WayIn
from kb.problems import Problem
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.vocabulary.areas import country_of
from kb.web.http import i18n
from kb.web.http.bot_check import robot_problems
from kb.web.http.form_problems import problem_text
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, store, today
from kb.web.labels.service_fields import ACCESS, COMPLAINTS, FORMS, HELP_COSTS, LABELS, PEOPLE, WAYS

_LINES = ("name", "official_name", "place", "age_from", "age_to", "referral", "note", "form", "free", "complaint")
_LISTS = ("services", "groups", "victims", "access")
_SEPARATORS = str.maketrans({";": ",", "\n": ","})


@dataclass(frozen=True)
class ListChoice:
    """A list of boxes to tick: its name, label, hint, and each value with its words."""

    name: str
    label: str
    hint: str
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class WayField:
    """A way in to type: its name, label, and what was typed; hours only where somebody answers at certain times."""

    name: str
    label: str
    value: str
    hours: str
    has_hours: bool


@dataclass(frozen=True)
class SheetPage:
    """The sheet; `problems` are pairs of a field and a message."""

    area: str
    sheet: ServiceSheet
    ways: tuple[WayField, ...]
    choices: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...]
    lists: tuple[ListChoice, ...]
    languages: str
    contact: str
    problems: tuple[tuple[str, str], ...]
    here: str
    back: str
    days: int


def base_text(record_id: str) -> str:
    """Return the source file of an area: the newest, or that of a new record. Raises `NotFound` for no area."""
    area = store().vocabularies.areas.find(record_id)
    is_country = len(record_id) == len("xx") and code_of(record_id) is not None
    if not is_country and (area is None or area.broader):
        raise NotFound(f"organisations/{record_id}")
    head = log.find_head(db.session, RecordFile(ORGANISATION.name, record_id, SOURCE))
    if head is not None and head.text:
        return head.text
    name = _area_name(record_id)
    begun = {"title": name, "summary": _("Support services: %(place)s", place=name)}
    return splice_in_order(ORGANISATION.template(record_id, i18n.current().code), begun, ())


def known_sheet(record_id: str, service_id: str) -> ServiceSheet:
    """Return the sheet as the directory would fill it in. Raises `NotFound` for a service that is not in it."""
    text = base_text(record_id)
    if not service_id:
        return ServiceSheet()
    if (found := sheet_of(text, service_id)) is None:
        raise NotFound(f"organisations/{record_id}/{service_id}")
    return found


def sent_sheet(service_id: str) -> ServiceSheet:
    """Return what was posted."""
    form = request.form
    languages = _parts(form.get("languages", ""))
    return ServiceSheet(
        service_id=service_id,
        facts={name: text for name in _LINES if (text := form.get(name, "").strip())},
        lists={name: tuple(form.getlist(name)) for name in _LISTS} | {"languages": languages},
        ways={way: (form.get(way, "").strip(), _parts(form.get(f"{way}_hours", ""))) for way in WayIn},
        address=form.get("address", "").strip(),
        is_own=bool(form.get("is_own")),
    )


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for each in text.translate(_SEPARATORS).split(",") if (part := each.strip().lower()))


def submit_sheet(record_id: str, sheet: ServiceSheet) -> Received:
    """Send a sheet to the curators. Raises `NotFound`, or `Rejected` with all problems at once."""
    base = base_text(record_id)
    problems = [*robot_problems()]
    if not sheet.facts.get("name"):
        problems.append(Problem("missing-key", N_("Enter the name of the service."), ("name",)))
    if not sheet.lists.get("services"):
        problems.append(Problem("missing-key", N_("Choose at least one kind of help."), ("services",)))
    text, own = with_sheet(base, sheet, today())
    problems += sheet_problems(store(), record_id, text, own) if not problems else []
    place = RecordFile(ORGANISATION.name, record_id, SOURCE)
    note = _("A form for the directory: %(name)s", name=sheet.facts.get("name", ""))
    sender = Handed("", note, request.form.get("contact", "").strip(), i18n.current().code)
    network = network_mark(request.remote_addr or "", str(current_app.config["SECRET_KEY"]))
    return suggest_source(db.session, place, text, sender, problems=problems, network=network, now=now())


def sheet_page(record_id: str, sheet: ServiceSheet, problems: Sequence[Problem] = ()) -> SheetPage:
    """Return the sheet of a service, filled in with what is known or was typed."""
    return SheetPage(
        area=_area_name(record_id),
        sheet=sheet,
        ways=tuple(_way(way, sheet) for way in WayIn),
        choices=tuple(_choices(sheet)),
        lists=tuple(_lists(sheet)),
        languages=", ".join(sheet.lists.get("languages", ())),
        contact=request.form.get("contact", ""),
        problems=tuple((_field(each), problem_text(each)) for each in problems),
        here=request.path,
        back=url_for("organisations.index", home_country=record_id[:2]),
        days=current_app.config["SUGGESTION_DAYS"],
    )


def _area_name(record_id: str) -> str:
    area = store().vocabularies.areas.find(record_id)
    return area.name if area is not None else i18n.country_name(country_of(record_id))


def _way(way: WayIn, sheet: ServiceSheet) -> WayField:
    value, hours = sheet.ways.get(way, ("", ()))
    label = _("Street and town") if way is WayIn.VISIT else _(WAYS[way])
    return WayField(way, label, value, ", ".join(hours), way not in (WayIn.EMAIL, WayIn.SITE))


def _choices(sheet: ServiceSheet) -> list[tuple[str, str, str, tuple[tuple[str, str], ...]]]:
    words: Mapping[str, Mapping[Any, str]] = {"form": FORMS, "free": HELP_COSTS, "complaint": COMPLAINTS}
    return [
        (
            name,
            _(LABELS[f"services.{name}"]),
            sheet.facts.get(name, ""),
            tuple((str(value), _(text)) for value, text in options.items() if str(value) != "not-known"),
        )
        for name, options in words.items()
    ]


def _lists(sheet: ServiceSheet) -> list[ListChoice]:
    code, vocabularies = i18n.current().code, store().vocabularies
    terms = [(term.id, term.label(code)) for term in vocabularies.vocabulary("service-types").terms]
    groups = [(str(group), _(CRIME_GROUPS[group])) for group in CrimeGroup]
    people = [(each, vocabularies.term(each).label(code)) for each in PEOPLE]
    access = [(str(each), _(words)) for each, words in ACCESS.items()]
    every = _("Leave all boxes empty if it is for everyone.")
    named = (("services", "", terms), ("groups", every, groups), ("victims", every, people), ("access", "", access))
    return [
        ListChoice(
            name,
            _(LABELS[f"services.{name}"]),
            hint,
            tuple((value, words, value in sheet.lists.get(name, ())) for value, words in options),
        )
        for name, hint, options in named
    ]


def _field(problem: Problem) -> str:
    """Return the field of a problem: the last key of its path that the sheet has."""
    keys = [str(each) for each in problem.where if isinstance(each, str)]
    shown = {
        "name",
        "services",
        "groups",
        "victims",
        "access",
        "place",
        "age_from",
        "age_to",
        "contact",
        "note",
        "referral",
    }
    return next((each for each in reversed(keys) if each in shown), "")
