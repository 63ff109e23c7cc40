"""The slots of a workshop, each in a form of its own: when, how long, how people work, what is said and noted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.extensions import db
from kb.kinds.exercise.work_methods import METHOD_WORDS
from kb.problems import Problem
from kb.web.editor.save_fallback import not_ready
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, render
from kb.web.parts.workshop_words import said
from kb.web.workshops.builder.after_save import Again, saved
from kb.web.workshops.builder.confirm_removal import BACK, SURE, ask
from kb.web.workshops.forms import SlotForm, edition_after, has_conflict, new_slot, rows, sent_slot, shown, slot_form
from kb.workshops.model import Slot, Texts, Workshop
from kb.workshops.plan import access
from kb.workshops.plan.slots import Plan, add_slot, change_slot, remove_slot
from kb.workshops.plan.trainer_texts import has_words
from kb.workshops.plan.validation import MOST_DAYS, changed_meanwhile

bp = Blueprint("workshop_slots", __name__, url_prefix="/<language:language>/trainer/workshops/<workshop_id>/slots")


@bp.get("/new")
@permission_required(Permission.TEACH)
def new(workshop_id: str) -> ResponseReturnValue:
    """Ask for a new slot: at the end of the last day, or behind another one."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    last = max((slot.day for slot in workshop.slots), default=1)
    return _page(workshop, None, new_slot(day=last), after=request.args.get("after", ""))


@bp.post("/new")
@permission_required(Permission.TEACH)
def new_submit(workshop_id: str) -> ResponseReturnValue:
    """Add a slot."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    form, after = sent_slot(workshop), request.form.get("after", "")

    def add() -> Slot:
        return add_slot(db.session, signed_in(), workshop_id, form.plan, after=after or None, now=now())

    return _saved(workshop_id, add, lambda found, status: _page(_taught(workshop_id), None, form, found, after, status))


@bp.get("/<slot_id>")
@permission_required(Permission.TEACH)
def edit(workshop_id: str, slot_id: str) -> ResponseReturnValue:
    """Show the form of a slot."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    slot = access.slot_of(workshop, slot_id)
    return _page(workshop, slot, slot_form(slot))


@bp.post("/<slot_id>")
@permission_required(Permission.TEACH)
def edit_submit(workshop_id: str, slot_id: str) -> ResponseReturnValue:
    """Change a slot, or take it out of the programme."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    slot = access.slot_of(workshop, slot_id)
    form, do = sent_slot(workshop, slot), request.form.get("do")

    def save() -> Slot:
        key, edition = (workshop_id, slot_id), form.edition
        return change_slot(db.session, signed_in(), *key, form.plan, edition=edition, now=now())

    def again(problems: Sequence[Problem], status: int) -> ResponseReturnValue:
        found = _taught(workshop_id)
        return _page(found, access.slot_of(found, slot_id), form, problems, status=status)

    if do == BACK:
        return _page(workshop, slot, form)
    if do in ("remove", SURE):
        return _removed(workshop, slot, form, again, is_sure=do == SURE)
    return _saved(workshop_id, save, again)


def _removed(workshop: Workshop, slot: Slot, form: SlotForm, again: Again, *, is_sure: bool) -> ResponseReturnValue:
    """Take a slot out; where words would go with it, only once that was asked."""
    kept, typed, key = _words(slot), _words(form.plan), (workshop.id, slot.id)
    if not is_sure and has_words(*kept[1:], *typed[1:]):
        if slot.edition != form.edition:
            return again([changed_meanwhile()], 422)
        return ask(workshop, said(slot.title, workshop), kept=kept, typed=typed, is_slot=True)

    def remove() -> None:
        remove_slot(db.session, signed_in(), *key, edition=form.edition, now=now())

    address = url_for("workshop_builder.show", workshop_id=workshop.id)
    words = _("The slot is taken out; what stood in it waits in the basket.")
    return saved(remove, again, there=lambda _done: address, words=words)


def _words(slot: Slot | Plan) -> tuple[Texts, ...]:
    return slot.title, slot.text, slot.trainer_notes, slot.materials


def _taught(workshop_id: str) -> Workshop:
    return access.taught(db.session, signed_in(), workshop_id)


def _saved(workshop_id: str, save: Callable[[], Slot], again: Again) -> ResponseReturnValue:
    """Lead to the slot in the programme, or back to the form."""

    def there(slot: Slot) -> str:
        return url_for("workshop_builder.show", workshop_id=workshop_id, _anchor=f"slot--{slot.id}")

    return saved(save, again, there=there, words=_("The slot is saved."))


def _page(
    workshop: Workshop,
    slot: Slot | None,
    form: SlotForm,
    problems: Sequence[Problem] = (),
    after: str = "",
    status: int = 422,
) -> ResponseReturnValue:
    return render(
        "workshops/builder/slot.html",
        status=status if problems else 200,
        workshop=workshop,
        above=said(workshop.title, workshop),
        slot=slot,
        edition=edition_after(form.edition, slot.edition if slot is not None else 0, problems),
        is_conflict=has_conflict(problems),
        form=form,
        rows=rows,
        after=after,
        methods=[("", [(value, _(words)) for value, words in METHOD_WORDS.items()])],
        most_days=MOST_DAYS,
        problems=shown(problems),
        title=not_ready() if status == 503 else "",
    )
