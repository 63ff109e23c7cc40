"""A tool, a country and what a person answered, made into a document with its open points and warnings.

Nothing is kept here and nothing is asked for that speaks of a victim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from kb.conversion.answers import ConversionAnswers
from kb.conversion.cited import numbered, source_blocks, with_numbers
from kb.conversion.fill_blanks import entries_as_lists, fill, without_needless_groups
from kb.conversion.provenance_page import about_blocks, not_reviewed_blocks
from kb.conversion.resolution import BlankStanding, ChoiceStanding, blank_standings, choice_standings, settled
from kb.documents.blocks import WORDS, Block, Box, Document, Heading, Look, Mark, PageBreak, Paragraph, Run, Runs
from kb.i18n import N_
from kb.kinds.adaptation.model import Adaptation
from kb.kinds.country.model import Country
from kb.kinds.country.profile_offers import Offered, offered
from kb.kinds.country.situation import YesNo
from kb.kinds.register.condition import Settled, names_in, read_condition
from kb.kinds.register.model import Register
from kb.kinds.tool.case_fields import field_blocks
from kb.kinds.tool.declared import Declared, declared
from kb.kinds.tool.model import PartStyle, Tool, ToolKind, ToolPart
from kb.kinds.tool.victim_wording import blanks_for_victims, is_for_victims
from kb.records.markdown_blocks import to_blocks
from kb.records.record import Passage, Reading
from kb.records.segments import fingerprint
from kb.speech import Speech

_LOOKS: Mapping[PartStyle, Look] = {
    PartStyle.SAY: Look.SAY,
    PartStyle.USER_NOTE: Look.SMALL,
    PartStyle.LARGE: Look.LARGE,
}
_WITH_CONTENTS = (ToolKind.GUIDE, ToolKind.AGREEMENT)
_NO_PART = ToolPart(id="none")


@dataclass(frozen=True)
class PartStanding:
    """A part of the tool as it stands: its text, the person's own if she wrote one.

    `is_outdated`: the tool's text changed after the person wrote hers over it. `waits_for` are the labels of choices
    that nobody has made and that have no default: until then a gap is printed in its place.
    """

    part: ToolPart
    passage: Passage
    own: str | None
    is_printed: bool
    is_outdated: bool = False
    waits_for: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What is printed, in Markdown."""
        return self.own if self.own is not None else self.passage.body


@dataclass(frozen=True)
class Conversion:
    """Everything that became of the answers. `open_blanks` and `open_choices` are stamped on every page."""

    tool: Reading[Tool]
    country: Reading[Country] | None
    answers: ConversionAnswers
    declared: Declared
    choices: tuple[ChoiceStanding, ...]
    blanks: tuple[BlankStanding, ...]
    parts: tuple[PartStanding, ...]
    cautions: tuple[str, ...]
    document: Document = field(repr=False)

    @property
    def open_blanks(self) -> tuple[BlankStanding, ...]:
        """Blanks that have to be filled or confirmed."""
        return tuple(blank for blank in self.blanks if blank.is_open_point)

    @property
    def open_choices(self) -> tuple[ChoiceStanding, ...]:
        """Choices that nobody has made."""
        return tuple(choice for choice in self.choices if choice.is_open_point)

    @property
    def open_points(self) -> int:
        """How many points are open."""
        return len(self.open_blanks) + len(self.open_choices)


def convert(
    tool: Reading[Tool],
    registers: Iterable[Reading[Register]],
    country: Reading[Country] | None,
    answers: ConversionAnswers,
    speech: Speech,
    today: date,
    *,
    link: Callable[[str], str] = str,
) -> Conversion:
    """Return what becomes of a tool.

    The readings are in the language of `speech`; what an adaptation settled stands in `answers` already; `link` makes
    addresses absolute.
    """
    known = declared(tool, registers)
    record = tool.record
    profile: Mapping[str, Offered] = offered(country, speech) if country is not None else {}
    choices = choice_standings(record, known, answers)
    for_victims = blanks_for_victims(record, _texts(tool, answers))
    blanks = blank_standings(record, known, answers, profile, choices, today, for_victims=for_victims)
    decided = settled(choices, blanks)
    parts = tuple(_parts(tool, answers, known, decided))
    cautions = tuple(view.text for view in known.cautions if _holds(view.caution.when, decided))
    found = Conversion(tool, country, answers, known, choices, blanks, parts, cautions, Document("", speech.code, ()))
    return _with_document(found, decided, speech, today, link)


def _texts(tool: Reading[Tool], answers: ConversionAnswers) -> Iterator[tuple[str, str]]:
    """Yield every text that may be printed with the section it belongs to: the tool's, and the person's own."""
    yield from ((passage.name, passage.text) for passage in tool.sections())
    yield from ((name, own.text) for name, own in answers.texts.items())


def _holds(when: str | None, decided: Settled) -> bool:
    condition = read_condition(when) if when else None
    return when is None or (condition is not None and condition.holds(decided))


def _parts(
    tool: Reading[Tool], answers: ConversionAnswers, known: Declared, decided: Settled
) -> Iterator[PartStanding]:
    parts = {part.id: part for part in tool.record.parts}
    for passage in tool.sections():
        part = parts.get(passage.name, _NO_PART)
        own = answers.texts.get(passage.name)
        may_print = part.style is not PartStyle.ADAPTER_NOTE
        is_outdated = own is not None and own.over != fingerprint(passage.body)
        waits_for = tuple(_waited_for(part.when, known, decided)) if may_print else ()
        yield PartStanding(
            part,
            passage,
            own.text if own is not None else None,
            may_print and _holds(part.when, decided),
            is_outdated,
            waits_for,
        )


