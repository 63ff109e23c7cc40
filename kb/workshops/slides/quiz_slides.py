"""Builds slides of a quiz: a question with all its options, then a slide with its answer and the source."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest

from kb.documents.blocks import Block, Box, Listing, Look, Mark, Paragraph, plain
from kb.documents.slide_blocks import Side, Slide, SlideKind
from kb.i18n import N_
from kb.workshops.model import Item
from kb.workshops.plan.trainer_texts import best
from kb.workshops.slides.record_slides import Telling
from kb.workshops.slides.slide_layout import brief, briefly, continued, fitting, on_one, prose, sections, words

Piece = tuple[str, tuple[Block, ...]]
# A name between quotation marks. A long one is shortened.
_QUOTED = re.compile(r"(?<=[“„«])[^“”„«»]+(?=[”“»])")
_NAME = {1: 90, 2: 44}  # maximum letters of such a name, by the number of languages
_ANSWER_NAME = 44


def quiz_slides(item: Item, codes: Sequence[str], telling: Telling, kicker: Callable[[str, str], str]) -> list[Slide]:
    """Return for each question its slide and, for trainers only, a slide with the answer.

    `kicker` returns the small line above a title in a language. The notes hold the full text of everything shortened.
    """
    asked = {code: _read_questions(prose(item.text.get(code, ""))) for code in codes}
    answers = {code: iter(_read_solutions(prose(item.answers.get(code, "")))) for code in codes}
    slides = list[Slide]()
    for row in zip_longest(*(asked[code] for code in codes)):
        sides, told, notes = list[Side](), list[Side](), dict[str, tuple[Block, ...]]()
        for code, piece in zip(codes, row, strict=True):
            if piece is None:
                continue
            question, own = _parted(piece[1])
            title = _in_brief(piece[0], _NAME[len(codes)]) or best(item.title, [code])
            sides.append(Side(code, title, question, kicker=kicker(code, title)))
            # Text before the first question has no answer.
            answer = next(answers[code], own) if piece[0] else own
            whole = (words(piece[0]),) if piece[0] and title != piece[0] else ()
            notes[code] = (*whole, *answer)
            if answer:
                told.append(Side(code, title, answer, kicker=telling.speech(code).say(N_("Answer"))))
        slides += _question(sides, {code: said for code, said in notes.items() if said})
        if told and telling.has_answers:
            slides.append(_answer(told, telling))
    return slides


def _question(sides: Sequence[Side], notes: dict[str, tuple[Block, ...]]) -> list[Slide]:
    """Return a question with all its options on one slide, or one slide per language if that does not fit."""
    if len(sides) == 1 or fitting(SlideKind.QUESTION, sides) is not None:
        return continued(SlideKind.QUESTION, sides, notes=notes)
    alone = [continued(SlideKind.QUESTION, [side]) for side in sides]
    first, *rest = [slide for slides in alone for slide in slides]
    return [replace(first, notes=notes), *rest]


def _answer(told: Sequence[Side], telling: Telling) -> Slide:
    """Return an answer with its source. Text that does not fit is in the notes of its question."""
    sides = [replace(side, blocks=tuple(_told(side.blocks))) for side in told]
    return replace(on_one(SlideKind.ANSWER, sides, telling.more(side.language for side in sides)), notes={})


def _told(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return an answer, with the text after its bold beginning as a separate small paragraph."""
    first = blocks[0]
    if not isinstance(first, Paragraph) or not first.runs or Mark.STRONG not in first.runs[0].marks:
        return blocks
    rest = list(first.runs[1:])
    while rest and not plain(tuple(rest[:1])).strip():
        rest.pop(0)
    if not rest or plain(first.runs[:1]).rstrip().endswith(":"):
        return blocks
    rest[0] = replace(rest[0], text=rest[0].text.lstrip())
    source = briefly(Paragraph(tuple(rest), Look.SMALL), _ANSWER_NAME)
    return (Paragraph(first.runs[:1], first.look), source, *blocks[1:])


def _in_brief(question: str, most: int) -> str:
    return _QUOTED.sub(lambda found: brief(found[0], most), question)


def _read_questions(blocks: tuple[Block, ...]) -> list[Piece]:
    """Return the questions of a quiz: one per heading, else one per entry of its numbered list."""
    pieces = list(sections(blocks, ""))
    if any(title for title, _blocks in pieces):
        return pieces
    found = list[Piece]()
    for block in blocks:
        if isinstance(block, Listing) and block.is_numbered:
            for number, item in enumerate(block.items, block.start):
                first, rest = item.blocks[:1], item.blocks[1:]
                is_plain = bool(first) and isinstance(first[0], Paragraph)
                words = plain(first[0].runs) if is_plain and isinstance(first[0], Paragraph) else ""
                found.append((f"{number}. {words}".strip(), rest if is_plain else item.blocks))
        else:
            found.append(("", (block,)))
    return found


def _read_solutions(blocks: tuple[Block, ...]) -> list[tuple[Block, ...]]:
    """Return the answers of a quiz in question order: the entries of a numbered list, else by headings."""
    for block in blocks:
        if isinstance(block, Listing) and block.is_numbered:
            return [item.blocks for item in block.items]
    return [told for _title, told in _read_questions(blocks)]


def _parted(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Split off an answer that follows its question: a quotation, or a paragraph that begins in bold."""
    for place, block in enumerate(blocks):
        if isinstance(block, Box) or (
            isinstance(block, Paragraph) and block.runs and Mark.STRONG in block.runs[0].marks and len(block.runs) > 1
        ):
            return blocks[:place], blocks[place:]
    return blocks, ()
