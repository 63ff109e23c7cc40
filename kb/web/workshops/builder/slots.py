"""Routes of the slots of a workshop: add one, change it, remove it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.extensions import db
from kb.kinds.exercise.work_methods import METHOD_WORDS
from kb.problems import Problem
from kb.web.editor.save_fallback import not_ready
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.db_errors import Again, save_or_show_again
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, render
from kb.web.parts.workshop_words import localize
from kb.web.workshops.builder.confirm_removal import BACK, SURE, confirm_page
from kb.web.workshops.forms import (
    SlotForm,
    edition_after,
    has_conflict,
    new_slot,
    problem_lines,
    read_slot_form,
    rows,
    slot_form,
)
from kb.workshops.model import Slot, Texts, Workshop
from kb.workshops.plan import access
from kb.workshops.plan.slots import Plan, add_slot, change_slot, remove_slot
from kb.workshops.plan.trainer_texts import has_words
from kb.workshops.plan.validation import MOST_DAYS, changed_meanwhile

bp = Blueprint("workshop_slots", __name__, url_prefix="/<language:language>/trainer/workshops/<workshop_id>/slots")


@bp.get("/new")
@permission_required(Permission.TEACH)
def new(workshop_id: str) -> ResponseReturnValue:
    """Show the form of a new slot, at the end of the last day or after another slot."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    last = max((slot.day for slot in workshop.slots), default=1)
    return _page(workshop, None, new_slot(day=last), after=request.args.get("after", ""))


@bp.post("/new")
@permission_required(Permission.TEACH)
def new_submit(workshop_id: str) -> ResponseReturnValue:
    """Add a slot."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    form, after = read_slot_form(workshop), request.form.get("after", "")

    def add() -> Slot:
        return add_slot(db.session, signed_in(), workshop_id, form.plan, after=after or None, now=now())

    return _save(
        workshop_id, add, lambda found, status: _page(_find_workshop(workshop_id), None, form, found, after, status)
    )


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
    """Change a slot, or remove it from the programme."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    slot = access.slot_of(workshop, slot_id)
    form, do = read_slot_form(workshop, slot), request.form.get("do")
    if do == BACK:
        return _page(workshop, slot, form)
    again = partial(_show_again, (workshop_id, slot_id), form)
    if do in ("remove", SURE):
        return _remove(workshop, slot, form, again, is_sure=do == SURE)
    return _save(workshop_id, partial(_change, (workshop_id, slot_id), form), again)


def _change(key: tuple[str, str], form: SlotForm) -> Slot:
    return change_slot(db.session, signed_in(), *key, form.plan, edition=form.edition, now=now())


def _show_again(key: tuple[str, str], form: SlotForm, problems: Sequence[Problem], status: int) -> ResponseReturnValue:
    workshop = _find_workshop(key[0])
    return _page(workshop, access.slot_of(workshop, key[1]), form, problems, status=status)


def _remove(workshop: Workshop, slot: Slot, form: SlotForm, again: Again, *, is_sure: bool) -> ResponseReturnValue:
    """Remove a slot. If it has own texts, ask for confirmation first."""
    kept, typed, key = _words(slot), _words(form.plan), (workshop.id, slot.id)
    if not is_sure and has_words(*kept[1:], *typed[1:]):
        if slot.edition != form.edition:
            return again([changed_meanwhile()], 422)
        return confirm_page(workshop, localize(slot.title, workshop), kept=kept, typed=typed, is_slot=True)

    def remove() -> None:
        remove_slot(db.session, signed_in(), *key, edition=form.edition, now=now())

    address = url_for("workshop_builder.show", workshop_id=workshop.id)
    words = _("Session removed. Its items are now in the basket.")
    return save_or_show_again(remove, again, there=lambda _done: address, words=words)


def _words(slot: Slot | Plan) -> tuple[Texts, ...]:
    return slot.title, slot.text, slot.trainer_notes, slot.materials


def _find_workshop(workshop_id: str) -> Workshop:
    return access.taught(db.session, signed_in(), workshop_id)


def _save(workshop_id: str, save: Callable[[], Slot], again: Again) -> ResponseReturnValue:
    """Save, then redirect to the slot in the programme, or show the form again."""

    def there(slot: Slot) -> str:
        return url_for("workshop_builder.show", workshop_id=workshop_id, _anchor=f"slot--{slot.id}")

    return save_or_show_again(save, again, there=there, words=_("Session saved."))


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
        above=localize(workshop.title, workshop),
        slot=slot,
        edition=edition_after(form.edition, slot.edition if slot is not None else 0, problems),
        is_conflict=has_conflict(problems),
        form=form,
        rows=rows,
        after=after,
        methods=[("", [(value, _(words)) for value, words in METHOD_WORDS.items()])],
        most_days=MOST_DAYS,
        problems=problem_lines(problems),
        title=not_ready() if status == 503 else "",
    )