def _waited_for(when: str | None, known: Declared, decided: Settled) -> Iterator[str]:
    """Yield the labels of the choices that keep a condition from being decided."""
    condition = read_condition(when) if when else None
    if condition is not None and condition.is_undecided(decided):
        names = dict.fromkeys(name for name in names_in(condition) if decided.waiting.get(name))
        yield from (known.choices[name].label for name in names)


def _with_document(
    found: Conversion, decided: Settled, speech: Speech, today: date, link: Callable[[str], str]
) -> Conversion:
    filling = partial(
        fill,
        blanks={blank.id: blank for blank in found.blanks},
        choices={choice.id: choice for choice in found.choices},
        speech=speech,
    )
    blocks: list[Block] = []
    printed = [standing for standing in found.parts if standing.is_printed]
    sources = found.tool.record.sources
    numbers = numbered(sources, (standing.text for standing in printed))
    cited = partial(with_numbers, numbers=numbers)
    told: set[str] = set()
    for standing in found.parts:
        if standing.is_printed:
            blocks += _part_blocks(found.tool, standing, decided, filling, speech, link, cited)
        elif standing.waits_for:
            blocks += _gap_blocks(standing, told, filling, speech)
    if blocks and isinstance(blocks[0], PageBreak) and found.tool.record.kind not in _WITH_CONTENTS:
        del blocks[0]  # it would leave the title alone on a page
    blocks += source_blocks(sources, numbers, speech)
    if found.tool.record.kind is not ToolKind.LEAFLET:  # victims read it from its first page on
        blocks[:0] = not_reviewed_blocks(found.tool, found.country, found.answers, speech)
    if not found.answers.without_about:
        blocks += about_blocks(found.tool, found.country, found.answers, found.blanks, speech)
    return replace(found, document=_document(found, tuple(blocks), speech, today))


def _gap_blocks(
    standing: PartStanding, told: set[str], filling: Callable[..., Runs], speech: Speech
) -> Iterator[Block]:
    """Yield what stands in place of a part of which nobody has chosen whether it is printed.

    A locked part is a gap of its own, under its heading; of others each choice is `told` once.
    """
    passage, waits_for = standing.passage, ", ".join(standing.waits_for)
    is_locked = standing.part.locked is YesNo.YES
    if is_locked and passage.heading:
        yield Heading(int(standing.part.level), filling(Run(passage.heading), language=passage.language), passage.name)
    if is_locked or waits_for not in told:
        told.add(waits_for)
        text = speech.say(N_("[ Text that depends on a choice: %(choice)s ]"), choice=waits_for)
        yield Paragraph((Run(text, frozenset({Mark.OPEN})),))


def _part_blocks(
    tool: Reading[Tool],
    standing: PartStanding,
    decided: Settled,
    filling: partial[Runs],
    speech: Speech,
    link: Callable[[str], str],
    cited: Callable[[str], str],
) -> Iterator[Block]:
    part, passage = standing.part, standing.passage
    language = passage.language if standing.own is None else speech.code
    level = int(part.level)
    if part.new_page is YesNo.YES:  # the copy of a form for the victim is one sheet to take home
        yield PageBreak(tool.record.kind is ToolKind.FORM and part.style is PartStyle.LARGE)
    if passage.heading and part.without_heading is not YesNo.YES:
        yield Heading(level, filling(Run(passage.heading), language=passage.language), passage.name)
    text = cited(standing.text)
    if is_for_victims(tool.record, part):
        text = without_needless_groups(text, filling.keywords["choices"])
    texts = entries_as_lists(to_blocks(text, link=link, replace=partial(filling, language=language), level=level + 1))
    look = _LOOKS.get(part.style)
    if look is not None and texts:
        yield Box(texts, look)
    else:
        yield from texts
    for each in tool.record.fields:
        if each.part == passage.name and _holds(each.when, decided):
            label = tool.passages[f"fields.{each.id}.label"]
            yield from field_blocks(each, tool, speech, filling(Run(label.text), language=label.language))


def _document(found: Conversion, blocks: tuple[Block, ...], speech: Speech, today: date) -> Document:
    record = found.tool.record
    # The title of an adaptation names its country.
    subtitle = found.country.title.text if found.country is not None and not isinstance(record, Adaptation) else ""
    stamp = ""
    if found.open_points:
        stamp = speech.say(N_("Draft. Open points: %(count)s"), count=found.open_points)
    version = speech.say(N_("version %(version)s"), version=record.version)
    return Document(
        title=found.tool.title.text,
        language=speech.code,
        blocks=blocks,
        subtitle=subtitle,
        summary=found.tool.text("summary"),
        author="Praxis",
        stamp=stamp,
        header=" · ".join(word for word in (found.tool.title.text, subtitle) if word),
        footer=" · ".join((version, speech.date(today), *_reviewed(found.answers, speech))),
        made_on=today,
        is_form=record.kind in (ToolKind.FORM, ToolKind.QUESTIONNAIRE),
        has_contents=record.kind in _WITH_CONTENTS,
        words={name: speech.translate(text) for name, text in WORDS.items()},
    )


def _reviewed(answers: ConversionAnswers, speech: Speech) -> Iterator[str]:
    if answers.is_reviewed and answers.reviewed_on is not None:
        words, day = N_("reviewed by %(function)s on %(date)s"), speech.date(answers.reviewed_on)
        yield speech.say(words, function=answers.reviewed_by.strip(), date=day)
