"""Renders a conversion as a document: the printed parts, their cited sources and the last pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from kb.conversion.answers import ConversionAnswers
from kb.conversion.convert import Conversion, ResolvedPart
from kb.conversion.fill_blanks import entries_as_lists, fill, without_needless_groups
from kb.conversion.page_formats import arranged, page_setup
from kb.conversion.provenance_page import about_blocks, not_reviewed_blocks
from kb.documents.blocks import (
    WORDS,
    Block,
    Box,
    ColumnBreak,
    Document,
    Heading,
    Listing,
    ListItem,
    Look,
    Mark,
    PageBreak,
    Paragraph,
    Pictured,
    QrCode,
    Rule,
    Run,
    Runs,
    Strips,
)
from kb.i18n import N_
from kb.kinds.adaptation.model import Adaptation
from kb.kinds.country.situation import YesNo
from kb.kinds.register.condition import is_met
from kb.kinds.tool.case_fields import field_blocks, in_rows
from kb.kinds.tool.drawings import DRAWINGS
from kb.kinds.tool.model import CaseField, PaperFormat, PartStyle, ToolKind, ToolPaper, ToolPart
from kb.kinds.tool.victim_wording import is_for_victims
from kb.records.markdown_blocks import to_blocks
from kb.records.sources import Source
from kb.speech import Speech, lower_first

_LOOKS: Mapping[PartStyle, Look] = {
    PartStyle.SAY: Look.SAY,
    PartStyle.USER_NOTE: Look.SMALL,
    PartStyle.LARGE: Look.LARGE,
    PartStyle.NUMBER: Look.NUMBER,
}
_WITH_CONTENTS = (ToolKind.GUIDE, ToolKind.AGREEMENT)
# A paper with more chapters than these begins with a list of them.
_CHAPTER, _FEW_CHAPTERS = 2, 8
_MARK = re.compile(r"\[\^(?P<source>[a-z0-9-]+)\]")


def render(found: Conversion, *, link: Callable[[str], str] = str) -> Document:
    """Return the document of a conversion: of the paper that its answers select, if the tool makes several.

    A tool that makes one document has a draft stamp while points are open. On a paper, each of them is a line to write
    on. `link` makes addresses absolute.
    """
    speech, sources = found.sources.speech, found.tool.record.sources
    blocks: list[Block] = list(printed_blocks(found, link=link))
    if blocks and isinstance(blocks[0], PageBreak) and found.tool.record.kind not in _WITH_CONTENTS:
        del blocks[0]  # it would leave the title alone on a page
    blocks += _source_blocks(sources, _source_numbers(found), speech)
    if (paper := found.scope.paper) is not None:
        return _paper(found, paper, tuple(arranged(blocks, paper)))
    if found.tool.record.kind is not ToolKind.LEAFLET:  # victims read a leaflet from its first page
        blocks[:0] = not_reviewed_blocks(found.tool, found.country, found.answers, speech)
    if not found.answers.without_about:
        blocks += about_blocks(found.tool, found.country, found.answers, found.blanks, speech)
    return _document(found, tuple(blocks))


def printed_blocks(found: Conversion, *, link: Callable[[str], str] = str) -> Iterator[Block]:
    """Yield the blocks of the printed parts, one part at a time: a caller who needs the first page makes no more."""
    filling, cited = filling_of(found), partial(_replace_marks, numbers=_source_numbers(found))
    told: set[str] = set()
    for part in found.parts:
        if part.is_printed:
            yield from part_blocks(found, part, filling, link, cited)
        elif part.waits_for:
            yield from _gap_blocks(part, told, filling, found.sources.speech)


def _source_numbers(found: Conversion) -> Mapping[str, int]:
    return _number_sources(found.tool.record.sources, (part.text for part in found.parts if part.is_printed))


def filling_of(found: Conversion) -> partial[Runs]:
    """Return `fill` for the blanks and choices of a conversion; it still takes a run and its language."""
    return partial(
        fill,
        blanks={blank.id: blank for blank in found.blanks},
        choices={choice.id: choice for choice in found.choices},
        speech=found.sources.speech,
    )


def _gap_blocks(
    standing: ResolvedPart, told: set[str], filling: Callable[..., Runs], speech: Speech
) -> Iterator[Block]:
    """Yield the placeholder for a part whose printing depends on an open choice.

    A locked part has its own gap under its heading. Other parts mention each set of choices once; `told` records them.
    """
    passage, waits_for = standing.passage, ", ".join(standing.waits_for)
    is_locked = standing.part.locked is YesNo.YES
    if is_locked and passage.heading:
        yield Heading(int(standing.part.level), filling(Run(passage.heading), language=passage.language), passage.name)
    if is_locked or waits_for not in told:
        told.add(waits_for)
        text = speech.say(N_("[ Text that depends on a choice: %(choice)s ]"), choice=waits_for)
        yield Paragraph((Run(text, frozenset({Mark.OPEN})),))


def part_blocks(
    found: Conversion,
    standing: ResolvedPart,
    filling: partial[Runs],
    link: Callable[[str], str],
    cited: Callable[[str], str],
) -> Iterator[Block]:
    """Yield the blocks of a printed part: its heading, its text with the blanks filled in, its case fields."""
    part, passage, tool, speech = standing.part, standing.passage, found.tool, found.sources.speech
    language = passage.language if standing.own is None else speech.code
    level = int(part.level)
    if part.new_page is YesNo.YES:  # the copy of a form for the victim is one sheet to take home
        yield PageBreak(tool.record.kind is ToolKind.FORM and part.style is PartStyle.LARGE)
    if part.new_panel is YesNo.YES:
        yield ColumnBreak()
    if part.cut_above is YesNo.YES:
        yield Rule(is_cut=True)
    said = partial(_said, found, part, filling=partial(filling, language=language))
    if passage.heading and part.without_heading is not YesNo.YES:
        yield Heading(level, said(passage.heading), passage.name)
    text = cited(_without_needless_groups(found, part, standing.text))
    texts = entries_as_lists(to_blocks(text, link=link, replace=partial(filling, language=language), level=level + 1))
    yield from _styled(found, part, texts, link)
    shown = (field for field in tool.record.fields if field.part == passage.name and _is_shown(field, found))
    yield from in_rows((field, block) for field in shown for block in _field_blocks(found, field, filling))


def _said(found: Conversion, part: ToolPart, text: str, *, filling: Callable[[Run], Runs]) -> Runs:
    return filling(Run(_without_needless_groups(found, part, text).rstrip(".") if "{{ch-" in text else text))


def _without_needless_groups(found: Conversion, part: ToolPart, text: str) -> str:
    if found.scope.crime or is_for_victims(found.tool.record, part):
        return without_needless_groups(text, {choice.id: choice for choice in found.choices})
    return text


def _styled(found: Conversion, part: ToolPart, texts: tuple[Block, ...], link: Callable[[str], str]) -> Iterator[Block]:
    """Yield the text of a part as its style prints it."""
    look = _LOOKS.get(part.style)
    if not texts:
        return
    if part.style is PartStyle.STRIPS:
        yield Strips(_one_line(texts))
    elif part.style is PartStyle.CODE and found.country is not None:
        yield QrCode(link(f"help/{found.country.record.code.lower()}"), _one_line(texts))
    elif part.drawing is not None:
        yield Pictured(part.drawing, found.sources.speech.say(DRAWINGS[part.drawing]), texts)
    elif look is not None:
        yield Box(texts, look)
    else:
        yield from texts


def _one_line(texts: Iterable[Block]) -> Runs:
    """Return the runs of paragraphs and of the entries of lists, with a space between two of them."""
    paragraphs = [block.runs for block in _paragraphs(texts)]
    return tuple(run for number, runs in enumerate(paragraphs) for run in ((Run(" "),) if number else ()) + runs)


def _is_shown(field: CaseField, found: Conversion) -> bool:
    return found.scope.is_about(field) and is_met(field.when, found.settled)


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Listing):
            for item in block.items:
                yield from _paragraphs(item.blocks)


def _field_blocks(found: Conversion, field: CaseField, filling: partial[Runs]) -> Iterator[Block]:
    label = found.tool.passages[f"fields.{field.id}.label"]
    filled = filling(Run(label.text), language=label.language)
    return field_blocks(field, found.tool, found.sources.speech, filled, found.scope.groups)


def _paper(found: Conversion, paper: ToolPaper, blocks: tuple[Block, ...]) -> Document:
    """Return the document of a paper. What victims take with them names no review and no origin."""
    speech, record = found.sources.speech, found.tool.record
    country = found.country.title.text if found.country is not None else ""
    facts = () if paper.for_victims is YesNo.YES else tuple(_facts(found, country))
    named = "" if isinstance(record, Adaptation) else country  # the title of an adaptation names its country
    return Document(
        title=found.tool.text(f"papers.{paper.id}.label"),
        language=speech.code,
        blocks=blocks,
        author="Praxis",
        header=" · ".join(word for word in (found.tool.title.text, named) if word) if facts else "",
        footer=" · ".join(facts),
        made_on=found.today,
        is_form=record.kind in (ToolKind.FORM, ToolKind.QUESTIONNAIRE),
        has_contents=paper.format is PaperFormat.A4 and record.kind in _WITH_CONTENTS and _needs_contents(blocks),
        page=page_setup(paper),
        words={name: speech.translate(text) for name, text in WORDS.items()},
    )


def _needs_contents(blocks: tuple[Block, ...]) -> bool:
    """Whether a document is too long to find a chapter by leafing through it."""
    return sum(isinstance(block, Heading) and block.level == _CHAPTER for block in blocks) > _FEW_CHAPTERS


def _facts(found: Conversion, country: str) -> Iterator[str]:
    """Yield what the foot of a paper says: country, version, day, and whether it was reviewed."""
    speech, record = found.sources.speech, found.tool.record
    if country:
        yield country
    version = speech.say(N_("Version %(number)s"), number=record.version)
    yield lower_first(version) if country else version
    yield speech.date(found.today)
    yield from _reviewed(found.answers, speech)
    is_reviewed = found.answers.is_reviewed or (isinstance(record, Adaptation) and record.reviewed_by_lawyer)
    if country and not is_reviewed:
        yield speech.say(N_("not reviewed by a lawyer"))


def _document(found: Conversion, blocks: tuple[Block, ...]) -> Document:
    speech = found.sources.speech
    record = found.tool.record
    # The title of an adaptation names its country.
    subtitle = found.country.title.text if found.country is not None and not isinstance(record, Adaptation) else ""
    stamp = ""
    if found.open_points:
        stamp = speech.say(N_("Draft. Still to complete: %(count)s"), count=found.open_points)
    version = lower_first(speech.say(N_("Version %(number)s"), number=record.version))
    return Document(
        title=found.tool.title.text,
        language=speech.code,
        blocks=blocks,
        subtitle=subtitle,
        summary=found.tool.text("summary"),
        author="Praxis",
        stamp=stamp,
        header=" · ".join(word for word in (found.tool.title.text, subtitle) if word),
        footer=" · ".join((version, speech.date(found.today), *_reviewed(found.answers, speech))),
        made_on=found.today,
        is_form=record.kind in (ToolKind.FORM, ToolKind.QUESTIONNAIRE),
        has_contents=record.kind in _WITH_CONTENTS,
        words={name: speech.translate(text) for name, text in WORDS.items()},
    )


def _reviewed(answers: ConversionAnswers, speech: Speech) -> Iterator[str]:
    if answers.is_reviewed and answers.reviewed_on is not None:
        words, day = N_("reviewed by %(function)s on %(date)s"), speech.date(answers.reviewed_on)
        yield speech.say(words, function=answers.reviewed_by.strip(), date=day)


def _number_sources(sources: Iterable[Source], texts: Iterable[str]) -> Mapping[str, int]:
    """Number the cited sources from 1, in the order of the tool's list. Return the numbers by source id."""
    cited = {match["source"] for text in texts for match in _MARK.finditer(text)}
    return {name: number for number, name in enumerate((s.id for s in sources if s.id in cited), start=1)}


def _replace_marks(text: str, numbers: Mapping[str, int]) -> str:
    """Replace marks such as `[^s1]` with numbers. A mark without a known source stays unchanged."""
    return _MARK.sub(lambda match: f" [{numbers[match['source']]}]" if match["source"] in numbers else match[0], text)


def _source_blocks(sources: Iterable[Source], numbers: Mapping[str, int], speech: Speech) -> Iterator[Block]:
    """Yield the heading and the list of cited sources, or nothing without any."""
    items = tuple(ListItem((Paragraph(tuple(_source_runs(source))),)) for source in sources if source.id in numbers)
    if items:
        yield Heading(2, (Run(speech.say(N_("Sources"))),), "sources")
        yield Listing(items, is_numbered=True)


def _source_runs(source: Source) -> Iterator[Run]:
    """Yield the title as a link, marked with its own language, then publisher, year and address.

    The address is spelled out for readers on paper.
    """
    yield Run(source.title, link=source.address or "", language=source.language or "")
    rest = [*([source.publisher] if source.publisher else []), *([str(source.year)] if source.year else [])]
    if rest:
        end = " " if source.title.endswith(("?", "!", ".")) else ". "
        yield Run(end + ", ".join(rest))
    if source.address:
        yield Run(f". {source.address}")
