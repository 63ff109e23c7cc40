"""Builds a worksheet from a practice: what the practice relies on there, and room to write what exists here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kb.i18n import N_
from kb.problems import Problem
from kb.records.markdown import escaped
from kb.workshops.exercise_generator.markdown_writer import (
    cut_title,
    joined,
    laws,
    link,
    made_from,
    numbered,
    section,
    table,
    warning,
)
from kb.workshops.exercise_generator.source_material import SourceMaterial
from kb.workshops.exercise_generator.wording import Voice, Voices
from kb.workshops.model import ItemKind
from kb.workshops.plan.items import ItemTexts
from kb.workshops.plan.transaction import refuse

_NEEDS: Mapping[str, str] = {
    "staff": N_("Staff"),
    "money": N_("Money"),
    "law": N_("Change of law"),
    "data_protection": N_("Personal data"),
    "time": N_("First results"),
}
_COLUMNS = (N_("There"), N_("Here"), N_("What is missing"), N_("Who decides"))
_INTRO = N_(
    "On the left stands what %(practice)s rests on where it is used. Write beside it what there is where you work, "
    "what is missing, and who can decide it. That nobody knows is an answer too: write whom you will ask."
)
_QUESTIONS = (
    N_("Which missing thing has to come first, because the others rest on it?"),
    N_("What could begin within four weeks, without a new law and without more money?"),
    N_("What must not begin before something else is there, because it would put people at risk?"),
    N_("Who of those who decide is not in this room, and who speaks with them?"),
)


def worksheet(practice: SourceMaterial, voices: Voices) -> ItemTexts:
    """Return the worksheet “What would you need here?”. Raises `Rejected` if the practice has too little text."""
    if not any(_conditions(practice, code) or _resources(practice, voices[code]) for code in voices):
        message = N_(
            "“%(title)s” names neither conditions nor resources, so there is nothing to compare. Choose another."
        )
        title = practice.title(next(iter(voices)))
        refuse([Problem("too-little", message, ("worksheet",), params={"title": title})])
    title = N_("What would you need here? %(title)s")
    return ItemTexts(
        ItemKind.WORKSHEET,
        {code: cut_title(voice.say(title, title=practice.title(code))) for code, voice in voices.items()},
        {code: _text(practice, voice) for code, voice in voices.items()},
        (practice.record,),
        {code: made_from([practice], voice) for code, voice in voices.items()},
    )


def _text(practice: SourceMaterial, voice: Voice) -> str:
    code = voice.code
    groups = (
        (N_("Conditions of transfer"), map(escaped, _conditions(practice, code))),
        (N_("What one would need"), _resources(practice, voice)),
        (N_("Legal basis"), map(escaped, laws(practice, voice))),
        (N_("Steps"), map(escaped, practice.steps("how", code))),
    )
    return joined(
        (
            voice.say(_INTRO, practice=link(practice, code)),
            warning(practice, voice),
            *(section(voice.say(heading), _rows(rows, voice)) for heading, rows in groups),
            section(voice.say(N_("Only here")), _rows([""] * 2, voice)),
            section(voice.say(N_("Then talk about it")), numbered(map(voice.say, _QUESTIONS))),
        )
    )


def _rows(rows: Iterable[str], voice: Voice) -> str:
    found = [(row, "", "", "") for row in rows]
    return table([voice.say(name) for name in _COLUMNS], found) if found else ""


def _conditions(practice: SourceMaterial, code: str) -> tuple[str, ...]:
    rows = practice.facts.rows("transfer_conditions")
    return tuple(filter(None, (practice.text(f"transfer_conditions.{row.one('id')}.label", code) for row in rows)))


def _resources(practice: SourceMaterial, voice: Voice) -> tuple[str, ...]:
    def lines() -> Iterator[str]:
        for name, label in _NEEDS.items():
            if text := practice.text(f"needs.{name}", voice.code):
                yield f"**{voice.say(label)}:** {escaped(text)}"

    return tuple(lines())
