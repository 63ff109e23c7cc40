"""Routes of the items of a workshop: add one, change its texts, freeze its record again, remove it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.extensions import db
from kb.problems import Problem
from kb.web.editor.save_fallback import not_ready
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.db_errors import Again, save_or_show_again
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, render, store
from kb.web.parts.workshop_words import ITEM_KINDS, localize
from kb.web.workshops.builder.confirm_removal import BACK, SURE, confirm_page
from kb.web.workshops.forms import (
    ItemForm,
    edition_after,
    has_conflict,
    item_form,
    new_item,
    problem_lines,
    read_item_form,
    rows,
    self_check_item,
)
from kb.web.workshops.frozen_records import comparisons
from kb.web.workshops.timetable import ItemView
from kb.workshops.model import Item, ItemKind, Texts, Workshop
from kb.workshops.plan import access
from kb.workshops.plan.items import ItemTexts, add_piece, change_item, remove_item, update_item
from kb.workshops.plan.trainer_texts import has_words
from kb.workshops.plan.validation import changed_meanwhile

bp = Blueprint("workshop_items", __name__, url_prefix="/<language:language>/trainer/workshops/<workshop_id>/items")


@bp.get("/new")
@permission_required(Permission.TEACH)
def new(workshop_id: str) -> ResponseReturnValue:
    """Show the form for own text or an exercise, for a slot or for the basket."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    form = self_check_item(workshop) if request.args.get("with") == "self-check" else new_item()
    return _page(workshop, None, form, slot_id=request.args.get("slot", ""))


@bp.post("/new")
@permission_required(Permission.TEACH)
def new_submit(workshop_id: str) -> ResponseReturnValue:
    """Add own text or an exercise."""
    form = read_item_form(access.taught(db.session, signed_in(), workshop_id))
    return _add(workshop_id, form, slot_id=request.form.get("slot", ""))


def _add(workshop_id: str, form: ItemForm, *, slot_id: str) -> ResponseReturnValue:
    def add() -> Item:
        piece = ItemTexts(form.kind, form.title, form.text, answers=form.answers)
        return add_piece(db.session, signed_in(), workshop_id, piece, slot_id=slot_id or None, now=now())

    def again(problems: Sequence[Problem], status: int) -> ResponseReturnValue:
        return _page(_find_workshop(workshop_id), None, form, problems, slot_id=slot_id, status=status)

    return _save(workshop_id, add, again)


@bp.get("/<item_id>")
@permission_required(Permission.TEACH)
def edit(workshop_id: str, item_id: str) -> ResponseReturnValue:
    """Show the form of an item. For a record, also show its frozen text and what has changed since."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    item = access.item_of(workshop, item_id)
    return _page(workshop, item, item_form(item))


@bp.post("/<item_id>")
@permission_required(Permission.TEACH)
def edit_submit(workshop_id: str, item_id: str) -> ResponseReturnValue:
    """Change the texts of an item, freeze its record again, or remove it, depending on the button."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    item = access.item_of(workshop, item_id)
    form, do = read_item_form(workshop, item), request.form.get("do", "")
    if do == BACK:
        return _page(workshop, item, form)
    again = partial(_show_again, (workshop_id, item_id), None if do == "update" else form)
    if do in ("remove", SURE):
        return _remove(workshop, item, form, again, is_sure=do == SURE)
    return _save(workshop_id, partial(_update if do == "update" else _change, (workshop_id, item_id), form), again)


def _update(key: tuple[str, str], _form: ItemForm) -> Item:
    """Freeze the record of an item again."""
    return update_item(db.session, store(), signed_in(), *key, now=now())


def _change(key: tuple[str, str], form: ItemForm) -> Item:
    title, text, answers, edition = form.title, form.text, form.answers, form.edition
    return change_item(
        db.session, signed_in(), *key, title=title, text=text, answers=answers, edition=edition, now=now()
    )


def _show_again(
    key: tuple[str, str], form: ItemForm | None, problems: Sequence[Problem], status: int
) -> ResponseReturnValue:
    """Show the form again. Without a form, show the saved texts."""
    workshop = _find_workshop(key[0])
    item = access.item_of(workshop, key[1])
    return _page(workshop, item, form or item_form(item), problems, status=status)


def _remove(workshop: Workshop, item: Item, form: ItemForm, again: Again, *, is_sure: bool) -> ResponseReturnValue:
    """Remove an item. If it has own texts, ask for confirmation first."""
    kept, typed, key = _words(item), _words(form), (workshop.id, item.id)
    if not is_sure and has_words(*kept, *typed):
        if item.edition != form.edition:
            return again([changed_meanwhile()], 422)
        return confirm_page(workshop, ItemView(item, workshop).title, kept=kept, typed=typed)

    def remove() -> None:
        remove_item(db.session, signed_in(), *key, edition=form.edition, now=now())

    address = url_for("workshop_builder.show", workshop_id=workshop.id)
    return save_or_show_again(remove, again, there=lambda _done: address, words=_("Item removed."))


def _words(item: Item | ItemForm) -> tuple[Texts, ...]:
    return item.title, item.text, item.answers


def _find_workshop(workshop_id: str) -> Workshop:
    return access.taught(db.session, signed_in(), workshop_id)


def _save(workshop_id: str, save: Callable[[], Item], again: Again) -> ResponseReturnValue:
    """Save, then redirect to the item in the programme, or show the form again."""

    def there(item: Item) -> str:
        return url_for("workshop_builder.show", workshop_id=workshop_id, _anchor=f"item--{item.id}")

    return save_or_show_again(save, again, there=there, words=_("Saved."))


def _page(
    workshop: Workshop,
    item: Item | None,
    form: ItemForm,
    problems: Sequence[Problem] = (),
    *,
    slot_id: str = "",
    status: int = 422,
) -> ResponseReturnValue:
    view = ItemView(item, workshop) if item is not None else None
    return render(
        "workshops/builder/item.html",
        status=status if problems else 200,
        workshop=workshop,
        above=localize(workshop.title, workshop),
        view=view,
        edition=edition_after(form.edition, item.edition if item is not None else 0, problems),
        is_conflict=has_conflict(problems),
        form=form,
        rows=rows,
        slot_id=slot_id,
        comparisons=comparisons(view) if view is not None and view.is_record else (),
        kinds=[("", [(value, _(words)) for value, words in ITEM_KINDS.items() if value != ItemKind.RECORD])],
        problems=problem_lines(problems),
        title=not_ready() if status == 503 else "",
    )
