"""Writes the text of an adaptation: a conversion kept for a country, with the fingerprints of its source texts."""

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

# Facts about the upkeep of the tool. They do not hold for the new adaptation.
_NOT_TAKEN = ("aliases", "successor", "keeper", "reviewed", "review_due", "same_as", "origin", "version")


def adaptation_id(tool_id: str, country: str) -> str:
    """Return the id of the adaptation of a tool to a country."""
    return f"{tool_id}-{country.lower()}"


def adaptation_text(tool: Bundle[Tool], settled: Settlement, today: date) -> str:
    """Return the file of a new adaptation in the language of the answers: the tool's texts and the settled answers.

    Texts without a version in that language stay in the tool's language, for later translation. Parts with an emptied
    text are left out. The answers must name a country.
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
    """Return the facts of a tool, with its texts in the language of `reading`."""
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
    """Yield for each text the fingerprint of the tool's text that it was made from.

    If the user replaced an earlier text of the tool, the fingerprint is that of the earlier text.
    """
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
    """Return the rows of the cited sources, and the source id of each blank filled from the profile."""
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
    """Return the id of an equal source in `kept`, or a free id."""
    for name, other in kept.items():
        if other.model_copy(update={"id": source.id}) == source:
            return name
    names = (source.id, *(f"{source.id}-{number}" for number in range(2, len(kept) + 3)))
    return next(name for name in names if name not in kept)
