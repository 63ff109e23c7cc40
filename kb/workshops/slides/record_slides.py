"""Builds slides of frozen records: a practice in short with its rating, a tool, a case with tasks and questions.

Sections and model answers are shortened to one slide each. A shortened slide says so, and the presenter notes hold the
full text. A record that was shown before is only mentioned again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kb.documents.blocks import Block, Listing, Look
from kb.documents.blocks import ListItem as Entry
from kb.documents.slide_blocks import Side, Slide, SlideKind, Square
from kb.i18n import N_
from kb.kinds.exercise.model import INVENTED, NOTICE, TASK
from kb.kinds.exercise.work_methods import METHOD_WORDS
from kb.speech import Speech, lower_first
from kb.workshops.frozen.exercise import doses, trainers_passages
from kb.workshops.frozen.facts import EXERCISES, PRACTICES, facts_of
from kb.workshops.frozen.item import Frozen, Held
from kb.workshops.frozen.section_headings import heading_of
from kb.workshops.model import Item
from kb.workshops.plan.method_words import duration
from kb.workshops.slides.slide_layout import brief, continued, fitting, heading, list_in_step, on_one, prose, words

# Sections of a practice shown in addition to its summary. The handout has the circumstances of its place.
_KEY_SECTIONS = (("how",), ("results", "limits"))
_MOST_SECTIONS = {"tools": 0, "adaptations": 0}
_ORDINARY = 2
# Sections for presenters only: conditions for transfer. A tool's purpose is also in the notes only.
_IN_NOTES: Mapping[str, tuple[str, ...]] = {PRACTICES: ("transfer",)}
_TOOLS = ("tools", "adaptations")
_MORE = N_("Shortened. The full text is in the workshop materials.")


@dataclass(frozen=True)
class Telling:
    """Context for slides of frozen texts. The texts themselves come from the item."""

    speeches: Mapping[str, Speech]
    square: Callable[[Frozen, Speech], Square | None]
    address: Callable[[Frozen], str]
    has_answers: bool
    # Slide numbers on which records of this deck were shown, by record and texts.
    shown: dict[tuple[str, ...], int] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the workshop."""
        return tuple(self.speeches)

    def speech(self, code: str) -> Speech:
        """Return the speech for a language of the workshop, else for its first language."""
        return self.speeches.get(code) or next(iter(self.speeches.values()))

    def more(self, codes: Iterable[str]) -> dict[str, str]:
        """Return the hint of shortened slides, by language."""
        return {code: self.speech(code).say(_MORE) for code in codes}


def record_slides(item: Item, held: Held, telling: Telling, number: int) -> list[Slide]:
    """Return the slides of a frozen record, in the available languages of the workshop.

    `number` is the number of the first slide. The same texts a second time give one slide that names the first one.
    """
    texts = [held.texts[code] for code in telling.languages if code in held.texts]
    if not texts and not held.erased and (best := held.best(*telling.languages)) is not None:
        texts = [best]
    removed = [_removed(item, code, telling) for code in telling.languages if code in held.erased]
    if not texts:
        codes = telling.languages if held.erased else telling.languages[:1]
        return [Slide(SlideKind.GONE, tuple(removed) or tuple(_removed(item, code, telling) for code in codes))]
    first = telling.shown.setdefault((item.record, *(text.raw for text in texts)), number)
    slides = _told(item, texts, telling) if first == number else [_again(item, texts, first, telling)]
    return [*slides, *([Slide(SlideKind.GONE, tuple(removed))] if removed else [])]


def _told(item: Item, texts: Sequence[Frozen], telling: Telling) -> list[Slide]:
    if texts[0].kind == EXERCISES:
        return list(_exercise(item, texts, telling))
    names: Sequence[tuple[str, ...]] = _KEY_SECTIONS
    if texts[0].kind != PRACTICES:
        told = [(section.name,) for section in texts[0].sections()]
        names = told[: _MOST_SECTIONS.get(texts[0].kind, _ORDINARY)]
    return [*_intro(item, texts, telling), *(slide for group in names for slide in _sections(group, texts, telling))]


