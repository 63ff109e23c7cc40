"""Offers values from a country's profile for the blanks of a tool, with source and date of the last check."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from kb.i18n import N_
from kb.kinds.country.helpline_audiences import WHOM
from kb.kinds.country.model import Country, Free, Helpline, HelplineKind
from kb.kinds.country.opening_hours import NOT_KNOWN
from kb.kinds.country.opening_hours_words import hours_in_words
from kb.kinds.country.situation import AnswerStatus, KeyFact, YesNo
from kb.records.record import Reading
from kb.records.sources import Source
from kb.speech import Speech, lower_first

# The key fact that each kind of helpline answers. All other kinds are lines for certain victims.
_BY_KIND: Mapping[HelplineKind, str] = {
    HelplineKind.EMERGENCY: "f-emergency",
    HelplineKind.VICTIMS: "f-helpline",
    HelplineKind.EMOTIONAL_SUPPORT: "f-crisis-line",
}
_OTHER_LINES = "f-helplines-special"
_ABBREVIATED = re.compile(r"\b(?:str|d|m)\.$")  # Lithuanian: article, day, year
# Prefix of the key facts that are laws.
LAWS = "f-law-"


@dataclass(frozen=True)
class ProfileValue:
    """One value for a blank. `sides` are its parts by name, such as `number`; `text` is all of it in one line.

    `plain` is the line for victims, empty if there is none. In documents for victims that line is the `text`, and
    `note` holds the text for professionals.
    """

    text: str
    sides: Mapping[str, str] = field(default_factory=dict)
    source: Source | None = None
    checked: date | None = None
    is_conflicting: bool = False
    needs_lawyer: bool = False
    row: str = ""
    plain: str = ""
    note: str = ""

    def in_plain_words(self) -> ProfileValue:
        """Return the version for victims."""
        words = self.sides.get("plain", "")
        sides = {name: text for name, text in self.sides.items() if name not in ("text", "plain")}
        note = self.text if self.text != self.plain else ""
        return replace(self, text=self.plain, note=note, sides=_without_empty(sides | {"text": words}))


@dataclass(frozen=True)
class Offered:
    """The values of the profile for one key fact; they may be empty, or marked as absent in the country.

    `withheld` are entries that must not be printed, because they address professionals only. `not_found` describes
    what could not be found out, each with the id of its row. It is for the person who converts a tool, and is never
    printed in the tool.
    """

    offers: tuple[ProfileValue, ...] = ()
    is_absent: bool = False
    withheld: tuple[ProfileValue, ...] = ()
    not_found: tuple[tuple[str, str], ...] = ()

    def only(self, row: str | None) -> Offered:
        """Return the values of one row of the fact, or of all rows if `row` is `None`."""
        if row is None:
            return self
        offers = tuple(offer for offer in self.offers if offer.row == row)
        return Offered(offers, self.is_absent, not_found=tuple(each for each in self.not_found if each[0] == row))

    def in_plain_words(self) -> Offered:
        """Return the version for victims: name, contact and plain words."""
        offers = tuple(offer.in_plain_words() for offer in self.offers if offer.plain)
        withheld = tuple(offer for offer in self.offers if not offer.plain)
        return Offered(offers, self.is_absent, withheld, self.not_found)

    @property
    def is_conflicting(self) -> bool:
        """Whether sources contradict each other, so that the user has to choose."""
        return any(offer.is_conflicting for offer in self.offers)


def profile_values(country: Reading[Country], speech: Speech) -> dict[str, Offered]:
    """Return the values of a country's profile by key fact."""
    record = country.record
    sources = {source.id: source for source in record.sources}
    found: dict[str, list[ProfileValue]] = {}
    absent: set[str] = set()
    not_found: dict[str, list[tuple[str, str]]] = {}
    kinds = Counter(line.kind for line in record.helplines)
    for line in record.helplines:
        fact = _BY_KIND.get(line.kind, _OTHER_LINES)
        several = kinds[line.kind] > 1
        found.setdefault(fact, []).append(_line_offer(line, country, speech, sources, is_one_of_several=several))
    for row in record.facts:
        if words := country.text(f"facts.{row.id}.not_found"):
            not_found.setdefault(row.fact, []).append((row.id, words))
        if row.known is AnswerStatus.ABSENT:
            absent.add(row.fact)
        elif (
            row.known is not AnswerStatus.NOT_KNOWN
            and (offer := _fact_offer(row, country, speech, sources)) is not None
        ):
            found.setdefault(row.fact, []).append(offer)
    return {
        fact: Offered(
            tuple(found.get(fact, ())), fact in absent and fact not in found, not_found=tuple(not_found.get(fact, ()))
        )
        for fact in {*found, *absent, *not_found}
    }


