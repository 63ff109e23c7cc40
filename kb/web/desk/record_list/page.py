"""The page with the records of a kind, of any status, in the order and with the filter of the URL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Response, request

from kb.accounts.permissions import Permission, may
from kb.editing.review_queue.records import ListOrder, RecordLine, list_records
from kb.extensions import db
from kb.history.recent import last_changes
from kb.problems import Problem
from kb.publishing.authorization import may_begin
from kb.web.desk.page import offered_languages, state_words, status_words
from kb.web.desk.record_list.saved_filters import filter_links
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.form_problems import field_problems
from kb.web.http.rendering import generation, render, store
from kb.web.parts.allowed_actions import four_eyes
from kb.web.parts.record_filter import read_filter
from kb.web.tools.family_summary import changed_words


@dataclass(frozen=True)
class ListedRecord:
    """A record in the list, with the time of its last change, if the log has one."""

    line: RecordLine
    changed: datetime | None


def records_page(kind: str, problems: Sequence[Problem] = ()) -> Response:
    """Return one page of the records of a kind; what a form with these problems sent is shown again."""
    narrowed, language = read_filter(kind), i18n.current().code
    changed = last_changes(db.session, kind)
    order = ListOrder(narrowed.order, language, changed)
    page = request.args.get("page", 1, type=int)
    found = list_records(generation().catalog, kind, offered_languages(), narrowed.wanted, page=page, order=order)
    return render(
        "desk/records.html",
        status=422 if problems else 200,
        kind=kind,
        narrowed=narrowed,
        may_publish=may(signed_in(), Permission.PUBLISH),
        may_tick=may(signed_in(), Permission.PUBLISH) and not four_eyes(),
        may_begin=may_begin(signed_in(), store().kinds[kind].shape),
        found=found,
        lines=[ListedRecord(line, changed.get("/".join(line.entry.key))) for line in found.lines],
        total=i18n.ngettext("%(count)s record", "%(count)s records", found.total),
        keepers=_keepers(kind),
        filters=filter_links(kind),
        typed=request.form,
        ticked=set(request.form.getlist("ticked")),
        problems=field_problems(problems),
        state_words=state_words,
        status_words=status_words,
        changed_words=changed_words,
    )


def _keepers(kind: str) -> list[str]:
    """Return the names of all keepers of a kind, to choose from."""
    return sorted({entry.keeper for entry in generation().catalog.columns.values() if entry.kind == kind} - {""})
