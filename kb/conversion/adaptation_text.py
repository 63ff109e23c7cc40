"""A conversion kept for a country: the text of an adaptation, which remembers of which texts it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kb.conversion.answers import ConversionAnswers
from kb.conversion.settled_answers import Settlement
from kb.kinds.tool.model import Tool
from kb.records.front_matter import FENCE, Value, emit
from kb.records.markdown import cited
from kb.records.record import Bundle, Reading, Status
from kb.records.segments import fingerprint, words
from kb.records.sources import Source

# What says of the tool who looked after it; nobody has done that for the adaptation.
_NOT_TAKEN = ("aliases", "successor", "keeper", "reviewed", "review_due", "same_as", "origin", "version")


def adaptation_id(tool_id: str, country: str) -> str:
    """Return the id of the adaptation of a tool to a country."""
    return f"{tool_id}-{country.lower()}"


def adaptation_text(tool: Bundle[Tool], settled: Settlement, today: date) -> str:
    """Return the file of a new adaptation in the language of the answers: the tool's words, and what was settled.

    Words that the tool does not have in that language stay in its own, to be translated. A part whose text was taken
    away is left out. The answers name a country.
    """
    answers = settled.answers
    reading = tool.reading(answers.language)
    record = tool.record
    facts: dict[str, Value] = {**_facts(record, reading)}
    country = answers.country or ""
    head: dict[str, Value] = {
        "id": adaptation_id(record.id, country),
        "language": answers.language,
        "title": facts.pop("title"),
        "summary": facts.pop("summary"),
        "parent": record.id,
        "parent_version": record.version,
        "country": country,
        "version": "1",
        "status": Status.DRAFT.value,
        "origin": "machine-drafted",
    }
    for key in ("id", "language", "status", "sources", *_NOT_TAKEN):
        facts.pop(key, None)
    body = "".join(_sections(reading, answers))
    own, names = _sources(record, settled, body)
    facts["parts"] = [row for row in _rows(facts, "parts") if row["id"] not in _left_out(answers)]
    given: dict[str, Value] = {
        "chosen": list(_chosen(answers)),
        "filled": list(_filled(answers, names, today)),
        "sources": own,
        "made": list(_made(tool, answers)),
    }
    front = emit({key: value for key, value in (head | facts | given).items() if value})
    return f"{FENCE}\n{front}{FENCE}\n{body}"


def _facts(record: Tool, reading: Reading) -> dict[str, Value]:
    """Return the facts of a tool with the words of a language."""
    facts: dict[str, Any] = record.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
    for path, _text in words(record):
        *steps, last = path.split(".")
        place: Any = facts
        for step in steps:
            place = next(row for row in place if row["id"] == step) if isinstance(place, list) else place[step]
        place[last] = reading.text(path)
    return facts


def _rows(facts: Mapping[str, Any], name: str) -> list[dict[str, Value]]:
    return list(facts.get(name, ()))


def _left_out(answers: ConversionAnswers) -> set[str]:
    return {name for name, own in answers.texts.items() if not own.text}


def _chosen(answers: ConversionAnswers) -> Iterator[dict[str, Value]]:
    for choice, groups in answers.choices.items():
        values: list[Value] = [
            f"{group}={short}" if group else short for group, chosen in sorted(groups.items()) for short in chosen
        ]
        if values:
            row: dict[str, Value] = {"id": choice, "values": values}
            yield row | _why(answers.reasons.get(choice, ""))


def _why(reason: str) -> dict[str, Value]:
    return {"why": reason} if reason else {}


def _filled(answers: ConversionAnswers, sources: Mapping[str, str], today: date) -> Iterator[dict[str, Value]]:
    for blank, answer in answers.blanks.items():
        row: dict[str, Value] = {"id": blank}
        if answer.absent:
            yield row | {"absent": "yes"}
        elif not answer.entries:
            yield row | {"left_open": "yes"}
        else:
            row |= {"text": "\n".join(answer.entries)}
            row |= {"source": sources[blank]} if blank in sources else {}
            yield row | ({"checked": today.isoformat()} if answer.confirmed else {})


def _made(tool: Bundle[Tool], answers: ConversionAnswers) -> Iterator[dict[str, Value]]:
    """Yield from which text of the tool each was made; one changed over an earlier text is compared with that one."""
    reading = tool.reading(answers.language)
    for name, text in tool.segments().items():
        own = answers.texts.get(name)
        if own is None:
            yield {"id": name, "parent": fingerprint(text)}
            continue
        is_over_this = own.over == fingerprint(reading.passages[name].body)
        parent = fingerprint(text) if is_over_this else own.over
        yield {"id": name, "parent": parent, "own": "yes"} | _why(own.why)


def _sections(reading: Reading, answers: ConversionAnswers) -> Iterator[str]:
    for passage in reading.sections():
        own = answers.texts.get(passage.name)
        text = own.text if own is not None else passage.body
        if text.strip():
            yield f"## {passage.heading} {{#{passage.name}}}\n\n{text.strip()}\n\n"


def _sources(record: Tool, settled: Settlement, body: str) -> tuple[list[Value], dict[str, str]]:
    """Return the sources that something points at, and the one of each blank that was filled from the profile."""
    marked = {source_id for source_id, _line in cited(body)}
    kept = {source.id: source for source in record.sources if source.id in marked}
    names: dict[str, str] = {}
    for blank, source in settled.sources.items():
        names[blank] = _name(source, kept)
        kept.setdefault(names[blank], source)
    rows: list[Value] = [
        source.model_dump(mode="json", exclude_none=True) | {"id": name} for name, source in kept.items()
    ]
    return rows, names


def _name(source: Source, kept: Mapping[str, Source]) -> str:
    """Return the id under which a source stands already, or one that is free."""
    for name, other in kept.items():
        if other.model_copy(update={"id": source.id}) == source:
            return name
    names = (source.id, *(f"{source.id}-{number}" for number in range(2, len(kept) + 3)))
    return next(name for name in names if name not in kept)