def _line_offer(
    line: Helpline, country: Reading[Country], speech: Speech, sources: Mapping[str, Source], *, is_one_of_several: bool
) -> ProfileValue:
    """Return the printed value of a helpline: its audience if limited, and how it differs from lines of its kind."""
    hours = "; ".join(hours_in_words(line.hours, speech)) if line.hours and NOT_KNOWN not in line.hours else ""
    note = country.text(f"helplines.{line.id}.note")
    sides = {
        "name": line.name,
        "number": line.number,
        "hours": hours,
        "languages": speech.listing([speech.language(code) for code in line.languages]),
        "address": line.address or "",
        "text": note,
        "plain": note,  # the note addresses the people who call the line
    }
    hours = lower_first(hours) if speech.day_name(0)[:1].islower() else hours  # inside a sentence
    free = speech.say(N_("free")) if line.free is Free.YES else ""
    extra = ", ".join(word for word in (hours, sides["languages"], free) if word)
    head = f"{speech.say(WHOM[line.kind])}: " if line.kind not in _BY_KIND else ""
    joint = ", " if head else ": "
    reached = line.name if _says(line.name, line.number) else f"{line.name}{joint}{line.number}"
    text = f"{head}{reached}" + (f" ({extra})" if extra else "")
    text = f"{text}. {note}" if is_one_of_several and note and not head else text
    return ProfileValue(text, _without_empty(sides), sources.get(line.source), line.checked, plain=text)


def _fact_offer(
    row: KeyFact, country: Reading[Country], speech: Speech, sources: Mapping[str, Source]
) -> ProfileValue | None:
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
        "text": country.text(f"facts.{row.id}.text"),
        "plain": country.text(f"facts.{row.id}.plain"),
    }
    text = _join(tuple(_pieces(row, sides, speech)))
    if not text:
        return None
    source = next((sources[each] for each in row.sources if each in sources), None)
    return ProfileValue(
        text,
        _without_empty(sides),
        source,
        row.checked,
        is_conflicting=row.conflicting is YesNo.YES,
        needs_lawyer=row.needs_lawyer is YesNo.YES,
        row=row.id,
        plain=" ".join(_plain_pieces(row, sides, speech)),
    )


def _pieces(row: KeyFact, sides: Mapping[str, str], speech: Speech) -> Iterator[str]:
    """Yield the pieces of the line of a fact: name or law, contact, duration, text."""
    named = sides["name"] or _law(sides, speech)
    head = _head(row, named, sides, speech)
    yield from (text for text in (head, sides["duration"], sides["text"]) if text)


def _join(pieces: tuple[str, ...]) -> str:
    """Join pieces to one line without the last full stop; the full stop of an abbreviation stays."""
    line = ". ".join(piece.rstrip(".") for piece in pieces)
    return f"{line}." if _ABBREVIATED.search("".join(pieces)) else line


def _plain_pieces(row: KeyFact, sides: Mapping[str, str], speech: Speech) -> Iterator[str]:
    """Yield the pieces of the line for victims.

    A law is included only if the fact itself is a law. A duration is included only if there is nothing else to say.
    """
    named = sides["name"] or (_law(sides, speech) if row.fact.startswith(LAWS) else "")
    head = _head(row, named, sides, speech) if named or _reach(sides) else ""
    if said := sides["plain"] or ("" if head else sides["duration"]):
        yield from (f"{head}.", said) if head else (said,)
    elif head:
        yield head


def _head(row: KeyFact, named: str, sides: Mapping[str, str], speech: Speech) -> str:
    free = speech.say(N_("free")) if row.free is YesNo.YES else ""
    extra = ", ".join(word for word in (sides["hours"], sides["languages"], free) if word)
    base = ": ".join(word for word in (named, _reach(sides)) if word)
    return f"{base} ({extra})" if base and extra else base or _begun(extra)


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _law(sides: Mapping[str, str], speech: Speech) -> str:
    """Return a law with its articles, marked with "art.": a bare "66" would look like a number of the title."""
    articles = speech.say(N_("art. %(articles)s"), articles=sides["articles"]) if sides["articles"] else ""
    return ", ".join(words for words in (sides["law"], articles) if words)


def _says(name: str, number: str) -> bool:
    """Whether a name such as SMS 113 or 116000 Linea already contains the number."""
    return number.replace(" ", "") in name.split() or number == name


def _reach(sides: Mapping[str, str]) -> str:
    number = "" if _says(sides["name"], sides["number"]) else sides["number"]
    return ", ".join(word for word in (number, sides["email"], sides["address"]) if word)


def _without_empty(sides: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in sides.items() if text}
