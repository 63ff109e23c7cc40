"""Routes of the exercise generator: make a case, worksheet, comparison task or quiz from the records of a workshop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.extensions import db
from kb.problems import Problem
from kb.web.editor.save_fallback import not_ready
from kb.web.http import i18n
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, now, render, store
from kb.web.parts.workshop_words import said
from kb.web.workshops.builder.added_language import voices_in
from kb.web.workshops.builder.after_save import save_or_show_again
from kb.web.workshops.forms import field, number, problem_lines
from kb.web.workshops.timetable import item_views
from kb.workshops.exercise_generator.comparison_task import LETTERS
from kb.workshops.exercise_generator.generate import Wish, make
from kb.workshops.exercise_generator.quiz import FEWEST, MOST, USUAL
from kb.workshops.exercise_generator.wording import Voices
from kb.workshops.frozen.facts import EXERCISES, PRACTICES
from kb.workshops.model import Item, ItemKind, Workshop
from kb.workshops.plan import access

bp = Blueprint("workshop_making", __name__, url_prefix="/<language:language>/trainer/workshops/<workshop_id>/make")

# The fields of the page to which what is wrong leads.
_FIELDS = (*(str(kind) for kind in ItemKind), "number")


@dataclass(frozen=True)
class _Form:
    """What was chosen, with the number as it was typed."""

    wish: Wish
    number: str = str(USUAL)


@dataclass(frozen=True)
class _Source:
    """A record from which something can be made: how it is named in the form, and its title."""

    name: str
    title: str
    language: str


@bp.get("")
@permission_required(Permission.TEACH)
def show(workshop_id: str) -> ResponseReturnValue:
    """Ask what is to be made, and of what."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    return _page(workshop, _Form(Wish("", ())), slot_id=request.args.get("slot", ""))


@bp.post("")
@permission_required(Permission.TEACH)
def submit(workshop_id: str) -> ResponseReturnValue:
    """Make it, and lead to where it can be changed."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    return _save(workshop_id, _read_form(), request.form.get("slot", ""), voices_in(workshop.languages))


def _save(workshop_id: str, form: _Form, slot_id: str, voices: Voices) -> ResponseReturnValue:
    def save() -> Item:
        slot = slot_id or None
        return make(db.session, store(), signed_in(), workshop_id, form.wish, voices, slot_id=slot, now=now())

    def again(problems: Sequence[Problem], status: int) -> ResponseReturnValue:
        found = access.taught(db.session, signed_in(), workshop_id)
        return _page(found, form, problems, slot_id=slot_id, status=status)

    def there(item: Item) -> str:
        return url_for("workshop_items.edit", workshop_id=workshop_id, item_id=item.id)

    words = _("The exercise is made. Read it, and change what does not fit your group.")
    return save_or_show_again(save, again, there=there, words=words)


def _read_form() -> _Form:
    """Return what was chosen, as it was sent; a form that asks for no number makes what is usual."""
    kind = request.form.get("kind", "")
    chosen = tuple(filter(None, dict.fromkeys(request.form.getlist(kind))))
    if "number" not in request.form:
        return _Form(Wish(kind, chosen))
    return _Form(Wish(kind, chosen, number("number")), field("number"))


def _page(
    workshop: Workshop,
    form: _Form,
    problems: Sequence[Problem] = (),
    *,
    slot_id: str = "",
    status: int = 422,
) -> ResponseReturnValue:
    practices, own = _sources(workshop, PRACTICES), _sources(workshop, EXERCISES)
    return render(
        "workshops/builder/exercise_generator.html",
        status=status if problems else 200,
        workshop=workshop,
        above=said(workshop.title, workshop),
        slot_id=slot_id,
        form=form.wish,
        number=form.number,
        practices=practices,
        worksheets=[("", [(each.name, each.title) for each in practices])],
        cases=[
            (heading, [(each.name, each.title) for each in found])
            for heading, found in (
                (_("Practices of this workshop"), practices),
                (_("Invented cases of this workshop"), own),
                (_("Invented cases of the collection"), _sources_in_collection(workshop)),
            )
            if found
        ],
        languages=i18n.listing(i18n.language_name(code) for code in workshop.languages),
        limits={"compared": len(LETTERS), "fewest": FEWEST, "most": MOST},
        problems=problem_lines(problems, fields=_FIELDS if practices else (ItemKind.CASE,)),
        title=not_ready() if status == 503 else "",
    )


def _sources(workshop: Workshop, kind: str) -> tuple[_Source, ...]:
    """Return the records of a kind that the workshop holds and of which something is left, each once."""
    items = {item.record: item for item in workshop.items if item.record.partition("/")[0] == kind}
    views = (view for view in item_views(workshop, items.values()) if view.is_record and not view.held.is_erased)
    return tuple(_Source(view.id, view.title.text, view.title.language) for view in views)


def _sources_in_collection(workshop: Workshop) -> tuple[_Source, ...]:
    """Return the cases of the collection that the workshop does not hold yet."""
    held = {item.record for item in workshop.items}
    entries = (entry for entry in generation().catalog.entries(EXERCISES) if f"{EXERCISES}/{entry.id}" not in held)
    return tuple(_Source(f"{EXERCISES}/{entry.id}", *entry.title(i18n.current().code)) for entry in entries)
