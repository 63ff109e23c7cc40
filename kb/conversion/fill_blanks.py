"""Fills the blanks of a text: with the entries, the sentence for an absent value, or a line to write on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kb.conversion.resolution import BlankState, ResolvedBlank, ResolvedChoice
from kb.documents.blocks import Block, Box, Listing, ListItem, Mark, Paragraph, Run, Runs
from kb.i18n import N_
from kb.kinds.country.crime_groups import CRIME_GROUPS
from kb.kinds.country.profile_offers import ProfileValue
from kb.kinds.register.blanks import GROUPS, PLACE
from kb.records.markdown_blocks import trimmed
from kb.speech import Speech

_ONLY_GROUPS = re.compile(rf"[ ]*[^.!?\n]+: {GROUPS.pattern}\.?")
# Separates two entries of a blank.
BREAK = Run("\n")
# Up to this many groups of crimes are named as exceptions, instead of naming all the others.
_FEW = 2
# Signs that may follow the entries at the end of a paragraph.
_ENDS = " .;"


def fill(
    run: Run, blanks: Mapping[str, ResolvedBlank], choices: Mapping[str, ResolvedChoice], speech: Speech, language: str
) -> Runs:
    """Fill the blanks of a run. `language` is the language of the text; runs carry it if the document's differs.

    The user's input becomes plain text; markup in it has no effect.
    """
    spoken = "" if language == speech.code else language
    if run.language != spoken:
        run = replace(run, language=spoken)
    if "{{" not in run.text:
        return (run,)
    text = GROUPS.sub(lambda match: _groups(choices.get(match["choice"]), match["value"], speech), run.text)
    return tuple(_pieces(replace(run, text=text), blanks))


def without_needless_groups(text: str, choices: Mapping[str, ResolvedChoice]) -> str:
    """Remove the sentences that only say that a choice applies to all crimes, or to the only one of a file.

    In a text for every crime, the user who converts a tool needs them; they confuse victims.
    """
    return _ONLY_GROUPS.sub(
        lambda match: "" if _holds_for_all(choices.get(match["choice"]), match["value"]) else match[0], text
    )


def _holds_for_all(choice: ResolvedChoice | None, value: str) -> bool:
    return choice is not None and {group for group, values in choice.chosen.items() if value in values} >= {
        *choice.groups
    }


def _groups(choice: ResolvedChoice | None, value: str, speech: Speech) -> str:
    """Name the groups of crimes with this alternative: all of them, all except a few, or each by name."""
    groups = {group for group, values in choice.chosen.items() if group and value in values} if choice else set()
    others = CRIME_GROUPS.keys() - groups
    if not others:
        return speech.say(N_("all crimes"))
    named = others if len(others) <= _FEW else groups
    names = "; ".join(speech.say(name) for group, name in CRIME_GROUPS.items() if group in named)
    return speech.say(N_("all crimes except: %(groups)s"), groups=names) if named is others else names or "–"


def _pieces(run: Run, blanks: Mapping[str, ResolvedBlank]) -> Iterator[Run]:
    position = 0
    for match in PLACE.finditer(run.text):
        if match.start() > position:
            yield replace(run, text=run.text[position : match.start()])
        filled = _filled(run, blanks.get(match["blank"]), match["side"] or "", match["blank"])
        yield from filled
        # An entry may end with a full stop; then skip the one in the text.
        position = match.end() + (filled[-1].text.endswith(".") and run.text.startswith(".", match.end()))
    if position < len(run.text):
        yield replace(run, text=run.text[position:])


def _filled(run: Run, blank: ResolvedBlank | None, side: str, name: str) -> Runs:
    """Return the runs that replace a blank. A line break separates several whole entries."""
    if blank is None:  # not asked with these choices, or unknown: the tool's check reports it
        return (_gap(run, name),)
    if blank.state is BlankState.ABSENT:
        return (_words(run, blank.view.absent or "–"),)
    if not blank.entries:
        return (_gap(run, blank.view.label),)
    texts = [_unbroken(entry, entry.sides.get(side, entry.text) if side else entry.text) for entry in blank.entries]
    if side:
        joint = "; " if side == "law" or any("," in text for text in texts) else ", "
        return (_words(run, joint.join(texts)),)
    found = [_words(run, texts[0])]
    for text in texts[1:]:
        found += [BREAK, _words(run, text)]
    return tuple(found)


def _words(run: Run, text: str) -> Run:
    return replace(run, text=text, marks=run.marks | {Mark.FILLED}, link="")


def _unbroken(entry: ProfileValue, text: str) -> str:
    """Return the text with no-break spaces in its telephone number, so that no line breaks inside it."""
    number = entry.sides.get("number", "")
    return text.replace(number, number.replace(" ", "\N{NO-BREAK SPACE}")) if number else text


def _gap(run: Run, label: str) -> Run:
    """Return a line to write on, in place of a blank that nothing fills."""
    return replace(run, text=label, marks=run.marks | {Mark.LINE}, link="")


def entries_as_lists(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Move the entries of one blank at the end of a paragraph into a list below it.

    Readers look for a telephone number there and find it faster in a list.
    """
    return tuple(_blocks_with_lists(blocks))


def _blocks_with_lists(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Paragraph():
                yield from _split_paragraph(block)
            case Box():
                yield replace(block, blocks=entries_as_lists(block.blocks))
            case Listing():
                yield replace(block, items=tuple(ListItem(entries_as_lists(item.blocks)) for item in block.items))
            case _:
                yield block


def _split_paragraph(paragraph: Paragraph) -> Iterator[Block]:
    runs = paragraph.runs
    breaks = [place for place, run in enumerate(runs) if run is BREAK]
    if not breaks or not _is_end(runs[breaks[-1] + 2 :]) or not _is_one_blank(runs[breaks[0] - 1 : breaks[-1] + 2]):
        yield paragraph
        return
    first = breaks[0] - 1
    if before := trimmed(runs[:first]):
        yield replace(paragraph, runs=before)
    entries = (run for run in runs[first:] if Mark.FILLED in run.marks)
    yield Listing(tuple(ListItem((replace(paragraph, runs=(entry,)),)) for entry in entries))


def _is_one_blank(runs: Runs) -> bool:
    return all(run is BREAK or Mark.FILLED in run.marks for run in runs)


def _is_end(runs: Iterable[Run]) -> bool:
    return all(not run.text.strip(_ENDS) for run in runs)
