"""Builds slides of trainers' own items: own texts, cards of a case, tasks of a worksheet, a quiz.

Participants have worksheets on paper. Their content is not shown again; the presenter notes hold it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from kb.documents.blocks import Block, Listing, Paragraph, Table
from kb.documents.slide_blocks import Side, Slide, SlideKind
from kb.i18n import N_
from kb.workshops.model import Item, ItemKind
from kb.workshops.plan.trainer_texts import best
from kb.workshops.slides.quiz_slides import quiz_slides
from kb.workshops.slides.record_slides import Telling
from kb.workshops.slides.slide_layout import brief, briefly, continued, fitting, heading, on_one, prose, sections, words

_SHEETS = (ItemKind.WORKSHEET, ItemKind.COMPARISON)
_NAME, _NAME_BESIDE = 60, 28  # maximum letters of a name above a slide
_EASY = (0, 1)  # font sizes in which several parts may share a slide
_CALLED: Mapping[str, str] = {
    ItemKind.CASE: N_("Case"),
    ItemKind.WORKSHEET: N_("Worksheet"),
    ItemKind.COMPARISON: N_("Comparison task"),
    ItemKind.QUIZ: N_("Quiz"),
}


def piece_slides(item: Item, telling: Telling) -> list[Slide]:
    """Return the slides of own text or of an exercise: one slide per heading of its text."""
    codes = [code for code in telling.languages if item.text.get(code)]
    codes = codes or [code for code in telling.languages if item.title.get(code)][:1] or list(telling.languages[:1])
    if item.kind == ItemKind.QUIZ:
        return quiz_slides(item, codes, telling, lambda code, title: _kicker(item, code, title, telling))
    if item.kind in _SHEETS:
        return _sheet(item, codes, telling)
    found = {code: list(sections(prose(item.text.get(code, "")), best(item.title, [code]))) for code in codes}
    notes = {code: prose(answers) for code in codes if (answers := item.answers.get(code))}
    if item.kind == ItemKind.CASE:
        return _case(item, found, notes, telling)
    made = list[Slide]()
    for place, row in enumerate(zip_longest(*(found[code] for code in codes))):
        sides = [
            Side(code, piece[0], piece[1], kicker=_kicker(item, code, piece[0], telling))
            for code, piece in zip(codes, row, strict=True)
            if piece is not None
        ]
        made += continued(SlideKind.TEXT, sides, notes=notes if place == 0 else {})
    return made or [Slide(SlideKind.TEXT, tuple(Side(code, best(item.title, [code])) for code in codes), notes=notes)]


def _case(
    item: Item,
    found: Mapping[str, Sequence[tuple[str, tuple[Block, ...]]]],
    notes: Mapping[str, tuple[Block, ...]],
    telling: Telling,
) -> list[Slide]:
    """Return a slide for each part of a case, which participants have on paper. Short parts share a slide."""
    rows = list(zip_longest(*found.values(), fillvalue=("", ())))
    groups = list[list[Side]]()
    for row in rows:
        sides = [
            Side(code, title or best(item.title, [code]), blocks, kicker=_kicker(item, code, title, telling))
            for code, (title, blocks) in zip(found, row, strict=True)
        ]
        together = [
            replace(above, blocks=(*above.blocks, heading(side.title), *side.blocks))
            for above, side in zip(groups[-1] if groups else [], sides, strict=bool(groups))
        ]
        is_parted = bool(together) and all(
            above.title == side.title for above, side in zip(groups[-1], sides, strict=True)
        )
        if together and not is_parted and fitting(SlideKind.CARD, together) in _EASY:
            groups[-1] = together
        else:
            groups.append(sides)
    groups = groups or [[Side(code, best(item.title, [code])) for code in found]]
    more = telling.more(found)
    first, *rest = groups
    return [
        on_one(SlideKind.CARD, first, more, notes=notes),
        *(on_one(SlideKind.CARD, sides, more) for sides in rest),
    ]


def _sheet(item: Item, codes: Sequence[str], telling: Telling) -> list[Slide]:
    """Return the task of a worksheet, and the discussion questions after it. The notes hold the whole sheet."""
    tasks, talks, notes = list[Side](), list[Side](), dict[str, tuple[Block, ...]]()
    for code in codes:
        speech, title, whole = telling.speech(code), best(item.title, [code]), prose(item.text.get(code, ""))
        first = next(((block,) for block in whole if isinstance(block, Paragraph)), ())
        lies = words(speech.say(N_("You have the handout in front of you.")))
        tasks.append(Side(code, title, (*map(briefly, first), lies), kicker=_kicker(item, code, title, telling)))
        called, talk = next((each for each in reversed(list(sections(whole, title))) if _is_talk(each[1])), ("", ()))
        if talk:
            talks.append(Side(code, called, talk, kicker=_kicker(item, code, called, telling)))
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
    """Return whether a section has discussion questions: a numbered list, and no table to fill in."""
    has_list = any(isinstance(block, Listing) and block.is_numbered for block in blocks)
    return has_list and not any(isinstance(block, Table) for block in blocks)


def _kicker(item: Item, code: str, title: str, telling: Telling) -> str:
    """Return the small line above a slide: the type of the item, and its name if the slide has its own heading.

    If the name begins with the type, the type is not repeated.
    """
    kind = telling.speech(code).say(_CALLED[item.kind]) if item.kind in _CALLED else ""
    name = best(item.title, [code])
    has_kind = name.casefold().startswith(f"{kind}:".casefold())
    if name == title:
        return "" if has_kind else kind
    if has_kind:
        name = name[len(kind) + 1 :].strip()
    return ": ".join(filter(None, (kind, brief(name, _NAME if len(telling.languages) == 1 else _NAME_BESIDE))))
