"""Writes the translation of a new adaptation: the tool's texts in that language, each with its source fingerprint.

A user's own text has no translation until a user writes one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from kb.conversion.answers import ConversionAnswers
from kb.conversion.convert import Conversion
from kb.conversion.resolution import ResolvedBlank
from kb.records.front_matter import FENCE, Value, emit
from kb.records.record import Bundle, Reading, State
from kb.records.segments import fingerprint


@dataclass(frozen=True)
class TranslatedAnswers:
    """The settled answers in another language. `texts`: parts by id. `words`: reasons and entries of blanks by path."""

    texts: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


def said(
    settled: ConversionAnswers, here: Conversion, there: Conversion, own: ConversionAnswers | None
) -> TranslatedAnswers:
    """Return the settled answers in another language: from the `own` answers, else from the country's profile.

    `here` and `there` are the conversions of the same answers in the two languages.
    """
    texts = {name: each.text for name, each in own.texts.items() if each.text} if own is not None else {}
    words = dict(_entries(settled, here, there, own))
    if own is not None:
        words |= {f"made.{name}.why": each.why for name, each in own.texts.items() if each.why}
        words |= {f"chosen.{name}.why": why for name, why in own.reasons.items() if why}
    return TranslatedAnswers(texts, words)


def _entries(
    settled: ConversionAnswers, here: Conversion, there: Conversion, own: ConversionAnswers | None
) -> Iterator[tuple[str, str]]:
    theirs = {blank.id: blank for blank in there.blanks}
    ours = {blank.id: blank for blank in here.blanks}
    for name, answer in settled.blanks.items():
        given = own.blanks.get(name) if own is not None else None
        if given is not None and given.entries:
            yield f"filled.{name}.text", "\n".join(given.entries)
        elif name in ours and name in theirs:
            entries = [_entry(text, ours[name], theirs[name]) for text in answer.entries]
            if entries and all(entries):
                yield f"filled.{name}.text", "\n".join(entries)


def _entry(text: str, here: ResolvedBlank, there: ResolvedBlank) -> str:
    """Return the profile's text for an entry in the other language, or "" without one.

    An entry without letters is the same in every language.
    """
    offers = [offer.text for offer in here.offered.offers]
    if text in offers and len(offers) == len(there.offered.offers):
        return there.offered.offers[offers.index(text)].text
    return "" if any(sign.isalpha() for sign in text) else text


def translation_text(adaptation: Bundle, tool: Reading, own: Collection[str], in_other: TranslatedAnswers) -> str:
    """Return the translation of an adaptation into the language of `tool`. `own` names the texts of its own.

    If the tool's text is stale in either language, the translation is marked as made from that older source text. The
    mark makes curators review it.
    """
    own_language = tool.bundle.reading(adaptation.record.language)
    ids = {section.id for section in adaptation.sections}
    words: dict[str, Value] = {}
    sections: list[str] = []
    made: dict[str, Value] = {}
    for name, source in adaptation.segments().items():
        text = in_other.texts.get(name) or in_other.words.get(name) or _tools_text(name, tool, own)
        if not text:
            continue
        if name in ids:
            sections.append(f"## {tool.passages[name].heading} {{#{name}}}\n\n{text.strip()}\n\n")
        else:
            words[name] = text
        made[name] = {"source": _made_from(name, source, own_language, tool), "by": "machine"}
    front: dict[str, Value] = {"language": tool.language, "words": words, "made_from": made}
    return f"{FENCE}\n{emit(front)}{FENCE}\n{''.join(sections)}"


def _tools_text(name: str, tool: Reading, own: Collection[str]) -> str:
    passage = tool.passages.get(name)
    if passage is None or passage.state is State.FALLBACK or name in own:
        return ""
    return passage.body


def _made_from(name: str, source: str, own_language: Reading, tool: Reading) -> str:
    passages = (own_language.passages.get(name), tool.passages.get(name))
    if any(passage is not None and passage.state is State.STALE for passage in passages):
        return next(each.made_from for each in passages if each is not None and each.state is State.STALE) or ""
    return fingerprint(source)