def _again(item: Item, texts: Sequence[Frozen], number: int, telling: Telling) -> Slide:
    """Return a slide that says where the record was shown."""
    sides = []
    for text in texts:
        said = telling.speech(text.language).say(N_("Already shown on slide %(number)s."), number=number)
        card = _card(item, text, telling)
        sides.append(replace(card, blocks=(*card.blocks, words(said)), square=None))
    notes = {text.language: prose(item.text.get(text.language, "")) for text in texts}
    return on_one(SlideKind.RECORD, sides, telling.more(text.language for text in texts), notes=notes)


def _removed(item: Item, code: str, telling: Telling) -> Side:
    speech = telling.speech(code)
    text = speech.say(N_("The text of this item was removed on request."))
    return Side(code, item.title.get(code) or item.record, (words(text, Look.NOTICE),))


def _intro(item: Item, texts: Sequence[Frozen], telling: Telling) -> list[Slide]:
    """Return the title slide of a record: title, country, rating, origin. The summary is on it or on a second slide."""
    codes = [text.language for text in texts]
    cards = [_card(item, text, telling) for text in texts]
    short = [replace(card, blocks=(*_summary(text), *card.blocks)) for card, text in zip(cards, texts, strict=True)]
    notes = {text.language: _intro_notes(item, text, telling) for text in texts}
    if fitting(SlideKind.RECORD, short) is not None:
        return continued(SlideKind.RECORD, short, notes=notes)
    more = telling.more(codes)
    first = on_one(SlideKind.RECORD, cards, more, notes=notes)
    if texts[0].kind == EXERCISES:  # each dose tells its own part of the story
        return [first]
    beneath = [
        Side(
            text.language,
            telling.speech(text.language).say(N_("In short")),
            _summary(text),
            kicker=brief(card.title),
        )
        for card, text in zip(cards, texts, strict=True)
    ]
    return [first, on_one(SlideKind.TEXT, beneath, more)]


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
    return speech.say(N_("Praxis, version %(number)s, as of %(date)s"), number=number, date=day)


def _summary(text: Frozen) -> tuple[Block, ...]:
    return (words(text.text("summary")),) if text.text("summary") else ()


def _intro_notes(item: Item, text: Frozen, telling: Telling) -> tuple[Block, ...]:
    """Return the trainer's text on the record, its missing languages, and sections left out of the slides."""
    speech = telling.speech(text.language)
    found = list(prose(item.text.get(text.language, "")))
    absent = [code for code in telling.languages if code not in {each.language for each in item.texts}]
    if absent:
        names = speech.listing(speech.language(code) for code in absent)
        found.append(words(speech.say(N_("Not available in: %(languages)s."), languages=names), Look.NOTICE))
    if text.kind == EXERCISES:
        asked = facts_of(text).several("asked")
        for section in trainers_passages(text):
            if section.name not in asked:
                found += [heading(section.heading or ""), *prose(section.body)]
    noted = [text.passages[name] for name in _IN_NOTES.get(text.kind, ()) if name in text.passages]
    for passage in noted or (text.sections()[:1] if text.kind in _TOOLS else ()):
        found += [heading(heading_of(passage, speech)[0]), *prose(passage.body)]
    return tuple(found)


def _sections(names: Sequence[str], texts: Sequence[Frozen], telling: Telling) -> list[Slide]:
    """Return sections on one slide. Several sections share its space, and all but the first have a heading."""
    sides, parts = list[Side](), list[list[tuple[Block, ...]]]()
    for text in texts:
        if passages := [text.passages[name] for name in names if name in text.passages]:
            titles = [heading_of(passage, telling.speech(text.language))[0] for passage in passages]
            told = [prose(passages[0].body)]
            for title, passage in zip(titles[1:], passages[1:], strict=True):
                told.append((heading(title), *prose(passage.body)))
            blocks = tuple(block for part in told for block in part)
            sides.append(Side(text.language, titles[0], blocks, kicker=brief(text.text("title"))))
            parts.append(told)
    more = telling.more(side.language for side in sides)
    return [on_one(SlideKind.TEXT, sides, more, parts=parts)] if sides else []


