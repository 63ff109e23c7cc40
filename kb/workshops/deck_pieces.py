"""Slides of what a trainer wrote: own words, cards of a case, what is to be done on a sheet, a quiz.

What lies on paper before participants is not shown again: the presenter's notes hold it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from kb.blocks.model import Block, Listing, Paragraph, Table
from kb.blocks.slides import Side, Slide, SlideKind
from kb.i18n import N_
from kb.workshops.deck_frame import brief, briefly, continued, fitting, heading, on_one, prose, sections, words
from kb.workshops.deck_quiz import quiz_slides
from kb.workshops.deck_records import Telling
from kb.workshops.model import Item, ItemKind
from kb.workshops.wording import best

_SHEETS = (ItemKind.WORKSHEET, ItemKind.COMPARISON)
_NAME = 60  # letters of a name above a slide
_CALLED: Mapping[str, str] = {
    ItemKind.CASE: N_("Case"),
    ItemKind.WORKSHEET: N_("Worksheet"),
    ItemKind.COMPARISON: N_("Comparison task"),
    ItemKind.QUIZ: N_("Quiz"),
}


def piece_slides(item: Item, telling: Telling) -> list[Slide]:
    """Return the slides of own words or of an exercise: a new slide for each heading of its text."""
    codes = [code for code in telling.languages if item.text.get(code)]
    codes = codes or [code for code in telling.languages if item.title.get(code)][:1] or list(telling.languages[:1])
    if item.kind == ItemKind.QUIZ:
        return quiz_slides(item, codes, telling, [kicker(item, code, "", telling) for code in codes])
    if item.kind in _SHEETS:
        return _sheet(item, codes, telling)
    kind = SlideKind.CARD if item.kind == ItemKind.CASE else SlideKind.TEXT
    found = {code: list(sections(prose(item.text.get(code, "")), best(item.title, [code]))) for code in codes}
    notes = {code: prose(answers) for code in codes if (answers := item.answers.get(code))}
    made = list[Slide]()
    for place, row in enumerate(zip_longest(*(found[code] for code in codes))):
        sides = [
            Side(code, piece[0], piece[1], kicker=kicker(item, code, piece[0], telling))
            for code, piece in zip(codes, row, strict=True)
            if piece is not None
        ]
        noted = notes if place == 0 else {}
        if item.kind == ItemKind.CASE:
            made.append(on_one(kind, sides, telling.more(codes), notes=noted))
        else:
            made += continued(kind, sides, notes=noted)
    return made or [Slide(kind, tuple(Side(code, best(item.title, [code])) for code in codes), notes=notes)]


def _sheet(item: Item, codes: Sequence[str], telling: Telling) -> list[Slide]:
    """Return what is to be done with a sheet, and what to talk about behind it; all of the sheet is in the notes."""
    tasks, talks, notes = list[Side](), list[Side](), dict[str, tuple[Block, ...]]()
    for code in codes:
        speech, title, whole = telling.speech(code), best(item.title, [code]), prose(item.text.get(code, ""))
        first = next(((block,) for block in whole if isinstance(block, Paragraph)), ())
        lies = words(speech.say(N_("The sheet lies before you.")))
        tasks.append(Side(code, title, (*map(briefly, first), lies), kicker=kicker(item, code, title, telling)))
        called, talk = next((each for each in reversed(list(sections(whole, title))) if _is_talk(each[1])), ("", ()))
        if talk:
            talks.append(Side(code, called, talk, kicker=kicker(item, code, called, telling)))
        notes[code] = (*whole, *prose(item.answers.get(code, "")))
    if len(talks) == len(tasks):
        whole_sides = [
            replace(task, blocks=(*task.blocks, heading(talk.title), *talk.blocks))
            for task, talk in zip(tasks, talks, strict=True)
        ]
        if fitting(SlideKind.QUESTION, whole_sides) is not None:
            return continued(SlideKind.QUESTION, whole_sides, notes=notes)
    more = telling.more(codes)
    slides = [on_one(SlideKind.QUESTION, tasks, more, notes=notes)]
    return [*slides, replace(on_one(SlideKind.QUESTION, talks, more), notes={})] if talks else slides


def _is_talk(blocks: Sequence[Block]) -> bool:
    """Whether a section holds questions to talk about: a numbered list, and no table to write in."""
    has_list = any(isinstance(block, Listing) and block.is_numbered for block in blocks)
    return has_list and not any(isinstance(block, Table) for block in blocks)


def kicker(item: Item, code: str, title: str, telling: Telling) -> str:
    """Return what stands above a slide: what the item is, and its name where the slide has a heading of its own.

    A name that begins with what the item is says so once.
    """
    kind = telling.speech(code).say(_CALLED[item.kind]) if item.kind in _CALLED else ""
    name = best(item.title, [code])
    if name == title:
        name = ""
    elif name.casefold().startswith(f"{kind}:".casefold()):
        name = name[len(kind) + 1 :].strip()
    return ": ".join(filter(None, (kind, brief(name, _NAME))))
