"""Routes of the exercise generator: make a case, worksheet, comparison task or quiz from the records of a workshop."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.extensions import db
from kb.problems import Problem
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.db_errors import save_or_show_again
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, store
from kb.web.workshops.builder.added_language import voices_in
from kb.web.workshops.builder.exercise_generator_page import (
    GeneratorForm,
    generator_page,
    read_form,
)
from kb.workshops.exercise_generator.generate import Wish, make
from kb.workshops.exercise_generator.wording import Voices
from kb.workshops.model import Item
from kb.workshops.plan import access

bp = Blueprint("workshop_making", __name__, url_prefix="/<language:language>/trainer/workshops/<workshop_id>/make")


@bp.get("")
@permission_required(Permission.TEACH)
def show(workshop_id: str) -> ResponseReturnValue:
    """Show the form to choose what to generate, and from which records."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    return generator_page(workshop, GeneratorForm(Wish("", ())), slot_id=request.args.get("slot", ""))


@bp.post("")
@permission_required(Permission.TEACH)
def submit(workshop_id: str) -> ResponseReturnValue:
    """Generate the exercise, and redirect to its form."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    return _save(workshop_id, read_form(), request.form.get("slot", ""), voices_in(workshop.languages))


def _save(workshop_id: str, form: GeneratorForm, slot_id: str, voices: Voices) -> ResponseReturnValue:
    def save() -> Item:
        slot = slot_id or None
        return make(db.session, store(), signed_in(), workshop_id, form.wish, voices, slot_id=slot, now=now())

    def again(problems: Sequence[Problem], status: int) -> ResponseReturnValue:
        found = access.taught(db.session, signed_in(), workshop_id)
        return generator_page(found, form, problems, slot_id=slot_id, status=status)

    def there(item: Item) -> str:
        return url_for("workshop_items.edit", workshop_id=workshop_id, item_id=item.id)

    words = _("Exercise created. Read it and change anything that does not fit your group.")
    return save_or_show_again(save, again, there=there, words=words)
