"""What the profile of a country says for a blank, as the page of a conversion shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kb.conversion.resolution import is_late
from kb.kinds.country.profile_offers import ProfileValue
from kb.web.http import i18n
from kb.web.http.rendering import today


@dataclass(frozen=True)
class OfferView:
    """What the profile says, with who says so and when somebody looked; `note` is for whoever converts alone."""

    text: str
    is_used: bool
    source: str
    address: str
    checked: str
    is_late: bool
    needs_lawyer: bool
    note: str


def offer_view(offer: ProfileValue, used: set[str]) -> OfferView:
    """Return an offer; `used` are the texts that stand in the blank."""
    day: date | None = offer.checked
    return OfferView(
        text=offer.text,
        is_used=offer.text in used,
        source=offer.source.title if offer.source is not None else "",
        address=offer.source.address or "" if offer.source is not None else "",
        checked=i18n.date_words(day) if day is not None else "",
        is_late=day is not None and is_late(day, today()),
        needs_lawyer=offer.needs_lawyer,
        note=offer.note,
    )
