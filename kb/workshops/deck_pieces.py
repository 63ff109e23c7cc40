"""Slides of what a trainer wrote: own words, cards of a case, tasks, a quiz with each answer behind its question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from kb.blocks.model import Block, Box, Listing, Mark, Paragraph, plain
from kb.blocks.slides import Side, Slide, SlideKind
from kb.i18n import N_
from kb.workshops.deck_frame import continued, prose, sections
from kb.workshops.deck_records import Telling
from kb.workshops.model import Item, ItemKind
from kb.workshops.wording import best

_KINDS: Mapping[str, SlideKind] = {
    ItemKind.CASE: SlideKind.CARD,
    ItemKind.WORKSHEET: SlideKind.QUESTION,
    ItemKind.COMPARISON: SlideKind.QUESTION,
}
_CALLED: Mapping[str, str] = {
    ItemKind.CASE: N_("Case"),
    ItemKind.WORKSHEET: N_("Worksheet"),
    ItemKind.COMPARISON: N_("Comparison task"),
    ItemKind.QUIZ: N_("Quiz"),
}
Piece = tuple[str, tuple[Block, ...]]


def piece_slides(item: Item, telling: Telling) -> list[Slide]:
    """Return the slides of own words or of an exercise: a new slide for each heading of its text."""
    codes = [code for code in telling.languages if item.text.get(code)]
    codes = codes or [code for code in telling.languages if item.title.get(code)][:1] or list(telling.languages[:1])
    if item.kind == ItemKind.QUIZ:
        return list(_quiz(item, codes, telling))
    kind = _KINDS.get(item.kind, SlideKind.TEXT)
    found = {code: list(sections(prose(item.text.get(code, "")), best(item.title, [code]))) for code in codes}
    notes = {code: prose(answers) for code in codes if (answers := item.answers.get(code))}
    made = list[Slide]()
    for place, row in enumerate(zip_longest(*(found[code] for code in codes))):
        sides = [
            Side(code, piece[0], piece[1], kicker=_kicker(item, code, piece[0], telling))
            for code, piece in zip(codes, row, strict=True)
            if piece is not None
        ]
        made += continued(kind, sides, notes=notes if place == 0 else None)
    return made or [Slide(kind, tuple(Side(code, best(item.title, [code])) for code in codes), notes=notes)]


def _quiz(item: Item, codes: list[str], telling: Telling) -> Iterator[Slide]:
    """Yield a question, then the same with its answer; the answer only for those who teach."""
    asked = {code: questions(prose(item.text.get(code, ""))) for code in codes}
    answers = {code: iter(solutions(prose(item.answers.get(code, "")))) for code in codes}
    for row in zip_longest(*(asked[code] for code in codes)):
        sides, told = list[Side](), list[Side]()
        for code, piece in zip(codes, row, strict=True):
            if piece is None:
                continue
            question, own = _parted(piece[1])
            side = Side(
                code, piece[0] or best(item.title, [code]), question, kicker=_kicker(item, code, piece[0], telling)
            )
            # What stands before the first question asks nothing.
            answer = next(answers[code], own) if piece[0] else own
            sides.append(side)
            if answer:
                kicker = telling.speech(code).say(N_("Answer"))
                told.append(Side(code, side.title, answer, kicker=kicker))
        notes = {side.language: side.blocks for side in told}
        yield from continued(SlideKind.QUESTION, sides, notes=notes)
        if told and telling.has_answers:
            yield from continued(SlideKind.ANSWER, told)


def questions(blocks: tuple[Block, ...]) -> list[Piece]:
    """Return the questions of a quiz: a piece for each heading, else for each entry of its numbered list."""
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


def solutions(blocks: tuple[Block, ...]) -> list[tuple[Block, ...]]:
    """Return the answers of a quiz in the order of its questions: the entries of a numbered list, else by headings."""
    for block in blocks:
        if isinstance(block, Listing) and block.is_numbered:
            return [item.blocks for item in block.items]
    return [told for _title, told in questions(blocks)]


def _parted(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Return what is asked, and the answer where it stands behind it: a quotation, or a paragraph that begins bold."""
    for place, block in enumerate(blocks):
        if isinstance(block, Box) or (
            isinstance(block, Paragraph) and block.runs and Mark.STRONG in block.runs[0].marks and len(block.runs) > 1
        ):
            return blocks[:place], blocks[place:]
    return blocks, ()


def _kicker(item: Item, code: str, title: str, telling: Telling) -> str:
    """Return what stands above a slide: what the item is, and its name where the slide has a heading of its own."""
    kind = telling.speech(code).say(_CALLED[item.kind]) if item.kind in _CALLED else ""
    name = best(item.title, [code])
    kind = "" if name != title and name.casefold().startswith(f"{kind}:".casefold()) else kind
    return ": ".join(filter(None, (kind, name if name != title else "")))
