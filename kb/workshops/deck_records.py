"""Slides of what was frozen: a practice in short with its rating as it was, a tool, a case with tasks and questions.

Sections are shortened to one slide each; where something is left out the slide says so, and the presenter's notes hold
the whole text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.blocks.model import Block, Look
from kb.blocks.slides import Side, Slide, SlideKind, Square
from kb.exercises.model import INVENTED, NOTICE, TASK
from kb.i18n import N_
from kb.speech import Speech
from kb.workshops.deck_frame import brief, continued, heading, prose, room, words
from kb.workshops.facts import EXERCISES, PRACTICES, facts_of
from kb.workshops.frozen_exercise import doses, trainers_passages
from kb.workshops.frozen_item import Frozen, Held
from kb.workshops.method_words import METHODS, duration
from kb.workshops.model import Item
from kb.workshops.section_headings import heading_of
from kb.workshops.slide_splitting import shortened

# What a room needs of a practice beside its summary; what it is like elsewhere stands in the handout.
_KEY_SECTIONS = ("how", "results", "limits", "transfer")
_MOST_SECTIONS = {"tools": 1, "adaptations": 1}
_ORDINARY = 2
_SHORTENED = 0.9  # lines that the words on what is left out take


@dataclass(frozen=True)
class Telling:
    """What slides of frozen texts need beside the texts, of which the item holds those that are there."""

    speeches: Mapping[str, Speech]
    square: Callable[[Frozen, Speech], Square | None]
    address: Callable[[Frozen], str]
    has_answers: bool

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the workshop."""
        return tuple(self.speeches)

    def speech(self, code: str) -> Speech:
        """Return how things are said in a language of the workshop, else in its first one."""
        return self.speeches.get(code) or next(iter(self.speeches.values()))


def record_slides(item: Item, held: Held, telling: Telling) -> list[Slide]:
    """Return the slides of a frozen record, in the languages of the workshop in which it is there."""
    texts = [held.texts[code] for code in telling.languages if code in held.texts]
    if not texts and not held.erased and (best := held.best(*telling.languages)) is not None:
        texts = [best]
    removed = [_removed(item, code, telling) for code in telling.languages if code in held.erased]
    if not texts:
        codes = telling.languages if held.erased else telling.languages[:1]
        return [Slide(SlideKind.GONE, tuple(removed) or tuple(_removed(item, code, telling) for code in codes))]
    slides = _told(item, texts, telling)
    return [*slides, *([Slide(SlideKind.GONE, tuple(removed))] if removed else [])]


def _told(item: Item, texts: Sequence[Frozen], telling: Telling) -> list[Slide]:
    if texts[0].kind == EXERCISES:
        return [*_intro(item, texts, telling), *_exercise(texts, telling)]
    names = [section.name for section in texts[0].sections()]
    if texts[0].kind == PRACTICES:
        names = [name for name in _KEY_SECTIONS if name in names]
    else:
        names = names[: _MOST_SECTIONS.get(texts[0].kind, _ORDINARY)]
    return [*_intro(item, texts, telling), *(slide for name in names for slide in _section(name, texts, telling))]


def _removed(item: Item, code: str, telling: Telling) -> Side:
    speech = telling.speech(code)
    text = speech.say(N_("The text of this item was removed on request."))
    return Side(code, item.title.get(code) or item.record, (words(text, Look.NOTICE),))


def _intro(item: Item, texts: Sequence[Frozen], telling: Telling) -> list[Slide]:
    """Return what the record is: title, country, rating, where it comes from; its summary there or on a next slide."""
    is_beside = len(texts) > 1
    cards = [_card(item, text, telling) for text in texts]
    short = [replace(card, blocks=(*_summary(text), *card.blocks)) for card, text in zip(cards, texts, strict=True)]
    notes = {text.language: _intro_notes(item, text, telling) for text in texts}
    fits = all(not shortened(side.blocks, room(side, is_beside=is_beside))[1] for side in short)
    if fits:
        return continued(SlideKind.RECORD, short, notes=notes)
    beneath = [
        Side(
            text.language,
            telling.speech(text.language).say(N_("In short")),
            _summary(text),
            kicker=brief(card.title),
        )
        for card, text in zip(cards, texts, strict=True)
    ]
    return [*continued(SlideKind.RECORD, cards, notes=notes), *continued(SlideKind.TEXT, beneath)]


def _card(item: Item, text: Frozen, telling: Telling) -> Side:
    speech = telling.speech(text.language)
    named = dict(text.lines)
    places = [*named.get("countries", ()), *named.get("country", ())]
    return Side(
        text.language,
        item.title.get(text.language) or text.text("title"),
        (words(speech.say(INVENTED), Look.SMALL),) if text.kind == EXERCISES else (),
        kicker=speech.listing(places) if places else "",
        source=", ".join(filter(None, (_version(item, text, speech), telling.address(text)))),
        square=telling.square(text, speech),
    )


