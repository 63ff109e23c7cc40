"""Writes exercises as Markdown that trainers can edit: tables with room to write, lists, links to records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kb.i18n import N_
from kb.records.markdown import SOURCE_MARK, cited, escaped
from kb.workshops.exercise_generator.source_material import SourceMaterial
from kb.workshops.exercise_generator.texts import ExerciseText
from kb.workshops.exercise_generator.wording import Voice
from kb.workshops.frozen.facts import FrozenSource
from kb.workshops.frozen.facts import sources as listed_sources
from kb.workshops.plan.validation import LONGEST_TITLE

_CUT = "…"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of Markdown cells."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def numbered(entries: Iterable[str]) -> str:
    """Return a numbered list."""
    return "\n".join(f"{number}. {entry}" for number, entry in enumerate(entries, 1))


def bullets(entries: Iterable[str]) -> str:
    """Return a bullet list."""
    return "\n".join(f"- {entry}" for entry in entries)


def section(heading: str, text: str) -> str:
    """Return a text under a heading, or an empty text if there is no text."""
    return f"### {heading}\n\n{text}" if text else ""


def joined(parts: Iterable[str]) -> str:
    """Join the non-empty parts of a text, one below the other."""
    return "\n\n".join(part for part in parts if part)


def unmarked(text: str) -> str:
    """Return a text of a record without source marks, with headings at level 4, below those of an exercise."""
    return SOURCE_MARK.sub("", re.sub(r"(?m)^#{1,4}(?= )", "####", text)).strip()


def link(material: SourceMaterial, code: str) -> str:
    """Return a link to a record. Pages of the workshop resolve it to the frozen version."""
    return f"[{escaped(material.title(code))}]({material.record})"


def warning(material: SourceMaterial, voice: Voice) -> str:
    """Return the harm warning of a practice. A practice that did harm somewhere is always shown with it."""
    text = material.text("warning", voice.code)
    return f"**{voice.say(N_('Warning'))}:** {escaped(text)}" if text else ""


def cut_title(words: str) -> str:
    """Shorten a title to the maximum length of a title."""
    return words if len(words) <= LONGEST_TITLE else words[: LONGEST_TITLE - 1].rstrip() + _CUT


def made_from(materials: Iterable[SourceMaterial], voice: Voice) -> str:
    """Return a note that lists the source records of an exercise with version, and the origin of their texts."""
    lines = (
        ". ".join(
            filter(
                None,
                (
                    f"{link(each, voice.code)}, {voice.text(ExerciseText.VERSION, number=each.version)}",
                    each.origin(voice),
                ),
            )
        )
        for each in materials
    )
    return section(voice.say(N_("Based on")), bullets(lines))


def sources(material: SourceMaterial, texts: Iterable[str], voice: Voice) -> str:
    """Return the sources cited in these texts of a record, with their addresses."""
    wanted = {mark for text in texts for mark, _line in cited(text)}
    listed = (_source(each) for each in listed_sources(material.facts) if each.id in wanted)
    return section(voice.say(N_("Sources")), bullets(listed))


def _source(source: FrozenSource) -> str:
    title, address = escaped(source.title), source.address
    return ", ".join((f"[{title}](<{address}>)" if address else title, *map(escaped, source.details)))


def laws(material: SourceMaterial, voice: Voice) -> Iterator[str]:
    """Yield the legal basis of a practice, one law at a time."""
    for row in material.facts.rows("legal_basis"):
        celex, articles = row.one("celex"), row.several("articles")
        if celex and articles:
            listed = voice.speech.listing(articles)
            yield voice.text(ExerciseText.LAW_ARTICLES, law=voice.instrument(celex), articles=listed)
        elif celex:
            yield voice.instrument(celex)
        elif text := material.text(f"legal_basis.{row.one('id')}.text", voice.code):
            yield text
