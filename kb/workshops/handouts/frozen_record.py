"""Prints a frozen record, shortened for participants: what it is, how good it is, what it says, its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kb.documents.blocks import Block, Box, Listing, Look, Mark, Paragraph, Run
from kb.documents.blocks import ListItem as Entry
from kb.i18n import N_
from kb.kinds.practice.rating_words import rating_sentence
from kb.records.markdown import cited
from kb.records.record import Passage
from kb.records.translation_status_words import state_words, worst_of
from kb.workshops.frozen.facts import EXERCISES, PRACTICES, facts_of, is_drafted, rated, source_numbers, sources
from kb.workshops.frozen.item import Frozen
from kb.workshops.frozen.section_headings import heading_of
from kb.workshops.handouts.page_setup import Setting
from kb.workshops.handouts.tool_papers import is_printed, is_tool
from kb.workshops.model import Item

# The other sections of a practice are for readers who adopt it; its page shows them.
_SECTIONS = ("what", "how", "results", "limits", "transfer")
# The model answers of an exercise are for its trainer. A tool is adapted to a country before it is printed.
_WITHOUT_SECTIONS = (EXERCISES, "tools", "adaptations")
# Limit for all other kinds: whole sections up to this many letters, about two pages.
_MOST_LETTERS = 5_000


def record_blocks(setting: Setting, item: Item, text: Frozen) -> Iterator[Block]:
    """Yield the printed content of a frozen record below its title. `text` is the item's text in the best language."""
    sections = list(_sections(text))
    summary = text.passages.get("summary")
    yield setting.paragraph(" · ".join(_standing(setting, item, text, sections)), Look.SMALL)
    if text.kind == PRACTICES:
        sentence = rating_sentence(*rated(text), setting.vocabularies, setting.speech)
        yield Paragraph((Run(sentence, frozenset({Mark.STRONG})),))
    if summary is not None:
        yield setting.paragraph(summary.text, language=summary.language)
    if is_tool(text):
        yield from _way_to_form(setting, text)
    numbers = cited_numbers(text, sections)
    for passage in sections:
        yield section_heading(setting, passage)
        yield from setting.prose(passage.body, passage.language, numbers=numbers, level=4)
    yield from _rest(setting, text, sections)
    yield from source_blocks(setting, text, numbers)


def _way_to_form(setting: Setting, text: Frozen) -> Iterator[Block]:
    """Say where the tool itself is: on a practice sheet of its own, and online for later use."""
    if is_printed(setting, text):
        yield setting.paragraph(setting.say(N_("This tool is handed out as a separate training document.")))
    if not text.is_foreign:
        address = f"{setting.link(f'{text.kind}/{text.id}')}/convert"
        words = setting.say(N_("Adapt the form to your country:"))
        yield Paragraph((Run(f"{words} "), Run(address, link=address)))


def section_heading(setting: Setting, passage: Passage, level: int = 3) -> Block:
    """Return the heading of a section."""
    words, language = heading_of(passage, setting.speech)
    return setting.heading(words, level, language)


def _sections(text: Frozen) -> Iterable[Passage]:
    """Return the sections that are printed."""
    if text.kind in _WITHOUT_SECTIONS:
        return ()
    if text.kind == PRACTICES:
        return (passage for passage in text.sections() if passage.name in _SECTIONS)
    return _first(text.sections())


def _first(sections: Sequence[Passage]) -> Iterator[Passage]:
    left = _MOST_LETTERS
    for passage in sections:
        left -= len(passage.body)
        if left < 0:
            return
        yield passage


def _standing(setting: Setting, item: Item, text: Frozen, sections: Sequence[Passage]) -> Iterator[str]:
    """Yield when it was frozen, its language if another one was wanted, and its author. A machine is named as such."""
    if item.frozen is not None:
        date, number = setting.speech.date(item.frozen.date()), text.parts.get("source", 1)
        yield setting.say(N_("saved copy of version %(number)s, %(date)s"), number=number, date=date)
    if text.language != setting.speech.code:
        language, is_removed = setting.speech.language(text.language), setting.speech.code in setting.held(item).erased
        shown = (
            N_("Shown in: %(language)s.")
            if is_removed  # the removal is already mentioned above
            else N_("Not available in this language, so shown in: %(language)s.")
        )
        yield setting.say(shown, language=language).rstrip(".")
    named = [text.passages[name] for name in ("title", "summary") if name in text.passages]
    drafted = setting.say(N_("Original, drafted by AI"))
    if is_drafted(text):
        yield drafted
    if named:
        words = state_words(worst_of((*named, *sections)), is_drafted=is_drafted(text), speech=setting.speech)
        yield from (each for each in (words,) if each != drafted)
    if text.is_foreign:
        yield setting.say(N_("This text was imported from another Praxis site and has not been checked here.")).rstrip(
            "."
        )


def _rest(setting: Setting, text: Frozen, sections: Sequence[Passage]) -> Iterator[Block]:
    """Say what is left out, and where the full text is. A record of another site has no page here."""
    runs = []
    left_out = [each for each in text.sections() if each not in sections]
    if left_out and text.kind not in _WITHOUT_SECTIONS:
        names = setting.speech.listing(heading_of(passage, setting.speech)[0] for passage in left_out)
        runs.append(Run(setting.say(N_("Not included here: %(list)s."), list=names) + " "))
    if not text.is_foreign:
        address = setting.link(f"{text.kind}/{text.id}")
        runs.append(Run(setting.say(N_("Current text online:")) + " "))
        runs.append(Run(address, link=address))
    if runs:
        yield Paragraph(tuple(runs), Look.SMALL)


def cited_numbers(text: Frozen, sections: Iterable[Passage]) -> dict[str, int]:
    """Return the numbers of the sources cited in the printed sections, in the order of the record's list."""
    wanted = {name for passage in sections for name, _line in cited(passage.body)}
    return {name: number for number, name in enumerate((each for each in source_numbers(text) if each in wanted), 1)}


def source_blocks(setting: Setting, text: Frozen, numbers: Mapping[str, int], level: int = 3) -> Iterator[Block]:
    """Yield the sources of the printed sections. The page of the record has the full addresses."""
    items = []
    for source in sources(facts_of(text)):
        if source.id in numbers:
            words = setting.run(source.title, source.language)
            runs = [replace(words, marks=frozenset({Mark.EMPHASIS}), link=source.address)]
            runs += [Run(f". {', '.join(source.details)}")] if source.details else []
            items.append(Entry((Paragraph(tuple(runs)),)))
    if items:
        yield setting.heading(setting.say(N_("Sources")), level)
        yield Box((Listing(tuple(items), is_numbered=True),), Look.SMALL)
