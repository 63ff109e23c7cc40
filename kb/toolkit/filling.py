"""What is printed where a blank stands in a text: what was filled in, the sentence that there is none, or a gap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kb.blocks.model import Mark, Run, Runs
from kb.countries.groups import CRIME_GROUPS
from kb.i18n import N_
from kb.speech import Speech
from kb.toolkit.places import GROUPS, PLACE
from kb.toolkit.standing import BlankStanding, BlankState, ChoiceStanding


def fill(
    run: Run, blanks: Mapping[str, BlankStanding], choices: Mapping[str, ChoiceStanding], speech: Speech, language: str
) -> Runs:
    """Return a text with its blanks filled. `language` is that of the text, noted where it is not the document's.

    What a person typed becomes plain words, whatever signs are in it.
    """
    run = replace(run, language="" if language == speech.code else language)
    text = GROUPS.sub(lambda match: _groups(choices.get(match["choice"]), match["value"], speech), run.text)
    return tuple(_pieces(replace(run, text=text), blanks, speech))


def _groups(choice: ChoiceStanding | None, value: str, speech: Speech) -> str:
    """Return for which groups of crimes an alternative was chosen: all of them, or their names."""
    groups = [group for group, values in choice.chosen.items() if group and value in values] if choice else []
    if len(groups) == len(CRIME_GROUPS):
        return speech.say(N_("all crimes"))
    return "; ".join(speech.say(CRIME_GROUPS[group]) for group in groups) or "–"


def _pieces(run: Run, blanks: Mapping[str, BlankStanding], speech: Speech) -> Iterator[Run]:
    position = 0
    for match in PLACE.finditer(run.text):
        if match.start() > position:
            yield replace(run, text=run.text[position : match.start()])
        yield _filled(run, blanks.get(match["blank"]), match["side"] or "", match["blank"], speech)
        position = match.end()
    if position < len(run.text):
        yield replace(run, text=run.text[position:])


def _filled(run: Run, blank: BlankStanding | None, side: str, name: str, speech: Speech) -> Run:
    if blank is None:  # not asked for with these choices, or unknown: the check of the tool tells
        return _gap(run, name, speech)
    if blank.state is BlankState.ABSENT and blank.view.absent:
        return replace(run, text=blank.view.absent, marks=run.marks | {Mark.FILLED})
    if blank.state is BlankState.ABSENT:
        return replace(run, text="–", marks=run.marks | {Mark.FILLED})
    if not blank.entries:
        return _gap(run, blank.view.label, speech)
    texts = [entry.sides.get(side, entry.text) if side else entry.text for entry in blank.entries]
    separator = "\n" if len(texts) > 1 and not side else ", "
    return replace(run, text=separator.join(texts), marks=run.marks | {Mark.FILLED}, link="")


def _gap(run: Run, label: str, speech: Speech) -> Run:
    text = speech.say(N_("[ %(label)s – to be filled ]"), label=label)
    return replace(run, text=text, marks=run.marks | {Mark.OPEN}, link="")