def _version(item: Item, text: Frozen, speech: Speech) -> str:
    number = text.parts.get("source", 1)
    if item.frozen is None:
        return f"Praxis, {number}"
    day = speech.date(item.frozen.date())
    return speech.say(N_("Praxis, version %(number)s, as it was on %(date)s"), number=number, date=day)


def _summary(text: Frozen) -> tuple[Block, ...]:
    return (words(text.text("summary")),) if text.text("summary") else ()


def _intro_notes(item: Item, text: Frozen, telling: Telling) -> tuple[Block, ...]:
    """Return the trainer's words about the record, in which languages it is not there, and what slides leave to him."""
    speech = telling.speech(text.language)
    found = list(prose(item.text.get(text.language, "")))
    absent = [code for code in telling.languages if code not in {each.language for each in item.texts}]
    if absent:
        names = speech.listing(speech.language(code) for code in absent)
        found.append(words(speech.say(N_("It was not there in: %(languages)s."), languages=names), Look.NOTICE))
    if text.kind == EXERCISES:
        asked = facts_of(text).several("asked")
        for section in trainers_passages(text):
            if section.name not in asked:
                found += [heading(section.heading or ""), *prose(section.body)]
    return tuple(found)


def _section(name: str, texts: Sequence[Frozen], telling: Telling) -> list[Slide]:
    """Return a section as one slide, with all of it in the notes where the slide leaves something out."""
    sides, notes = list[Side](), dict[str, tuple[Block, ...]]()
    for text in texts:
        passage = text.passages.get(name)
        if passage is None:
            continue
        speech = telling.speech(text.language)
        side = Side(text.language, heading_of(passage, speech)[0], kicker=brief(text.text("title")))
        whole = prose(passage.body)
        blocks, is_short = shortened(whole, room(side, is_beside=len(texts) > 1).less(_SHORTENED))
        if is_short:
            more = speech.say(N_("Shortened: the whole text stands among the materials of the workshop."))
            blocks = (*blocks, words(more, Look.SMALL))
            notes[text.language] = whole
        sides.append(replace(side, blocks=blocks))
    return [Slide(SlideKind.TEXT, tuple(sides), notes=notes)] if sides else []


def _exercise(texts: Sequence[Frozen], telling: Telling) -> Iterator[Slide]:
    """Yield the notice, then dose after dose with its task, then each question and, for who teaches, its answer."""
    yield from _whole(NOTICE, SlideKind.TEXT, texts)
    facts = facts_of(texts[0])
    for dose in doses(facts):
        yield from _whole(dose, SlideKind.CARD, texts)
        yield from _whole(f"{dose}{TASK}", SlideKind.QUESTION, texts, _timing(dose, texts, telling))
    for question in facts.several("asked"):
        asked = [Side(text.language, text.passages[question].heading or "", kicker=brief(text.text("title")))
                 for text in texts if question in text.passages]  # fmt: skip
        if not asked:
            continue
        answers = {text.language: prose(text.passages[question].body) for text in texts if question in text.passages}
        yield Slide(SlideKind.QUESTION, tuple(asked), notes=answers)
        if telling.has_answers:
            told = [replace(side, blocks=answers[side.language], kicker=_answer(side, telling)) for side in asked]
            yield from continued(SlideKind.ANSWER, told)


def _answer(side: Side, telling: Telling) -> str:
    return telling.speech(side.language).say(N_("Model answer"))


def _whole(
    name: str, kind: SlideKind, texts: Sequence[Frozen], kickers: Mapping[str, str] | None = None
) -> list[Slide]:
    """Return the slides of a section, none of it left out."""
    sides = [
        Side(
            text.language,
            passage.heading or "",
            prose(passage.body),
            kicker=(kickers or {}).get(text.language) or brief(text.text("title")),
        )
        for text in texts
        if (passage := text.passages.get(name)) is not None
    ]
    return continued(kind, sides) if sides else []


def _timing(dose: str, texts: Sequence[Frozen], telling: Telling) -> Mapping[str, str]:
    """Return how long a task takes and how people work on it, where the frozen facts say so."""
    found = next(row for row in facts_of(texts[0]).rows("doses") if row.one("id") == dose)
    work, method = found.one("work"), found.one("method")
    if not work.isdecimal():
        return {}
    said = dict[str, str]()
    for text in texts:
        speech = telling.speech(text.language)
        how = speech.say(METHODS.get(method, method))
        said[text.language] = speech.say(N_("%(length)s, %(method)s"), length=duration(int(work), speech), method=how)
    return said
