"""The form of an adaptation beside its tool: what stands in its controls, what was posted, and what has to be mended.

Nobody decides about anything that the page did not show, and nothing that was typed is put away unasked.
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

# The controls: a text, its heading, what stood in both at first, why it differs, and what of the tool was shown.
TEXT, HEADING, WAS, WHY, SEEN = "t", "th", "was", "because", "seen"
# A verb with this sign was pressed again, after the page had asked.
FORCED = "!"
# The code of the problem after which the page asks.
ASK = "typed"

CHANGED_AGAIN = N_("The tool or this adaptation has changed again meanwhile. Look at it once more; nothing is lost.")
NOT_READY = N_("The tool's text is not ready in this language. Write it yourself, or keep yours.")
TYPED = N_("You have written here. Save your text, or press the button below to give it up.")
NOTHING = N_("Write the text first, or leave the part out.")


@dataclass(frozen=True)
class Sections:
    """Which texts are sections: they have a heading and a text, each with a control of its own."""

    kin: Kin

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids of all sections of either."""
        return frozenset(each.id for each in (*self.kin.adaptation.sections, *self.kin.parent.sections))

    def split_heading(self, name: str, text: str | None) -> tuple[str, str]:
        """Return the heading of a section and its text; of words that alone."""
        if name not in self.names:
            return "", text or ""
        first, _end, rest = (text or "").partition("\n")
        heading = HEADING_LINE.match(first)
        return (heading["heading"] if heading else "", rest.strip("\n"))

    def join_heading(self, name: str, heading: str, text: str) -> str | None:
        """Return the text of a segment, or `None` where nothing is written."""
        if not text.strip():
            return None
        heading = " ".join(heading.split()) or name
        return f"## {heading}\n\n{text.strip(chr(10))}" if name in self.names else text.strip()


def initial_text(kin: Kin, text: Descent) -> str | None:
    """Return what stands in a control at first: what the adaptation says, else what the tool offers in its language."""
    if text.text is not None or text.parent is None:
        return text.text
    offer = kin.offers[text.name]
    return offer.text if offer.is_ready else None


def mark_of(text: str | None) -> str:
    """Return what stands for a text that a control held."""
    return fingerprint(text or "")


def seen_of(kin: Kin, part: PartDescent) -> str:
    """Return what stands for all that the page shows of the tool in a part."""
    offered = [kin.offers[each.name].text if each.parent is not None else "" for each in part.open]
    return fingerprint(repr([(each.name, each.parent, each.standing) for each in part.open] + offered))


@dataclass(frozen=True)
class Given:
    """What was posted: the button's verb and part, and the decision that it comes to."""

    decision: Decision
    is_forced: bool

    @property
    def part(self) -> str:
        """The part that the button is about."""
        return self.decision.part


def read_decision(kin: Kin, posted: Posted, button: str, part: str) -> Given:
    """Return what was posted. A button that is none of the three decides nothing, and everything typed is kept."""
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
    """Yield what was changed in the controls of a part; all that stands there, where it is what somebody `says`."""
    sections = Sections(kin)
    for each in part.open:
        if f"{TEXT}.{each.name}" not in posted:
            continue
        heading, text = posted.text(f"{HEADING}.{each.name}"), posted.text(f"{TEXT}.{each.name}")
        now = sections.join_heading(each.name, heading, text)
        if says or mark_of(now) != posted.text(f"{WAS}.{each.name}"):
            yield each.name, now


def find_problem(kin: Kin, posted: Posted, given: Given) -> Problem | None:
    """Return what keeps a decision from being carried out."""
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