def _exercise(item: Item, texts: Sequence[Frozen], telling: Telling) -> Iterator[Slide]:
    """Yield the notice, then each dose with its task in full, then questions and answers."""
    notice = _whole_sides(NOTICE, texts)
    (first, *more) = _intro(item, texts, telling)
    both = _with_tasks(first.sides, [replace(side, kicker="") for side in notice])
    if both and fitting(SlideKind.RECORD, both) is not None:
        yield from continued(SlideKind.RECORD, both, notes=first.notes)
    else:
        yield from (first, *more, *(continued(SlideKind.TEXT, notice) if notice else ()))
    facts = facts_of(texts[0])
    for dose in doses(facts):
        told = _whole_sides(dose, texts)
        tasks = _whole_sides(f"{dose}{TASK}", texts, _timing(dose, texts, telling))
        both = _with_tasks(told, tasks)
        if both and fitting(SlideKind.CARD, both) is not None:
            yield from continued(SlideKind.CARD, both)
            continue
        yield from continued(SlideKind.CARD, told) if told else []
        yield from continued(SlideKind.QUESTION, tasks) if tasks else []
    yield from _questions(texts, telling)


def _questions(texts: Sequence[Frozen], telling: Telling) -> Iterator[Slide]:
    """Yield all questions together, then, for trainers, each question with its answer, in full in the notes."""
    names = [name for name in facts_of(texts[0]).several("asked") if any(name in text.passages for text in texts)]
    asked = list[Side]()
    for text in texts:
        if found := [text.passages[name] for name in names if name in text.passages]:
            title = telling.speech(text.language).say(N_("Questions"))
            entries = tuple(Entry((words(passage.heading or ""),)) for passage in found)
            kicker = brief(text.text("title"))
            asked.append(Side(text.language, title, (Listing(entries, is_numbered=True),), kicker=kicker))
    if asked:
        yield from list_in_step(SlideKind.QUESTION, asked)
    for number, name in enumerate(names if telling.has_answers else (), 1):
        told = [
            Side(
                text.language,
                f"{number}. {text.passages[name].heading or ''}",
                prose(text.passages[name].body),
                kicker=telling.speech(text.language).say(N_("Model answer")),
            )
            for text in texts
            if name in text.passages
        ]
        slide = on_one(SlideKind.ANSWER, told, telling.more(side.language for side in told))
        yield replace(slide, notes={side.language: side.blocks for side in told})


def _whole_sides(name: str, texts: Sequence[Frozen], kickers: Mapping[str, str] | None = None) -> list[Side]:
    """Return a section in full in each language."""
    return [
        Side(
            text.language,
            passage.heading or "",
            prose(passage.body),
            kicker=(kickers or {}).get(text.language) or brief(text.text("title")),
        )
        for text in texts
        if (passage := text.passages.get(name)) is not None
    ]


def _with_tasks(told: Sequence[Side], tasks: Sequence[Side]) -> list[Side]:
    """Append each task to its text, or return nothing if the languages of both differ."""
    if [side.language for side in told] != [side.language for side in tasks]:
        return []
    return [
        replace(
            side,
            blocks=(
                *side.blocks,
                heading(task.title),
                *task.blocks,
                *((words(task.kicker, Look.SMALL),) if task.kicker else ()),
            ),
        )
        for side, task in zip(told, tasks, strict=True)
    ]


def _timing(dose: str, texts: Sequence[Frozen], telling: Telling) -> Mapping[str, str]:
    """Return the duration and the work method of a task, if the frozen facts have them."""
    found = next(row for row in facts_of(texts[0]).rows("doses") if row.one("id") == dose)
    work, method = found.one("work"), found.one("method")
    if not work.isdecimal():
        return {}
    said = dict[str, str]()
    for text in texts:
        speech = telling.speech(text.language)
        how = lower_first(speech.say(METHOD_WORDS.get(method, method)))
        said[text.language] = speech.say(N_("%(first)s, %(second)s"), first=duration(int(work), speech), second=how)
    return said
