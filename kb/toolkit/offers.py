"""What a country's profile offers for the blanks of a tool, each with its source and the day when it was checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from kb.content.record import Reading
from kb.content.sources import Source
from kb.countries.hours import NOT_KNOWN
from kb.countries.hours_words import hours_in_words
from kb.countries.model import Country, Free, Helpline, HelplineKind
from kb.countries.situation import KeyFact, Known, YesNo
from kb.i18n import N_
from kb.speech import Speech

# Which key fact a helpline answers. Lines that are neither for emergencies, nor for all victims, nor for despair are
# those for certain victims.
_BY_KIND: Mapping[HelplineKind, str] = {
    HelplineKind.EMERGENCY: "f-emergency",
    HelplineKind.VICTIMS: "f-helpline",
    HelplineKind.EMOTIONAL_SUPPORT: "f-crisis-line",
}
_OTHER_LINES = "f-helplines-special"


@dataclass(frozen=True)
class Offer:
    """One entry for a blank. `sides` are its parts by name, such as `number`; `text` is the whole of it in one line."""

    text: str
    sides: Mapping[str, str] = field(default_factory=dict)
    source: Source | None = None
    checked: date | None = None
    is_conflicting: bool = False
    needs_lawyer: bool = False
    row: str = ""


@dataclass(frozen=True)
class Offered:
    """What the profile says about one key fact: entries, or that there is no such thing, or nothing."""

    offers: tuple[Offer, ...] = ()
    is_absent: bool = False

    def only(self, row: str | None) -> Offered:
        """Return what one row of the fact says, or all of them."""
        if row is None:
            return self
        return Offered(tuple(offer for offer in self.offers if offer.row == row), self.is_absent)

    @property
    def is_conflicting(self) -> bool:
        """Whether sources contradict each other, so that the person has to choose."""
        return any(offer.is_conflicting for offer in self.offers)


def offered(country: Reading, speech: Speech) -> dict[str, Offered]:
    """Return what a country's profile says, by key fact."""
    record: Country = country.record
    sources = {source.id: source for source in record.sources}
    found: dict[str, list[Offer]] = {}
    absent: set[str] = set()
    for line in record.helplines:
        fact = _BY_KIND.get(line.kind, _OTHER_LINES)
        found.setdefault(fact, []).append(_line_offer(line, country, speech, sources))
    for row in record.facts:
        if row.known is Known.ABSENT:
            absent.add(row.fact)
        elif row.known is not Known.NOT_KNOWN and (offer := _fact_offer(row, country, speech, sources)) is not None:
            found.setdefault(row.fact, []).append(offer)
    facts = {*found, *absent}
    return {fact: Offered(tuple(found.get(fact, ())), fact in absent and fact not in found) for fact in facts}


def _line_offer(line: Helpline, country: Reading, speech: Speech, sources: Mapping[str, Source]) -> Offer:
    hours = "; ".join(hours_in_words(line.hours, speech)) if line.hours and NOT_KNOWN not in line.hours else ""
    sides = {
        "name": line.name,
        "number": line.number,
        "hours": hours,
        "languages": speech.listing([speech.language(code) for code in line.languages]),
        "address": line.address or "",
        "text": country.text(f"helplines.{line.id}.note"),
    }
    free = speech.say(N_("free")) if line.free is Free.YES else ""
    name = f"{line.name}: " if line.name != line.number else ""
    extra = ", ".join(word for word in (hours, sides["languages"], free) if word)
    text = f"{name}{line.number}" + (f" ({extra})" if extra else "")
    return Offer(text, _without_empty(sides), sources.get(line.source), line.checked)


def _fact_offer(row: KeyFact, country: Reading, speech: Speech, sources: Mapping[str, Source]) -> Offer | None:
    said = country.text(f"facts.{row.id}.text")
    hours = "; ".join(hours_in_words(row.hours, speech)) if row.hours and NOT_KNOWN not in row.hours else ""
    span = speech.span(int(row.amount), row.unit) if row.amount and row.unit else row.amount or ""
    sides = {
        "name": row.name or "",
        "law": row.law or "",
        "articles": row.articles or "",
        "number": row.number or "",
        "email": row.email or "",
        "address": row.address or "",
        "hours": hours,
        "languages": speech.listing([speech.language(code) for code in row.languages]),
        "duration": span,
        "text": said,
    }
    text = ". ".join(_pieces(row, sides, speech))
    if not text:
        return None
    source = next((sources[each] for each in row.sources if each in sources), None)
    return Offer(
        text,
        _without_empty(sides),
        source,
        row.checked,
        is_conflicting=row.conflicting is YesNo.YES,
        needs_lawyer=row.needs_lawyer is YesNo.YES,
        row=row.id,
    )


def _pieces(row: KeyFact, sides: Mapping[str, str], speech: Speech) -> Iterator[str]:
    """Yield what stands in the line of a fact: who or which law, how to reach it, how long, and what is said of it."""
    free = speech.say(N_("free")) if row.free is YesNo.YES else ""
    reach = ", ".join(sides[name] for name in ("number", "email", "address") if sides[name])
    extra = ", ".join(word for word in (sides["hours"], sides["languages"], free) if word)
    named = sides["name"] or ", ".join(sides[name] for name in ("law", "articles") if sides[name])
    head = ": ".join(word for word in (named, reach) if word) + (f" ({extra})" if extra else "")
    yield from (text.rstrip(".") for text in (head, sides["duration"], sides["text"]) if text)


def _without_empty(sides: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in sides.items() if text}
