"""What a curator is offered at the end of a conversion: to keep it for the country, or the way to what is kept."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from kb.conversion.convert import Conversion
from kb.conversion.load import TOOLS
from kb.editing.adaptation.keep_conversion import KeptAdaptation, find_kept, may_keep
from kb.extensions import db
from kb.kinds.adaptation.model import ADAPTATION
from kb.kinds.country.membership import EUROPE
from kb.records.bundle import SOURCE
from kb.web.http import i18n
from kb.web.http.current_user import person
from kb.web.http.rendering import store


@dataclass(frozen=True)
class KeepOffer:
    """The button that keeps a conversion, or where the adaptation is that is there; somebody else's has no address."""

    country: str
    post: str
    kept: KeptAdaptation | None = None

    @property
    def address(self) -> str:
        """The editor of the adaptation that is there, if whoever looks may open it."""
        if self.kept is None or not (self.kept.is_record or self.kept.draft_id):
            return ""
        draft = None if self.kept.is_record else self.kept.draft_id
        return url_for("editor.edit", kind=ADAPTATION.name, record_id=self.kept.record_id, part=SOURCE, draft=draft)


def keep_offer(found: Conversion) -> KeepOffer | None:
    """Return what whoever looks may do with a conversion; nothing for readers, and of a tool for a country alone."""
    user, country, tool = person(), found.answers.country, found.tool
    if user is None or tool.kind != TOOLS or country not in EUROPE or country is None:
        return None
    if not may_keep(store(), user, tool.record, country, found.answers.language):
        return None
    return KeepOffer(
        i18n.country_name(country),
        url_for("adapting.keep_submit", record_id=tool.id),
        find_kept(db.session, store(), user, tool.id, country),
    )
