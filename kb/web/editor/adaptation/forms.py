"""Form to update an adaptation to its tool: initial values of controls, posted decisions, and validation.

A decision applies only to what the page displayed. Typed text is never discarded without asking.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kb.editing.adaptation.inherit import Decision, Kin, Verb
from kb.editing.forms.form_values import Posted
from kb.i18n import N_
from kb.kinds.adaptation.lineage import Descent, LineageState, PartDescent
from kb.problems import Problem
from kb.records.segments import HEADING as HEADING_LINE
from kb.records.segments import fingerprint

# Control names: a text, its heading, the initial state of both, the reason for the difference, and the displayed state
# of the tool.
TEXT, HEADING, WAS, WHY, SEEN = "t", "th", "was", "because", "seen"
# Suffix of a verb whose button was pressed again, after the page asked for confirmation.
FORCED = "!"
# Code of the problem that makes the page ask for confirmation.
ASK = "typed"

CHANGED_AGAIN = N_(
    "The tool or this adaptation has changed again in the meantime. Check the changes again. Your work is not lost."
)
NOT_READY = N_("The tool’s text is not ready in this language. Write the text yourself or keep the text you have.")
TYPED = N_("You have unsaved text here. Save it, or use the button below to discard it.")
NOTHING = N_("Enter the text first, or leave this part out.")


@dataclass(frozen=True)
class Sections:
    """Tells which texts are sections. A section has a heading and a text, each with its own control."""

    kin: Kin

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids of all sections of adaptation and tool."""
        return frozenset(each.id for each in (*self.kin.adaptation.sections, *self.kin.parent.sections))

    def split_heading(self, name: str, text: str | None) -> tuple[str, str]:
        """Split a section into heading and text. A text that is not a section has no heading."""
        if name not in self.names:
            return "", text or ""
        first, _end, rest = (text or "").partition("\n")
        heading = HEADING_LINE.match(first)
        return (heading["heading"] if heading else "", rest.strip("\n"))

    def join_heading(self, name: str, heading: str, text: str) -> str | None:
        """Return the text of a segment, or `None` if it is empty."""
        if not text.strip():
            return None
        heading = " ".join(heading.split()) or name
        return f"## {heading}\n\n{text.strip(chr(10))}" if name in self.names else text.strip()


def initial_text(kin: Kin, text: Descent) -> str | None:
    """Return a control's initial value: the adaptation's text, else the tool's text in the adaptation's language."""
    if text.text is not None or text.parent is None:
        return text.text
    offer = kin.offers[text.name]
    return offer.text if offer.is_ready else None


def mark_of(text: str | None) -> str:
    """Return the fingerprint of a control's text."""
    return fingerprint(text or "")


def seen_of(kin: Kin, part: PartDescent) -> str:
    """Return the fingerprint of everything the page shows of the tool in a part."""
    offered = [kin.offers[each.name].text if each.parent is not None else "" for each in part.open]
    return fingerprint(repr([(each.name, each.parent, each.standing) for each in part.open] + offered))


@dataclass(frozen=True)
class Given:
    """A posted form: the button's verb and part, and the resulting decision."""

    decision: Decision
    is_forced: bool

    @property
    def part(self) -> str:
        """The part that the button belongs to."""
        return self.decision.part


def read_decision(kin: Kin, posted: Posted, button: str, part: str) -> Given:
    """Return the posted form. An unknown button makes no decision, and all typed text is kept."""
    name, verbs = button.removesuffix(FORCED), [str(each) for each in Verb]
    verb = Verb(name) if name in verbs else None
    is_forced = button.endswith(FORCED)
    typed: dict[str, str | None] = {}
    whys: dict[str, str] = {}
    for each in kin.parts:
        mine = each.name == part
        if mine and is_forced:
            continue
        typed |= dict(_changed_texts(kin, each, posted, says=mine and verb is Verb.SAY))
        why = posted.text(f"{WHY}.{each.name}", before := kin.reason(each)).strip()
        whys |= {each.name: why} if why != before else {}
    return Given(Decision(verb, part, typed, whys), is_forced)


def _changed_texts(kin: Kin, part: PartDescent, posted: Posted, *, says: bool) -> Iterator[tuple[str, str | None]]:
    """Yield changed texts of a part. With `says`, yield all its texts, changed or not."""
    sections = Sections(kin)
    for each in part.open:
        if f"{TEXT}.{each.name}" not in posted:
            continue
        heading, text = posted.text(f"{HEADING}.{each.name}"), posted.text(f"{TEXT}.{each.name}")
        now = sections.join_heading(each.name, heading, text)
        if says or mark_of(now) != posted.text(f"{WAS}.{each.name}"):
            yield each.name, now


def find_problem(kin: Kin, posted: Posted, given: Given) -> Problem | None:
    """Return the problem that blocks a decision, or `None`."""
    decision, part = given.decision, kin.find(given.part)
    if decision.verb is None:
        return None
    if part is None or posted.text(f"{SEEN}.{part.name}") != seen_of(kin, part):
        return Problem("changed-again", CHANGED_AGAIN, (given.part,))
    if decision.verb is Verb.TAKE and not kin.can_take(part):
        return Problem("not-ready", NOT_READY, (given.part,))
    names = {each.name for each in part.open}
    is_typed = bool(names & decision.typed.keys())
    if decision.verb is Verb.TAKE and (is_typed or part.name in decision.whys):
        return Problem(ASK, TYPED, (given.part,))
    if decision.verb is Verb.KEEP and is_typed and all(each.standing is LineageState.NEW for each in part.open):
        return Problem(ASK, TYPED, (given.part,))
    if decision.verb is Verb.SAY and all(decision.typed.get(name) is None for name in names):
        return Problem("nothing-written", NOTHING, (given.part,))
    return None
