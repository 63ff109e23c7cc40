"""A new source: from a pasted reference, from another record, or from the small form of the editor's script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask import Blueprint, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission, require
from kb.editing.forms.form_values import plain
from kb.editing.forms.source_form import RowOrder, change_rows, read_source_file
from kb.editing.open_text import Opened
from kb.editing.sources.lookup import look_up
from kb.editing.sources.references import find_reference
from kb.editing.sources.shared_sources import SharedSource, find_shared, get_shared
from kb.errors import NotFound, Rejected
from kb.publishing.authorization import writing
from kb.records.files.paths import RecordFile
from kb.web.http import i18n
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.form_problems import problem_text
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, store, today

bp = Blueprint("sourcing", __name__, url_prefix="/<language:language>/editor")

SOURCES, NEW = "sources", "new"
_KEYS = ("title", "address", "publisher", "year", "language", "kind")
_MOST = 1000  # characters of a reference


@dataclass(frozen=True)
class SharedSourceLine:
    """A source of another record in words, and the arguments of the button that takes it over."""

    title: str
    about: str
    record: str
    argument: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class FoundSource:
    """What is known about a reference: values for a row, sources of other records, and a sentence if it failed."""

    reference: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    shared: tuple[SharedSourceLine, ...] = ()
    words: str = ""


@bp.post("/<kind>/<record_id>/<part>/source-lookup")
@permission_required(Permission.EDIT)
def lookup_submit(kind: str, record_id: str, part: str) -> ResponseReturnValue:
    """Return what is known about a reference, for the script. Nothing is saved."""
    place = RecordFile(kind, record_id, part)
    if kind not in store().kinds or not place.is_text:
        raise NotFound(place.record)
    require(signed_in(), writing(place))
    return _answer(find_source(place, request.form.get("reference", "")))


def find_source(place: RecordFile, text: str) -> FoundSource:
    """Return what is known about a pasted reference, or about words of a title."""
    text = " ".join(plain(text).split())[:_MOST]
    if not text:
        return FoundSource(words=_("Enter an address, a DOI, an ISBN or words of the title."))
    try:
        reference = find_reference(text)
    except Rejected as error:
        return FoundSource(text, words=" ".join(problem_text(each) for each in error.problems))
    shared = tuple(
        map(_line, find_shared(generation().catalog, reference.address if reference else text, place_key(place)))
    )
    if reference is None:
        words = "" if shared else _("No other record has such a source. Paste its address, or enter its details.")
        return FoundSource(text, shared=shared, words=words)
    details = look_up(reference) if current_app.config["SOURCE_LOOKUP"] else None
    values = {**reference.values(), **(details.values if details else {}), "accessed": today().isoformat()}
    words = problem_text(details.problem) if details and details.problem else ""
    return FoundSource(text, values, shared, words)


def place_key(place: RecordFile) -> tuple[str, str]:
    """Return kind and id of a record."""
    return place.kind, place.id


def with_new_source(opened: Opened, argument: str) -> tuple[Opened, FoundSource | None]:
    """Return the text with another source, or what was found instead if the user has to choose or to correct.

    `argument` names a source of another record (`kind/id/row`), or is `new` for the posted reference in any case;
    without it, the posted values or reference are used.
    """
    if argument and argument != NEW:
        kind, record_id, row = (*argument.split("/"), "", "")[:3]
        return _added(opened, get_shared(generation().catalog, kind, record_id, row)), None
    if argument == NEW:
        return _added(opened, find_source(opened.place, request.form.get("source.reference", "")).values), None
    posted = {name: plain(request.form.get(f"source.{name}", "")).strip()[:_MOST] for name in (*_KEYS, "accessed")}
    if posted["title"]:
        return _added(opened, {name: text for name, text in posted.items() if text}), None
    found = find_source(opened.place, request.form.get("source.reference", ""))
    if found.values and not found.shared:
        return _added(opened, found.values), found if found.words else None
    return opened, found


def _added(opened: Opened, values: Mapping[str, str]) -> Opened:
    file = read_source_file(store().kinds[opened.place.kind], opened.text)
    if file is None or not values:
        return opened
    return replace(opened, text=change_rows(file, RowOrder("add", SOURCES, values=values)))


def _line(shared: SharedSource) -> SharedSourceLine:
    entry = generation().catalog.find(shared.kind, shared.record_id)
    values = shared.values
    return SharedSourceLine(
        title=values.get("title", ""),
        about=", ".join(filter(None, (values.get("publisher", ""), values.get("year", "")))),
        record=entry.title(i18n.current().code)[0] if entry is not None else shared.record_id,
        argument=f"{shared.kind}/{shared.record_id}/{shared.row}",
        values=values,
    )


def _answer(found: FoundSource) -> Response:
    shared = [
        {"title": each.title, "about": each.about, "record": each.record, "values": dict(each.values)}
        for each in found.shared
    ]
    response = jsonify(values=dict(found.values), shared=shared, words=str(found.words))
    response.cache_control.no_store = True
    return response
