"""The pages of an adaptation: one question each, the pages of fields, the wording, and the last page with the files.

The questions depend on the answers: only what the chosen paper prints is asked. Everything else can be filled in from
the last page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kb.conversion.convert import Conversion
from kb.conversion.resolution import ResolvedBlank, ResolvedChoice
from kb.kinds.register.model import BlankTopic, Layer
from kb.kinds.tool.model import Need


class StepKind(StrEnum):
    """The kinds of pages."""

    BEGIN = "begin"
    CHOICE = "choice"
    TOPIC = "topic"
    TEXTS = "texts"
    TEXT = "text"
    DONE = "done"


@dataclass(frozen=True)
class Step:
    """One page: its kind, and the choice, topic or part that it is about. `code` names it in the form."""

    kind: StepKind
    about: str = ""

    @property
    def code(self) -> str:
        """The name of the page in the posted form, such as `choice:ch-model`."""
        return f"{self.kind}:{self.about}" if self.about else self.kind.value


BEGIN, TEXTS, DONE = Step(StepKind.BEGIN), Step(StepKind.TEXTS), Step(StepKind.DONE)


def read_step(code: str, found: Conversion) -> Step | None:
    """Return the page with this name, `None` if the adaptation has no such page with its answers."""
    kind, _sign, about = code.partition(":")
    known: Mapping[str, tuple[str, ...]] = {
        StepKind.BEGIN: ("",),
        StepKind.CHOICE: tuple(choice.id for choice in asked_choices(found)),
        StepKind.TOPIC: tuple(topics(found)),
        StepKind.TEXTS: ("",),
        StepKind.TEXT: tuple(part.passage.name for part in found.parts if part.is_printed),
        StepKind.DONE: ("",),
    }
    return Step(StepKind(kind), about) if about in known.get(kind, ()) else None


def asked_choices(found: Conversion) -> tuple[ResolvedChoice, ...]:
    """Return the choices that somebody has to make."""
    return tuple(choice for choice in found.choices if choice.asked)


def topics(found: Conversion) -> dict[BlankTopic, tuple[ResolvedBlank, ...]]:
    """Return the blanks of an adaptation by topic, in the order of the topics."""
    by_topic = {topic: tuple(each for each in found.blanks if each.view.blank.topic is topic) for topic in BlankTopic}
    return {topic: blanks for topic, blanks in by_topic.items() if blanks}


def questions(found: Conversion) -> tuple[Step, ...]:
    """Return the questions in order: the beginning, the choices, and the first topic that only the user knows."""
    choices = (Step(StepKind.CHOICE, choice.id) for choice in asked_choices(found))
    own = (topic for topic, blanks in topics(found).items() if any(map(_is_the_users_own, blanks)))
    first = next(own, None)
    return (BEGIN, *choices, *((Step(StepKind.TOPIC, first),) if first is not None else ()))


def _is_the_users_own(blank: ResolvedBlank) -> bool:
    return blank.view.blank.layer is Layer.LOCAL and blank.use.need is not Need.OPTIONAL


def step_after(found: Conversion, step: Step) -> Step:
    """Return the page that follows a page."""
    if step.kind is StepKind.TEXT:
        return TEXTS
    asked = questions(found)
    place = asked.index(step) + 1 if step in asked else len(asked)
    return asked[place] if place < len(asked) else DONE


def step_before(found: Conversion, step: Step) -> Step:
    """Return the page to which *Back* leads."""
    asked = questions(found)
    if step in asked:
        return asked[max(0, asked.index(step) - 1)]
    if step.kind is StepKind.TEXT:
        return TEXTS
    return asked[-1] if step == DONE else DONE
