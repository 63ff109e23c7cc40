"""Prepares the blanks of a conversion as cards for the template: label, value and source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from kb.conversion.convert import Conversion
from kb.conversion.resolution import BlankState, ResolvedBlank, is_late
from kb.kinds.country.profile_offers import ProfileValue
from kb.kinds.country.situation import YesNo
from kb.kinds.register.model import Blank, BlankTopic, BlankType
from kb.kinds.tool.model import Need
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import today
from kb.web.labels.tools import BLANK_TOPICS
from kb.web.tools.convert.forms import Posted, blank_name, posted_value
from kb.web.tools.convert.steps import topics

# Characters that fit into one line of a control.
LINE = 60


@dataclass(frozen=True)
class OfferView:
    """A value from the profile, with its source and the day of its last check. `note` is not for victims."""

    text: str
    is_used: bool
    source: str
    address: str
    checked: str
    is_late: bool
    needs_lawyer: bool
    note: str


@dataclass(frozen=True)
class BlankCard:
    """One blank on the page: label, value and source, with the names of its controls.

    `withheld` holds the profile's values for professionals only. They are never printed for victims.
    """

    id: str
    name: str
    label: str
    hint: str
    value: str
    rows: int
    state: str
    is_required: bool
    is_open: bool
    is_conflicting: bool
    is_old: bool
    is_absent: bool
    is_national: bool
    may_be_absent: bool
    needs_lawyer: bool
    entry_name: str
    absent_name: str
    confirmed_name: str
    is_confirmed: bool
    proposal: str
    offers: tuple[OfferView, ...]
    withheld: tuple[OfferView, ...]
    not_found: tuple[str, ...]


@dataclass(frozen=True)
class TopicPage:
    """The blanks of one topic, those that only the user knows first."""

    heading: str
    cards: tuple[BlankCard, ...]


def blank_cards(found: Conversion, topic: str, posted: Posted = MappingProxyType({})) -> TopicPage:
    """Return the blanks of a topic. `posted` holds the form values of a page with problems; the cards show them."""
    about = BlankTopic(topic)
    cards = [_as_typed(_blank(blank, found), posted) for blank in topics(found)[about]]
    return TopicPage(_(BLANK_TOPICS[about]), tuple(sorted(cards, key=lambda card: card.is_national)))


def _blank(blank: ResolvedBlank, found: Conversion) -> BlankCard:
    declared, offers = blank.view.blank, blank.offered.offers
    used = {entry.text for entry in blank.entries}
    is_conflicting = blank.offered.is_conflicting
    own = [entry.text for entry in blank.entries if not (is_conflicting and entry in offers)]
    answer = found.answers.blanks.get(blank.id)
    return BlankCard(
        id=blank.id,
        name=blank_name(blank),
        label=blank.view.label,
        hint=blank.view.hint,
        value="\n".join(own),
        rows=_rows(declared, own),
        state=blank.state,
        is_required=blank.use.need is not Need.OPTIONAL,
        is_open=blank.is_open_point,
        is_conflicting=is_conflicting,
        is_old=blank.is_old,
        is_absent=blank.state is BlankState.ABSENT,
        is_national=declared.layer == "national",
        may_be_absent=bool(blank.view.absent) or declared.layer == "national",
        needs_lawyer=declared.needs_lawyer is YesNo.YES or any(offer.needs_lawyer for offer in blank.entries),
        entry_name=blank_name(blank, "entry"),
        absent_name=blank_name(blank, "absent"),
        confirmed_name=blank_name(blank, "confirmed"),
        is_confirmed=answer is not None and answer.confirmed,
        proposal=blank.view.proposal if blank.view.proposal not in used else "",
        offers=tuple(_offer_view(offer, used) for offer in offers),
        withheld=tuple(_offer_view(offer, used) for offer in blank.offered.withheld),
        not_found=tuple(words for _row_id, words in blank.offered.not_found),
    )


def _offer_view(offer: ProfileValue, used: set[str]) -> OfferView:
    """Return the view of an offer. `used` holds the texts in the blank."""
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


def _rows(blank: Blank, entries: Iterable[str]) -> int:
    """Return the number of lines of a control, so that its whole text is visible."""
    if blank.type is BlankType.LONG:
        return 6
    lines = sum(1 + len(text) // LINE for text in entries)
    return max(2, lines + 1) if blank.several is YesNo.YES else max(1, lines)


def _as_typed(card: BlankCard, posted: Posted) -> BlankCard:
    if card.name not in posted:
        return card
    value = posted_value(posted, card.name, card.value)
    return replace(
        card,
        value=value,
        rows=max(card.rows, 1 + value.count("\n")),
        is_absent=card.absent_name in posted,
        is_confirmed=card.confirmed_name in posted,
    )
